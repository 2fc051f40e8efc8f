//! The key that signs checkpoints, and checkpoints as text: C2SP tlog-checkpoint in a signed note, so that other programs read
//! them too. The key is made from `secret_file` and the county: whoever has the database alone cannot sign.

use ed25519_dalek::{SIGNATURE_LENGTH, SignatureError, Signer as _, SigningKey};
use jiff::Timestamp;
use onedoor_domain::ids::TenantId;
use onedoor_store::seal::Known;
use signed_note::{Note, Signature, Signer, StandardVerifier, VerifierList, new_ed25519_verifier_key};
use tlog_tiles::{Checkpoint, Hash};

use crate::secret::Secret;

/// Begins a line of a signature; the dash is the note format's.
const SIGNED: &str = "\u{2014} ";

/// Why something is no checkpoint of ours.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum KeyError {
    /// The text of a key.
    #[error("that is not a key as `onedoor audit key` prints it")]
    Key,
    /// A checkpoint that somebody changed, or that another key signed.
    #[error(
        "a checkpoint of size {0} is not signed by this key: it was changed, or signed by another installation"
    )]
    Unsigned(u64),
    /// Not a checkpoint at all.
    #[error("it holds no checkpoint of this county")]
    Nothing,
}

/// Signs for one county.
#[expect(missing_debug_implementations, reason = "it holds a key that must not be printed")]
pub struct Key {
    origin: String,
    key: SigningKey,
}

impl Signer for Key {
    fn name(&self) -> &str {
        &self.origin
    }

    fn key_id(&self) -> u32 {
        signed_note::key_id(&self.origin, &[&[1], self.key.verifying_key().to_bytes().as_slice()].concat())
    }

    fn sign(&self, text: &[u8]) -> Result<Vec<u8>, SignatureError> {
        self.key.try_sign(text).map(|signature| signature.to_vec())
    }
}

/// The name under which a county's checkpoints are signed.
pub fn origin(tenant: TenantId) -> String {
    format!("onedoor-audit/{}", tenant.0.as_hyphenated())
}

impl Key {
    /// The key of a county.
    pub fn of(secret: &Secret, tenant: TenantId) -> Self {
        let origin = origin(tenant);
        let key = SigningKey::from_bytes(&secret.keyed("audit checkpoint", &[tenant.0.as_bytes()]));
        Self { origin, key }
    }

    /// What others check signatures with: to be kept apart from the installation.
    pub fn public(&self) -> String {
        new_ed25519_verifier_key(&self.origin, &self.key.verifying_key())
    }

    /// A signed checkpoint; none where it cannot be written as one.
    pub fn sign(&self, known: Known, at: Timestamp) -> Option<String> {
        let at = format!("at {at:.0}\n");
        let text = Checkpoint::new(&self.origin, known.size, known.root, &at).ok()?.to_bytes();
        let mut note = Note::new(&text, &[]).ok()?;
        note.add_sigs(&[self]).ok()?;
        String::from_utf8(note.to_bytes()).ok()
    }
}

