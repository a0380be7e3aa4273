//! Key derivations of other programs. Each is bounded before it begins.

use argon2::{Algorithm, Argon2, Block, Params, Version};
use sha1::Sha1;
use sha2::Sha256;
use zeroize::{Zeroize, Zeroizing};

use super::error::{Damage, ImportError};

/// A key of 256 bits.
pub(crate) type Key = Zeroizing<[u8; 32]>;

/// The cost of Argon2id (RFC 9106 §3.1).
#[derive(Clone, Copy)]
pub(super) struct Argon2Cost {
    pub(super) memory_kib: u64,
    pub(super) passes: u64,
    pub(super) lanes: u64,
}

/// One GiB, what the most careful of the programs asks for.
const MAX_MEMORY_KIB: u64 = 1024 * 1024;
const MAX_LANES: u64 = 16;

/// Argon2id, version 1.3, of 32 bytes. `max_passes` is what the format allows.
pub(super) fn argon2id(
    passphrase: &[u8],
    salt: &[u8],
    cost: Argon2Cost,
    max_passes: u64,
) -> Result<Key, ImportError> {
    let within = |value: u64, max: u64| {
        (1..=max)
            .contains(&value)
            .then_some(value)
            .and_then(|value| u32::try_from(value).ok())
            .ok_or(ImportError::CostTooHigh)
    };
    let memory_kib = within(cost.memory_kib, MAX_MEMORY_KIB)?;
    let passes = within(cost.passes, max_passes)?;
    let lanes = within(cost.lanes, MAX_LANES)?;
    let params = Params::new(memory_kib, passes, lanes, Some(32));
    let params = params.map_err(|_| Damage::Part("the cost of Argon2id"))?;
    let mut blocks = Vec::new();
    let count = params.block_count();
    blocks.try_reserve_exact(count).map_err(|_| ImportError::MemoryUnavailable)?;
    blocks.resize(count, Block::new());
    let mut key = Key::default();
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let done = argon2.hash_password_into_with_memory(
        passphrase,
        salt,
        key.as_mut_slice(),
        blocks.as_mut_slice(),
    );
    blocks.zeroize();
    // The salt is too short, or the passphrase longer than 4 GiB.
    done.map_err(|_| Damage::Part("the salt"))?;
    Ok(key)
}

/// PBKDF2 with HMAC-SHA-256 (RFC 8018 §5.2) of 32 bytes.
pub(super) fn pbkdf2_sha256(
    passphrase: &[u8],
    salt: &[u8],
    rounds: u64,
    max_rounds: u64,
) -> Result<Key, ImportError> {
    let mut key = Key::default();
    pbkdf2::pbkdf2_hmac::<Sha256>(
        passphrase,
        salt,
        bounded(rounds, max_rounds)?,
        key.as_mut_slice(),
    );
    Ok(key)
}

/// PBKDF2 with HMAC-SHA-1 of 32 bytes.
pub(super) fn pbkdf2_sha1(
    passphrase: &[u8],
    salt: &[u8],
    rounds: u64,
    max_rounds: u64,
) -> Result<Key, ImportError> {
    let mut key = Key::default();
    pbkdf2::pbkdf2_hmac::<Sha1>(passphrase, salt, bounded(rounds, max_rounds)?, key.as_mut_slice());
    Ok(key)
}

fn bounded(rounds: u64, max_rounds: u64) -> Result<u32, ImportError> {
    let rounds = Some(rounds).filter(|rounds| (1..=max_rounds).contains(rounds));
    rounds.and_then(|rounds| rounds.try_into().ok()).ok_or(ImportError::CostTooHigh)
}

/// The cost of scrypt (RFC 7914 §2), within bounds.
pub(crate) struct ScryptCost(scrypt::Params);

impl ScryptCost {
    const MAX_LOG_N: u32 = 20;
    const MAX_R: u64 = 16;
    const MAX_P: u64 = 4;
    /// scrypt takes 128·N·r bytes.
    const MAX_MEMORY_BYTES: u64 = 1 << 30;

    pub(crate) fn new(n: u64, r: u64, p: u64) -> Result<Self, ImportError> {
        let log_n = n.checked_ilog2().filter(|log_n| n.is_power_of_two() && *log_n > 0);
        let log_n = log_n.ok_or(Damage::Part("the cost of scrypt"))?;
        if log_n > Self::MAX_LOG_N
            || !(1..=Self::MAX_R).contains(&r)
            || !(1..=Self::MAX_P).contains(&p)
            || 128 * n * r > Self::MAX_MEMORY_BYTES
        {
            return Err(ImportError::CostTooHigh);
        }
        let [log_n, r, p] =
            [u64::from(log_n), r, p].map(|value| u32::try_from(value).unwrap_or(u32::MAX));
        let log_n = u8::try_from(log_n).map_err(|_| ImportError::CostTooHigh)?;
        scrypt::Params::new(log_n, r, p).map(Self).map_err(|_| ImportError::CostTooHigh)
    }

    /// scrypt of 32 bytes.
    pub(crate) fn derive(&self, passphrase: &[u8], salt: &[u8]) -> Key {
        let mut key = Key::default();
        #[expect(clippy::expect_used, reason = "32 bytes are a valid length (RFC 7914 §2)")]
        scrypt::scrypt(passphrase, salt, &self.0, key.as_mut_slice()).expect("32 bytes");
        key
    }
}
