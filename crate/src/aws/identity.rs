//! Whose MFA device an entry is: account, partition, user and device, in the words of IAM.
//!
//! Sources: the IAM API reference (patterns of account alias, user name, virtual device name and
//! serial number) and the labels that AWS writes into key URIs.

use core::fmt;

use thiserror::Error;

use crate::otpauth::KeyUri;

/// A value that AWS would not give out. It does not carry the value.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[error("not a valid {0}")]
pub struct IdentityError(IdentityField);

impl IdentityError {
    /// Which field it was meant for.
    pub fn field(self) -> IdentityField {
        self.0
    }
}

/// A part of an identity, named in errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[expect(missing_docs, reason = "each is the part of that name")]
pub enum IdentityField {
    AccountId,
    AccountAlias,
    UserName,
    DeviceName,
    DirectoryId,
    MfaSerialNumber,
}

impl fmt::Display for IdentityField {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::AccountId => "account ID",
            Self::AccountAlias => "account alias",
            Self::UserName => "user name",
            Self::DeviceName => "device name",
            Self::DirectoryId => "directory ID",
            Self::MfaSerialNumber => "MFA serial number",
        })
    }
}

/// A group of regions with accounts of its own (the second part of an ARN).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Partition {
    /// `aws`, the commercial regions.
    Aws,
    /// `aws-cn`, China.
    China,
    /// `aws-us-gov`, AWS `GovCloud` (US).
    GovCloud,
    /// `aws-eusc`, the European Sovereign Cloud.
    EuropeanSovereign,
}

impl Partition {
    /// Every partition.
    pub const ALL: [Self; 4] = [Self::Aws, Self::China, Self::GovCloud, Self::EuropeanSovereign];

    /// The name as it stands in an ARN.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Aws => "aws",
            Self::China => "aws-cn",
            Self::GovCloud => "aws-us-gov",
            Self::EuropeanSovereign => "aws-eusc",
        }
    }

    /// Reads the name as it stands in an ARN.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|partition| partition.as_str() == name)
    }
}

/// Who signs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Principal {
    /// The root user of an account.
    RootUser,
    /// An IAM user.
    IamUser,
    /// A user of IAM Identity Center (AWS SSO) or of AWS Builder ID.
    IdentityCenterUser,
}

macro_rules! checked_text {
    ($(#[$doc:meta])* $name:ident, $field:ident, $valid:expr) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(String);

        impl $name {
            /// Checks the text.
            ///
            /// # Errors
            /// [`IdentityError`] when AWS would not give out such a value.
            pub fn parse(text: &str) -> Result<Self, IdentityError> {
                let valid: fn(&str) -> bool = $valid;
                if valid(text) {
                    Ok(Self(text.to_owned()))
                } else {
                    Err(IdentityError(IdentityField::$field))
                }
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(&self.0)
            }
        }
    };
}

checked_text!(
    /// An account ID: 12 digits.
    AccountId,
    AccountId,
    |text| text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
);

checked_text!(
    /// An account alias: 3 to 63 of `a-z`, `0-9` and `-`, no hyphen at an end or beside another,
    /// and not 12 digits, which would be an account ID (IAM `CreateAccountAlias`).
    AccountAlias,
    AccountAlias,
    |text| {
        (3..=63).contains(&text.len())
            && text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
            && !text.starts_with('-')
            && !text.ends_with('-')
            && !text.contains("--")
            && AccountId::parse(text).is_err()
    }
);

checked_text!(
    /// A user name: 1 to 128 characters without control characters. IAM allows `\w+=,.@-` and at
    /// most 64 when it makes one; Identity Center allows any script.
    UserName,
    UserName,
    |text| (1..=128).contains(&text.chars().count()) && !text.contains(char::is_control)
);

checked_text!(
    /// The name of a virtual MFA device: 1 to 226 of `\w+=,.@-` (IAM `CreateVirtualMFADevice`).
    DeviceName,
    DeviceName,
    |text| (1..=226).contains(&text.len()) && text.bytes().all(is_name_byte)
);

checked_text!(
    /// The identity store of an Identity Center: `d-` and ten of `0-9a-f`, or the name that
    /// replaces it in the access portal's URL.
    DirectoryId,
    DirectoryId,
    |text| {
        (1..=64).contains(&text.len())
            && text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
    }
);

checked_text!(
    /// The ARN of a virtual MFA device, which the CLI takes as `--serial-number`.
    MfaSerialNumber,
    MfaSerialNumber,
    |text| {
        let mut parts = text.splitn(6, ':');
        let mut next = || parts.next().unwrap_or("");
        (9..=256).contains(&text.len())
            && next() == "arn"
            && Partition::parse(next()).is_some()
            && next() == "iam"
            && next().is_empty()
            && AccountId::parse(next()).is_ok()
            && next().strip_prefix("mfa/").is_some_and(|path| {
                !path.is_empty() && path.bytes().all(|byte| byte == b'/' || is_name_byte(byte))
            })
    }
);

/// `[\w+=,.@-]`, ASCII as IAM means it.
fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"_+=,.@-".contains(&byte)
}

