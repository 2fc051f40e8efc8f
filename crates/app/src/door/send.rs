//! Sending: the draft becomes a referral in one transaction. Safe to repeat: a draft is sent once, whatever breaks.

use jiff::Timestamp;
use onedoor_domain::access::Action;
use onedoor_domain::door::{Answers, Question, Referrer, SelfReferral};
use onedoor_domain::ids::DraftId;
use onedoor_domain::referral::Referral;
use onedoor_domain::value::{Line, Phone, Reference};
use onedoor_store::{Done, StoreError, Wrote};

use super::open;
use crate::web::app::random;
use crate::web::{Problem, Public};

/// So often another reference is tried, and a connection that broke while saving.
const TRIES: usize = 5;

/// What is sent.
#[derive(Clone, Debug)]
pub enum Sending {
    /// The whole draft.
    Whole,
    /// What was told so far; a name and a way to reach them are enough.
    SoFar,
    /// "Call me": a name and a number, with whatever else was answered.
    CallMe {
        /// What to call the person.
        called: Line,
        /// The number to ring.
        phone: Phone,
        /// What the person is called, where somebody else asks for them: then `called` is who asks.
        about: Option<Line>,
    },
}

/// What came of it.
#[derive(Debug)]
pub enum Outcome {
    /// It was sent now.
    Sent(Done<Wrote>),
    /// It was sent before; the confirmation is still there.
    Before,
    /// These questions must be answered first.
    Missing(Vec<Question>),
    /// The county has no team to send it to.
    NoTeam,
}

impl Sending {
    fn complete(&self, answers: &Answers, now: Timestamp) -> Result<SelfReferral, Vec<Question>> {
        match self {
            Self::Whole => SelfReferral::from_answers(answers, now),
            Self::SoFar => SelfReferral::so_far(answers, now),
            Self::CallMe { called, phone, about: None } => {
                Ok(SelfReferral::call_me(answers, called.clone(), phone.clone(), now))
            }
            Self::CallMe { called, phone, about: Some(about) } => {
                let asker =
                    Referrer { name: Some(called.clone()), ..answers.asker.clone().unwrap_or_default() };
                let answers = Answers { asker: Some(asker), ..answers.clone() };
                Ok(SelfReferral::call_me(&answers, about.clone(), phone.clone(), now))
            }
        }
    }
}

/// A reference nobody can guess.
pub fn new_reference() -> Reference {
    Reference::from_bytes(random())
}

/// Sends a draft. References are unique by a constraint: where one is taken, another is tried.
///
/// # Errors
/// [`Problem::Store`] with [`StoreError::Hidden`] for a draft that is not the visitor's.
pub async fn send(
    public: &Public,
    id: DraftId,
    sending: &Sending,
    mut reference: impl FnMut() -> Reference,
) -> Result<Outcome, Problem> {
    for _ in 0..TRIES {
        match once(public, id, sending, reference()).await {
            // Taken, or lost on the way: read again what is true now.
            Err(Problem::Store(StoreError::Stale | StoreError::Unknown(_))) => {}
            sent => return sent,
        }
    }
    Err(Problem::Fault("no reference was free"))
}

async fn once(
    public: &Public,
    id: DraftId,
    sending: &Sending,
    reference: Reference,
) -> Result<Outcome, Problem> {
    let Some((mut tx, draft)) = open(public, id, Action::DraftWrite).await? else {
        return Ok(Outcome::Before);
    };
    let complete = match sending.complete(&draft.answers, tx.ctx().now) {
        Ok(complete) => complete,
        Err(missing) => {
            tx.close().await?;
            return Ok(Outcome::Missing(missing));
        }
    };
    let county = match tx.county().await {
        Ok((county, _)) => Some(county),
        Err(StoreError::Hidden) => None,
        Err(error) => return Err(error.into()),
    };
    let Some((county, spoa)) = county.and_then(|county| county.spoa_team.map(|spoa| (county, spoa))) else {
        tx.close().await?;
        return Ok(Outcome::NoTeam);
    };
    let arrival = Referral::receive(tx.ctx(), draft, complete, reference, (&county, spoa))?;
    Ok(Outcome::Sent(tx.commit(arrival.changes).await?))
}
