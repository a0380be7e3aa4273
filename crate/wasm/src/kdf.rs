//! The module of the Worker that unlocks: passphrases and recovery codes in, the vault key out.
//!
//! The Worker seals the vault key at once and ends. Nothing here can read a body.
#![expect(clippy::needless_pass_by_value, reason = "wasm-bindgen hands values over")]
#![expect(clippy::missing_errors_doc, reason = "each throws `CoreError`, whose kinds say why")]
#![expect(missing_debug_implementations, reason = "they hold secrets and labels")]

use doorcode::vault::backup;
use doorcode::vault::unlock::{self, NewVault, Stretched, UnlockSecret, Unlocked};
use doorcode::vault::{Header, KdfParams, Passkey, Passphrase, PrfOutput, RecoveryCode, VaultKey};
use js_sys::{Object, Reflect, Uint8Array};
use serde::Deserialize;
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::{JsCast, JsValue, wasm_bindgen};
use zeroize::Zeroizing;

use crate::failure::Failure;
use crate::value;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** A new vault. Whoever takes the key wipes it after use. */
export type NewHeader = {
  header: string;
  vaultKey: Uint8Array<ArrayBuffer>;
  /** To show once. */
  recoveryCode: string;
};

/** An unlocked vault. Whoever takes the key wipes it after use. */
export type UnlockedHeader = {
  vaultKey: Uint8Array<ArrayBuffer>;
  /** The passphrase should be wrapped anew: its derivation costs less than new ones must. */
  belowFloor: boolean;
};

export type NewRecoveryCode = { header: string; recoveryCode: string };

/** The header and key of a backup. Whoever takes the key wipes it after use. */
export type BackupKey = { header: string; vaultKey: Uint8Array<ArrayBuffer> };

/** What a page needs to ask a passkey again, base64url. */
export type PasskeyRequest = { credentialId: string; salt: string };
"#;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(typescript_type = "NewHeader")]
    /// See the TypeScript type of this name.
    pub type NewHeader;
    #[wasm_bindgen(typescript_type = "UnlockedHeader")]
    /// See the TypeScript type of this name.
    pub type UnlockedHeader;
    #[wasm_bindgen(typescript_type = "NewRecoveryCode")]
    /// See the TypeScript type of this name.
    pub type NewRecoveryCode;
    #[wasm_bindgen(typescript_type = "BackupKey")]
    /// See the TypeScript type of this name.
    pub type BackupKey;
    #[wasm_bindgen(typescript_type = "PasskeyRequest")]
    /// See the TypeScript type of this name.
    pub type PasskeyRequest;
}

/// The cost of Argon2id.
#[derive(Deserialize, Tsify)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct KdfCost {
    /// Memory in KiB.
    memory_kib: u32,
    /// Passes over the memory.
    passes: u16,
    /// Lanes.
    lanes: u8,
}

/// How many random bytes `createHeader` takes.
#[wasm_bindgen(js_name = createRandomBytes)]
pub fn create_random_bytes() -> usize {
    unlock::CREATE_RANDOM_BYTES
}

/// How many random bytes `changePassphrase` takes.
#[wasm_bindgen(js_name = passphraseRandomBytes)]
pub fn passphrase_random_bytes() -> usize {
    unlock::PASSPHRASE_RANDOM_BYTES
}

/// How many random bytes `replaceRecoveryCode` takes.
#[wasm_bindgen(js_name = recoveryRandomBytes)]
pub fn recovery_random_bytes() -> usize {
    unlock::RECOVERY_RANDOM_BYTES
}

/// How many random bytes `rotateKey` takes.
#[wasm_bindgen(js_name = rotateRandomBytes)]
pub fn rotate_random_bytes() -> usize {
    unlock::ROTATE_RANDOM_BYTES + Stretched::SALT_BYTES
}

/// How many random bytes `createBackupKey` takes.
#[wasm_bindgen(js_name = backupRandomBytes)]
pub fn backup_random_bytes() -> usize {
    unlock::BACKUP_RANDOM_BYTES
}

