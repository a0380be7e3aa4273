//! The limits of a file, at the edge and one beyond.

use doorcode::import::{ImportError, MAX_ENTRIES, MAX_FILE_BYTES, read};

#[test]
fn takes_5000_entries_and_refuses_one_more() {
    let line = "otpauth://totp/a?secret=GEZDGNBVGY3TQOJQ\n";
    let most = line.repeat(MAX_ENTRIES);
    assert_eq!(read(most.as_bytes(), None).unwrap().entries.len(), MAX_ENTRIES);
    let more = line.repeat(MAX_ENTRIES + 1);
    assert_eq!(read(more.as_bytes(), None).unwrap_err(), ImportError::TooManyEntries);
}

/// Without a limit of what is kept of the name, these take minutes.
#[test]
fn cuts_a_group_of_megabytes_that_all_entries_are_in() {
    let entry = r#"{"type":"totp","name":"a","groups":["g"],"info":{"secret":"GEZDGNBVGY3TQOJQ"}}"#;
    let entries = vec![entry; MAX_ENTRIES].join(",");
    let group = "é".repeat(4_000_000);
    let file = format!(
        r#"{{"version":1,"header":{{}},"db":{{"version":3,"entries":[{entries}],
        "groups":[{{"uuid":"g","name":"{group}"}}]}}}}"#
    );
    let report = read(file.as_bytes(), None).unwrap();
    assert_eq!(report.entries.len(), MAX_ENTRIES);
    assert!(report.entries.iter().all(|entry| entry.note.ends_with("é […]")));
}

#[test]
fn refuses_a_title_of_megabytes_for_each_of_its_codes() {
    let field = r#"{"value":{"totp":"GEZDGNBVGY3TQOJQ"}}"#;
    let fields = vec![field; MAX_ENTRIES].join(",");
    let title = "é".repeat(4_000_000);
    let file = format!(
        r#"{{"accounts":[{{"vaults":[{{"items":[{{"overview":{{"title":"{title}"}},
        "details":{{"sections":[{{"fields":[{fields}]}}]}}}}]}}]}}]}}"#
    );
    let report = read(file.as_bytes(), None).unwrap();
    assert_eq!((report.entries.len(), report.refused.len()), (0, MAX_ENTRIES));
}

#[test]
fn takes_16_mebibytes_and_refuses_one_byte_more() {
    let mut file = b"otpauth://totp/a?secret=GEZDGNBVGY3TQOJQ\n".to_vec();
    file.resize(MAX_FILE_BYTES, b'\n');
    assert_eq!(read(&file, None).unwrap().entries.len(), 1);
    file.push(b'\n');
    assert_eq!(read(&file, None).unwrap_err(), ImportError::TooLarge);
}

#[test]
fn refuses_a_line_of_16_mebibytes_and_reads_the_others() {
    let mut file = b"otpauth://totp/a?secret=GEZDGNBVGY3TQOJQ\notpauth://totp/b?secret=".to_vec();
    file.resize(MAX_FILE_BYTES, b'A');
    let report = read(&file, None).unwrap();
    assert_eq!((report.entries.len(), report.refused.len()), (1, 1));
}
