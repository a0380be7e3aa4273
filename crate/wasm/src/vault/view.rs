//! What JavaScript sees. No secret is in any of it, and all of it is JSON.

use doorcode::aws::identity::{Partition, Principal};
use doorcode::aws::matching::Matches;
use doorcode::entry::{Entry, EntryId};
use doorcode::hotp::{Algorithm, Counter};
use doorcode::otpauth::{KeyUri, MovingFactor};
use doorcode::vault::{self, Damage, PendingSave};
use serde::Serialize;
use tsify::Tsify;

use crate::value;

pub(super) fn id_text(id: EntryId) -> String {
    value::encode(id.as_bytes())
}

/// Who signs in.
#[derive(Clone, Copy, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub enum IdentityKind {
    /// The root user of an account.
    Root,
    /// An IAM user.
    IamUser,
    /// A user of IAM Identity Center.
    IdentityCenterUser,
}

impl From<Principal> for IdentityKind {
    fn from(principal: Principal) -> Self {
        match principal {
            Principal::RootUser => Self::Root,
            Principal::IamUser => Self::IamUser,
            Principal::IdentityCenterUser => Self::IdentityCenterUser,
        }
    }
}

/// What an entry says of itself, stored or not.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct EntryFacts {
    #[serde(rename = "type")]
    #[tsify(type = "\"totp\" | \"hotp\"")]
    kind: &'static str,
    /// Empty when there is none.
    issuer: String,
    /// The account name part of the label, as enrolled.
    account_name: String,
    #[tsify(type = "\"SHA1\" | \"SHA256\" | \"SHA512\"")]
    algorithm: &'static str,
    digits: u8,
    /// 0 for `hotp`.
    period_seconds: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional, type = "string")]
    partition: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    account_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    account_alias: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    user_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    device_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    directory_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    identity_kind: Option<IdentityKind>,
}

impl EntryFacts {
    pub(super) fn algorithm(&self) -> &'static str {
        self.algorithm
    }

    pub(super) fn new(entry: &Entry) -> Self {
        let Entry { key, aws, .. } = entry;
        let (kind, period_seconds) = match key.factor {
            MovingFactor::Time(period) => ("totp", period.seconds()),
            MovingFactor::Counter(_) => ("hotp", 0),
        };
        Self {
            kind,
            issuer: key.issuer.clone().unwrap_or_default(),
            account_name: key.account_name.clone(),
            algorithm: match key.algorithm {
                Algorithm::Sha1 => "SHA1",
                Algorithm::Sha256 => "SHA256",
                Algorithm::Sha512 => "SHA512",
            },
            digits: key.digits.count(),
            period_seconds,
            partition: aws.partition.map(Partition::as_str),
            account_id: aws.account_id.as_ref().map(ToString::to_string),
            account_alias: aws.account_alias.as_ref().map(ToString::to_string),
            user_name: aws.user_name.as_ref().map(ToString::to_string),
            device_name: aws.device_name.as_ref().map(ToString::to_string),
            directory_id: aws.directory_id.as_ref().map(ToString::to_string),
            identity_kind: aws.principal.map(IdentityKind::from),
        }
    }
}

/// A key URI or secret key understood, before it is saved.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
#[tsify(hashmap_as_object)]
pub struct ImportedEntry {
    #[serde(flatten)]
    facts: EntryFacts,
    /// The entry that already has this secret.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    duplicate_of: Option<String>,
}

impl ImportedEntry {
    pub(super) fn new(entry: &Entry, duplicate_of: Option<EntryId>) -> Self {
        Self { facts: EntryFacts::new(entry), duplicate_of: duplicate_of.map(id_text) }
    }
}

/// An entry without its secret.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
#[tsify(hashmap_as_object)]
pub struct EntryView {
    entry_id: String,
    #[serde(flatten)]
    facts: EntryFacts,
    #[serde(skip_serializing_if = "String::is_empty")]
    #[tsify(optional)]
    note: String,
    /// A colour of the palette by number.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    colour: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    order: Option<String>,
    pinned: bool,
    /// Enrolment is not finished.
    pending: bool,
    /// Unix time in seconds.
    created_at: u64,
    /// Unix time in seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    deleted_at: Option<u64>,
    /// The ARN for the CLI's `--serial-number`, when all of it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    mfa_serial_number: Option<String>,
}

impl EntryView {
    pub(super) fn new(id: EntryId, entry: &Entry) -> Self {
        Self {
            entry_id: id_text(id),
            facts: EntryFacts::new(entry),
            note: entry.note.clone(),
            colour: entry.colour,
            order: entry.order.clone(),
            pinned: entry.pinned,
            pending: entry.pending,
            created_at: entry.created.0,
            deleted_at: entry.deleted.map(|time| time.0),
            mfa_serial_number: entry.aws.mfa_serial_number().map(|arn| arn.to_string()),
        }
    }
}

/// Entries without their secrets.
#[derive(Serialize, Tsify)]
#[serde(transparent)]
pub struct EntryViews(Vec<EntryView>);

impl FromIterator<EntryView> for EntryViews {
    fn from_iter<I: IntoIterator<Item = EntryView>>(entries: I) -> Self {
        Self(entries.into_iter().collect())
    }
}

