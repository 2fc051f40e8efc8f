//! Encrypts what only this installation may read again: second factors and parked posts. The key never leaves
//! `secret_file`; each sealed text names what it is about, so that one row's text does not open in another's place.

use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};

use crate::secret::Secret;
use crate::web::app::random;

const NONCE: usize = 24;

/// Nonce and ciphertext of `plain`, tied to `about`. Nothing when it is too long to encrypt.
pub fn seal(secret: &Secret, about: &[u8], plain: &[u8]) -> Option<Vec<u8>> {
    let nonce: [u8; NONCE] = random();
    let cipher = XChaCha20Poly1305::new(&Key::from(*secret.bytes()));
    let sealed = cipher.encrypt(&XNonce::from(nonce), Payload { msg: plain, aad: about }).ok()?;
    Some([nonce.as_slice(), &sealed].concat())
}

/// The text again, if it was sealed with this key about this and was not changed since.
pub fn open(secret: &Secret, about: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
    let (nonce, sealed) = sealed.split_first_chunk::<NONCE>()?;
    let cipher = XChaCha20Poly1305::new(&Key::from(*secret.bytes()));
    cipher.decrypt(&XNonce::from(*nonce), Payload { msg: sealed, aad: about }).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(name: &str) -> Secret {
        let dir = std::env::temp_dir().join(format!("onedoor-seal-{}-{name}", std::process::id()));
        let secret = Secret::load_or_create(&dir.join("secret.key")).unwrap();
        std::fs::remove_dir_all(dir).unwrap();
        secret
    }

    #[test]
    fn opens_only_with_its_own_key_for_its_own_subject_and_unchanged() {
        let (ours, theirs) = (secret("ours"), secret("theirs"));
        let sealed = seal(&ours, b"user 1", b"what was typed").unwrap();
        assert!(!sealed.windows(4).any(|part| part == b"what"));
        assert_eq!(open(&ours, b"user 1", &sealed).unwrap(), b"what was typed");
        assert_eq!(open(&ours, b"user 2", &sealed), None);
        assert_eq!(open(&theirs, b"user 1", &sealed), None);
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert_eq!(open(&ours, b"user 1", &changed), None, "byte {at}");
        }
        assert_eq!(open(&ours, b"user 1", &sealed[..10]), None);
    }

    #[test]
    fn the_same_text_never_looks_the_same() {
        let secret = secret("twice");
        assert_ne!(seal(&secret, b"a", b"text"), seal(&secret, b"a", b"text"));
    }
}
