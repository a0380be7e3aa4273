//! What a file held, as JSON with the codes at a fixed time.

use doorcode::hotp::{Algorithm, hotp};
use doorcode::import::{Imported, Report};
use doorcode::otpauth::MovingFactor;
use serde_json::{Value, json};

/// The time of the codes, in Unix seconds, from RFC 6238 appendix B.
const AT: u64 = 1_111_111_109;

/// A report as JSON.
pub(crate) fn view(report: &Report) -> Value {
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
        if let Some(partition) = imported.partition {
            view.insert("partition".into(), json!(partition.as_str()));
        }
    }
    view
}
