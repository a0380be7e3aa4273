//! What JavaScript asks, checked before the core sees it.

use doorcode::aws::identity::{
    AccountAlias, AccountId, DeviceName, DirectoryId, IdentityError, Partition, Principal, UserName,
};
use doorcode::aws::matching::{self, PageAccount};
use doorcode::entry::{Entry, UnixTime};
use doorcode::hotp::{Algorithm, Digits};
use doorcode::otpauth::{KeyUri, MovingFactor};
use doorcode::secret::SharedSecret;
use doorcode::totp::Period;
use serde::Deserialize;
use tsify::Tsify;
use wasm_bindgen::JsValue;
use zeroize::Zeroizing;

use crate::failure::Failure;

/// The stored values, base64url; what is not stored is left out.
#[derive(Default, Deserialize, Tsify)]
#[serde(deny_unknown_fields, default)]
pub struct StoredVault {
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[tsify(optional, type = "string")]
    pub(super) h0: JsValue,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[tsify(optional, type = "string")]
    pub(super) h1: JsValue,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[tsify(optional, type = "string")]
    pub(super) b0: JsValue,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[tsify(optional, type = "string")]
    pub(super) b1: JsValue,
}

/// What the user scans, types or pastes to add an entry.
#[derive(Deserialize, Tsify)]
#[serde(
    deny_unknown_fields,
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum NewEntry {
    /// An `otpauth://` URI.
    KeyUri {
        /// The URI.
        #[tsify(type = "string")]
        uri: Zeroizing<String>,
    },
    /// The secret key as AWS shows it, with names for it.
    SecretKey {
        /// Base32.
        #[tsify(type = "string")]
        secret_key: Zeroizing<String>,
        /// May be empty.
        issuer: String,
        /// May be empty.
        account_name: String,
    },
}

impl NewEntry {
    pub(super) fn decode(self, now: UnixTime) -> Result<Entry, Failure> {
        let key = match self {
            Self::KeyUri { uri } => KeyUri::parse(&uri)?,
            Self::SecretKey { secret_key, issuer, account_name } => KeyUri {
                factor: MovingFactor::Time(Period::default()),
                secret: SharedSecret::from_base32(&secret_key)?,
                issuer: Some(issuer).filter(|issuer| !issuer.is_empty()),
                account_name,
                algorithm: Algorithm::default(),
                digits: Digits::default(),
            },
        };
        let entry = Entry::new(key, now);
        entry.check().map_err(|_| Failure::new("textTooLong"))?;
        Ok(entry)
    }
}

/// What a sign-in page tells of who signs in. The host was checked before.
#[derive(Deserialize, Tsify)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct PageIdentity {
    /// As in ARNs: `aws`, `aws-cn`, `aws-us-gov`, `aws-eusc`.
    partition: String,
    identity_center: bool,
    /// Account ID or alias; anything else counts as unknown, for users mistype.
    #[serde(default)]
    #[tsify(optional)]
    account: Option<String>,
    #[serde(default)]
    #[tsify(optional)]
    user: Option<String>,
    #[serde(default)]
    #[tsify(optional)]
    directory: Option<String>,
    #[serde(default)]
    #[tsify(optional)]
    root_user: Option<bool>,
}

impl PageIdentity {
    pub(super) fn decode(self) -> Result<matching::PageIdentity, Failure> {
        let account = self.account.as_deref().and_then(|text| {
            let id = AccountId::parse(text).map(PageAccount::Id);
            id.or_else(|_| AccountAlias::parse(text).map(PageAccount::Alias)).ok()
        });
        Ok(matching::PageIdentity {
            partition: Partition::parse(&self.partition).ok_or(Failure::MALFORMED_REQUEST)?,
            identity_center: self.identity_center,
            account,
            user_name: self.user.filter(|user| UserName::parse(user).is_ok()),
            root_user: self.root_user,
            directory_id: self.directory.and_then(|text| DirectoryId::parse(&text).ok()),
        })
    }
}

