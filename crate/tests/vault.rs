//! The contract of the vault: its format, what it refuses, and that it loses nothing.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

#[path = "vault/arrivals.rs"]
mod arrivals;
#[path = "vault/backup.rs"]
mod backup;
#[path = "vault/model.rs"]
mod model;
#[path = "vault/mutations.rs"]
mod mutations;
#[path = "vault/records.rs"]
mod records;
#[path = "vault/rescuing.rs"]
mod rescuing;
#[path = "vault/resealing.rs"]
mod resealing;
#[path = "vault/restoring.rs"]
mod restoring;
#[path = "vault/rotation.rs"]
mod rotation;
#[path = "vault/saving.rs"]
mod saving;
#[path = "vault/sealed_body.rs"]
mod sealed_body;
#[path = "vault/support.rs"]
mod support;
#[path = "vault/tampering.rs"]
mod tampering;
#[path = "vault/unlocking.rs"]
mod unlocking;
#[path = "vault/vectors.rs"]
mod vectors;
#[path = "vault/wycheproof.rs"]
mod wycheproof;
