//! FreeOTP+'s JSON export.
//!
//! Source: the code of that application. A secret is an array of signed bytes.

use super::Importer;
use super::document::Document;
use super::error::ImportError;
use super::json::Json;
use super::parameters::{self, Kind, Parameters, Raw};
use super::report::{Collector, Extras, Names, Refusal};

pub(super) struct FreeOtpPlus;

impl Importer for FreeOtpPlus {
    fn recognise(&self, file: &Document<'_>) -> Option<&'static str> {
        let json = file.json()?;
        let tokens = json.get("tokens");
        let is_token = |token: &Json<'_>| token.get("secret").is_array();
        (tokens.is_array() && (json.has("tokenOrder") || tokens.elements().iter().any(is_token)))
            .then_some("freeotp-plus")
    }

    fn read(
        &self,
        file: &Document<'_>,
        _: Option<&[u8]>,
        to: &mut Collector<'_>,
    ) -> Result<(), ImportError> {
        for token in file.json().unwrap_or(&Json::Null).array("tokens")? {
            let text = |name| token.get(name).text();
            let issuer =
                text("issuerAlt").or_else(|| text("issuerExt")).or_else(|| text("issuerInt"));
            let label = text("labelAlt").or_else(|| text("label"));
            let names = Names::new(issuer.as_deref(), label.as_deref());
            to.add(&names, Extras::default(), read_key(token))?;
        }
        Ok(())
    }
}

fn read_key(token: &Json<'_>) -> Result<Parameters, Refusal> {
    let raw = Raw {
        kind: Kind::parse(token.get("type").text().as_deref())?,
        algorithm: token.get("algo"),
        digits: token.get("digits"),
        period: token.get("period"),
        counter: token.get("counter"),
    };
    let byte = |value: &Json<'_>| {
        let number = value.number().ok().flatten().ok_or(Refusal::Shape)?;
        let signed = i8::try_from(number).map(i8::cast_unsigned);
        signed.or_else(|_| u8::try_from(number)).map_err(|_| Refusal::Shape)
    };
    let secret = token.get("secret").elements().iter().map(byte).collect::<Result<_, _>>()?;
    raw.with(parameters::bytes(secret)?)
}
