//! Proton Pass: the JSON in `Proton Pass/data.json`, which the archive holds.
//!
//! Source: the export code of Proton's web clients.

use super::Importer;
use super::document::Document;
use super::error::{Damage, ImportError};
use super::json::Json;
use super::note::Line;
use super::parameters;
use super::report::{Collector, Extras, Names, Refusal};

pub(super) struct ProtonPass;

/// The state of an item in the trash.
const TRASHED: i128 = 2;

impl Importer for ProtonPass {
    fn recognise(&self, file: &Document<'_>) -> Option<&'static str> {
        file.json()?.get("vaults").is_object().then_some("proton-pass")
    }

    fn read(
        &self,
        file: &Document<'_>,
        _: Option<&[u8]>,
        to: &mut Collector<'_>,
    ) -> Result<(), ImportError> {
        for (_, vault) in file.json().unwrap_or(&Json::Null).get("vaults").members() {
            let Json::Array(items) = vault.get("items") else {
                return Err(Damage::Part("items").into());
            };
            for item in items {
                read_item(item, vault.get("name").text().as_deref(), to)?;
            }
        }
        Ok(())
    }
}

/// Adds the code of a login, and each field that holds one.
fn read_item(
    item: &Json<'_>,
    vault: Option<&str>,
    to: &mut Collector<'_>,
) -> Result<(), ImportError> {
    let data = item.get("data");
    let content = data.get("content");
    let title = data.get("metadata").get("name").text();
    let username = ["itemUsername", "itemEmail", "username"]
        .into_iter()
        .find_map(|name| content.get(name).text());
    let sections = content.get("sections").elements().iter();
    let in_sections = sections.flat_map(|section| section.get("sectionFields").elements());
    let fields = data.get("extraFields").elements().iter().chain(in_sections);
    let uris = fields.filter_map(|field| field.get("data").get("totpUri").text());
    for uri in content.get("totpUri").text().into_iter().chain(uris) {
        let names = Names::new(title.as_deref(), username.as_deref());
        let mut extras = Extras::pinned(item.get("pinned").truth());
        if item.get("state").number() == Ok(Some(TRASHED)) {
            to.add(&names, extras, Err(Refusal::InTrash))?;
            continue;
        }
        extras.line(Line::Vault, vault);
        for url in content.get("urls").elements() {
            extras.site(url.text().as_deref());
        }
        extras.look_at(data.get("metadata").get("note").text().as_deref());
        parameters::add_field(&uri, names, extras, to)?;
    }
    Ok(())
}
