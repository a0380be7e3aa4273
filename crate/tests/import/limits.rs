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
