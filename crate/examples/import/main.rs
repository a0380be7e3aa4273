//! `import FILE`: prints what a file of another program holds, as one line of JSON, with the codes
//! at a fixed time. The password of an encrypted file is in `DOORCODE_IMPORT_PASSPHRASE`.
//!
//! A file that cannot be read at all is refused as a whole, with the kind of error in `error` and
//! the exit status 1.

use std::process::ExitCode;

use doorcode::import::{self, ImportError};
use serde_json::{Value, json};

mod report;

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
            println!("{}", report::view(&report));
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
