//! LastPass Authenticator's JSON export.

use super::Importer;
use super::document::Document;
use super::error::ImportError;
use super::json::Json;
use super::note::Line;
use super::parameters::{Kind, Raw};
use super::report::{Collector, Extras, Names};

pub(super) struct LastPass;

impl Importer for LastPass {
    fn recognise(&self, file: &Document<'_>) -> Option<&'static str> {
        let accounts = file.json()?.get("accounts").elements();
        let is_lastpass =
            |account: &Json<'_>| account.has("issuerName") || account.has("originalIssuerName");
        accounts.iter().any(is_lastpass).then_some("lastpass-authenticator")
    }

    fn read(
        &self,
        file: &Document<'_>,
        _: Option<&[u8]>,
        to: &mut Collector<'_>,
    ) -> Result<(), ImportError> {
        let json = file.json().unwrap_or(&Json::Null);
        let folders = json.get("folders").index("id", "name");
        for account in json.array("accounts")? {
            let either = |name: &str, original: &str| {
                account.get(name).text().or_else(|| account.get(original).text())
            };
            let names = Names::new(
                either("issuerName", "originalIssuerName").as_deref(),
                either("userName", "originalUserName").as_deref(),
            );
            let mut extras = Extras::pinned(account.get("isFavorite").truth());
            let folder = account.get("folderData").get("folderId");
            extras.line(Line::Folder, folder.find_in(&folders));
            let raw = Raw {
                kind: Kind::Totp,
                algorithm: account.get("algorithm"),
                digits: account.get("digits"),
                period: account.get("timeStep"),
                counter: &Json::Null,
            };
            to.add(&names, extras, raw.with_base32(account.get("secret")))?;
        }
        Ok(())
    }
}
