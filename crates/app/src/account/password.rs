//! Passwords: argon2id, a few at a time, and the same time whether or not there is an account. Must not log one.

use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use onedoor_domain::value::{Email, Line};

use super::common::is_common;
use crate::web::app::random;
use crate::web::{App, Problem};

/// The fewest characters of a new password.
pub const SHORTEST: usize = 12;
/// The most.
pub const LONGEST: usize = 128;

/// Checked where there is no account, so that it takes as long. No password is known for it.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Whether `typed` is the password of this stored text. Takes as long when there is none.
///
/// # Errors
/// [`Problem::Fault`] when the machine cannot hash.
pub async fn is_right(app: &App, stored: Option<String>, typed: String) -> Result<bool, Problem> {
    hashing(app, move |memory| {
        let parsed = stored.as_deref().and_then(|text| PasswordHash::new(text).ok());
        let exists = parsed.is_some();
        let against = parsed.or_else(|| PasswordHash::new(NOBODY).ok())?;
        Some(agrees(&typed, &against, memory) && exists)
    })
    .await
}

/// The text to store for a new password.
///
/// # Errors
/// [`Problem::Fault`] when the machine cannot hash.
pub async fn hashed(app: &App, typed: String) -> Result<String, Problem> {
    hashing(app, move |memory| new_hash(&typed, memory)).await
}

fn agrees(typed: &str, against: &PasswordHash, memory: &mut Memory) -> bool {
    let (Some(salt), Some(wanted)) = (against.salt.as_ref(), against.hash.as_ref()) else { return false };
    let Ok(params) = Params::try_from(against) else { return false };
    // Outputs are compared in a time that says nothing.
    let ours =
        against.algorithm == Algorithm::Argon2id.ident() && against.version == Some(Version::V0x13.into());
    derived(typed, salt, (params, wanted.len()), memory).is_some_and(|found| ours && found == *wanted)
}

fn new_hash(typed: &str, memory: &mut Memory) -> Option<String> {
    let (params, salt) = (Params::default(), Salt::new(&random::<16>()).ok()?);
    let output = derived(typed, &salt, (params.clone(), Params::DEFAULT_OUTPUT_LEN), memory)?;
    let made = PasswordHash {
        algorithm: Algorithm::Argon2id.ident(),
        version: Some(Version::V0x13.into()),
        params: ParamsString::try_from(&params).ok()?,
        salt: Some(salt),
        hash: Some(output),
    };
    Some(made.to_string())
}

/// What hashing works in: 19 MiB, kept from one password to the next. Given back each time, the allocator of the system
/// would hold as much again for every thread that ever hashed.
#[derive(Default)]
pub struct Memory(Vec<Block>);

impl std::fmt::Debug for Memory {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("(hidden)")
    }
}

fn derived(
    typed: &str,
    salt: &Salt,
    (params, length): (Params, usize),
    memory: &mut Memory,
) -> Option<Output> {
    memory.0.resize(params.block_count(), Block::default());
    let mut bytes = [0; Output::MAX_LENGTH];
    let bytes = bytes.get_mut(..length)?;
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    argon.hash_password_into_with_memory(typed.as_bytes(), salt, bytes, memory.0.as_mut_slice()).ok()?;
    Output::new(bytes).ok()
}

/// On a thread of its own and never more than the setting allows: each takes 19 MiB.
async fn hashing<T: Send + 'static>(
    app: &App,
    work: impl FnOnce(&mut Memory) -> Option<T> + Send + 'static,
) -> Result<T, Problem> {
    let fault = || Problem::Fault("a password could not be hashed");
    let _permit = app.hashing.acquire().await.map_err(|_| fault())?;
    let held = app.clone();
    let hash = move || {
        let mut memory = held.hashing_in.lock().ok().and_then(|mut free| free.pop()).unwrap_or_default();
        let done = work(&mut memory);
        if let Ok(mut free) = held.hashing_in.lock() {
            free.push(memory);
        }
        done
    };
    tokio::task::spawn_blocking(hash).await.ok().flatten().ok_or_else(fault)
}

/// What is wrong with a new password, as the message's name.
pub fn weakness(typed: &str, name: &Line, email: &Email) -> Option<&'static str> {
    let length = typed.chars().count();
    let plain = folded(typed);
    let own = [folded(name.as_str()), folded(email.as_str()), folded(email.as_str().split('@').next()?)];
    if length < SHORTEST {
        Some("account-password-short")
    } else if length > LONGEST {
        Some("account-password-long")
    } else if own.iter().any(|own| own.chars().count() >= 4 && is_mostly(&plain, own)) {
        Some("account-password-own")
    } else if is_common(&plain) {
        Some("account-password-common")
    } else {
        None
    }
}

fn folded(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// The name itself, or the name with a few signs around it.
fn is_mostly(plain: &str, own: &str) -> bool {
    plain.contains(own) && plain.chars().count() < own.chars().count() + 6
}

#[cfg(test)]
mod tests {
    use super::*;
    use argon2::password_hash::PasswordVerifier as _;

    #[test]
    fn length_own_name_and_common_words_are_refused_and_a_sentence_is_not() {
        let name: Line = "Nadia Okonjo".parse().unwrap();
        let email: Email = "nadia.okonjo@ashmere.example".parse().unwrap();
        let of = |typed: &str| weakness(typed, &name, &email);
        assert_eq!(of("elevenchars"), Some("account-password-short"));
        assert_eq!(of(&"long".repeat(33)), Some("account-password-long"));
        assert_eq!(of(&"å".repeat(11)), Some("account-password-short"), "characters, not bytes");
        for own in ["Nadia Okonjo1", "nadia.okonjo!", "NADIA.OKONJO@ashmere.example", "123nadiaokonjo"] {
            assert_eq!(of(own), Some("account-password-own"), "{own}");
        }
        for common in ["Password1234", "PASSWORD PASSWORD", "aaaaaaaaaaaaaaaa"] {
            assert_eq!(of(common), Some("account-password-common"), "{common}");
        }
        for good in ["seven brown herons", "correct horse battery stable", "nadia okonjo likes herons"] {
            assert_eq!(of(good), None, "{good}");
        }
    }

    #[test]
    fn nobody_s_hash_is_checked_like_any_other() {
        let (nobody, mut memory) = (PasswordHash::new(NOBODY).unwrap(), Memory::default());
        let made = new_hash("seven brown herons", &mut memory).unwrap();
        let real = PasswordHash::new(&made).unwrap();
        assert_eq!(nobody.params.to_string(), real.params.to_string(), "or it would take another time");
        assert!(!agrees("", &nobody, &mut memory));
    }

    #[test]
    fn memory_that_was_used_before_changes_no_answer() {
        let mut memory = Memory::default();
        let made = new_hash("seven brown herons", &mut memory).unwrap();
        assert_ne!(made, new_hash("seven brown herons", &mut memory).unwrap(), "each has a salt of its own");
        let stored = PasswordHash::new(&made).unwrap();
        for (typed, right) in [("seven brown heron", false), ("seven brown herons", true), ("", false)] {
            assert_eq!(agrees(typed, &stored, &mut memory), right, "{typed}");
            assert_eq!(agrees(typed, &stored, &mut Memory::default()), right, "{typed}");
            // As the library itself judges.
            assert_eq!(Argon2::default().verify_password(typed.as_bytes(), made.as_str()).is_ok(), right);
        }
    }
}
