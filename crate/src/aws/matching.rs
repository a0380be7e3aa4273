//! Which entry answers the MFA step of a sign-in page.
//!
//! Each fact that the page tells is compared with what is known of each entry. One contradiction
//! rules an entry out; what is unknown on either side does not. Nothing is guessed: one entry is
//! certain only when the account or directory is known to be the same (see [`Matches::certain`]).

use core::cmp::Reverse;

use super::identity::{
    AccountAlias, AccountId, AwsIdentity, DirectoryId, Partition, Principal, is_aws_issuer,
};
use crate::entry::{Entry, EntryId};
use crate::otpauth::MovingFactor;

/// What a sign-in page tells of who signs in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageIdentity {
    /// From the host, which is always known.
    pub partition: Partition,
    /// Whether IAM Identity Center (or Builder ID) signs in here, rather than IAM.
    pub identity_center: bool,
    /// The account, from the URL or the step before.
    pub account: Option<PageAccount>,
    /// The user name from the step before.
    pub user_name: Option<String>,
    /// Whether the root user signs in.
    pub root_user: Option<bool>,
    /// The Identity Center, from the URL.
    pub directory_id: Option<DirectoryId>,
}

/// How a page names an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageAccount {
    /// By its 12 digits.
    Id(AccountId),
    /// By its alias.
    Alias(AccountAlias),
}

/// The entries that may answer, the best first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matches {
    /// Every entry that nothing contradicts.
    pub entry_ids: Vec<EntryId>,
    /// The first is the one: account or directory are the same, and so are the user or the root
    /// user, or else no other entry is possible. Never when two entries are that good.
    pub certain: bool,
}

/// How well one fact fits, worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// Page or entry do not tell.
    Unknown,
    /// A likeness that people's naming makes probable: the device has the user's name.
    Likely,
    /// The same.
    Same,
}

/// A fact of page and entry that cannot both be true.
struct Contradiction;

type Compared = Result<Fit, Contradiction>;

/// How well an entry fits, compared field by field.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Fitness {
    /// Account or directory.
    place: Fit,
    /// User or root user.
    who: Fit,
    partition: Fit,
}

/// Ranks the entries for a page. Deleted and counter-based entries never match: AWS knows no
/// HOTP devices that live in software.
pub fn match_entries<'a>(
    page: &PageIdentity,
    entries: impl IntoIterator<Item = (EntryId, &'a Entry)>,
) -> Matches {
    let usable: Vec<_> = entries.into_iter().filter(|(_, entry)| is_usable(entry)).collect();
    let account = NamedAccount::of(page, usable.iter().map(|(_, entry)| &entry.aws));
    let mut candidates: Vec<(EntryId, Fitness)> = usable
        .into_iter()
        .filter_map(|(id, entry)| Some((id, fitness(page, &account, &entry.aws).ok()?)))
        .collect();
    // Stable: entries that fit equally well keep the order in which they are shown.
    candidates.sort_by_key(|(_, fitness)| Reverse(*fitness));
    let certain = match candidates.as_slice() {
        [] => false,
        [(_, only)] => only.place == Fit::Same,
        [(_, first), (_, second), ..] => first.is_complete() && !second.is_complete(),
    };
    Matches { entry_ids: candidates.into_iter().map(|(id, _)| id).collect(), certain }
}

fn is_usable(entry: &Entry) -> bool {
    let is_aws = entry.aws != AwsIdentity::default()
        || entry.key.issuer.as_deref().is_none_or(is_aws_issuer);
    is_aws && entry.deleted.is_none() && matches!(entry.key.factor, MovingFactor::Time(_))
}

impl Fitness {
    fn is_complete(self) -> bool {
        self.place == Fit::Same && self.who == Fit::Same
    }
}

/// The account of the page under both its names, as far as any entry links them.
#[derive(Default)]
struct NamedAccount {
    id: Option<AccountId>,
    alias: Option<AccountAlias>,
}

