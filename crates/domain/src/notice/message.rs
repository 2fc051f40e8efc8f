//! What messages say, as facts. Who gets one, by which way and whether it arrived is not here.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::ids::HandoverId;
use crate::matching::Signal;
use crate::value::{Line, Phone, Reference, Text};

/// What a message says, as facts; the words are made when it is sent.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "says")]
pub enum Message {
    /// We have your request.
    Received {
        /// The reference.
        reference: Reference,
        /// By when somebody senior will have read it.
        read_by: Timestamp,
    },
    /// A team has accepted.
    Accepted {
        /// The reference.
        reference: Reference,
        /// The team's name.
        team: Line,
        /// Who to ask for.
        contact_name: Line,
        /// What happens next.
        next_step: Text,
        /// On which day.
        next_on: Date,
        /// What they told us themselves that it rests on, said back to them.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        because: Vec<Signal>,
    },
    /// Advice was given.
    Advised {
        /// The reference.
        reference: Reference,
        /// The advice.
        advice: Text,
        /// Other places that help.
        options: Text,
        /// When we will ask how things are.
        follow_up_on: Date,
        /// What they told us themselves that it rests on, said back to them.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        because: Vec<Signal>,
    },
    /// The request was withdrawn; the door stays open.
    Withdrawn {
        /// The reference.
        reference: Reference,
    },
    /// There is one live referral; this one was joined to it.
    Duplicate {
        /// The reference.
        reference: Reference,
        /// The live one.
        live: Reference,
    },
    /// To a person who knows of it and agrees: somebody asked us to help you, and we have it.
    AskedFor {
        /// The reference.
        reference: Reference,
        /// By when somebody senior will have read it.
        read_by: Timestamp,
    },
    /// To a service: somebody waits for your answer. Never who, or why.
    HandoverOffered {
        /// The reference.
        reference: Reference,
        /// Which handover: its one-time link is made when it is sent.
        handover: HandoverId,
        /// By when it answers.
        answer_by: Timestamp,
    },
    /// To a service that takes somebody: the link by which it says that they have met. Never who, or why.
    HandoverCarry {
        /// The reference.
        reference: Reference,
        /// Which handover.
        handover: HandoverId,
        /// By when they have met.
        meet_by: Timestamp,
    },
    /// To the person: another service takes you; we hold you until you have met.
    HandoverAccepted {
        /// The reference.
        reference: Reference,
        /// Which handover.
        handover: HandoverId,
        /// The service.
        to: Line,
        /// What it says of itself.
        #[serde(default)]
        about: Option<Text>,
        /// Who gets in touch.
        contact_name: Line,
        /// How.
        next: Text,
        /// On which day, if they said one.
        #[serde(default)]
        on: Option<Date>,
        /// By when they have met you.
        meet_by: Timestamp,
        /// What they told us themselves that it rests on, said back to them.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        because: Vec<Signal>,
    },
    /// To the person: this is who of the service gets in touch, how and by when.
    Introduction {
        /// The reference.
        reference: Reference,
        /// Which handover.
        handover: HandoverId,
        /// The service.
        to: Line,
        /// Who gets in touch.
        contact_name: Line,
        /// How.
        next: Text,
        /// On which day, if they said one.
        #[serde(default)]
        on: Option<Date>,
        /// By when they have met you.
        meet_by: Timestamp,
    },
    /// To the service: we wrote to the person that one of yours gets in touch. Never who, or why.
    IntroductionCopy {
        /// The reference.
        reference: Reference,
        /// Which handover.
        handover: HandoverId,
        /// Who gets in touch.
        contact_name: Line,
        /// By when they have met.
        meet_by: Timestamp,
    },
    /// To the person: that service was not the right one; we still hold you.
    HandoverBack {
        /// The reference.
        reference: Reference,
        /// Which handover.
        handover: HandoverId,
        /// The service.
        to: Line,
        /// By when it is decided anew.
        decide_by: Timestamp,
    },
    /// To a practice: please say that you have read our letter. Never who, or what it said.
    GpReminder {
        /// The reference.
        reference: Reference,
    },
    /// Another service has met the person and takes care of them.
    Redirected {
        /// The reference.
        reference: Reference,
        /// The service.
        to: Line,
        /// Who to ask for.
        contact_name: Line,
        /// What happens next.
        next: Text,
    },
    /// We have one question about a request. Neither the question nor the person is in it.
    Enquiry {
        /// The reference.
        reference: Reference,
        /// The person themselves is asked.
        own: bool,
        /// Until when it can be answered.
        answer_by: Timestamp,
    },
    /// To the person: who is there for them, and how to reach them.
    KeyWorker {
        /// The reference.
        reference: Reference,
        /// The team.
        team: Line,
        /// The name.
        name: Line,
        /// What they are, in words.
        role: Option<Line>,
        /// The number they are reached on.
        number: Option<Phone>,
        /// Whether somebody else was there before.
        instead: bool,
    },
    /// To whoever asked for somebody else: as much as the person agrees to.
    ToReferrer {
        /// The reference.
        reference: Reference,
        /// What there is to say.
        news: News,
    },
}

/// What whoever asked for somebody else is told. Never advice, never what the person said.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "news")]
pub enum News {
    /// It arrived.
    Received {
        /// By when somebody senior will have read it.
        read_by: Timestamp,
    },
    /// It is being dealt with; the person has not agreed to more.
    Dealt,
    /// A team has accepted.
    Accepted {
        /// The team's name.
        team: Line,
        /// Who to ask for.
        contact_name: Line,
        /// On which day the next step is.
        next_on: Date,
    },
    /// Another service takes care of the person.
    Redirected {
        /// The service.
        to: Line,
    },
    /// Advice was given to the person.
    Advised {
        /// When we ask them how things are.
        follow_up_on: Date,
    },
    /// The person does not want to go on for now.
    Withdrawn,
    /// It was joined to another request for the same person.
    Joined,
}

