//! Project Wycheproof over the primitives in use, at the versions in use.

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{ChaCha20Poly1305, Key, KeyInit, XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use sha1::Sha1;
use sha2::{Sha256, Sha512};
use wycheproof::{TestResult, aead, hkdf as hkdf_cases, mac};

/// Runs every case; `open` is the plaintext, or nothing when the case is refused.
fn run_aead(name: aead::TestName, open: impl Fn(&aead::Test) -> Option<Vec<u8>>) -> usize {
    let cases = aead::TestSet::load(name).unwrap();
    let cases = cases.test_groups.iter().flat_map(|group| &group.tests);
    cases
        .inspect(|case| {
            let expected = (case.result == TestResult::Valid).then(|| case.pt.to_vec());
            assert_eq!(open(case), expected, "case {}", case.tc_id);
        })
        .count()
}

fn open_with<C: Aead + KeyInit>(case: &aead::Test) -> Option<Vec<u8>> {
    let cipher = C::new_from_slice(&case.key).ok()?;
    let nonce = case.nonce.as_slice().try_into().ok()?;
    let sealed = [case.ct.as_slice(), &case.tag].concat();
    cipher.decrypt(nonce, Payload { msg: &sealed, aad: &case.aad }).ok()
}

fn run_mac<M: Mac + KeyInit>(name: mac::TestName) -> usize {
    let cases = mac::TestSet::load(name).unwrap();
    let cases = cases.test_groups.iter().flat_map(|group| &group.tests);
    cases
        .inspect(|case| {
            let mut code = <M as KeyInit>::new_from_slice(&case.key).unwrap();
            code.update(&case.msg);
            // Shorter tags are the left part of the whole one (RFC 2104 §5).
            let verified = code.verify_truncated_left(&case.tag).is_ok();
            assert_eq!(verified, case.result == TestResult::Valid, "case {}", case.tc_id);
        })
        .count()
}

fn run_hkdf(name: hkdf_cases::TestName) -> usize {
    let cases = hkdf_cases::TestSet::load(name).unwrap();
    let cases = cases.test_groups.iter().flat_map(|group| &group.tests);
    cases
        .inspect(|case| {
            let mut output = vec![0; case.size];
            let derived = Hkdf::<Sha256>::new(Some(&case.salt), &case.ikm)
                .expand(&case.info, &mut output)
                .is_ok();
            let matches = derived && output == case.okm.to_vec();
            assert_eq!(matches, case.result == TestResult::Valid, "case {}", case.tc_id);
        })
        .count()
}

#[test]
fn more_than_a_thousand_cases_come_out_as_they_must() {
    let counts = [
        run_aead(aead::TestName::XChaCha20Poly1305, open_with::<XChaCha20Poly1305>),
        run_aead(aead::TestName::ChaCha20Poly1305, open_with::<ChaCha20Poly1305>),
        run_mac::<Hmac<Sha1>>(mac::TestName::HmacSha1),
        run_mac::<Hmac<Sha256>>(mac::TestName::HmacSha256),
        run_mac::<Hmac<Sha512>>(mac::TestName::HmacSha512),
        run_hkdf(hkdf_cases::TestName::HkdfSha256),
    ];
    assert!(counts.iter().all(|&count| count > 0));
    assert!(counts.iter().sum::<usize>() >= 1000, "{counts:?}");
}

/// The seal direction, which the cases above do not take.
#[test]
fn sealing_gives_the_ciphertext_and_tag_of_every_valid_case() {
    let cases = aead::TestSet::load(aead::TestName::XChaCha20Poly1305).unwrap();
    let cases = cases.test_groups.iter().flat_map(|group| &group.tests);
    for case in cases.filter(|case| case.result == TestResult::Valid) {
        let cipher = XChaCha20Poly1305::new(&Key::try_from(case.key.as_slice()).unwrap());
        let nonce = XNonce::try_from(case.nonce.as_slice()).unwrap();
        let sealed = cipher.encrypt(&nonce, Payload { msg: &case.pt, aad: &case.aad }).unwrap();
        assert_eq!(sealed, [case.ct.as_slice(), &case.tag].concat(), "case {}", case.tc_id);
    }
}
