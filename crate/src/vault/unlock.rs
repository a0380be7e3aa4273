//! Making, opening and changing headers: all that ever sees a passphrase or recovery code.
//!
//! Runs in a Worker of its own. Nothing here touches a body.

use zeroize::Zeroizing;

use super::bytes::Reader;
use super::error::{KdfField, VaultError};
use super::header::Header;
use super::kdf::{self, KdfParams};
use super::key::{Key, VaultId, VaultKey};
use super::passkey::{Passkey, PrfOutput};
use super::passphrase::Passphrase;
use super::recovery::RecoveryCode;
use super::slot::{SALT_BYTES, Slot, SlotKind, WrapContext};

/// What a person has to unlock the vault.
#[derive(Debug)]
pub enum UnlockSecret {
    /// The passphrase.
    Passphrase(Passphrase),
    /// The recovery code.
    RecoveryCode(RecoveryCode),
    /// What a passkey made of its salt.
    Passkey(PrfOutput),
}

/// A passphrase after its slow derivation, to be wrapped around a key.
pub struct Stretched {
    pub(super) material: Key,
    pub(super) salt: [u8; SALT_BYTES],
    pub(super) params: KdfParams,
}

impl Stretched {
    /// The length of a salt.
    pub const SALT_BYTES: usize = SALT_BYTES;

    /// Runs the key derivation once.
    ///
    /// # Errors
    /// [`VaultError::KdfParamsOutOfRange`] below [`KdfParams::FLOOR`],
    /// [`VaultError::KdfMemoryUnavailable`].
    pub fn new(
        passphrase: &Passphrase,
        params: KdfParams,
        salt: [u8; SALT_BYTES],
    ) -> Result<Self, VaultError> {
        refuse_below_the_floor(params)?;
        Ok(Self { material: kdf::derive(passphrase, &salt, params)?, salt, params })
    }
}

impl core::fmt::Debug for Stretched {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter.write_str("Stretched")
    }
}

/// A new vault's header, its key, and the recovery code to show once.
#[derive(Debug)]
pub struct NewVault {
    /// The first header.
    pub header: Header,
    /// The vault key.
    pub key: VaultKey,
    /// The recovery code.
    pub recovery_code: RecoveryCode,
}

/// An unlocked header.
#[derive(Debug)]
pub struct Unlocked {
    /// The authentic header with the highest revision.
    pub header: Header,
    /// The vault key.
    pub key: VaultKey,
}

/// The random bytes that [`create`] uses.
pub const CREATE_RANDOM_BYTES: usize = 164;
/// The random bytes that [`change_passphrase`] uses.
pub const PASSPHRASE_RANDOM_BYTES: usize = 56;
/// The random bytes that [`replace_recovery_code`] uses.
pub const RECOVERY_RANDOM_BYTES: usize = 60;
/// The random bytes that [`add_passkey`] uses.
pub const PASSKEY_RANDOM_BYTES: usize = 40;
/// The random bytes that [`rotate_key`] uses, the salt of the passphrase not included.
pub const ROTATE_RANDOM_BYTES: usize = 172;
/// The random bytes that [`create_backup_key`] uses.
pub const BACKUP_RANDOM_BYTES: usize = 104;

/// Makes the header and key of a new vault. Runs the key derivation once.
///
/// # Errors
/// [`VaultError::KdfParamsOutOfRange`] below [`KdfParams::FLOOR`],
/// [`VaultError::KdfMemoryUnavailable`].
pub fn create(
    passphrase: &Passphrase,
    params: KdfParams,
    random: &[u8; CREATE_RANDOM_BYTES],
) -> Result<NewVault, VaultError> {
    let mut random = Random::new(random);
    let vault_id = VaultId::from_bytes(random.take());
    let key = VaultKey::from_bytes(random.secret());
    let recovery_code = RecoveryCode::from_bytes(random.secret());
    let context = random.context(vault_id, &key);
    let recovery_slot = Slot::for_recovery_code(&context, &recovery_code);
    let context = random.context(vault_id, &key);
    let stretched = Stretched::new(passphrase, params, random.take())?;
    let passphrase_slot = Slot::for_passphrase(&context, &stretched);
    let header = Header::build(&key, vault_id, 1, vec![passphrase_slot, recovery_slot]);
    Ok(NewVault { header, key, recovery_code })
}

