//! New headers: another recovery code, another vault key.

use doorcode::vault::{Vault, VaultKey, unlock};
use zeroize::Zeroizing;

use super::super::support::{Random, stretched, with_code};
use super::faulty_storage::{FaultyStorage, Stop};
use super::truth::Truth;

pub(super) fn unlocked(vault: &Vault) -> unlock::Unlocked {
    let key = VaultKey::from_bytes(Zeroizing::new(*vault.key().expose()));
    unlock::Unlocked { header: vault.header().clone(), key }
}

/// Replaces the recovery code: the same protocol as a passphrase change, without the slow part.
pub(super) fn change_header(
    disk: &mut FaultyStorage,
    vault: &mut Vault,
    truth: &mut Truth,
    random: &mut Random,
) -> Result<(), Stop> {
    let (header, code) =
        unlock::replace_recovery_code(&unlocked(vault), &Zeroizing::new(random.bytes())).unwrap();
    vault.begin_header(header.as_bytes(), &random.save()).unwrap();
    let code = code.to_text().to_string();
    truth.maybe_codes.push(code.clone());
    truth.header_changing = true;
    put_header_in_force(disk, vault, truth, code)
}

/// Encrypts everything under a new key.
pub(super) fn rotate_key(
    disk: &mut FaultyStorage,
    vault: &mut Vault,
    truth: &mut Truth,
    random: &mut Random,
) -> Result<(), Stop> {
    let rotated = unlock::rotate_key(&unlocked(vault), stretched(), &random.bytes()).unwrap();
    vault.begin_key(rotated.header.as_bytes(), &rotated.key, &random.save()).unwrap();
    truth.keys.push(VaultKey::from_bytes(Zeroizing::new(*rotated.key.expose())));
    let code = rotated.recovery_code.to_text().to_string();
    truth.maybe_codes.push(code.clone());
    truth.header_changing = true;
    put_header_in_force(disk, vault, truth, code)?;
    truth.session = rotated.key;
    Ok(())
}

pub(super) fn put_header_in_force(
    disk: &mut FaultyStorage,
    vault: &mut Vault,
    truth: &mut Truth,
    code: String,
) -> Result<(), Stop> {
    disk.save(vault)?;
    assert!(vault.begin_next_copy().unwrap());
    disk.save(vault)?;
    let old = core::mem::replace(&mut truth.code, code);
    // Until everything is settled a crash may bring the earlier one back.
    truth.maybe_codes.push(old.clone());
    match disk.settle(vault) {
        Err(Stop::NotSaved) => {}
        Err(Stop::Crash) => return Err(Stop::Crash),
        Ok(()) => {
            let stored = disk.storage.values().headers;
            let opened = unlock::unlock(stored, &with_code(&old));
            assert!(opened.is_err(), "a replaced code opens the vault");
        }
    }
    truth.maybe_codes.clear();
    truth.header_changing = false;
    Ok(())
}
