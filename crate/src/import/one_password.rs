//! 1Password's 1PUX: the JSON in `export.data`, which the archive holds.
//!
//! Source: "1Password Unencrypted Export format" in 1Password's documents.

use super::Importer;
use super::document::Document;
use super::error::ImportError;
use super::json::Json;
use super::note::Line;
use super::parameters;
use super::report::{Collector, Extras, Names};

pub(super) struct OnePassword;

impl Importer for OnePassword {
    fn recognise(&self, file: &Document<'_>) -> Option<&'static str> {
        let accounts = file.json()?.get("accounts").elements();
        accounts.iter().any(|account| account.get("vaults").is_array()).then_some("1password-1pux")
    }

    fn read(
        &self,
        file: &Document<'_>,
        _: Option<&[u8]>,
        to: &mut Collector<'_>,
    ) -> Result<(), ImportError> {
        let json = file.json().unwrap_or(&Json::Null);
        for account in json.array("accounts")? {
            for vault in account.get("vaults").elements() {
                for item in vault.get("items").elements() {
                    // Some exporters wrap the item once more.
                    let item = if item.has("item") { item.get("item") } else { item };
                    read_item(item, to)?;
                }
            }
        }
        Ok(())
    }
}

/// Adds each one-time password field of an item.
fn read_item(item: &Json<'_>, to: &mut Collector<'_>) -> Result<(), ImportError> {
    let (overview, details) = (item.get("overview"), item.get("details"));
    let login = details.get("loginFields").elements();
    let username = login
        .iter()
        .find(|field| field.get("designation").text().as_deref() == Some("username"))
        .and_then(|field| field.get("value").text());
    let names = Names::new(overview.get("title").text().as_deref(), username.as_deref());
    let mut beside = Extras::default();
    let tags: Vec<_> = overview.get("tags").elements().iter().filter_map(Json::text).collect();
    beside.line(Line::Tags, Some(&tags.join(", ")));
    if item.get("state").text().as_deref() == Some("archived") {
        beside.archived();
    }
    beside.site(overview.get("url").text().as_deref());
    for url in overview.get("urls").elements() {
        beside.site(url.get("url").text().as_deref());
    }
    beside.look_at(details.get("notesPlain").text().as_deref());
    let sections = details.get("sections").elements().iter();
    let values = sections.flat_map(|section| section.get("fields").elements());
    let values: Vec<_> = values.map(|field| field.get("value")).collect();
    for (_, text) in values.iter().flat_map(|value| value.members()) {
        beside.look_at(text.text().as_deref());
    }
    for totp in values.iter().filter_map(|value| value.get("totp").text()) {
        parameters::add_field(&totp, names.clone(), beside.clone(), to)?;
    }
    Ok(())
}
