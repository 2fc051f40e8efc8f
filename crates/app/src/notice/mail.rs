//! E-mail by SMTP. Must not know what is said, or to whom besides the address.

use std::time::{Duration, SystemTime};

use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message, SinglePart};
use lettre::transport::smtp::Error;
use lettre::{Address, AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor};
use onedoor_domain::value::Email;

use super::transport::{NotSent, Parcel, Sent};
use crate::words::Lang;

/// A mail server.
#[derive(Clone, Debug)]
pub(super) struct Mail {
    server: AsyncSmtpTransport<Tokio1Executor>,
    patience: Duration,
}

impl Mail {
    /// The server at an address that the settings have checked.
    pub fn to(url: &str, patience: Duration) -> Option<Self> {
        let server = AsyncSmtpTransport::<Tokio1Executor>::from_url(url).ok()?;
        Some(Self { server: server.timeout(Some(patience)).build(), patience })
    }

    /// Hands it over, and keeps the server's answer. A server that is slow, down or not to be signed in to is tried again;
    /// one that refuses this message is believed.
    pub async fn send(&self, parcel: &Parcel, sender: &Mailbox, to: &Email) -> Result<Sent, NotSent> {
        let message = compose(parcel, sender, to)?;
        match tokio::time::timeout(self.patience, self.server.send(message)).await {
            Ok(Ok(response)) => {
                let said = response.message().collect::<Vec<_>>().join(" ");
                Ok(Sent::Handed(format!("{} {said}", response.code())))
            }
            Ok(Err(error)) if is_final(&error) => Err(NotSent::Refused(error.to_string())),
            Ok(Err(error)) => Err(NotSent::Later(error.to_string())),
            Err(_) => {
                let seconds = self.patience.as_secs().max(1).to_string();
                Err(NotSent::Later(Lang::default().tr("notice-mail-slow", &[("seconds", seconds)])))
            }
        }
    }
}

/// 53x speaks of our own sign-in to the server, not of this message.
fn is_final(error: &Error) -> bool {
    error.is_permanent() && !error.status().is_some_and(|code| code.to_string().starts_with("53"))
}

/// The e-mail as it travels: plain text, the sender's name only where it may be said.
pub(super) fn compose(parcel: &Parcel, sender: &Mailbox, to: &Email) -> Result<Message, NotSent> {
    let wrong = || NotSent::Refused(Lang::default().t("notice-mail-address"));
    let to: Address = to.as_str().parse().map_err(|_| wrong())?;
    let name = sender.name.clone().filter(|_| parcel.named);
    let mut message = Message::builder()
        .from(Mailbox::new(name, sender.email.clone()))
        .to(Mailbox::new(None, to))
        .subject(parcel.subject.clone())
        .date(SystemTime::from(parcel.at))
        .message_id(Some(format!("<{}@{}>", parcel.id, sender.email.domain())))
        .singlepart(SinglePart::plain(parcel.body.clone()))
        .map_err(|_| wrong())?;
    // Nobody's absence note needs to answer this.
    let name = HeaderName::new_from_ascii_str("Auto-Submitted");
    message.headers_mut().insert_raw(HeaderValue::new(name, "auto-generated".to_owned()));
    Ok(message)
}

/// The sender of spooled e-mails where the settings name none.
#[expect(clippy::expect_used, reason = "a fixed address is an address")]
pub(super) fn nobody() -> Mailbox {
    Mailbox::new(None, Address::new("nobody", "localhost").expect("an address"))
}
