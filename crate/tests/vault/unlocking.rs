//! Passphrase and recovery code: what opens a vault, and what changing them changes.

use std::sync::OnceLock;

use doorcode::vault::unlock::{self, UnlockSecret};
use doorcode::vault::{Header, KdfField, KdfParams, Passkey, PrfOutput, VaultError};
use zeroize::Zeroizing;

use super::support::{
    NOW, PASSPHRASE, Random, entry, fixture, passphrase, with_code, with_passphrase,
};

const NEW_PASSPHRASE: &str = "another one, made up";

/// The fixture's header after a passphrase change: derived once.
fn changed() -> &'static Header {
    static CHANGED: OnceLock<Header> = OnceLock::new();
    CHANGED.get_or_init(|| {
        let random = Random(2).bytes();
        let new = passphrase(NEW_PASSPHRASE);
        unlock::change_passphrase(&fixture().unlocked(), &new, KdfParams::FLOOR, &random).unwrap()
    })
}

fn open(header: &Header, secret: &UnlockSecret) -> Result<[u8; 32], VaultError> {
    let unlocked = unlock::unlock([Some(header.as_bytes()), None], secret)?;
    Ok(*unlocked.key.expose())
}

#[test]
fn the_passphrase_and_the_recovery_code_open_the_same_key() {
    let header = fixture().header();
    let key = *fixture().key().expose();
    assert_eq!(open(&header, &with_passphrase(PASSPHRASE)), Ok(key));
    assert_eq!(open(&header, &with_code(&fixture().code)), Ok(key));
}

#[test]
fn a_wrong_passphrase_or_code_opens_nothing() {
    let header = fixture().header();
    let wrong = open(&header, &with_passphrase("wrong"));
    assert_eq!(wrong, Err(VaultError::WrongPassphraseOrTampered));
    let other = doorcode::vault::RecoveryCode::from_bytes(Zeroizing::new([9; 20]));
    let wrong = open(&header, &UnlockSecret::RecoveryCode(other));
    assert_eq!(wrong, Err(VaultError::WrongRecoveryCodeOrTampered));
}

#[test]
fn a_new_passphrase_wraps_the_same_key_and_the_old_one_opens_nothing() {
    let key = *fixture().key().expose();
    assert_eq!(open(changed(), &with_passphrase(NEW_PASSPHRASE)), Ok(key));
    assert_eq!(open(changed(), &with_code(&fixture().code)), Ok(key));
    let old = open(changed(), &with_passphrase(PASSPHRASE));
    assert_eq!(old, Err(VaultError::WrongPassphraseOrTampered));
    assert_eq!(changed().rev(), fixture().header().rev() + 1);
}

#[test]
fn a_torn_header_leaves_the_other_one_to_unlock_with() {
    let header = fixture().header();
    let torn = &changed().as_bytes()[..100];
    let secret = with_code(&fixture().code);
    let unlocked = unlock::unlock([Some(header.as_bytes()), Some(torn)], &secret).unwrap();
    assert_eq!(unlocked.header.rev(), header.rev());
}

#[test]
fn the_newest_authentic_header_is_in_force() {
    let header = fixture().header();
    let secret = with_code(&fixture().code);
    for stored in [[&header, changed()], [changed(), &header]] {
        let stored = stored.map(|header| Some(header.as_bytes()));
        assert_eq!(unlock::unlock(stored, &secret).unwrap().header.rev(), changed().rev());
    }
}

#[test]
fn a_replaced_recovery_code_opens_nothing_and_the_passphrase_still_does() {
    let random = Zeroizing::new(Random(6).bytes());
    let (header, code) = unlock::replace_recovery_code(&fixture().unlocked(), &random).unwrap();
    let key = *fixture().key().expose();
    assert_eq!(open(&header, &UnlockSecret::RecoveryCode(code)), Ok(key));
    let old = open(&header, &with_code(&fixture().code));
    assert_eq!(old, Err(VaultError::WrongRecoveryCodeOrTampered));
    assert_eq!(open(&header, &with_passphrase(PASSPHRASE)), Ok(key));
}

#[test]
fn nothing_stored_is_a_missing_header_and_not_a_wrong_passphrase() {
    let opened = unlock::unlock([None, None], &with_passphrase(PASSPHRASE));
    assert_eq!(opened.unwrap_err(), VaultError::HeaderMissing);
    let opened = unlock::unlock([Some(b"something else"), None], &with_passphrase(PASSPHRASE));
    assert_eq!(opened.unwrap_err(), VaultError::NotAVault);
}

