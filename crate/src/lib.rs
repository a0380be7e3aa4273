//! Doorcode's core: one-time codes, QR codes and an encrypted vault for AWS sign-in.
//!
//! The core knows no browser: time, randomness and pixels are arguments, and nothing here reads a
//! clock, draws a random number or does input or output. That makes every part testable on the
//! host and fuzzable, and lets one build serve the service worker, a Worker and a native program.
//!
//! | module | what it does | source |
//! |---|---|---|
//! | [`secret`] | the shared secret and its base32 text | RFC 4226 §4, RFC 4648 §6 |
//! | [`hotp`] | codes from a counter | RFC 4226 §5 |
//! | [`totp`] | codes from a time | RFC 6238 §4 |
//! | [`otpauth`] | the key URI format, both ways | key URI format |
//! | [`migration`] | Google Authenticator's export codes | its messages, as seen |
//! | [`aws`] | accounts, partitions, users and devices | IAM API reference |
//! | [`entry`] | what the vault stores of one device | RFC 8949 |
//! | `import` | the files of other programs, with the feature `import` | their sources and documents |
//! | `export` | the same, written: lists of key URIs, Aegis, Google Authenticator | as above |
//! | [`qr`] | QR codes in pictures and on screens | ISO/IEC 18004 |
//! | [`vault`] | the encrypted vault and how it is saved | `VAULT.md` |
//!
//! Invariants, each held by a type: a [`secret::SharedSecret`] is never empty and is wiped when
//! dropped; [`hotp::Digits`], [`totp::Period`] and [`hotp::Algorithm`] cannot be out of range; so
//! making a code cannot fail.
//!
//! ```
//! use doorcode::otpauth::KeyUri;
//!
//! let uri = KeyUri::parse("otpauth://totp/AWS:alice?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")?;
//! let totp = uri.totp().expect("a totp URI");
//! assert_eq!(totp.code_at(59).to_string(), "287082");
//! # Ok::<(), doorcode::otpauth::KeyUriError>(())
//! ```

pub mod aws;
pub mod entry;
#[cfg(feature = "import")]
pub mod export;
pub mod hotp;
#[cfg(feature = "import")]
pub mod import;
pub mod migration;
pub mod otpauth;
pub mod qr;
pub mod secret;
pub mod totp;
pub mod vault;
