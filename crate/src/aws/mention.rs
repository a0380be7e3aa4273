//! Which partition a text tells of: by the URLs of AWS's sign-in pages, consoles and access portals,
//! and by ARNs.
//!
//! Sources: the sign-in endpoints of the AWS General Reference, the allow-lists of the AWS Sign-In
//! and IAM Identity Center guides, the partitions of the AWS SDKs.

use super::identity::Partition::{self, Aws, China, EuropeanSovereign, GovCloud};

/// Domains, and the partition of what is at or below them. The first that fits counts.
///
/// `aws.amazon.com` itself is not here: people of every partition read its pages.
const DOMAINS: [(&str, Partition); 19] = [
    ("us-gov-home.awsapps.com", GovCloud),
    ("us-gov-west-1.app.aws", GovCloud),
    ("us-gov-east-1.app.aws", GovCloud),
    ("us-gov-west-1.portal.amazonaws.com", GovCloud),
    ("us-gov-east-1.portal.amazonaws.com", GovCloud),
    ("amazonaws-us-gov.com", GovCloud),
    ("signin.aws.amazon.com", Aws),
    ("console.aws.amazon.com", Aws),
    ("signin.aws", Aws),
    ("awsapps.com", Aws),
    ("app.aws", Aws),
    ("portal.amazonaws.com", Aws),
    ("amazonaws.cn", China),
    ("amazonaws.com.cn", China),
    ("awsapps.cn", China),
    ("amazonwebservices.com.cn", China),
    ("amazonaws-eusc.eu", EuropeanSovereign),
    ("amazonaws.eu", EuropeanSovereign),
    ("amazonwebservices.eu", EuropeanSovereign),
];

/// What texts tell of the partition.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mention {
    /// Nothing.
    #[default]
    None,
    /// This one.
    One(Partition),
    /// More than one: nobody knows which is meant.
    Several,
}

impl Mention {
    /// Takes in another text: a URL, or prose with URLs and ARNs in it.
    pub fn read(&mut self, text: &str) {
        let text = text.to_ascii_lowercase();
        let between = |char: char| char.is_whitespace() || "\"'`<>()[]{},;|".contains(char);
        for word in text.split(between) {
            self.add(of_arn(word).or_else(|| of_url(word)));
        }
    }

    /// What both tell.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        match other {
            Self::None => {}
            Self::One(partition) => self.add(Some(partition)),
            Self::Several => self = Self::Several,
        }
        self
    }

    /// The partition, when the texts agree.
    pub fn partition(self) -> Option<Partition> {
        match self {
            Self::One(partition) => Some(partition),
            Self::None | Self::Several => None,
        }
    }

    fn add(&mut self, partition: Option<Partition>) {
        let Some(partition) = partition else { return };
        *self = match *self {
            Self::None => Self::One(partition),
            Self::One(known) if known == partition => Self::One(known),
            Self::One(_) | Self::Several => Self::Several,
        };
    }
}

/// The second part of an ARN, wherever in the word it begins.
fn of_arn(word: &str) -> Option<Partition> {
    let (before, rest) = word.split_once("arn:")?;
    if before.ends_with(|char: char| char.is_ascii_alphanumeric()) {
        return None;
    }
    Partition::parse(rest.split(':').next()?)
}

/// By the host of a URL, which may stand without its scheme.
fn of_url(word: &str) -> Option<Partition> {
    let rest = word.split_once("://").map_or(word, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#', '\\']).next()?;
    let host = authority.rsplit('@').next()?.split(':').next()?;
    let host = host.trim_end_matches('.');
    let is_below = |domain: &str| {
        host.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    DOMAINS.into_iter().find(|(domain, _)| is_below(domain)).map(|(_, partition)| partition)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mention(texts: &[&str]) -> Mention {
        let mut mention = Mention::default();
        for text in texts {
            mention.read(text);
        }
        mention
    }

    #[test]
    fn knows_the_partition_by_hosts_of_sign_in_pages_consoles_and_portals() {
        for (url, partition) in [
            ("https://signin.aws.amazon.com/console", Aws),
            ("https://123456789012.signin.aws.amazon.com/console?x=1", Aws),
            ("https://eu-west-1.console.aws.amazon.com/iam/home#/users", Aws),
            ("https://us-east-1.signin.aws/platform/d-1234567890/login", Aws),
            ("d-1234567890.awsapps.com/start", Aws),
            ("https://ssoins-1234567890.portal.eu-west-1.app.aws", Aws),
            ("https://123456789012.signin.amazonaws-us-gov.com", GovCloud),
            ("https://start.us-gov-home.awsapps.com/directory/d-1234567890", GovCloud),
            ("https://ssoins-1234567890.portal.us-gov-west-1.app.aws", GovCloud),
            ("HTTPS://CONSOLE.AMAZONAWS.CN:443/", China),
            ("https://start.cn-north-1.home.awsapps.cn/directory/d-1234567890", China),
            ("https://eusc-de-east-1.signin.amazonaws-eusc.eu/", EuropeanSovereign),
        ] {
            assert_eq!(mention(&[url]), Mention::One(partition), "{url}");
        }
    }

    #[test]
    fn knows_the_partition_by_arns_in_prose() {
        for (text, partition) in [
            ("arn:aws:iam::123456789012:mfa/alice", Aws),
            ("serial (arn:aws-us-gov:iam::123456789012:mfa/alice), phone", GovCloud),
            ("mfa_serial=arn:aws-cn:iam::123456789012:mfa/alice", China),
            ("Role\narn:aws-eusc:iam::123456789012:role/x", EuropeanSovereign),
        ] {
            assert_eq!(mention(&[text]), Mention::One(partition), "{text}");
        }
    }

    #[test]
    fn takes_nothing_from_other_hosts_and_words() {
        for text in [
            "",
            "https://aws.amazon.com/govcloud-us",
            "https://signin.aws.amazon.com.example.com",
            "https://notsignin.aws",
            "https://signin.aws.amazon.com@example.com/",
            "https://example.com/signin.aws.amazon.com",
            "barn:aws:owls",
            "arn:aws-mars:iam::123456789012:mfa/alice",
            "GovCloud",
        ] {
            assert_eq!(mention(&[text]), Mention::None, "{text}");
        }
    }

    #[test]
    fn says_none_where_texts_disagree() {
        let (gov, china) = ("console.amazonaws-us-gov.com", "console.amazonaws.cn");
        assert_eq!(mention(&[gov, gov]).partition(), Some(GovCloud));
        assert_eq!(mention(&[gov, china]), Mention::Several);
        assert_eq!(mention(&[gov]).and(mention(&[china])).partition(), None);
        assert_eq!(mention(&[gov]).and(Mention::None).partition(), Some(GovCloud));
    }
}