impl NamedAccount {
    fn of<'a>(page: &PageIdentity, known: impl Iterator<Item = &'a AwsIdentity>) -> Self {
        let mut links =
            known.filter_map(|aws| aws.account_id.as_ref().zip(aws.account_alias.as_ref()));
        match &page.account {
            None => Self::default(),
            Some(PageAccount::Id(id)) => {
                let alias = links.find(|(linked, _)| *linked == id).map(|(_, alias)| alias);
                Self { id: Some(id.clone()), alias: alias.cloned() }
            }
            Some(PageAccount::Alias(alias)) => {
                let id = links.find(|(_, linked)| *linked == alias).map(|(id, _)| id);
                Self { id: id.cloned(), alias: Some(alias.clone()) }
            }
        }
    }

    fn compare(&self, aws: &AwsIdentity) -> Compared {
        // The id decides where both know it: an alias can be given up and taken by another account.
        match same(self.id.as_ref(), aws.account_id.as_ref())? {
            Fit::Unknown => same(self.alias.as_ref(), aws.account_alias.as_ref()),
            fit => Ok(fit),
        }
    }
}

fn fitness(
    page: &PageIdentity,
    account: &NamedAccount,
    aws: &AwsIdentity,
) -> Result<Fitness, Contradiction> {
    let partition = same(Some(&page.partition), aws.partition.as_ref())?;
    let is_iam = is_iam(aws);
    if page.identity_center {
        if is_iam == Some(true) {
            return Err(Contradiction);
        }
        let place = same(page.directory_id.as_ref(), aws.directory_id.as_ref())?;
        return Ok(Fitness { place, who: compare_user(page, aws)?, partition });
    }
    if is_iam == Some(false) {
        return Err(Contradiction);
    }
    let root = same(is_root_page(page).as_ref(), is_root_entry(aws).as_ref())?;
    let place = account.compare(aws)?;
    let who = match is_root_page(page) {
        Some(true) => root,
        // That neither is the root user does not say which user it is.
        _ => compare_user(page, aws)?,
    };
    Ok(Fitness { place, who, partition })
}

/// Whether the device belongs to IAM (true) or to Identity Center (false).
fn is_iam(aws: &AwsIdentity) -> Option<bool> {
    match aws.principal {
        Some(Principal::RootUser | Principal::IamUser) => Some(true),
        Some(Principal::IdentityCenterUser) => Some(false),
        None if aws.directory_id.is_some() => Some(false),
        None if aws.account_id.is_some() || aws.account_alias.is_some() => Some(true),
        None => None,
    }
}

/// Only IAM users have a user name; the root user has an e-mail address.
fn is_root_page(page: &PageIdentity) -> Option<bool> {
    page.root_user.or(page.user_name.is_some().then_some(false))
}

fn is_root_entry(aws: &AwsIdentity) -> Option<bool> {
    match aws.principal {
        Some(principal) => Some(principal == Principal::RootUser),
        None => aws.user_name.is_some().then_some(false),
    }
}

/// User names are unique without regard to case (IAM `CreateUser`).
fn compare_user(page: &PageIdentity, aws: &AwsIdentity) -> Compared {
    let Some(wanted) = &page.user_name else { return Ok(Fit::Unknown) };
    if let Some(known) = &aws.user_name {
        if known.as_str().eq_ignore_ascii_case(wanted) {
            return Ok(Fit::Same);
        }
        // Identity Center lets people sign in as `alice` or `alice@example.com`.
        return if page.identity_center && have_same_local_part(known.as_str(), wanted) {
            Ok(Fit::Likely)
        } else {
            Err(Contradiction)
        };
    }
    let device = aws.device_name.as_ref().map(|device| device.as_str().to_ascii_lowercase());
    let is_likely = device.is_some_and(|device| device.starts_with(&wanted.to_ascii_lowercase()));
    Ok(if is_likely { Fit::Likely } else { Fit::Unknown })
}

