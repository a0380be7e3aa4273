//! An entry as it stands between a file of another program and the vault.
#![expect(missing_debug_implementations, reason = "it holds secrets and labels")]

use doorcode::aws::identity::Partition;
use doorcode::entry::{Entry, UnixTime};
use doorcode::otpauth::KeyUri;
use serde::{Deserialize, Serialize};
use tsify::Tsify;
use zeroize::Zeroizing;

use crate::failure::Failure;

/// An entry from a file, or for one. It has the secret.
#[derive(Serialize, Deserialize, Tsify)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct FileEntry {
    /// Its key URI.
    #[tsify(type = "string")]
    pub(crate) uri: Zeroizing<String>,
    /// Free text.
    pub(crate) note: String,
    /// Stands before the others.
    pub(crate) pinned: bool,
    /// The AWS partition as in ARNs, where the file or the user tells it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub(crate) partition: Option<String>,
}

impl FileEntry {
    /// The entry to store.
    pub(crate) fn to_entry(&self, created: UnixTime) -> Result<Entry, Failure> {
        let key = KeyUri::parse(&self.uri)?;
        let note = self.note.clone();
        let mut entry = Entry { note, pinned: self.pinned, ..Entry::new(key, created) };
        if let Some(partition) = &self.partition {
            let partition = Partition::parse(partition).ok_or(Failure::MALFORMED_REQUEST)?;
            entry.aws.partition = Some(partition);
        }
        Ok(entry)
    }
}