/// The checkpoints of a county in a text that may hold many, one after the other. What a crash cut short is passed over.
///
/// # Errors
/// [`KeyError`].
pub fn read(text: &str, tenant: TenantId, public: &str) -> Result<Vec<Known>, KeyError> {
    let verifier = StandardVerifier::new(public).map_err(|_| KeyError::Key)?;
    let verifiers = VerifierList::new(vec![Box::new(verifier)]);
    let origin = origin(tenant);
    let mut all = Vec::new();
    let mut before = "";
    for block in text.split("\n\n") {
        let block = block.trim_matches('\n');
        if block.starts_with(SIGNED) && before.lines().next() == Some(&origin) {
            let text = format!("{before}\n");
            let Ok(checkpoint) = Checkpoint::from_bytes(text.as_bytes()) else { continue };
            let lines = block.lines().map(|line| Signature::from_bytes(line.as_bytes()));
            let unsigned = KeyError::Unsigned(checkpoint.size());
            let Ok(signatures) = lines.collect::<Result<Vec<Signature>, _>>() else { continue };
            // A line that a crash cut short proves nothing and must not stop what comes after.
            if signatures.iter().any(|signature| signature.signature().len() < SIGNATURE_LENGTH) {
                continue;
            }
            let note = Note::new(text.as_bytes(), &signatures).map_err(|_| unsigned.clone())?;
            note.verify(&verifiers).map_err(|_| unsigned)?;
            all.push(Known { size: checkpoint.size(), root: Hash(checkpoint.hash().0) });
        }
        before = block;
    }
    all.sort_by_key(|known| known.size);
    if all.is_empty() { Err(KeyError::Nothing) } else { Ok(all) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(name: &str) -> Secret {
        let dir = std::env::temp_dir().join(format!("onedoor-audit-key-{}-{name}", std::process::id()));
        let secret = Secret::load_or_create(&dir.join("secret.key")).unwrap();
        std::fs::remove_dir_all(dir).unwrap();
        secret
    }

    fn tenant(n: u128) -> TenantId {
        TenantId(uuid::Uuid::from_u128(n))
    }

    fn known(size: u64, byte: u8) -> Known {
        Known { size, root: Hash([byte; 32]) }
    }

    fn at() -> Timestamp {
        "2026-11-24T10:00:00Z".parse().unwrap()
    }

    #[test]
    fn a_checkpoint_is_read_again_by_whoever_has_the_public_key_alone() {
        let key = Key::of(&secret("own"), tenant(7));
        let (one, two) = (key.sign(known(12, 1), at()).unwrap(), key.sign(known(200, 2), at()).unwrap());
        assert!(one.starts_with("onedoor-audit/00000000-0000-0000-0000-000000000007\n12\n"), "{one}");
        assert!(one.contains("\nat 2026-11-24T10:00:00Z\n\n\u{2014} onedoor-audit/"), "{one}");
        let book = format!("{one}\n{two}\n");
        let read = read(&book, tenant(7), &key.public()).unwrap();
        let sizes: Vec<(u64, u8)> = read.iter().map(|known| (known.size, known.root.0[0])).collect();
        assert_eq!(sizes, [(12, 1), (200, 2)]);
    }

    #[test]
    fn what_a_crash_cut_short_is_passed_over_and_what_comes_after_is_read() {
        let key = Key::of(&secret("torn"), tenant(7));
        let (one, two) = (key.sign(known(12, 1), at()).unwrap(), key.sign(known(200, 2), at()).unwrap());
        for cut in 0..two.len() - 1 {
            let Some(torn) = two.get(..cut) else { continue };
            let book = format!("{one}\n{torn}\n\n{one}\n");
            let all = read(&book, tenant(7), &key.public()).unwrap_or_else(|error| panic!("{cut}: {error}"));
            let sizes: Vec<u64> = all.iter().map(|known| known.size).collect();
            assert_eq!(sizes, [12, 12], "{cut}");
        }
    }

    #[test]
    fn a_changed_checkpoint_another_installations_and_another_countys_are_not_believed() {
        let (own, other) = (secret("mine"), secret("theirs"));
        let key = Key::of(&own, tenant(7));
        let note = key.sign(known(12, 1), at()).unwrap();
        let changed = note.replacen("\n12\n", "\n13\n", 1);
        assert_eq!(read(&changed, tenant(7), &key.public()).unwrap_err(), KeyError::Unsigned(13));
        let theirs = Key::of(&other, tenant(7)).public();
        assert_eq!(read(&note, tenant(7), &theirs).unwrap_err(), KeyError::Unsigned(12));
        let neighbour = Key::of(&own, tenant(8));
        assert_eq!(read(&note, tenant(8), &neighbour.public()).unwrap_err(), KeyError::Nothing);
        assert_eq!(read("", tenant(7), &key.public()).unwrap_err(), KeyError::Nothing);
        assert_eq!(read(&note, tenant(7), "nonsense").unwrap_err(), KeyError::Key);
    }
}