impl News {
    /// Whether it says no more than that it arrived and is dealt with.
    pub fn is_least(&self) -> bool {
        match self {
            Self::Received { .. } | Self::Dealt => true,
            Self::Accepted { .. }
            | Self::Redirected { .. }
            | Self::Advised { .. }
            | Self::Withdrawn
            | Self::Joined => false,
        }
    }
}

impl Message {
    /// The message suffix.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Received { .. } => "received",
            Self::Accepted { .. } => "accepted",
            Self::Advised { .. } => "advised",
            Self::Withdrawn { .. } => "withdrawn",
            Self::Duplicate { .. } => "duplicate",
            Self::AskedFor { .. } => "asked-for",
            Self::HandoverOffered { .. } => "handover-offered",
            Self::HandoverCarry { .. } => "handover-carry",
            Self::HandoverAccepted { .. } => "handover-accepted",
            Self::Introduction { .. } => "introduction",
            Self::IntroductionCopy { .. } => "introduction-copy",
            Self::HandoverBack { .. } => "handover-back",
            Self::GpReminder { .. } => "gp-reminder",
            Self::Redirected { .. } => "redirected",
            Self::Enquiry { .. } => "enquiry",
            Self::KeyWorker { .. } => "key-worker",
            Self::ToReferrer { .. } => "to-referrer",
        }
    }

    /// What the person told us themselves that it rests on.
    pub fn reasons(&self) -> &[Signal] {
        match self {
            Self::Accepted { because, .. }
            | Self::Advised { because, .. }
            | Self::HandoverAccepted { because, .. } => because,
            Self::Received { .. }
            | Self::Withdrawn { .. }
            | Self::Duplicate { .. }
            | Self::AskedFor { .. }
            | Self::HandoverOffered { .. }
            | Self::HandoverCarry { .. }
            | Self::Introduction { .. }
            | Self::IntroductionCopy { .. }
            | Self::HandoverBack { .. }
            | Self::GpReminder { .. }
            | Self::Redirected { .. }
            | Self::Enquiry { .. }
            | Self::KeyWorker { .. }
            | Self::ToReferrer { .. } => &[],
        }
    }

    /// The same for somebody else than the person: their own words about themselves are said back to them alone.
    #[must_use]
    pub fn without_reasons(mut self) -> Self {
        match &mut self {
            Self::Accepted { because, .. }
            | Self::Advised { because, .. }
            | Self::HandoverAccepted { because, .. } => because.clear(),
            Self::Received { .. }
            | Self::Withdrawn { .. }
            | Self::Duplicate { .. }
            | Self::AskedFor { .. }
            | Self::HandoverOffered { .. }
            | Self::HandoverCarry { .. }
            | Self::Introduction { .. }
            | Self::IntroductionCopy { .. }
            | Self::HandoverBack { .. }
            | Self::GpReminder { .. }
            | Self::Redirected { .. }
            | Self::Enquiry { .. }
            | Self::KeyWorker { .. }
            | Self::ToReferrer { .. } => {}
        }
        self
    }

    /// Whether it says no more than that a request arrived.
    pub fn is_receipt(&self) -> bool {
        match self {
            Self::Received { .. } | Self::AskedFor { .. } => true,
            Self::ToReferrer { news, .. } => matches!(news, News::Received { .. }),
            Self::Accepted { .. }
            | Self::Advised { .. }
            | Self::Withdrawn { .. }
            | Self::Duplicate { .. }
            | Self::HandoverOffered { .. }
            | Self::HandoverCarry { .. }
            | Self::HandoverAccepted { .. }
            | Self::Introduction { .. }
            | Self::IntroductionCopy { .. }
            | Self::HandoverBack { .. }
            | Self::GpReminder { .. }
            | Self::KeyWorker { .. }
            | Self::Redirected { .. }
            | Self::Enquiry { .. } => false,
        }
    }

    /// Whether it says who the key worker is: the person is owed that for itself, beside what was decided.
    pub fn is_of_worker(&self) -> bool {
        matches!(self, Self::KeyWorker { .. })
    }

    /// The handover that this message to the person introduces.
    pub fn introduces(&self) -> Option<HandoverId> {
        if let Self::Introduction { handover, .. } = self { Some(*handover) } else { None }
    }

    /// The handover it is about, while it was on its way or when it came back: news that the next step overtakes.
    pub fn handover(&self) -> Option<HandoverId> {
        match self {
            Self::HandoverOffered { handover, .. }
            | Self::HandoverCarry { handover, .. }
            | Self::HandoverAccepted { handover, .. }
            | Self::Introduction { handover, .. }
            | Self::IntroductionCopy { handover, .. }
            | Self::HandoverBack { handover, .. } => Some(*handover),
            Self::Received { .. }
            | Self::Accepted { .. }
            | Self::Advised { .. }
            | Self::Withdrawn { .. }
            | Self::Duplicate { .. }
            | Self::AskedFor { .. }
            | Self::GpReminder { .. }
            | Self::Redirected { .. }
            | Self::Enquiry { .. }
            | Self::KeyWorker { .. }
            | Self::ToReferrer { .. } => None,
        }
    }
}
