//! Fifty people at once who sign in as people do: an account each, made by `onedoor admin create`, a password of their own
//! (argon2id) and the six digits of an app.

use std::net::SocketAddr;
use std::thread;
use std::time::{SystemTime, UNIX_EPOCH};

use super::host::Host;
use super::totp;
use super::wire::Wire;
use crate::sh::{self, Outcome};

/// So many.
pub const PEOPLE: usize = 50;
const PASSWORD: &str = "seven brown herons at noon";

/// An account and the key of its app.
struct Account {
    email: String,
    key: String,
}

/// Makes the accounts, and signs everybody in at the same moment.
pub fn sign_in_together(host: &Host, run: u64) -> Outcome {
    let accounts: Vec<Account> = (0..PEOPLE).map(|n| account(host, run, n)).collect::<Outcome<_>>()?;
    let addr = host.addr();
    thread::scope(|scope| {
        let one = |(n, account): (usize, &Account)| enter(addr, n, account);
        let running: Vec<_> =
            accounts.iter().enumerate().map(|each| scope.spawn(move || one(each))).collect();
        let ended =
            |one: thread::ScopedJoinHandle<Outcome>| one.join().unwrap_or_else(|_| Err("stopped".to_owned()));
        running.into_iter().try_for_each(ended)
    })
}

fn account(host: &Host, run: u64, n: usize) -> Outcome<Account> {
    let email = format!("bench-{run}-{n}-{}@example.org", std::process::id());
    let mut made = host.command(&["admin", "create", "--again", "--name", "Robin Bench", "--email", &email]);
    let said = sh::capture(&mut made)?;
    let path = said
        .split_whitespace()
        .find_map(|word| Some(format!("/invitation/{}", word.split_once("/invitation/")?.1)));
    let path = path.ok_or("admin create gave no link")?;
    let mut wire = from_afar(host.addr(), n);
    let page = wire.get(&path)?.expect(200, "the one-time link")?.text();
    let key = shown_key(&page).ok_or("the one-time link shows no key")?;
    let factor = between(&page, "name=\"factor\" value=\"", "\"").ok_or("the form carries no factor")?;
    let fields = [("new-password", PASSWORD), ("code", &now(&key)?), ("factor", &factor)];
    wire.post(&path, &fields)?.expect(303, "setting up an account")?;
    Ok(Account { email, key })
}

fn enter(addr: SocketAddr, n: usize, account: &Account) -> Outcome {
    let mut wire = from_afar(addr, n);
    let first = wire.post("/sign-in", &[("email", &account.email), ("password", PASSWORD)])?;
    wire.cookies = first.expect(303, "the password")?.cookies.join("; ");
    let second = wire.post("/sign-in/code", &[("code", &now(&account.key)?)])?.expect(303, "the code")?;
    if second.cookies.iter().any(|cookie| cookie.starts_with("session=")) {
        Ok(())
    } else {
        Err("the code did not sign anybody in".to_owned())
    }
}

/// Each from a place of their own: tries are counted by place.
fn from_afar(addr: SocketAddr, n: usize) -> Wire {
    let mut wire = Wire::new(addr);
    wire.extra = format!("X-Forwarded-For: 192.0.2.{}\r\n", n + 1);
    wire
}

fn now(key: &str) -> Outcome<String> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    totp::code(key, since.as_secs()).ok_or_else(|| "the app's key cannot be read".to_owned())
}

/// The key as it is shown to be typed in.
fn shown_key(page: &str) -> Option<String> {
    between(page, "<code class=\"od-secret\">", "</code>")
}

fn between(text: &str, before: &str, after: &str) -> Option<String> {
    let (_, rest) = text.split_once(before)?;
    Some(rest.split_once(after)?.0.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn key_and_factor_are_found_on_the_page() {
        let page = "<p><code class=\"od-secret\">GEZD GNBV</code></p><input type=\"hidden\" name=\"factor\" value=\"0af3\">";
        assert_eq!(shown_key(page).as_deref(), Some("GEZD GNBV"));
        assert_eq!(between(page, "name=\"factor\" value=\"", "\"").as_deref(), Some("0af3"));
        assert_eq!(shown_key("<p>"), None);
    }
}