/// How many random bytes `addPasskey` takes.
#[wasm_bindgen(js_name = passkeyRandomBytes)]
pub fn passkey_random_bytes() -> usize {
    unlock::PASSKEY_RANDOM_BYTES
}

/// Makes the header and key of a new vault. `passphrase` is UTF-8; `random` comes from
/// `crypto.getRandomValues`.
#[wasm_bindgen(js_name = createHeader)]
pub fn create_header(
    passphrase: Vec<u8>,
    cost: Ts<KdfCost>,
    random: Vec<u8>,
) -> Result<NewHeader, Failure> {
    let (passphrase, random) = (Zeroizing::new(passphrase), Zeroizing::new(random));
    let random = Zeroizing::new(value::array(&random)?);
    let passphrase = Passphrase::from_utf8(passphrase)?;
    Ok(new_header(&unlock::create(&passphrase, decode_cost(&cost)?, &random)?))
}

fn new_header(vault: &NewVault) -> NewHeader {
    object([
        ("header", value::encode(vault.header.as_bytes()).into()),
        ("vaultKey", key_bytes(&vault.key)),
        ("recoveryCode", vault.recovery_code.to_text().as_str().into()),
    ])
}

/// Unwraps the vault key with the passphrase. `header0` and `header1` are the stored values of
/// `h0` and `h1`.
#[wasm_bindgen(js_name = unlockWithPassphrase)]
pub fn unlock_with_passphrase(
    header0: Option<String>,
    header1: Option<String>,
    passphrase: Vec<u8>,
) -> Result<UnlockedHeader, Failure> {
    let secret = passphrase_secret(passphrase)?;
    Ok(unlocked_object(&open(header0, header1, &secret)?))
}

/// Unwraps the vault key with the recovery code as typed.
#[wasm_bindgen(js_name = unlockWithRecoveryCode)]
pub fn unlock_with_recovery_code(
    header0: Option<String>,
    header1: Option<String>,
    code: String,
) -> Result<UnlockedHeader, Failure> {
    let secret = recovery_secret(code)?;
    Ok(unlocked_object(&open(header0, header1, &secret)?))
}

/// Makes the header in which `next` opens what `current` opened. The vault key stays.
#[wasm_bindgen(js_name = changePassphrase)]
pub fn change_passphrase(
    header0: Option<String>,
    header1: Option<String>,
    current: Vec<u8>,
    next: Vec<u8>,
    cost: Ts<KdfCost>,
    random: Vec<u8>,
) -> Result<String, Failure> {
    let (current, next) = (passphrase_secret(current), Zeroizing::new(next));
    new_passphrase(&open(header0, header1, &current?)?, next, &cost, &random)
}

/// Makes the header with a new passphrase for somebody who has only the recovery code.
#[wasm_bindgen(js_name = changePassphraseWithRecoveryCode)]
pub fn change_passphrase_with_recovery_code(
    header0: Option<String>,
    header1: Option<String>,
    code: String,
    next: Vec<u8>,
    cost: Ts<KdfCost>,
    random: Vec<u8>,
) -> Result<String, Failure> {
    let (code, next) = (recovery_secret(code), Zeroizing::new(next));
    new_passphrase(&open(header0, header1, &code?)?, next, &cost, &random)
}

/// Makes the header with a new recovery code, for somebody who has the passphrase.
#[wasm_bindgen(js_name = replaceRecoveryCode)]
pub fn replace_recovery_code(
    header0: Option<String>,
    header1: Option<String>,
    passphrase: Vec<u8>,
    random: Vec<u8>,
) -> Result<NewRecoveryCode, Failure> {
    let secret = passphrase_secret(passphrase);
    new_recovery_code(&open(header0, header1, &secret?)?, random)
}

/// Makes the header with a new recovery code, for somebody who has the present one.
#[wasm_bindgen(js_name = replaceRecoveryCodeWithRecoveryCode)]
pub fn replace_recovery_code_with_recovery_code(
    header0: Option<String>,
    header1: Option<String>,
    code: String,
    random: Vec<u8>,
) -> Result<NewRecoveryCode, Failure> {
    let secret = recovery_secret(code);
    new_recovery_code(&open(header0, header1, &secret?)?, random)
}

