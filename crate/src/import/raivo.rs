//! Raivo OTP's export, in its archive or the JSON alone. Every value in it is text.

use super::Importer;
use super::document::Document;
use super::error::ImportError;
use super::json::Json;
use super::parameters::{Kind, Parameters, Raw};
use super::report::{Collector, Extras, Names, Refusal};

pub(super) struct Raivo;

impl Importer for Raivo {
    fn recognise(&self, file: &Document<'_>) -> Option<&'static str> {
        let is_entry = |entry: &Json<'_>| entry.has("kind") && entry.has("secret");
        file.json()?.elements().iter().any(is_entry).then_some("raivo")
    }

    fn read(
        &self,
        file: &Document<'_>,
        _: Option<&[u8]>,
        to: &mut Collector<'_>,
    ) -> Result<(), ImportError> {
        for entry in file.json().unwrap_or(&Json::Null).elements() {
            let text = |name| entry.get(name).text();
            let names = Names::new(text("issuer").as_deref(), text("account").as_deref());
            let extras = Extras::pinned(entry.get("pinned").truth());
            to.add(&names, extras, read_key(entry))?;
        }
        Ok(())
    }
}

fn read_key(entry: &Json<'_>) -> Result<Parameters, Refusal> {
    let raw = Raw {
        kind: Kind::parse(entry.get("kind").text().as_deref())?,
        algorithm: entry.get("algorithm"),
        digits: entry.get("digits"),
        period: entry.get("timer"),
        counter: entry.get("counter"),
    };
    raw.with_base32(entry.get("secret"))
}
