//! One-time links: what opens one thing for somebody without an account, until that thing says that it was used or ran out.
//!
//! The key is 256 bits made from the installation's secret, what the link is for, the county and the thing: it is stored
//! nowhere, so that whoever has the database has no link, and it can be made again when the message is sent. Whether it was
//! used or ran out is a fact of the thing itself. A wrong key and a thing that does not exist must look the same. Each try is
//! counted before anything is looked up.

use jiff::SignedDuration;
use onedoor_domain::actor::Ctx;
use onedoor_domain::ids::TenantId;
use onedoor_store::{Limit, StoreError};
use uuid::Uuid;

use crate::code::limit;
use crate::secret::Secret;
use crate::web::App;
use crate::web::gate::hash;

/// How often one link is sent something, whoever does and wherever they are.
const OF_LINK: Limit = Limit { tries: 20, window: SignedDuration::from_mins(15) };

/// One link: of which use, and what it opens.
#[derive(Clone, Copy, Debug)]
pub struct Once {
    /// The use, such as "answer": a key for one use opens nothing of another.
    pub of_use: &'static str,
    /// The county.
    pub tenant: TenantId,
    /// The thing it opens.
    pub id: Uuid,
}

impl Once {
    /// The key that goes into the link.
    pub fn key(&self, secret: &Secret) -> String {
        let parts: [&[u8]; 3] = [self.of_use.as_bytes(), self.tenant.0.as_bytes(), self.id.as_bytes()];
        secret
            .keyed("one-time link", &parts)
            .iter()
            .fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
    }

    /// Whether what somebody brings is the key. Hashes are compared, so that the time it takes says nothing about the key.
    pub fn opens(&self, secret: &Secret, brought: &str) -> bool {
        hash(brought.as_bytes()) == hash(self.key(secret).as_bytes())
    }

    /// Counts a look or a try from one place: like codes and phrases, and together with them.
    ///
    /// # Errors
    /// [`StoreError::Down`].
    pub async fn may_look(app: &App, ctx: &Ctx, client: &str) -> Result<bool, StoreError> {
        limit::may_try(app, ctx, client).await
    }

    /// Counts something that is sent by this link.
    ///
    /// # Errors
    /// [`StoreError::Down`].
    pub async fn may_send(&self, app: &App, ctx: &Ctx, client: &str) -> Result<bool, StoreError> {
        let whose = [self.of_use.as_bytes(), self.id.as_bytes()].concat();
        Ok(Self::may_look(app, ctx, client).await?
            && limit::within(app, ctx, ("one-time link", &whose), OF_LINK).await?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(name: &str) -> Secret {
        let folder = std::env::temp_dir().join(format!("onedoor-once-{}-{name}", std::process::id()));
        let secret = Secret::load_or_create(&folder.join("secret.key")).unwrap();
        std::fs::remove_dir_all(folder).unwrap();
        secret
    }

    #[test]
    fn a_key_opens_one_thing_of_one_use_in_one_county_of_one_installation() {
        let (one, other) = (secret("one"), secret("other"));
        let id = |n: u128| Uuid::from_u128(n);
        let link = Once { of_use: "answer", tenant: TenantId(id(1)), id: id(2) };
        let key = link.key(&one);
        assert!(key.len() == 64 && link.opens(&one, &key));
        for another in [
            Once { of_use: "take over", ..link },
            Once { tenant: TenantId(id(3)), ..link },
            Once { id: id(3), ..link },
        ] {
            assert!(!another.opens(&one, &key) && !link.opens(&one, &another.key(&one)), "{another:?}");
        }
        assert!(!link.opens(&other, &key), "another installation");
        for guess in ["", &key[..63], &key.to_uppercase(), &"0".repeat(64)] {
            assert!(!link.opens(&one, guess), "{guess:?}");
        }
    }
}