/// What makes codes, for whoever pads and times them.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct CodeSource {
    entry_id: String,
    digits: u8,
    period_seconds: u32,
}

impl CodeSource {
    /// `None` for a counter-based entry, whose codes have no time.
    pub(super) fn new(id: EntryId, key: &KeyUri) -> Option<Self> {
        let MovingFactor::Time(period) = key.factor else { return None };
        let (entry_id, digits) = (id_text(id), key.digits.count());
        Some(Self { entry_id, digits, period_seconds: period.seconds() })
    }
}

/// What makes the codes of several entries.
#[derive(Serialize, Tsify)]
#[serde(transparent)]
pub struct CodeSources(Vec<CodeSource>);

impl FromIterator<CodeSource> for CodeSources {
    fn from_iter<I: IntoIterator<Item = CodeSource>>(sources: I) -> Self {
        Self(sources.into_iter().collect())
    }
}

/// The codes of one entry.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct CodeView {
    entry_id: String,
    code: String,
    next_code: String,
    /// Seconds until `code` gives way to `nextCode`, 1 to `periodSeconds`.
    remaining_seconds: u32,
    period_seconds: u32,
    /// Which step `code` is for (T of RFC 6238), so that a code is not offered twice.
    time_step: u64,
}

impl CodeView {
    /// `None` for a counter-based entry, whose codes have no time.
    pub(super) fn new(id: EntryId, entry: &Entry, unix_seconds: u64) -> Option<Self> {
        let totp = entry.key.totp()?;
        let Counter(step) = totp.counter_at(unix_seconds);
        Some(Self {
            entry_id: id_text(id),
            code: totp.code_for(Counter(step)).to_string(),
            next_code: totp.code_for(Counter(step.saturating_add(1))).to_string(),
            remaining_seconds: totp.remaining_seconds(unix_seconds),
            period_seconds: totp.period.seconds(),
            time_step: step,
        })
    }
}

/// The entries that may answer a page.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct EntryMatches {
    /// The best first.
    entry_ids: Vec<String>,
    /// The first is the one, beyond doubt.
    certain: bool,
}

impl From<Matches> for EntryMatches {
    fn from(matches: Matches) -> Self {
        let entry_ids = matches.entry_ids.into_iter().map(id_text).collect();
        Self { entry_ids, certain: matches.certain }
    }
}

/// What to write to storage: `value` under `key`.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct SaveView {
    #[tsify(type = "\"h0\" | \"h1\" | \"b0\" | \"b1\" | `r${number}`")]
    key: &'static str,
    value: String,
    /// Once this is confirmed, the change is saved: what `nextCopy` returns after it are second
    /// copies, and the failure of one takes nothing back.
    commits: bool,
    /// The entry that the change is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    entry_id: Option<String>,
}

impl SaveView {
    pub(super) fn new(save: PendingSave<'_>, id: Option<EntryId>) -> Self {
        Self {
            key: save.key.as_str(),
            value: value::encode(save.value),
            commits: save.commits,
            entry_id: id.map(id_text),
        }
    }
}

/// Whether storage holds a vault.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub enum Presence {
    /// Nothing of a vault.
    Absent,
    /// Making one was begun and may begin again.
    Unfinished,
    /// A vault, readable or not.
    Present,
}

impl From<vault::Presence> for Presence {
    fn from(presence: vault::Presence) -> Self {
        match presence {
            vault::Presence::Absent => Self::Absent,
            vault::Presence::Unfinished => Self::Unfinished,
            vault::Presence::Present => Self::Present,
        }
    }
}

/// What was not as it should be when the vault was opened.
#[derive(Default, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct LoadReport {
    /// The stored values that cannot be read.
    damaged: Vec<DamageView>,
    /// The header was put back to an earlier one, or the later one is damaged.
    header_rolled_back: bool,
    /// Entries kept as they are because this version does not understand them.
    unreadable_entries: u32,
}

/// One stored value that cannot be read.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct DamageView {
    #[tsify(type = "\"h0\" | \"h1\" | \"b0\" | \"b1\"")]
    key: &'static str,
    #[tsify(type = "\"absent\" | \"unreadable\" | \"unsupportedFormat\" | \"otherVault\"")]
    damage: &'static str,
}

impl LoadReport {
    pub(super) fn new(report: Option<&vault::LoadReport>) -> Self {
        let Some(report) = report else { return Self::default() };
        let damage = report.headers.into_iter().chain(report.bodies);
        let damaged = ["h0", "h1", "b0", "b1"]
            .into_iter()
            .zip(damage)
            .filter_map(|(key, damage)| Some(DamageView { key, damage: damage_text(damage?) }))
            .collect();
        Self {
            damaged,
            header_rolled_back: report.header_rolled_back,
            unreadable_entries: u32::try_from(report.unreadable_entries).unwrap_or(u32::MAX),
        }
    }
}

fn damage_text(damage: Damage) -> &'static str {
    match damage {
        Damage::Absent => "absent",
        Damage::UnsupportedFormat => "unsupportedFormat",
        Damage::OtherVault => "otherVault",
        _ => "unreadable",
    }
}
