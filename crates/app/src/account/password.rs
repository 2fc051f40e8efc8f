//! Passwords: argon2id, a few at a time, and the same time whether or not there is an account. Must not log one.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use onedoor_domain::value::{Email, Line};

use super::common::is_common;
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
    hashing(app, move || {
        let parsed = stored.as_deref().and_then(|text| PasswordHash::new(text).ok());
        let exists = parsed.is_some();
        let against = parsed.or_else(|| PasswordHash::new(NOBODY).ok())?;
        let right = Argon2::default().verify_password(typed.as_bytes(), &against).is_ok();
        Some(right && exists)
    })
    .await
}

/// The text to store for a new password.
///
/// # Errors
/// [`Problem::Fault`] when the machine cannot hash.
pub async fn hashed(app: &App, typed: String) -> Result<String, Problem> {
    hashing(app, move || Argon2::default().hash_password(typed.as_bytes()).ok().map(|hash| hash.to_string()))
        .await
}

/// On a thread of its own and never more than the setting allows: each takes 19 MiB.
async fn hashing<T: Send + 'static>(
    app: &App,
    work: impl FnOnce() -> Option<T> + Send + 'static,
) -> Result<T, Problem> {
    let fault = || Problem::Fault("a password could not be hashed");
    let _permit = app.hashing.acquire().await.map_err(|_| fault())?;
    tokio::task::spawn_blocking(work).await.ok().flatten().ok_or_else(fault)
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
        let nobody = PasswordHash::new(NOBODY).unwrap();
        let real = Argon2::default().hash_password(b"seven brown herons").unwrap();
        assert_eq!(nobody.params.to_string(), real.params.to_string(), "or it would take another time");
        assert!(Argon2::default().verify_password(b"", &nobody).is_err());
    }
}
