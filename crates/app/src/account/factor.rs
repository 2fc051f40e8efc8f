//! The second factor: six digits from an app, a new one each half minute (RFC 6238), each used once.
//!
//! The secret is stored sealed and shown once, while the account is set up.

use jiff::Timestamp;
use onedoor_domain::ids::UserId;
use qrcode::QrCode;
use qrcode::render::svg;
use totp_rs::{Builder, Totp};

use crate::seal;
use crate::secret::Secret;
use crate::web::app::random;
use crate::web::gate::form_encode;

/// The shared secret of one account's app.
#[derive(Clone)]
pub struct Factor(Totp);

impl std::fmt::Debug for Factor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("(hidden)")
    }
}

impl Factor {
    /// A new one.
    pub fn new() -> Option<Self> {
        Self::of(&random::<20>())
    }

    /// From its bytes. SHA-1, six digits, 30 seconds, one step early or late: what every app can do.
    fn of(secret: &[u8]) -> Option<Self> {
        Builder::new().with_secret(secret).build().ok().map(Self)
    }

    /// Encrypted for this account.
    pub fn sealed(&self, secret: &Secret, user: UserId) -> Option<Vec<u8>> {
        seal::seal(secret, &about(user), self.0.secret().as_bytes())
    }

    /// Opens what was stored for this account.
    pub fn open(secret: &Secret, user: UserId, sealed: &[u8]) -> Option<Self> {
        Self::of(&seal::open(secret, &about(user), sealed)?)
    }

    /// The time step a code belongs to, if it is right now. The same step must not be taken twice.
    pub fn step_of(&self, typed: &str, now: Timestamp) -> Option<i64> {
        let digits: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
        let second = u64::try_from(now.as_second()).ok()?;
        i64::try_from(self.0.check(&digits, second)?).ok()
    }

    /// The code at a moment; what the app shows.
    pub fn code_at(&self, at: Timestamp) -> String {
        self.0.generate(u64::try_from(at.as_second()).unwrap_or_default()).to_string()
    }

    /// From the key as a person types it into an app.
    pub fn typed_in(key: &str) -> Option<Self> {
        let plain: String = key.chars().filter(|c| !c.is_whitespace()).collect();
        Self::of(totp_rs::Secret::try_from_base32(plain).ok()?.as_bytes())
    }

    /// The secret to type, in groups of four.
    pub fn typed(&self) -> String {
        let plain = self.0.secret().to_base32();
        let letters: Vec<char> = plain.chars().collect();
        let groups: Vec<String> = letters.chunks(4).map(|group| group.iter().collect()).collect();
        groups.join(" ")
    }

    /// The same as a picture for the app's camera, as an address a page may show.
    pub fn picture(&self, service: &str, account: &str) -> Option<String> {
        let (service, account): (String, String) = (escaped(service), escaped(account));
        let secret = self.0.secret().to_base32();
        let address = format!("otpauth://totp/{service}:{account}?secret={secret}&issuer={service}");
        let code = QrCode::new(address.as_bytes()).ok()?;
        let drawn = code.render::<svg::Color<'_>>().min_dimensions(240, 240).build();
        let encoded: String = form_encode(&drawn).collect();
        Some(format!("data:image/svg+xml,{encoded}"))
    }
}

fn escaped(text: &str) -> String {
    form_encode(&text.replace(['/', ':'], " ")).collect()
}

fn about(user: UserId) -> Vec<u8> {
    [b"second factor ".as_slice(), user.0.as_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn agrees_with_the_published_codes() {
        // RFC 6238, appendix B, the last six of eight digits.
        let factor = Factor::of(b"12345678901234567890").unwrap();
        for (second, code) in [(59, "287082"), (1_111_111_109, "081804"), (2_000_000_000, "279037")] {
            assert_eq!(factor.code_at(at(second)), code);
            assert_eq!(factor.step_of(code, at(second)), Some(second / 30));
        }
    }

    #[test]
    fn a_code_is_good_for_one_step_early_or_late_and_not_longer() {
        let factor = Factor::new().unwrap();
        let code = factor.code_at(at(3000));
        assert_eq!(factor.step_of(&code, at(3029)), Some(100));
        assert_eq!(factor.step_of(&format!(" {} {}", &code[..3], &code[3..]), at(3059)), Some(100));
        assert_eq!(factor.step_of(&code, at(2971)), Some(100));
        assert_eq!(factor.step_of(&code, at(3090)), None);
        for wrong in ["", "12345", "1234567", "abcdef", "१२३४५६"] {
            assert_eq!(factor.step_of(wrong, at(3000)), None, "{wrong}");
        }
    }

    #[test]
    fn the_picture_holds_no_outside_address_and_escapes_names() {
        let factor = Factor::new().unwrap();
        let picture = factor.picture("Ashmere & co: \"help\"", "a@b.example").unwrap();
        assert!(picture.starts_with("data:image/svg+xml,%3C"), "{picture}");
        assert!(!picture.contains(['"', '<', '&', ' ']));
        assert_eq!(factor.typed().len(), 39);
    }
}