/// The fields that the user may change: one left out stays as it is, an empty one is cleared.
#[derive(Default, Deserialize, Tsify)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
pub struct EntryEdit {
    #[tsify(optional)]
    issuer: Option<String>,
    #[tsify(optional)]
    account_name: Option<String>,
    /// A partition as in ARNs: `aws`, `aws-cn`, `aws-us-gov`, `aws-eusc`.
    #[tsify(optional)]
    partition: Option<String>,
    #[tsify(optional)]
    account_id: Option<String>,
    #[tsify(optional)]
    account_alias: Option<String>,
    #[tsify(optional)]
    user_name: Option<String>,
    #[tsify(optional)]
    device_name: Option<String>,
    #[tsify(optional)]
    directory_id: Option<String>,
    /// `unknown` takes back what was said.
    #[tsify(optional)]
    identity_kind: Option<EditedKind>,
    #[tsify(optional)]
    note: Option<String>,
    #[tsify(optional)]
    order: Option<String>,
    /// A colour of the palette by number.
    #[tsify(optional)]
    colour: Option<u8>,
    #[tsify(optional)]
    pinned: Option<bool>,
    #[tsify(optional)]
    pending: Option<bool>,
}

/// Who signs in, as the user says.
#[derive(Clone, Copy, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub enum EditedKind {
    /// Not known.
    Unknown,
    /// The root user of an account.
    Root,
    /// An IAM user.
    IamUser,
    /// A user of IAM Identity Center.
    IdentityCenterUser,
}

impl From<EditedKind> for Option<Principal> {
    fn from(kind: EditedKind) -> Self {
        match kind {
            EditedKind::Unknown => None,
            EditedKind::Root => Some(Principal::RootUser),
            EditedKind::IamUser => Some(Principal::IamUser),
            EditedKind::IdentityCenterUser => Some(Principal::IdentityCenterUser),
        }
    }
}

/// A field as it is to become: `None` leaves it, `Some(None)` clears it.
type Change<T> = Option<Option<T>>;

/// An [`EntryEdit`] whose values were checked.
pub(super) struct CheckedEdit {
    edit: EntryEdit,
    partition: Change<Partition>,
    account_id: Change<AccountId>,
    account_alias: Change<AccountAlias>,
    user_name: Change<UserName>,
    device_name: Change<DeviceName>,
    directory_id: Change<DirectoryId>,
}

impl EntryEdit {
    pub(super) fn decode(self) -> Result<CheckedEdit, Failure> {
        fn change<T>(
            text: Option<&str>,
            parse: impl FnOnce(&str) -> Result<T, IdentityError>,
        ) -> Result<Change<T>, Failure> {
            match text {
                None => Ok(None),
                Some("") => Ok(Some(None)),
                Some(text) => match parse(text) {
                    Ok(value) => Ok(Some(Some(value))),
                    Err(_) => Err(Failure::new("invalidField")),
                },
            }
        }
        let partition = match self.partition.as_deref() {
            None => None,
            Some("") => Some(None),
            Some(name) => Some(Some(Partition::parse(name).ok_or(Failure::new("invalidField"))?)),
        };
        Ok(CheckedEdit {
            partition,
            account_id: change(self.account_id.as_deref(), AccountId::parse)?,
            account_alias: change(self.account_alias.as_deref(), AccountAlias::parse)?,
            user_name: change(self.user_name.as_deref(), UserName::parse)?,
            device_name: change(self.device_name.as_deref(), DeviceName::parse)?,
            directory_id: change(self.directory_id.as_deref(), DirectoryId::parse)?,
            edit: self,
        })
    }
}

impl CheckedEdit {
    pub(super) fn apply(self, entry: &mut Entry) {
        fn set<T>(field: &mut T, value: Option<T>) {
            if let Some(value) = value {
                *field = value;
            }
        }
        let text = |value: Option<String>| value.map(|text| Some(text).filter(|t| !t.is_empty()));
        let aws = &mut entry.aws;
        set(&mut aws.partition, self.partition);
        set(&mut aws.account_id, self.account_id);
        set(&mut aws.account_alias, self.account_alias);
        set(&mut aws.user_name, self.user_name);
        set(&mut aws.device_name, self.device_name);
        set(&mut aws.directory_id, self.directory_id);
        set(&mut aws.principal, self.edit.identity_kind.map(Option::from));
        set(&mut entry.key.issuer, text(self.edit.issuer));
        set(&mut entry.key.account_name, self.edit.account_name);
        set(&mut entry.note, self.edit.note);
        set(&mut entry.order, text(self.edit.order));
        set(&mut entry.colour, self.edit.colour.map(Some));
        set(&mut entry.pinned, self.edit.pinned);
        set(&mut entry.pending, self.edit.pending);
    }
}