/// What is known about whose device an entry is. Every part may be unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AwsIdentity {
    /// The partition. Key URIs do not name it; the host of the page does.
    pub partition: Option<Partition>,
    /// The account.
    pub account_id: Option<AccountId>,
    /// The name that stands for the account in sign-in URLs.
    pub account_alias: Option<AccountAlias>,
    /// Who signs in.
    pub principal: Option<Principal>,
    /// The user name at sign-in.
    pub user_name: Option<UserName>,
    /// The virtual MFA device.
    pub device_name: Option<DeviceName>,
    /// The Identity Center.
    pub directory_id: Option<DirectoryId>,
}

/// The device name that the console gave root users' devices.
const ROOT_DEVICE: &str = "root-account-mfa-device";

impl AwsIdentity {
    /// Reads what the label of an AWS key URI tells; all unknown for any other issuer.
    ///
    /// `DEVICE@ACCOUNT`, split at the last `@`, where the account is an ID or an alias. The device
    /// often has the user's name, but need not, so it is not taken for a user name. Under the
    /// issuer `AWS SSO` the label is the user name.
    pub fn from_key_uri(uri: &KeyUri) -> Self {
        match uri.issuer.as_deref().map(issuer_kind) {
            Some(Issuer::IdentityCenter) => Self {
                principal: Some(Principal::IdentityCenterUser),
                user_name: UserName::parse(&uri.account_name).ok(),
                ..Self::default()
            },
            Some(Issuer::Aws) => Self::from_device_label(&uri.account_name),
            // The console once wrote root labels without an issuer.
            None if uri.account_name.starts_with(ROOT_DEVICE) => {
                Self::from_device_label(&uri.account_name)
            }
            Some(Issuer::Other) | None => Self::default(),
        }
    }

    /// Whether a key URI is of AWS, by its issuer or its label.
    pub fn is_in(uri: &KeyUri) -> bool {
        uri.issuer.as_deref().map_or(uri.account_name.starts_with(ROOT_DEVICE), is_aws_issuer)
    }

    fn from_device_label(label: &str) -> Self {
        let Some((device, account)) = label.rsplit_once('@') else {
            return Self { device_name: DeviceName::parse(label).ok(), ..Self::default() };
        };
        let is_root = device == ROOT_DEVICE;
        Self {
            account_id: AccountId::parse(account).ok(),
            account_alias: AccountAlias::parse(account).ok(),
            principal: is_root.then_some(Principal::RootUser),
            device_name: DeviceName::parse(device).ok(),
            ..Self::default()
        }
    }

    /// The ARN of the device, when partition, account and device are known.
    pub fn mfa_serial_number(&self) -> Option<MfaSerialNumber> {
        if self.principal == Some(Principal::IdentityCenterUser) {
            return None;
        }
        let partition = self.partition?.as_str();
        let (account, device) = (self.account_id.as_ref()?, self.device_name.as_ref()?);
        MfaSerialNumber::parse(&format!("arn:{partition}:iam::{account}:mfa/{device}")).ok()
    }
}

/// Whether an issuer is AWS, under any of the names it writes.
pub(super) fn is_aws_issuer(issuer: &str) -> bool {
    !matches!(issuer_kind(issuer), Issuer::Other)
}

enum Issuer {
    Aws,
    IdentityCenter,
    Other,
}