/// Opens one of the stored headers, the newest first, and returns the newest authentic one.
///
/// # Errors
/// [`VaultError::HeaderMissing`]; the error of the damaged header when none can be read;
/// [`VaultError::NoSuchSlot`]; [`VaultError::WrongPassphraseOrTampered`] or
/// [`VaultError::WrongRecoveryCodeOrTampered`]; [`VaultError::HeaderTampered`];
/// [`VaultError::KdfMemoryUnavailable`].
pub fn unlock(stored: [Option<&[u8]>; 2], secret: &UnlockSecret) -> Result<Unlocked, VaultError> {
    let parsed: Vec<_> = stored.into_iter().flatten().map(Header::parse).collect();
    let refused = parsed.iter().find_map(|header| header.as_ref().err().copied());
    let mut headers: Vec<Header> = parsed.into_iter().flatten().collect();
    headers.sort_by_key(|header| core::cmp::Reverse(header.rev()));
    if headers.is_empty() {
        return Err(refused.unwrap_or(VaultError::HeaderMissing));
    }
    if !headers.iter().flat_map(Header::slots).any(|slot| slot.takes(secret)) {
        return Err(VaultError::NoSuchSlot);
    }
    let key = open_any(&headers, secret)?.ok_or(match secret {
        UnlockSecret::Passphrase(_) => VaultError::WrongPassphraseOrTampered,
        UnlockSecret::RecoveryCode(_) => VaultError::WrongRecoveryCodeOrTampered,
        UnlockSecret::Passkey(_) => VaultError::WrongPasskeyOrTampered,
    })?;
    let authentic = headers.into_iter().find(|header| header.verify(&key).is_ok());
    let header = authentic.ok_or(VaultError::HeaderTampered)?;
    Ok(Unlocked { header, key })
}

/// Tries each different slot once: a slot that stands in both headers is not derived twice.
fn open_any(headers: &[Header], secret: &UnlockSecret) -> Result<Option<VaultKey>, VaultError> {
    let mut tried: Vec<(VaultId, &[u8])> = Vec::new();
    for header in headers {
        for slot in header.slots() {
            let this = (header.vault_id(), slot.as_bytes());
            if tried.contains(&this) {
                continue;
            }
            tried.push(this);
            let key = slot.unwrap_key(&header.vault_id(), secret)?;
            if key.is_some() {
                return Ok(key);
            }
        }
    }
    Ok(None)
}

/// Makes the next header, with the new passphrase in place of the old one. The vault key and all
/// other slots stay as they are. Runs the key derivation once.
///
/// # Errors
/// As [`create`], and [`VaultError::HeaderMalformed`] when no revision is left.
pub fn change_passphrase(
    unlocked: &Unlocked,
    passphrase: &Passphrase,
    params: KdfParams,
    random: &[u8; PASSPHRASE_RANDOM_BYTES],
) -> Result<Header, VaultError> {
    let mut random = Random::new(random);
    let context = random.context(unlocked.header.vault_id(), &unlocked.key);
    let stretched = Stretched::new(passphrase, params, random.take())?;
    replace(unlocked, Slot::for_passphrase(&context, &stretched), |kind| {
        matches!(kind, SlotKind::Passphrase(_))
    })
}

/// Makes the next header, with a new recovery code in place of the old one.
///
/// # Errors
/// [`VaultError::HeaderMalformed`] when no revision is left.
pub fn replace_recovery_code(
    unlocked: &Unlocked,
    random: &[u8; RECOVERY_RANDOM_BYTES],
) -> Result<(Header, RecoveryCode), VaultError> {
    let mut random = Random::new(random);
    let context = random.context(unlocked.header.vault_id(), &unlocked.key);
    let code = RecoveryCode::from_bytes(random.secret());
    let slot = Slot::for_recovery_code(&context, &code);
    let header = replace(unlocked, slot, |kind| *kind == SlotKind::RecoveryCode)?;
    Ok((header, code))
}

/// Makes the next header, with a passkey in place of any other: one is enough to forget the
/// passphrase by.
///
/// # Errors
/// [`VaultError::HeaderMalformed`] when no revision or slot is left.
pub fn add_passkey(
    unlocked: &Unlocked,
    passkey: Passkey,
    output: &PrfOutput,
    random: &[u8; PASSKEY_RANDOM_BYTES],
) -> Result<Header, VaultError> {
    let context = Random::new(random).context(unlocked.header.vault_id(), &unlocked.key);
    let slot = Slot::for_passkey(&context, passkey, output);
    replace(unlocked, slot, |kind| matches!(kind, SlotKind::Passkey(_)))
}

/// Makes the next header without any passkey.
///
/// # Errors
/// [`VaultError::NoSuchSlot`] when there is none; [`VaultError::HeaderMalformed`] when no revision
/// is left.
pub fn remove_passkey(unlocked: &Unlocked) -> Result<Header, VaultError> {
    let is_passkey = |slot: &&Slot| matches!(slot.kind, SlotKind::Passkey(_));
    let slots = unlocked.header.slots();
    if !slots.iter().any(|slot| is_passkey(&slot)) {
        return Err(VaultError::NoSuchSlot);
    }
    next_header(unlocked, slots.iter().filter(|slot| !is_passkey(slot)).cloned().collect())
}