/// Makes a new vault key with its header, and a new recovery code. The passphrase stays.
#[wasm_bindgen(js_name = rotateKey)]
pub fn rotate_key(
    header0: Option<String>,
    header1: Option<String>,
    passphrase: Vec<u8>,
    cost: Ts<KdfCost>,
    random: Vec<u8>,
) -> Result<NewHeader, Failure> {
    let (passphrase, random) = (Zeroizing::new(passphrase), Zeroizing::new(random));
    let (salt, random) = random.split_first_chunk().ok_or(Failure::MALFORMED_REQUEST)?;
    let random = Zeroizing::new(value::array(random)?);
    let unlocked = open(header0, header1, &passphrase_secret(passphrase.to_vec())?)?;
    let passphrase = Passphrase::from_utf8(passphrase)?;
    let stretched = Stretched::new(&passphrase, decode_cost(&cost)?, *salt)?;
    Ok(new_header(&unlock::rotate_key(&unlocked, &stretched, &random)?))
}

/// Makes the header and key of a backup, for somebody who has the passphrase of the vault.
#[wasm_bindgen(js_name = createBackupKey)]
pub fn create_backup_key(
    header0: Option<String>,
    header1: Option<String>,
    passphrase: Vec<u8>,
    cost: Ts<KdfCost>,
    random: Vec<u8>,
) -> Result<BackupKey, Failure> {
    let (passphrase, random) = (Zeroizing::new(passphrase), Zeroizing::new(random));
    let random = Zeroizing::new(value::array(&random)?);
    open(header0, header1, &passphrase_secret(passphrase.to_vec())?)?;
    let passphrase = Passphrase::from_utf8(passphrase)?;
    let own = unlock::create_backup_key(&passphrase, decode_cost(&cost)?, &random)?;
    Ok(object([
        ("header", value::encode(own.header.as_bytes()).into()),
        ("vaultKey", key_bytes(&own.key)),
    ]))
}

/// Unwraps the key of a backup file.
#[wasm_bindgen(js_name = unlockBackup)]
pub fn unlock_backup(file: Vec<u8>, passphrase: Vec<u8>) -> Result<UnlockedHeader, Failure> {
    let secret = passphrase_secret(passphrase)?;
    let header = backup::header_of(&file)?;
    Ok(unlocked_object(&unlock::unlock([Some(header.as_bytes()), None], &secret)?))
}

/// The passkey that opens the vault, nothing when there is none.
#[wasm_bindgen(js_name = passkeyRequest)]
pub fn passkey_request(header0: Option<String>, header1: Option<String>) -> Option<PasskeyRequest> {
    let stored = [header0, header1].map(|text| value::stored(text.as_deref()));
    let readable = stored.iter().flatten().filter_map(|bytes| Header::parse(bytes).ok());
    let newest = readable.max_by_key(Header::rev)?;
    let passkey = newest.passkey()?;
    Some(object([
        ("credentialId", value::encode(passkey.credential_id()).into()),
        ("salt", value::encode(passkey.salt()).into()),
    ]))
}

/// Unwraps the vault key with what the passkey made of its salt.
#[wasm_bindgen(js_name = unlockWithPasskey)]
pub fn unlock_with_passkey(
    header0: Option<String>,
    header1: Option<String>,
    output: Vec<u8>,
) -> Result<UnlockedHeader, Failure> {
    let secret = UnlockSecret::Passkey(prf_output(output)?);
    Ok(unlocked_object(&open(header0, header1, &secret)?))
}

/// Makes the header that a passkey opens too, for somebody who has the passphrase.
#[wasm_bindgen(js_name = addPasskey)]
pub fn add_passkey(
    header0: Option<String>,
    header1: Option<String>,
    passphrase: Vec<u8>,
    credential_id: Vec<u8>,
    salt: Vec<u8>,
    output: Vec<u8>,
    random: Vec<u8>,
) -> Result<String, Failure> {
    let (secret, output) = (passphrase_secret(passphrase), prf_output(output)?);
    let passkey = Passkey::new(credential_id, value::array(&salt)?)?;
    let random = value::array(&random)?;
    let header =
        unlock::add_passkey(&open(header0, header1, &secret?)?, passkey, &output, &random)?;
    Ok(value::encode(header.as_bytes()))
}

