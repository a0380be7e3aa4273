//! A table of unknown origin: a column may still hold key URIs or secrets. Which one was taken is
//! said, for the user to confirm.

use super::Importer;
use super::document::Document;
use super::error::{ImportError, Unreadable};
use super::parameters;
use super::report::{Collector, Names};
use super::table::Table;
use crate::otpauth::KeyUri;
use crate::secret::SharedSecret;

pub(super) struct UnknownCsv;

/// Shorter texts in base32 are words.
const MIN_SECRET_CHARACTERS: usize = 16;

const TITLES: [&str; 7] = ["issuer", "title", "name", "service", "site", "website", "url"];
const USERNAMES: [&str; 7] =
    ["account", "username", "user", "login", "login name", "email", "label"];

impl Importer for UnknownCsv {
    fn recognise(&self, file: &Document<'_>) -> Option<&'static str> {
        let Document::Table(table, _) = file else { return None };
        let is_of_passwords = table.columns().any(|column| column.contains("password"));
        (is_of_passwords || code_column(table).is_some()).then_some("csv")
    }

    fn read(
        &self,
        file: &Document<'_>,
        _: Option<&[u8]>,
        to: &mut Collector<'_>,
    ) -> Result<(), ImportError> {
        let Document::Table(table, _) = file else { return Ok(()) };
        let (index, column) =
            code_column(table).ok_or(ImportError::Unreadable(Unreadable::NoCodes))?;
        to.guessed(column);
        for row in table.rows() {
            if let Some(field) = row.at(index) {
                let names = Names::new(row.get(&TITLES), row.get(&USERNAMES));
                parameters::add_field(field, names, row.extras(), to)?;
            }
        }
        Ok(())
    }
}

/// The first column whose cells, blank ones apart, are all codes.
fn code_column(table: &Table) -> Option<(usize, &str)> {
    table.columns().enumerate().find(|&(index, _)| {
        let mut cells = table.rows().filter_map(|row| row.at(index)).peekable();
        cells.peek().is_some() && cells.all(is_code)
    })
}

fn is_code(cell: &str) -> bool {
    if cell.contains("://") {
        return KeyUri::parse_unnamed(cell).is_ok();
    }
    let letters = cell.chars().filter(char::is_ascii_alphanumeric).count();
    letters >= MIN_SECRET_CHARACTERS && SharedSecret::from_base32(cell).is_ok()
}
