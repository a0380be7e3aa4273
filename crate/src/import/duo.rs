//! Duo Mobile's accounts of other issuers, as its backup keeps them in JSON.

use super::Importer;
use super::document::Document;
use super::error::ImportError;
use super::json::Json;
use super::parameters::{Kind, Raw};
use super::report::{Collector, Extras, Names, Refusal};

pub(super) struct Duo;

impl Importer for Duo {
    fn recognise(&self, file: &Document<'_>) -> Option<&'static str> {
        let accounts = file.json()?.elements();
        accounts.iter().any(|account| account.has("otpGenerator")).then_some("duo")
    }

    fn read(
        &self,
        file: &Document<'_>,
        _: Option<&[u8]>,
        to: &mut Collector<'_>,
    ) -> Result<(), ImportError> {
        for account in file.json().unwrap_or(&Json::Null).elements() {
            let names = Names::new(None, account.get("name").text().as_deref());
            let generator = account.get("otpGenerator");
            // One of Duo's own, which asks on the phone.
            if !generator.has("otpSecret") {
                to.add(&names, Extras::default(), Err(Refusal::Type))?;
                continue;
            }
            let counter = generator.get("counter");
            let raw = Raw {
                kind: if counter.text().is_some() { Kind::Hotp } else { Kind::Totp },
                algorithm: &Json::Null,
                digits: &Json::Null,
                period: &Json::Null,
                counter,
            };
            to.add(&names, Extras::default(), raw.with_base32(generator.get("otpSecret")))?;
        }
        Ok(())
    }
}