fn have_same_local_part(known: &str, wanted: &str) -> bool {
    let local_part = |name: &str| name.split('@').next().map(str::to_ascii_lowercase);
    local_part(known) == local_part(wanted) && known.contains('@') != wanted.contains('@')
}

fn same<T: PartialEq>(page: Option<&T>, entry: Option<&T>) -> Compared {
    match (page, entry) {
        (Some(page), Some(entry)) if page == entry => Ok(Fit::Same),
        (Some(_), Some(_)) => Err(Contradiction),
        _ => Ok(Fit::Unknown),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::identity::UserName;
    use crate::entry::UnixTime;
    use crate::otpauth::KeyUri;

    fn id(number: usize) -> EntryId {
        EntryId::from_bytes([u8::try_from(number).unwrap(); 16])
    }

    fn entry(label: &str) -> Entry {
        let uri = format!("otpauth://totp/{label}?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        Entry::new(KeyUri::parse(&uri).unwrap(), UnixTime(0))
    }

    fn iam(label: &str) -> Entry {
        entry(&format!("Amazon%20Web%20Services:{label}"))
    }

    fn page() -> PageIdentity {
        PageIdentity {
            partition: Partition::Aws,
            identity_center: false,
            account: None,
            user_name: None,
            root_user: None,
            directory_id: None,
        }
    }

    fn by_id(digits: &str) -> PageAccount {
        PageAccount::Id(AccountId::parse(digits).unwrap())
    }

    fn by_alias(alias: &str) -> PageAccount {
        PageAccount::Alias(AccountAlias::parse(alias).unwrap())
    }

    fn find(page: &PageIdentity, entries: &[Entry]) -> (Vec<usize>, bool) {
        let numbered = entries.iter().enumerate().map(|(number, entry)| (id(number), entry));
        let matches = match_entries(page, numbered);
        let numbers = matches.entry_ids.iter().map(|id| usize::from(id.as_bytes()[0])).collect();
        (numbers, matches.certain)
    }

    #[test]
    fn finds_the_right_one_of_thirty_entries_of_the_same_issuer() {
        let entries: Vec<Entry> =
            (0..30).map(|number| iam(&format!("alice@1000000000{number:02}"))).collect();
        for number in 0..30 {
            let account = Some(by_id(&format!("1000000000{number:02}")));
            let page = PageIdentity { account, ..page() };
            assert_eq!(find(&page, &entries), (vec![number], true));
        }
    }

    #[test]
    fn puts_the_device_with_the_users_name_first_among_those_of_one_account_but_is_not_certain() {
        let entries = ["bob@111122223333", "alice-phone@111122223333", "alice@444455556666"];
        let page = PageIdentity {
            account: Some(by_id("111122223333")),
            user_name: Some("Alice".into()),
            ..page()
        };
        assert_eq!(find(&page, &entries.map(iam)), (vec![1, 0], false));
    }

    #[test]
    fn is_certain_when_one_entry_has_account_and_user() {
        let mut entries = ["bob@111122223333", "alice@111122223333"].map(iam);
        entries[1].aws.user_name = Some(UserName::parse("alice").unwrap());
        let page = PageIdentity {
            account: Some(by_id("111122223333")),
            user_name: Some("alice".into()),
            ..page()
        };
        assert_eq!(find(&page, &entries), (vec![1, 0], true));
    }

    #[test]
    fn is_not_certain_when_two_entries_have_account_and_user() {
        let mut entries = ["alice-a@111122223333", "alice-b@111122223333"].map(iam);
        for entry in &mut entries {
            entry.aws.user_name = Some(UserName::parse("alice").unwrap());
        }
        let page = PageIdentity {
            account: Some(by_id("111122223333")),
            user_name: Some("alice".into()),
            ..page()
        };
        assert_eq!(find(&page, &entries), (vec![0, 1], false));
    }

    #[test]
    fn is_never_certain_without_account_or_directory() {
        let root = iam("root-account-mfa-device@111122223333");
        let page = PageIdentity { root_user: Some(true), ..page() };
        assert_eq!(find(&page, &[root]), (vec![0], false));
        assert_eq!(find(&page, &[iam("alice")]), (vec![0], false));
    }

    #[test]
    fn keeps_the_root_user_and_iam_users_apart() {
        let entries = ["root-account-mfa-device@111122223333", "alice@111122223333"].map(iam);
        let account = Some(by_id("111122223333"));
        let root = PageIdentity { account: account.clone(), root_user: Some(true), ..page() };
        assert_eq!(find(&root, &entries), (vec![0, 1], true));
        let user = PageIdentity { account, user_name: Some("alice".into()), ..page() };
        assert_eq!(find(&user, &entries), (vec![1], true));
    }

    #[test]
    fn links_alias_and_id_through_an_entry_that_has_both() {
        let mut entries = ["alice@111122223333", "bob@111122223333", "alice@other"].map(iam);
        let page = PageIdentity { account: Some(by_alias("example-corp")), ..page() };
        assert_eq!(find(&page, &entries), (vec![0, 1], false));
        entries[1].aws.account_alias = Some(AccountAlias::parse("example-corp").unwrap());
        entries[0].aws.account_id = Some(AccountId::parse("999999999999").unwrap());
        assert_eq!(find(&page, &entries), (vec![1], true));
    }

    #[test]
    fn another_account_alias_or_partition_rules_an_entry_out() {
        let entries = [iam("alice@example-corp")];
        let other = PageIdentity { account: Some(by_alias("other")), ..page() };
        assert_eq!(find(&other, &entries), (vec![], false));
        let same = PageIdentity { account: Some(by_alias("example-corp")), ..page() };
        assert_eq!(find(&same, &entries), (vec![0], true));
        let mut entries = entries;
        entries[0].aws.partition = Some(Partition::China);
        assert_eq!(find(&same, &entries), (vec![], false));
    }

    #[test]
    fn keeps_identity_center_and_iam_apart() {
        let mut entries = [entry("AWS%20SSO:alice%40example.com"), iam("alice@111122223333")];
        let center = PageIdentity {
            identity_center: true,
            user_name: Some("alice".into()),
            directory_id: Some(DirectoryId::parse("d-1234567890").unwrap()),
            ..page()
        };
        assert_eq!(find(&center, &entries), (vec![0], false));
        entries[0].aws.directory_id = Some(DirectoryId::parse("d-1234567890").unwrap());
        assert_eq!(find(&center, &entries), (vec![0], true));
        let iam_page = PageIdentity { account: Some(by_id("111122223333")), ..page() };
        assert_eq!(find(&iam_page, &entries), (vec![1], true));
    }

    #[test]
    fn another_directory_or_user_rules_an_identity_center_entry_out() {
        let mut entries = [entry("AWS%20SSO:alice")];
        let user_name = Some("bob".to_owned());
        let bob = PageIdentity { identity_center: true, user_name, ..page() };
        assert_eq!(find(&bob, &entries), (vec![], false));
        entries[0].aws.directory_id = Some(DirectoryId::parse("d-1234567890").unwrap());
        let directory_id = Some(DirectoryId::parse("d-0987654321").unwrap());
        let other = PageIdentity { identity_center: true, directory_id, ..page() };
        assert_eq!(find(&other, &entries), (vec![], false));
    }

    #[test]
    fn leaves_out_deleted_foreign_and_counter_based_entries() {
        let mut deleted = iam("alice@111122223333");
        deleted.deleted = Some(UnixTime(1));
        let uri = "otpauth://hotp/AWS:alice@111122223333?counter=0&secret=GEZDGNBVGY3TQOJQ";
        let counter = Entry::new(KeyUri::parse(uri).unwrap(), UnixTime(0));
        let foreign = entry("Example:alice@111122223333");
        let unnamed = entry("alice");
        let found = find(&page(), &[deleted, counter, foreign, unnamed]);
        assert_eq!(found, (vec![3], false));
    }
}