/// Makes the header that no passkey opens any more, for somebody who has the passphrase.
#[wasm_bindgen(js_name = removePasskey)]
pub fn remove_passkey(
    header0: Option<String>,
    header1: Option<String>,
    passphrase: Vec<u8>,
) -> Result<String, Failure> {
    let secret = passphrase_secret(passphrase);
    let header = unlock::remove_passkey(&open(header0, header1, &secret?)?)?;
    Ok(value::encode(header.as_bytes()))
}

fn prf_output(output: Vec<u8>) -> Result<PrfOutput, Failure> {
    let output = Zeroizing::new(output);
    Ok(PrfOutput::from_bytes(Zeroizing::new(value::array(&output)?)))
}

/// Wipes what earlier calls left on the stack: for the Worker, before it ends.
#[wasm_bindgen(js_name = scrubStack)]
pub fn scrub_stack() {
    crate::scrub::scrub();
}

/// Runs one derivation, so that the caller can time it.
#[wasm_bindgen(js_name = deriveForCalibration)]
pub fn derive_for_calibration(cost: Ts<KdfCost>) -> Result<(), Failure> {
    Ok(unlock::derive_for_calibration(decode_cost(&cost)?)?)
}

fn new_passphrase(
    unlocked: &Unlocked,
    next: Zeroizing<Vec<u8>>,
    cost: &Ts<KdfCost>,
    random: &[u8],
) -> Result<String, Failure> {
    let next = Passphrase::from_utf8(next)?;
    let random = value::array(random)?;
    let header = unlock::change_passphrase(unlocked, &next, decode_cost(cost)?, &random)?;
    Ok(value::encode(header.as_bytes()))
}

fn new_recovery_code(unlocked: &Unlocked, random: Vec<u8>) -> Result<NewRecoveryCode, Failure> {
    let random = Zeroizing::new(random);
    let random = Zeroizing::new(value::array(&random)?);
    let (header, code) = unlock::replace_recovery_code(unlocked, &random)?;
    Ok(object([
        ("header", value::encode(header.as_bytes()).into()),
        ("recoveryCode", code.to_text().as_str().into()),
    ]))
}

fn decode_cost(cost: &Ts<KdfCost>) -> Result<KdfParams, Failure> {
    let cost = crate::request::decode(cost)?;
    Ok(KdfParams::new(cost.memory_kib, cost.passes, cost.lanes)?)
}

fn passphrase_secret(passphrase: Vec<u8>) -> Result<UnlockSecret, Failure> {
    Ok(UnlockSecret::Passphrase(Passphrase::from_utf8(Zeroizing::new(passphrase))?))
}

fn recovery_secret(code: String) -> Result<UnlockSecret, Failure> {
    Ok(UnlockSecret::RecoveryCode(RecoveryCode::parse(&Zeroizing::new(code))?))
}

fn open(
    header0: Option<String>,
    header1: Option<String>,
    secret: &UnlockSecret,
) -> Result<Unlocked, Failure> {
    let stored = [header0, header1].map(|text| value::stored(text.as_deref()));
    Ok(unlock::unlock(stored.each_ref().map(Option::as_deref), secret)?)
}

fn unlocked_object(unlocked: &Unlocked) -> UnlockedHeader {
    let below_floor = Header::is_below_the_floor(&unlocked.header);
    object([("vaultKey", key_bytes(&unlocked.key)), ("belowFloor", below_floor.into())])
}

fn key_bytes(key: &VaultKey) -> JsValue {
    // EXPOSE: the Worker seals the key with WebCrypto, which takes bytes, and wipes them.
    Uint8Array::from(key.expose().as_slice()).into()
}

/// A plain object, of the TypeScript type that the caller promises.
fn object<T: JsCast, const N: usize>(properties: [(&str, JsValue); N]) -> T {
    let object = Object::new();
    for (name, value) in properties {
        // Cannot fail: the object is new and of our making.
        let _ = Reflect::set(&object, &name.into(), &value);
    }
    object.unchecked_into()
}
