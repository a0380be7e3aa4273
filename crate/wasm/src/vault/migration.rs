//! An export of Google Authenticator, part by part.

use doorcode::migration::{Migration, MigrationError};
use doorcode::otpauth::KeyUri;
use serde::Serialize;
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::wasm_bindgen;
use zeroize::Zeroizing;

use super::to_ts;
use crate::failure::Failure;

/// One part of an export. The only view that holds secrets: the page has scanned them itself.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct MigrationView {
    /// The same in all parts of one export.
    batch_id: i32,
    /// Counted from 0.
    batch_index: u32,
    batch_size: u32,
    /// A key URI for each entry.
    #[tsify(type = "string[]")]
    uris: Vec<Zeroizing<String>>,
    /// How many entries no code can be made from.
    refused: u32,
}

/// Reads one part of an export, saving nothing.
#[wasm_bindgen(js_name = readMigration)]
pub fn read_migration(uri: String) -> Result<Ts<MigrationView>, Failure> {
    let uri = Zeroizing::new(uri);
    let part = Migration::parse(&uri)?;
    to_ts(&MigrationView {
        batch_id: part.batch_id,
        batch_index: part.index,
        batch_size: part.size,
        // EXPOSE: what was scanned, in the form that is saved.
        uris: part.keys.iter().map(KeyUri::to_uri).collect(),
        refused: u32::try_from(part.refused).unwrap_or(u32::MAX),
    })
}

impl From<MigrationError> for Failure {
    fn from(error: MigrationError) -> Self {
        Self::new(match error {
            MigrationError::NotMigration => "notMigration",
            MigrationError::TooManyParts => "tooManyParts",
            _ => "migrationDamaged",
        })
    }
}
