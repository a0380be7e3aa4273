//! `import FILE`: prints what a file of another program holds, as one line of JSON, with the codes
//! at a fixed time. The password of an encrypted file is in `DOORCODE_IMPORT_PASSPHRASE`.
//!
//! A file that cannot be read at all is refused as a whole, with the kind of error in `error` and
//! the exit status 1.

use std::process::ExitCode;

use doorcode::hotp::{Algorithm, hotp};
use doorcode::import::{self, ImportError, Imported, Report};
use doorcode::otpauth::MovingFactor;
use serde_json::{Value, json};

/// The time of the codes, in Unix seconds, from RFC 6238 appendix B.
const AT: u64 = 1_111_111_109;

fn main() -> ExitCode {
    let Some(path) = std::env::args_os().nth(1) else {
        eprintln!("usage: import FILE");
        return ExitCode::from(2);
    };
    let bytes = match std::fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) => {
            eprintln!("{}: {error}", path.display());
            return ExitCode::from(2);
        }
    };
    let passphrase = std::env::var_os("DOORCODE_IMPORT_PASSPHRASE");
    let passphrase = passphrase.as_ref().map(|text| text.as_encoded_bytes());
    match import::read(&bytes, passphrase) {
        Ok(report) => {
            println!("{}", view(&report));
            ExitCode::SUCCESS
        }
        Err(error) => {
            println!("{}", refused_file(error));
            ExitCode::FAILURE
        }
    }
}

fn refused_file(error: ImportError) -> Value {
    let format = match error {
        ImportError::PassphraseNeeded { format } => Some(format),
        _ => None,
    };
    let refused = json!({ "entry": "the file", "reason": error.to_string() });
    json!({ "format": format, "entries": [], "refused": [refused], "error": format!("{error:?}") })
}

fn view(report: &Report) -> Value {
    let refused = report.refused.iter();
    let mut view = json!({
        "format": report.format,
        "entries": report.entries.iter().map(entry).collect::<Vec<_>>(),
        "refused": refused
            .map(|refused| json!({ "entry": refused.entry, "reason": refused.reason.to_string() }))
            .collect::<Vec<_>>(),
    });
    if let (Some(column), Some(view)) = (&report.guessed_column, view.as_object_mut()) {
        view.insert("guessedColumn".into(), json!(column));
    }
    view
}

fn entry(imported: &Imported) -> Value {
    let key = &imported.key;
    let (kind, period, counter) = match key.factor {
        MovingFactor::Time(period) => ("totp", json!(period.seconds()), period.counter_at(AT, 0)),
        MovingFactor::Counter(counter) => ("hotp", Value::Null, counter),
    };
    let mut view = json!({
        "label": key.account_name,
        "issuer": key.issuer.as_deref().unwrap_or(""),
        "type": kind,
        "algorithm": match key.algorithm {
            Algorithm::Sha1 => "SHA1",
            Algorithm::Sha256 => "SHA256",
            Algorithm::Sha512 => "SHA512",
        },
        "digits": key.digits.count(),
        "period": period,
        "code": hotp(&key.secret, key.algorithm, counter, key.digits).to_string(),
    });
    if let Some(view) = view.as_object_mut() {
        if kind == "hotp" {
            view.insert("counter".into(), json!(counter.0));
        }
        if !imported.note.is_empty() {
            view.insert("note".into(), json!(imported.note));
        }
    }
    view
}
