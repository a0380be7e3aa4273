//! The next header of a vault that is unlocked: another passphrase, recovery code or passkey.

use super::random::Random;
use super::{Stretched, Unlocked};
use crate::vault::error::VaultError;
use crate::vault::header::Header;
use crate::vault::kdf::KdfParams;
use crate::vault::passkey::{Passkey, PrfOutput};
use crate::vault::passphrase::Passphrase;
use crate::vault::recovery::RecoveryCode;
use crate::vault::slot::{Slot, SlotKind};

/// The random bytes that [`change_passphrase`] uses.
pub const PASSPHRASE_RANDOM_BYTES: usize = 56;
/// The random bytes that [`replace_recovery_code`] uses.
pub const RECOVERY_RANDOM_BYTES: usize = 60;
/// The random bytes that [`add_passkey`] uses.
pub const PASSKEY_RANDOM_BYTES: usize = 40;

/// Makes the next header, with the new passphrase in place of the old one. The vault key and all
/// other slots stay as they are. Runs the key derivation once.
///
/// # Errors
/// As [`create`](super::create), and [`VaultError::HeaderMalformed`] when no revision is left.
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
