//! Comma-separated values (RFC 4180), also with semicolons or tabs.

use csv::{ReaderBuilder, StringRecord};

use super::error::{Damage, ImportError};
use super::report::Extras;

/// A table with a header.
pub(super) struct Table {
    /// The names of the columns in lower case.
    header: Vec<String>,
    rows: Vec<StringRecord>,
}

impl Table {
    /// The most rows read. Password managers export more items than there are codes.
    const MAX_ROWS: usize = 100_000;

    /// Whether the first line of a file names at least two columns.
    pub(super) fn looks_like_a_header(line: &str) -> bool {
        line.len() < 4096 && line.contains([',', ';', '\t'])
    }

    pub(super) fn parse(text: &str) -> Result<Self, ImportError> {
        let first = text.lines().next().unwrap_or("");
        let count = |delimiter: u8| first.bytes().filter(|&byte| byte == delimiter).count();
        let delimiter = *b",;\t"
            .iter()
            .max_by_key(|&&delimiter| (count(delimiter), delimiter == b','))
            .unwrap_or(&b',');
        let mut reader = ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .has_headers(false)
            .from_reader(text.as_bytes());
        let mut rows = Vec::new();
        for row in reader.records() {
            rows.push(row.map_err(|_| Damage::Table)?);
            if rows.len() > Self::MAX_ROWS + 1 {
                return Err(ImportError::TooManyEntries);
            }
        }
        if rows.is_empty() {
            return Err(Damage::Table.into());
        }
        let header = rows.remove(0).iter().map(|name| name.trim().to_lowercase()).collect();
        Ok(Self { header, rows })
    }

    /// Whether there is a column of this name, which is in lower case.
    pub(super) fn has(&self, name: &str) -> bool {
        self.header.iter().any(|column| column == name)
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|cells| Row { header: &self.header, cells })
    }

    pub(super) fn columns(&self) -> impl Iterator<Item = &str> {
        self.header.iter().map(String::as_str)
    }
}

/// A row of a table.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    header: &'a [String],
    cells: &'a StringRecord,
}

impl<'a> Row<'a> {
    /// The first cell in one of these columns that is not blank or `null`.
    pub(super) fn get(self, names: &[&str]) -> Option<&'a str> {
        names.iter().find_map(|name| {
            let index = self.header.iter().position(|column| column == name)?;
            self.at(index)
        })
    }

    /// What tells the AWS partition, in the columns of pages and notes.
    pub(super) fn extras(self) -> Extras {
        let mut extras = Extras::default();
        for column in ["url", "website", "login_uri"] {
            extras.site(self.get(&[column]));
        }
        for column in ["notes", "note", "extra", "fields"] {
            extras.look_at(self.get(&[column]));
        }
        extras
    }

    /// The cell in a column by number, unless it is blank or `null`.
    pub(super) fn at(self, index: usize) -> Option<&'a str> {
        let cell = self.cells.get(index)?.trim();
        (!cell.is_empty() && cell != "null").then_some(cell)
    }
}
