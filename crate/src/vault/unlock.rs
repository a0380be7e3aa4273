//! Making, opening and changing headers: all that ever sees a passphrase or recovery code.
//!
//! Runs in a Worker of its own. Nothing here touches a body.

use zeroize::Zeroizing;

use super::bytes::Reader;
use super::error::{KdfField, VaultError};
use super::header::Header;
use super::kdf::{self, KdfParams};
use super::key::{VaultId, VaultKey};
use super::passphrase::Passphrase;
use super::recovery::RecoveryCode;
use super::slot::{Slot, SlotKind, WrapContext};

/// What a person has to unlock the vault.
#[derive(Debug)]
pub enum UnlockSecret {
    /// The passphrase.
    Passphrase(Passphrase),
    /// The recovery code.
    RecoveryCode(RecoveryCode),
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
    refuse_below_the_floor(params)?;
    let mut random = Random::new(random);
    let vault_id = VaultId::from_bytes(random.take());
    let key = VaultKey::from_bytes(random.secret());
    let recovery_code = RecoveryCode::from_bytes(random.secret());
    let context = random.context(vault_id, &key);
    let recovery_slot = Slot::for_recovery_code(&context, &recovery_code);
    let context = random.context(vault_id, &key);
    let passphrase_slot = Slot::for_passphrase(&context, passphrase, params, random.take())?;
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
    refuse_below_the_floor(params)?;
    let mut random = Random::new(random);
    let context = random.context(unlocked.header.vault_id(), &unlocked.key);
    let slot = Slot::for_passphrase(&context, passphrase, params, random.take())?;
    replace(unlocked, slot, |kind| matches!(kind, SlotKind::Passphrase(_)))
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
    let header = replace(unlocked, slot, |kind| kind == SlotKind::RecoveryCode)?;
    Ok((header, code))
}

/// Puts `slot` where the first slot of its kind stood and leaves out any other of that kind.
fn replace(
    unlocked: &Unlocked,
    slot: Slot,
    is_replaced: impl Fn(SlotKind) -> bool,
) -> Result<Header, VaultError> {
    let old = &unlocked.header;
    let place = old.slots().iter().position(|slot| is_replaced(slot.kind));
    let mut slots: Vec<Slot> =
        old.slots().iter().filter(|slot| !is_replaced(slot.kind)).cloned().collect();
    slots.insert(place.unwrap_or(slots.len()).min(slots.len()), slot);
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
