//! Tables of password managers. Each is known by its columns, in whatever order they stand.

use super::Importer;
use super::document::Document;
use super::error::{ImportError, Unreadable};
use super::json::Json;
use super::note::Line;
use super::parameters::{self, Kind, Raw};
use super::report::{Collector, Names};
use super::table::{Row, Table};

pub(super) struct PasswordCsv;

/// The table of one program. Column names are in lower case.
struct Layout {
    format: &'static str,
    /// The columns by which it is known, all of them.
    known_by: &'static [&'static str],
    /// The columns that hold codes; empty in an export without them.
    totp: &'static [&'static str],
    title: &'static [&'static str],
    username: &'static [&'static str],
    /// The column of the folder, and the line of the note that it becomes.
    folder: Option<(&'static str, Line)>,
}

/// The tables. One with more columns to be known by comes before one with fewer.
const LAYOUTS: [Layout; 9] = [
    Layout {
        format: "bitwarden-authenticator-csv",
        known_by: &["login_totp", "issuer", "period", "digits"],
        totp: &["login_totp"],
        title: &["issuer", "name"],
        username: &["login_username", "name"],
        folder: Some(("folder", Line::Folder)),
    },
    Layout {
        format: "bitwarden-csv",
        known_by: &["login_totp"],
        totp: &["login_totp"],
        title: &["name"],
        username: &["login_username"],
        folder: Some(("folder", Line::Folder)),
    },
    Layout {
        format: "1password-csv",
        known_by: &["title", "otpauth", "favorite"],
        totp: &["otpauth"],
        title: &["title"],
        username: &["username"],
        folder: Some(("tags", Line::Tags)),
    },
    Layout {
        format: "apple-csv",
        known_by: &["title", "url", "username", "password", "otpauth"],
        totp: &["otpauth"],
        title: &["title"],
        username: &["username"],
        folder: None,
    },
    Layout {
        format: "lastpass-csv",
        known_by: &["url", "username", "totp", "extra", "grouping"],
        totp: &["totp"],
        title: &["name"],
        username: &["username"],
        folder: Some(("grouping", Line::Folder)),
    },
    Layout {
        format: "keepassxc-csv",
        known_by: &["group", "title", "username", "totp"],
        totp: &["totp"],
        title: &["title"],
        username: &["username"],
        folder: Some(("group", Line::Group)),
    },
    Layout {
        format: "dashlane-csv",
        known_by: &["title", "otpsecret"],
        totp: &["otpurl", "otpsecret"],
        title: &["title"],
        username: &["username", "username2", "username3"],
        folder: Some(("category", Line::Category)),
    },
    Layout {
        format: "dashlane-csv",
        known_by: &["title", "otpurl"],
        totp: &["otpurl", "otpsecret"],
        title: &["title"],
        username: &["username", "username2", "username3"],
        folder: Some(("category", Line::Category)),
    },
    Layout {
        format: "proton-pass-csv",
        known_by: &["name", "url", "totp"],
        totp: &["totp"],
        title: &["name"],
        username: &["username", "email"],
        folder: Some(("vault", Line::Vault)),
    },
];

impl Layout {
    fn of(table: &Table) -> Option<&'static Self> {
        LAYOUTS.iter().find(|layout| layout.known_by.iter().all(|column| table.has(column)))
    }
}

impl Importer for PasswordCsv {
    fn recognise(&self, file: &Document<'_>) -> Option<&'static str> {
        match file {
            Document::Table(table, _) => Layout::of(table).map(|layout| layout.format),
            _ => None,
        }
    }

    fn read(
        &self,
        file: &Document<'_>,
        _: Option<&[u8]>,
        to: &mut Collector<'_>,
    ) -> Result<(), ImportError> {
        let Document::Table(table, _) = file else { return Ok(()) };
        let Some(layout) = Layout::of(table) else { return Ok(()) };
        for row in table.rows() {
            if let Some(totp) = row.get(layout.totp) {
                read_row(totp, row, layout, to)?;
            }
        }
        // A table of passwords alone: the program was not asked for the codes.
        if to.seen() == 0 && table.rows().next().is_some() {
            return Err(Unreadable::NoCodes.into());
        }
        Ok(())
    }
}

fn read_row(
    totp: &str,
    row: Row<'_>,
    layout: &Layout,
    to: &mut Collector<'_>,
) -> Result<(), ImportError> {
    let names = Names::new(row.get(layout.title), row.get(layout.username));
    let mut extras = row.extras();
    if let Some((column, line)) = layout.folder {
        extras.line(line, row.get(&[column]));
    }
    // Bitwarden Authenticator gives a bare secret and its parameters in columns of their own.
    if layout.known_by.contains(&"digits") && !totp.contains("://") {
        let cell = |name| row.get(&[name]).map_or(Json::Null, |text| Json::Text(text.into()));
        let raw = Raw {
            kind: Kind::Totp,
            algorithm: &cell("algorithm"),
            digits: &cell("digits"),
            period: &cell("period"),
            counter: &Json::Null,
        };
        return to.add(&names, extras, raw.with_base32(&Json::Text(totp.into())));
    }
    parameters::add_field(totp, names, extras, to)
}