/// A new vault key for the same vault, its header, and the new recovery code to show once.
pub type RotatedKey = NewVault;

/// Makes the next header under a new vault key. The passphrase stays; the recovery code is a new
/// one, and passkeys are left out, for nobody has the present ones at hand to wrap the new key.
/// The header also has the present key, encrypted under the new one: a body that is not yet
/// written anew opens by it.
///
/// # Errors
/// [`VaultError::HeaderMalformed`] when no revision is left.
pub fn rotate_key(
    unlocked: &Unlocked,
    passphrase: &Stretched,
    random: &[u8; ROTATE_RANDOM_BYTES],
) -> Result<RotatedKey, VaultError> {
    let mut random = Random::new(random);
    let vault_id = unlocked.header.vault_id();
    let key = VaultKey::from_bytes(random.secret());
    let recovery_code = RecoveryCode::from_bytes(random.secret());
    let slots = vec![
        Slot::for_passphrase(&random.context(vault_id, &key), passphrase),
        Slot::for_recovery_code(&random.context(vault_id, &key), &recovery_code),
        Slot::for_previous_key(&random.context(vault_id, &unlocked.key), &key),
    ];
    let rev = unlocked.header.rev().checked_add(1).ok_or(VaultError::HeaderMalformed)?;
    let header = Header::build(&key, vault_id, rev, slots);
    Ok(NewVault { header, key, recovery_code })
}

/// Makes the header and key of a backup, which has no recovery code. Runs the key derivation once.
///
/// # Errors
/// As [`create`].
pub fn create_backup_key(
    passphrase: &Passphrase,
    params: KdfParams,
    random: &[u8; BACKUP_RANDOM_BYTES],
) -> Result<Unlocked, VaultError> {
    let mut random = Random::new(random);
    let vault_id = VaultId::from_bytes(random.take());
    let key = VaultKey::from_bytes(random.secret());
    let stretched = Stretched::new(passphrase, params, random.take())?;
    let slot = Slot::for_passphrase(&random.context(vault_id, &key), &stretched);
    let header = Header::build(&key, vault_id, 1, vec![slot]);
    Ok(Unlocked { header, key })
}

/// Puts `slot` where the first slot of its kind stood and leaves out any other of that kind.
fn replace(
    unlocked: &Unlocked,
    slot: Slot,
    is_replaced: impl Fn(&SlotKind) -> bool,
) -> Result<Header, VaultError> {
    let old = unlocked.header.slots();
    let place = old.iter().position(|slot| is_replaced(&slot.kind));
    let mut slots: Vec<Slot> =
        old.iter().filter(|slot| !is_replaced(&slot.kind)).cloned().collect();
    slots.insert(place.unwrap_or(slots.len()).min(slots.len()), slot);
    next_header(unlocked, slots)
}

fn next_header(unlocked: &Unlocked, slots: Vec<Slot>) -> Result<Header, VaultError> {
    let old = &unlocked.header;
    let rev = old.rev().checked_add(1).ok_or(VaultError::HeaderMalformed)?;
    let header = Header::build(&unlocked.key, old.vault_id(), rev, slots);
    // A ninth slot, for example, would make a header that nobody reads.
    Header::parse(header.as_bytes())
}

/// Runs one derivation to see how long it takes here.
///
/// # Errors
/// [`VaultError::KdfMemoryUnavailable`].
pub fn derive_for_calibration(params: KdfParams) -> Result<(), VaultError> {
    let passphrase = Passphrase::from_utf8(Zeroizing::new(b"calibration".to_vec()))?;
    kdf::derive(&passphrase, &[0; 16], params).map(drop)
}

fn refuse_below_the_floor(params: KdfParams) -> Result<(), VaultError> {
    if params.is_at_least_the_floor() {
        return Ok(());
    }
    let field = if params.memory_kib() < KdfParams::FLOOR.memory_kib() {
        KdfField::Memory
    } else {
        KdfField::Passes
    };
    Err(VaultError::KdfParamsOutOfRange { field })
}

/// Hands out the caller's random bytes, each once.
struct Random<'a>(Reader<'a>);

impl<'a> Random<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Self(Reader::new(bytes))
    }

    fn take<const N: usize>(&mut self) -> [u8; N] {
        #[expect(clippy::expect_used, reason = "the callers' array lengths are the sums")]
        self.0.array().expect("enough random bytes")
    }

    fn secret<const N: usize>(&mut self) -> Zeroizing<[u8; N]> {
        Zeroizing::new(self.take())
    }

    fn context<'b>(&mut self, vault_id: VaultId, vault_key: &'b VaultKey) -> WrapContext<'b> {
        WrapContext { vault_id, vault_key, slot_id: self.take(), nonce: self.take() }
    }
}
