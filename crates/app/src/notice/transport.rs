//! The ways out: e-mail by SMTP, everything else into the local spool. A demonstration sends nothing.
//!
//! At least once: a crash between a provider's answer and the commit sends the same message again, with the same
//! Message-ID or into the same spool file. Letters are never sent from here: a named human prints and posts them.

use std::path::PathBuf;
use std::time::Duration;

use jiff::Timestamp;
use lettre::message::Mailbox;
use onedoor_domain::value::{Email, Phone};

use super::mail::{self, Mail};
use super::spool;
use crate::settings::Settings;

/// Something to send.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Parcel {
    /// Makes sending it twice the same as once.
    pub id: String,
    /// Its file's name in the spool, without the ending.
    pub file: String,
    /// When.
    pub at: Timestamp,
    /// By which way, to whom.
    pub to: To,
    /// Whether the sender's name may be said.
    pub named: bool,
    /// For an e-mail.
    pub subject: String,
    /// What it says.
    pub body: String,
}

/// By which way, to whom.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum To {
    /// An e-mail.
    Email(Email),
    /// A text message.
    Text(Phone),
    /// A note for a human.
    Note,
}

/// It left, or lies in the spool.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Sent {
    /// A provider took it; its answer.
    Handed(String),
    /// It was written to a file of this name: nobody was told.
    Spooled(String),
}

/// It did not leave.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NotSent {
    /// For good; the provider's answer or ours.
    Refused(String),
    /// For now; the provider's answer or ours.
    Later(String),
}

/// How long a mail server may take for one message; less than a job's lease.
const PATIENCE: Duration = Duration::from_secs(10);

/// The ways out of one installation. Clones share the connections.
#[derive(Clone, Debug)]
pub struct Post {
    mail: Option<Mail>,
    sender: Mailbox,
    spool: PathBuf,
}

impl Post {
    /// The ways the settings name; in a demonstration only the spool, whatever they name.
    pub fn of(settings: &Settings) -> Self {
        Self::patient(settings, PATIENCE)
    }

    /// The same with another patience, for tests of a server that hangs.
    pub fn patient(settings: &Settings, patience: Duration) -> Self {
        let url = settings.smtp_url.as_ref().filter(|_| !settings.demo);
        let mail = url.and_then(|url| Mail::to(url.reveal(), patience));
        let sender = settings.mail_from.clone().unwrap_or_else(mail::nobody);
        Self { mail, sender, spool: settings.spool_dir.clone() }
    }

    /// Sends it by its way.
    ///
    /// # Errors
    /// [`NotSent`].
    pub async fn send(&self, parcel: &Parcel) -> Result<Sent, NotSent> {
        let (ending, bytes) = match (&parcel.to, &self.mail) {
            (To::Email(to), Some(mail)) => return mail.send(parcel, &self.sender, to).await,
            (To::Email(to), None) => ("eml", mail::compose(parcel, &self.sender, to)?.formatted()),
            (To::Text(to), _) => ("txt", format!("{to}\n\n{}\n", parcel.body).into_bytes()),
            (To::Note, _) => ("txt", format!("{}\n", parcel.body).into_bytes()),
        };
        let name = format!("{}.{ending}", parcel.file);
        let written = spool::write(self.spool.clone(), name.clone(), bytes).await;
        written.map(|()| Sent::Spooled(name)).map_err(|error| NotSent::Later(error.to_string()))
    }
}