/// `GovCloud` and China may write more after the name, so its beginning decides.
fn issuer_kind(issuer: &str) -> Issuer {
    let issuer = issuer.trim().to_ascii_lowercase();
    let begins = |names: &[&str]| names.iter().any(|name| issuer.starts_with(name));
    if begins(&["aws sso", "aws iam identity center", "iam identity center", "aws builder id"]) {
        Issuer::IdentityCenter
    } else if begins(&["amazon web services", "aws"]) || issuer == "amazon" {
        Issuer::Aws
    } else {
        Issuer::Other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn identity(label: &str) -> AwsIdentity {
        let uri = format!("otpauth://totp/{label}?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        AwsIdentity::from_key_uri(&KeyUri::parse(&uri).unwrap())
    }

    fn account_id(text: &str) -> AccountId {
        AccountId::parse(text).unwrap()
    }

    fn device(text: &str) -> DeviceName {
        DeviceName::parse(text).unwrap()
    }

    #[test]
    fn reads_device_and_account_id_from_an_iam_label() {
        let known = identity("Amazon%20Web%20Services:alice-phone@123456789012");
        let expected = AwsIdentity {
            account_id: Some(account_id("123456789012")),
            device_name: Some(device("alice-phone")),
            ..AwsIdentity::default()
        };
        assert_eq!(known, expected);
    }

    #[test]
    fn reads_device_and_alias_from_an_iam_label() {
        let known = identity("Amazon%20Web%20Services:alice@example-corp");
        assert_eq!(known.account_alias, Some(AccountAlias::parse("example-corp").unwrap()));
        assert_eq!(known.account_id, None);
    }

    #[test]
    fn splits_a_label_at_the_last_at_sign() {
        let known = identity("Amazon%20Web%20Services:alice@example.com@123456789012");
        assert_eq!(known.device_name, Some(device("alice@example.com")));
        assert_eq!(known.account_id, Some(account_id("123456789012")));
    }

    #[test]
    fn knows_the_root_user_by_the_device_also_without_an_issuer() {
        for label in [
            "Amazon%20Web%20Services:root-account-mfa-device@123456789012",
            "root-account-mfa-device@123456789012",
        ] {
            let known = identity(label);
            assert_eq!(known.principal, Some(Principal::RootUser));
            assert_eq!(known.account_id, Some(account_id("123456789012")));
        }
    }

    #[test]
    fn reads_the_user_from_an_identity_center_label() {
        let known = identity("AWS%20SSO:alice%40example.com");
        assert_eq!(known.principal, Some(Principal::IdentityCenterUser));
        assert_eq!(known.user_name, Some(UserName::parse("alice@example.com").unwrap()));
        assert_eq!(known.account_id, None);
    }

    #[test]
    fn knows_nothing_about_other_issuers() {
        assert_eq!(identity("Example:alice@123456789012"), AwsIdentity::default());
        assert_eq!(identity("alice@123456789012"), AwsIdentity::default());
    }

    #[test]
    fn checks_account_ids_and_aliases() {
        for wrong in
            ["", "12345678901", "1234567890123", "12345678901a", "１２３４５６７８９０１２"]
        {
            assert!(AccountId::parse(wrong).is_err());
        }
        for wrong in ["ab", "-abc", "abc-", "a--b", "Abc", "a_b", "123456789012"] {
            assert!(AccountAlias::parse(wrong).is_err(), "{wrong}");
        }
        assert!(AccountAlias::parse(&"a".repeat(63)).is_ok());
        assert!(AccountAlias::parse(&"a".repeat(64)).is_err());
    }

    #[test]
    fn makes_the_serial_number_when_all_of_it_is_known() {
        let mut known = identity("Amazon%20Web%20Services:alice@123456789012");
        assert_eq!(known.mfa_serial_number(), None);
        known.partition = Some(Partition::GovCloud);
        let serial = known.mfa_serial_number().unwrap();
        assert_eq!(serial.as_str(), "arn:aws-us-gov:iam::123456789012:mfa/alice");
        for wrong in
            ["", "arn:aws:iam::1:mfa/x", "arn:aws:iam::123456789012:user/x", "GAHT12345678"]
        {
            assert!(MfaSerialNumber::parse(wrong).is_err());
        }
    }
}
