//! Argon2id (RFC 9106): from a passphrase to the material of a key.

use argon2::{Algorithm, Argon2, Block, Params, Version};
use zeroize::Zeroize;

use super::error::{KdfField, VaultError};
use super::key::Key;
use super::passphrase::Passphrase;

/// The cost of Argon2id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KdfParams {
    memory_kib: u32,
    passes: u16,
    lanes: u8,
}

impl KdfParams {
    /// The least that a new slot may cost, and the default: 64 MiB, three passes, one lane, the
    /// second recommended option of RFC 9106 §4 with a single lane, as a browser has no threads
    /// here.
    pub const FLOOR: Self = Self { memory_kib: 64 * 1024, passes: 3, lanes: 1 };

    const MEMORY_KIB: core::ops::RangeInclusive<u32> = 19_456..=1_048_576;
    const PASSES: core::ops::RangeInclusive<u16> = 2..=16;
    const LANES: core::ops::RangeInclusive<u8> = 1..=4;
    /// Memory times passes, in KiB: 4 GiB, some ten seconds on a slow machine.
    const MAX_WORK_KIB: u64 = 4 * 1024 * 1024;

    /// Checks a cost against the limits of the format: 19,456 to 1,048,576 KiB, 2 to 16 passes,
    /// 1 to 4 lanes, memory times passes at most 4 GiB.
    ///
    /// # Errors
    /// [`VaultError::KdfParamsOutOfRange`].
    pub fn new(memory_kib: u32, passes: u16, lanes: u8) -> Result<Self, VaultError> {
        let refuse = |field| Err(VaultError::KdfParamsOutOfRange { field });
        if !Self::MEMORY_KIB.contains(&memory_kib) {
            return refuse(KdfField::Memory);
        }
        if !Self::PASSES.contains(&passes) {
            return refuse(KdfField::Passes);
        }
        if !Self::LANES.contains(&lanes) {
            return refuse(KdfField::Lanes);
        }
        if u64::from(memory_kib) * u64::from(passes) > Self::MAX_WORK_KIB {
            return refuse(KdfField::Work);
        }
        Ok(Self { memory_kib, passes, lanes })
    }

    /// The memory in KiB.
    pub fn memory_kib(self) -> u32 {
        self.memory_kib
    }

    /// The passes over the memory.
    pub fn passes(self) -> u16 {
        self.passes
    }

    /// The lanes, computed one after the other here.
    pub fn lanes(self) -> u8 {
        self.lanes
    }

    /// Whether a new slot may be made with this cost.
    pub fn is_at_least_the_floor(self) -> bool {
        self.memory_kib >= Self::FLOOR.memory_kib && self.passes >= Self::FLOOR.passes
    }
}

/// Derives the key material of a passphrase slot. Takes the time that `params` say.
///
/// # Errors
/// [`VaultError::KdfMemoryUnavailable`].
pub(super) fn derive(
    passphrase: &Passphrase,
    salt: &[u8],
    params: KdfParams,
) -> Result<Key, VaultError> {
    let cost = Params::new(
        params.memory_kib,
        u32::from(params.passes),
        u32::from(params.lanes),
        Some(Key::default().len()),
    );
    #[expect(clippy::expect_used, reason = "the limits of KdfParams are inside Argon2's")]
    let cost = cost.expect("a cost within the limits");
    // EXPOSE: the password input of Argon2id.
    argon2id(&Argon2::new(Algorithm::Argon2id, Version::V0x13, cost), passphrase.expose(), salt)
}

/// Runs a configured Argon2id in memory of our own, which is wiped afterwards.
fn argon2id(argon2: &Argon2<'_>, password: &[u8], salt: &[u8]) -> Result<Key, VaultError> {
    let count = argon2.params().block_count();
    let mut blocks = Vec::new();
    blocks.try_reserve_exact(count).map_err(|_| VaultError::KdfMemoryUnavailable)?;
    blocks.resize(count, Block::new());
    let mut key = Key::default();
    let done = argon2.hash_password_into_with_memory(
        password,
        salt,
        key.as_mut_slice(),
        blocks.as_mut_slice(),
    );
    blocks.zeroize();
    #[expect(clippy::expect_used, reason = "passphrase and salt are within Argon2's limits")]
    done.expect("inputs within the limits");
    Ok(key)
}

#[cfg(test)]
mod tests {
    use argon2::{AssociatedData, ParamsBuilder};

    use super::*;

    /// RFC 9106 §5.3, with its secret and associated data, through the code that a slot takes.
    #[test]
    fn computes_the_argon2id_vector_of_rfc_9106() {
        let params = ParamsBuilder::new()
            .m_cost(32)
            .t_cost(3)
            .p_cost(4)
            .output_len(32)
            .data(AssociatedData::new(&[4; 12]).unwrap())
            .build()
            .unwrap();
        let secret = [3; 8];
        let argon2 =
            Argon2::new_with_secret(&secret, Algorithm::Argon2id, Version::V0x13, params).unwrap();
        let expected = [
            0x0d, 0x64, 0x0d, 0xf5, 0x8d, 0x78, 0x76, 0x6c, 0x08, 0xc0, 0x37, 0xa3, 0x4a, 0x8b,
            0x53, 0xc9, 0xd0, 0x1e, 0xf0, 0x45, 0x2d, 0x75, 0xb6, 0x5e, 0xb5, 0x25, 0x20, 0xe9,
            0x6b, 0x01, 0xe6, 0x59,
        ];
        assert_eq!(*argon2id(&argon2, &[1; 32], &[2; 16]).unwrap(), expected);
    }

    #[test]
    fn takes_costs_up_to_each_limit_and_none_beyond() {
        let field = |memory, passes, lanes| match KdfParams::new(memory, passes, lanes) {
            Ok(_) => None,
            Err(VaultError::KdfParamsOutOfRange { field }) => Some(field),
            Err(other) => panic!("{other:?}"),
        };
        assert_eq!(field(19_456, 2, 1), None);
        assert_eq!(field(1_048_576, 4, 4), None);
        assert_eq!(field(262_144, 16, 1), None);
        assert_eq!(field(19_455, 2, 1), Some(KdfField::Memory));
        assert_eq!(field(1_048_577, 2, 1), Some(KdfField::Memory));
        assert_eq!(field(65_536, 1, 1), Some(KdfField::Passes));
        assert_eq!(field(65_536, 17, 1), Some(KdfField::Passes));
        assert_eq!(field(65_536, 3, 0), Some(KdfField::Lanes));
        assert_eq!(field(65_536, 3, 5), Some(KdfField::Lanes));
        assert_eq!(field(262_145, 16, 1), Some(KdfField::Work));
        assert_eq!(field(u32::MAX, u16::MAX, u8::MAX), Some(KdfField::Memory));
    }
}
