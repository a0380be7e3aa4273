//! Doorcode's core: one-time codes, QR codes and an encrypted vault for AWS sign-in.
//!
//! The core knows no browser. Time, randomness and pixels are arguments.

pub mod qr;