#[test]
fn a_new_slot_costs_at_least_the_floor() {
    let cheap = KdfParams::new(65_535, 3, 1).unwrap();
    let refused = unlock::create(&passphrase("any"), cheap, &[1; 164]).unwrap_err();
    assert_eq!(refused, VaultError::KdfParamsOutOfRange { field: KdfField::Memory });
    let cheap = KdfParams::new(65_536, 2, 1).unwrap();
    let new = passphrase("any");
    let refused = unlock::change_passphrase(&fixture().unlocked(), &new, cheap, &[1; 56]);
    let field = KdfField::Passes;
    assert_eq!(refused.unwrap_err(), VaultError::KdfParamsOutOfRange { field });
}

#[test]
fn a_header_that_does_not_follow_is_refused_and_the_vault_goes_on() {
    let mut random = Random(7);
    let (mut vault, mut storage) = fixture().stored(&mut random);
    let current = fixture().header();
    let refused = vault.begin_header(current.as_bytes(), &random.save()).unwrap_err();
    assert_eq!(refused, VaultError::HeaderOutOfOrder);
    let mut foreign = changed().as_bytes().to_vec();
    foreign[6] ^= 1;
    assert_eq!(
        vault.begin_header(&foreign, &random.save()).unwrap_err(),
        VaultError::VaultIdMismatch
    );
    let mut tampered = changed().as_bytes().to_vec();
    *tampered.last_mut().unwrap() ^= 1;
    assert_eq!(
        vault.begin_header(&tampered, &random.save()).unwrap_err(),
        VaultError::HeaderTampered
    );
    vault.add(entry(1), &random.save(), NOW).unwrap();
    storage.save(&mut vault);
    vault.begin_header(changed().as_bytes(), &random.save()).unwrap();
    storage.save(&mut vault);
    storage.settle(&mut vault);
    assert_eq!(storage.0["h0"], changed().as_bytes());
    assert_eq!(storage.0["h1"], changed().as_bytes());
}

#[test]
fn errors_and_debug_output_show_nothing_of_a_secret() {
    let secret = with_passphrase("correct horse");
    let shown = format!("{secret:?} {:?} {:?}", fixture().key(), fixture().unlocked());
    assert!(!shown.contains("horse") && !shown.contains('['), "{shown}");
    let code = &fixture().code;
    let shown = format!("{:?}", with_code(code));
    assert!(!shown.contains(&code[..4]));
}

fn with_prf(byte: u8) -> UnlockSecret {
    UnlockSecret::Passkey(PrfOutput::from_bytes(Zeroizing::new([byte; 32])))
}

#[test]
fn a_passkey_opens_the_same_key_until_it_is_removed() {
    let output = PrfOutput::from_bytes(Zeroizing::new([3; 32]));
    let passkey = Passkey::new(vec![1, 2, 3], [4; 32]).unwrap();
    let random = Random(40).bytes();
    let with =
        unlock::add_passkey(&fixture().unlocked(), passkey.clone(), &output, &random).unwrap();
    assert_eq!(with.passkey(), Some(&passkey));
    assert_eq!(open(&with, &with_prf(3)), Ok(*fixture().key().expose()));
    assert_eq!(open(&with, &with_prf(4)), Err(VaultError::WrongPasskeyOrTampered));
    assert_eq!(open(&with, &with_code(&fixture().code)), Ok(*fixture().key().expose()));

    let unlocked = unlock::Unlocked { header: with, key: fixture().key() };
    let without = unlock::remove_passkey(&unlocked).unwrap();
    assert_eq!(without.passkey(), None);
    assert_eq!(open(&without, &with_prf(3)), Err(VaultError::NoSuchSlot));
    let unlocked = unlock::Unlocked { header: without, key: fixture().key() };
    assert_eq!(unlock::remove_passkey(&unlocked).unwrap_err(), VaultError::NoSuchSlot);
}

#[test]
fn a_credential_id_is_neither_empty_nor_too_long() {
    assert!(Passkey::new(vec![0; Passkey::MAX_CREDENTIAL_ID_BYTES], [0; 32]).is_ok());
    for length in [0, Passkey::MAX_CREDENTIAL_ID_BYTES + 1] {
        let refused = Passkey::new(vec![0; length], [0; 32]);
        assert_eq!(refused.unwrap_err(), VaultError::HeaderMalformed);
    }
}
