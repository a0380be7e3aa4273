//! A made-up vault, a storage that behaves, and randomness that repeats.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use doorcode::entry::{Entry, UnixTime};
use doorcode::otpauth::KeyUri;
use doorcode::vault::unlock::{self, NewVault, Stretched, UnlockSecret, Unlocked};
use doorcode::vault::{
    Header, KdfParams, LoadReport, Passphrase, RecoveryCode, Replica, SaveRandom, StorageKey,
    StoredValues, UnixMillis, Vault, VaultError, VaultKey,
};
use zeroize::Zeroizing;

/// Every test secret and passphrase is made up.
pub(crate) const PASSPHRASE: &str = "made up for the tests";
pub(crate) const NOW: UnixMillis = UnixMillis(1_790_000_000_000);
pub(crate) const KEYS: [StorageKey; 4] =
    [StorageKey::Header0, StorageKey::Header1, StorageKey::Body0, StorageKey::Body1];

/// `SplitMix64` (Steele, Lea, Flood 2014): a small generator, the same for the same seed.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit as u64).unwrap()
    }

    pub(crate) fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        for chunk in bytes.chunks_mut(8) {
            chunk.copy_from_slice(&self.next().to_le_bytes()[..chunk.len()]);
        }
        bytes
    }

    pub(crate) fn save(&mut self) -> SaveRandom {
        SaveRandom::from_bytes(&self.bytes())
    }

    pub(crate) fn replica(&mut self) -> Replica {
        Replica(self.bytes())
    }
}

pub(crate) fn passphrase(text: &str) -> Passphrase {
    Passphrase::from_utf8(Zeroizing::new(text.as_bytes().to_vec())).unwrap()
}

pub(crate) fn with_passphrase(text: &str) -> UnlockSecret {
    UnlockSecret::Passphrase(passphrase(text))
}

pub(crate) fn with_code(code: &str) -> UnlockSecret {
    UnlockSecret::RecoveryCode(RecoveryCode::parse(code).unwrap())
}

/// Header, key bytes and recovery code of one made-up vault. Derived once for all tests: the
/// floor of the key derivation is slow on purpose.
pub(crate) struct Fixture {
    header: Vec<u8>,
    key: [u8; 32],
    pub(crate) code: String,
}

pub(crate) fn fixture() -> &'static Fixture {
    static FIXTURE: OnceLock<Fixture> = OnceLock::new();
    FIXTURE.get_or_init(|| {
        let random = Random(1).bytes();
        let NewVault { header, key, recovery_code } =
            unlock::create(&passphrase(PASSPHRASE), KdfParams::FLOOR, &random).unwrap();
        Fixture {
            header: header.as_bytes().to_vec(),
            key: *key.expose(),
            code: recovery_code.to_text().to_string(),
        }
    })
}

/// The fixture's passphrase, derived once.
pub(crate) fn stretched() -> &'static Stretched {
    static STRETCHED: OnceLock<Stretched> = OnceLock::new();
    let derive = || Stretched::new(&passphrase(PASSPHRASE), KdfParams::FLOOR, [5; 16]).unwrap();
    STRETCHED.get_or_init(derive)
}

impl Fixture {
    pub(crate) fn header(&self) -> Header {
        Header::parse(&self.header).unwrap()
    }

    pub(crate) fn key(&self) -> VaultKey {
        VaultKey::from_bytes(Zeroizing::new(self.key))
    }

    pub(crate) fn unlocked(&self) -> Unlocked {
        Unlocked { header: self.header(), key: self.key() }
    }

    /// A new vault of which nothing is stored.
    pub(crate) fn create(&self, random: &mut Random) -> Vault {
        let replica = random.replica();
        Vault::create(&self.key(), self.header(), replica, &random.save()).unwrap()
    }

    /// A new vault, stored completely.
    pub(crate) fn stored(&self, random: &mut Random) -> (Vault, Storage) {
        let (mut vault, mut storage) = (self.create(random), Storage::default());
        storage.settle(&mut vault);
        (vault, storage)
    }
}

/// The browser's storage as long as nothing goes wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Storage(pub(crate) BTreeMap<&'static str, Vec<u8>>);

impl Storage {
    pub(crate) fn get(&self, key: StorageKey) -> Option<&[u8]> {
        self.0.get(key.as_str()).map(Vec::as_slice)
    }

    pub(crate) fn values(&self) -> StoredValues<'_> {
        let [header0, header1, body0, body1] = KEYS.map(|key| self.get(key));
        StoredValues { headers: [header0, header1], bodies: [body0, body1] }
    }

    pub(crate) fn open(&self) -> Result<(Vault, LoadReport), VaultError> {
        Vault::open(&fixture().key(), &self.values(), Replica(*b"tester"))
    }

    /// Writes the save in progress and confirms it.
    pub(crate) fn save(&mut self, vault: &mut Vault) {
        let save = vault.pending_save().unwrap();
        let key = save.key;
        self.0.insert(key.as_str(), save.value.to_vec());
        vault.confirm(self.get(key)).unwrap();
    }

    /// Stores whatever is still lacking.
    pub(crate) fn settle(&mut self, vault: &mut Vault) {
        while vault.begin_next_copy().unwrap() {
            self.save(vault);
        }
    }
}

/// A made-up entry whose secret is `number`.
pub(crate) fn entry(number: u64) -> Entry {
    let secret =
        doorcode::secret::SharedSecret::from_bytes([number.to_be_bytes(), *b"-made-up"].concat())
            .unwrap();
    let uri = format!(
        "otpauth://totp/Amazon%20Web%20Services:user-{number}@{:012}?secret={}",
        number % 1_000_000_000_000,
        *secret.to_base32(),
    );
    Entry::new(KeyUri::parse(&uri).unwrap(), UnixTime(1_790_000_000))
}
