//! Being with the person: contacts and attempts, and the check after advice.

use jiff::Timestamp;
use onedoor_domain::actor::Ctx;
use onedoor_domain::change::{Changes, EventKind};
use onedoor_domain::county::County;
use onedoor_domain::episode::Mode;
use onedoor_domain::referral::{ContactMade, FollowUp as Checked, Heard, Referral};
use onedoor_domain::refused::Refused;
use onedoor_domain::unmet::{Occasion, Wish};

use crate::referral::needs::{self, Asking};
use crate::referral::step::{Around, Asked, Step, StepWords};
use crate::referral::{ask, names, record};
use crate::ui::{Choice, Markup};
use crate::web::form::{FormErrors, RawForm};

/// A contact, or an attempt at one.
#[derive(Debug)]
pub enum Contact {}

pub(crate) const WHEN: (&str, &str) = ("contact-on", "contact-at");

impl Step for Contact {
    const KIND: EventKind = EventKind::ContactRecorded;
    const PATH: &'static str = "contact";
    const WORDS: StepWords = StepWords {
        title: "referral-contact-title",
        intro: "referral-contact-intro",
        button: "referral-contact-button",
    };
    const FIELDS: &'static [(&'static str, &'static str)] = &[
        ("contact-on", "referral-contact-on"),
        ("contact-at", "referral-contact-at"),
        ("mode", "referral-contact-mode"),
        ("reached", "referral-contact-was-reached"),
        ("told", "referral-contact-told"),
        ("agrees", "referral-contact-agrees"),
        ("may-tell", "referral-contact-may-tell"),
        ("next", "referral-contact-next"),
        ("needs", "referral-needs-asked"),
        ("needs-why", "referral-needs-why"),
    ];
    const DONE: &'static str = "contact";
    type Typed = ContactMade;

    fn start(around: &Around) -> RawForm {
        ask::filled(&ask::moment_fields(WHEN, around.now))
    }

    fn controls(asked: &Asked<'_>) -> Vec<Markup> {
        let lang = asked.lang;
        let modes = Mode::ALL.map(|mode| Choice::new(mode.code(), lang.t(names::mode(mode))));
        let reached = [
            Choice::new("yes", lang.t("referral-contact-yes")).hint(lang.t("referral-contact-yes-hint")),
            Choice::new("no", lang.t("referral-contact-no")).hint(lang.t("referral-contact-no-hint")),
        ];
        let mut controls = vec![
            asked.date("contact-on", "referral-contact-on", "referral-contact-on-hint"),
            asked.short("contact-at", "referral-contact-at", ("referral-contact-at-hint", 5)),
            asked.radios("mode", "referral-contact-mode", modes.into()),
            asked.radios("reached", "referral-contact-was-reached", reached.into()),
        ];
        controls.extend(needs_asked(asked));
        if asked_for_them(asked.around) {
            controls.extend(about_the_request(asked));
        }
        controls.push(asked.area("next", "referral-contact-next", "referral-contact-next-hint"));
        controls
    }

    fn read(raw: &RawForm, errors: &mut FormErrors, around: &Around) -> Option<ContactMade> {
        let at = ask::moment(raw, errors, WHEN);
        let mode = ask::choice((raw, errors), ("mode", "referral-contact-mode-missing"), Mode::from_code);
        let reached = ask::choice((raw, errors), ("reached", "referral-contact-reached-missing"), yes_or_no);
        let next = ask::text(raw, errors, "next", "referral-contact-next-missing");
        let heard = Heard {
            told: raw.text("told") == "yes",
            agrees: yes_or_no(raw.text("agrees")),
            may_tell: raw.text("may-tell") == "yes",
        };
        let needs = needs::read(raw, errors);
        let at = this_minute(at?, around.now);
        Some(ContactMade { at, mode: mode?, reached: reached?, next: next?, needs, heard })
    }

    fn apply(referral: Referral, ctx: &Ctx, typed: ContactMade, _: &County) -> Result<Changes, Refused> {
        referral.record_contact(ctx, typed)
    }

    fn at_fault(refused: Refused) -> &'static str {
        match refused {
            Refused::NotDue => "contact-at",
            Refused::NeedsNotSaid => "needs",
            _ => "next",
        }
    }
}

/// A form knows minutes: "now" is this minute, and must not lie before a clock that started within it.
pub(crate) fn this_minute(typed: Timestamp, now: Timestamp) -> Timestamp {
    let late = now.duration_since(typed).as_secs();
    if (0..60).contains(&late) { now } else { typed }
}

/// Whether they had what they asked for: for the way that was chosen, and before one is chosen for every way that could be.
/// A way that is not one of their safe ones is asked about only once it was chosen.
fn needs_asked(asked: &Asked<'_>) -> Option<Markup> {
    let reached = asked.raw.text("reached") != "no";
    let revealed = &asked.around.view.revealed;
    let for_mode = |mode| needs::wishes(revealed, Occasion::Contact { mode, reached });
    let wishes = if let Some(mode) = Mode::from_code(asked.raw.text("mode")) {
        for_mode(mode)
    } else {
        let all: Vec<Wish> = Mode::ALL.into_iter().flat_map(for_mode).collect();
        let first = |place: usize, wish: &Wish| all.iter().position(|one| one == wish) == Some(place);
        let kept =
            all.iter().enumerate().filter(|(place, wish)| **wish != Wish::SafeWay && first(*place, wish));
        kept.map(|(_, wish)| *wish).collect()
    };
    Asking { lang: asked.lang, raw: asked.raw, errors: asked.errors, ending: String::new() }.needs(&wishes)
}

/// Whether somebody else asked for the person: then the person's own word is still to be heard.
fn asked_for_them(around: &Around) -> bool {
    record::asked_by(&around.view.revealed).is_some_and(|asked| asked.origin.behalf().is_some())
}

/// Whether they were told of it, agree, and allow that whoever asked is told.
fn about_the_request(asked: &Asked<'_>) -> Vec<Markup> {
    let lang = asked.lang;
    let choices = |not: &str| {
        vec![
            Choice::new("yes", lang.t("referral-contact-said-yes")),
            Choice::new("no", lang.t("referral-contact-said-no")),
            Choice::new("", lang.t(not)),
        ]
    };
    let field = |name: &str, label: &str, hint: &str| asked.field(name, label).hint(lang.t(hint));
    vec![
        asked.radios_with(
            field("told", "referral-contact-told", "referral-contact-told-hint"),
            choices("referral-contact-not-said").into_iter().take(2).collect(),
        ),
        asked.radios_with(
            field("agrees", "referral-contact-agrees", "referral-contact-agrees-hint"),
            choices("referral-contact-not-said"),
        ),
        asked.radios_with(
            field("may-tell", "referral-contact-may-tell", "referral-contact-may-tell-hint"),
            choices("referral-contact-not-said").into_iter().take(2).collect(),
        ),
    ]
}

fn yes_or_no(code: &str) -> Option<bool> {
    match code {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

/// How the check after advice went.
#[derive(Debug)]
pub enum FollowUp {}

impl Step for FollowUp {
    const KIND: EventKind = EventKind::FollowedUp;
    const PATH: &'static str = "follow-up";
    const WORDS: StepWords = StepWords {
        title: "referral-follow-up-title",
        intro: "referral-follow-up-intro",
        button: "referral-follow-up-button",
    };
    const FIELDS: &'static [(&'static str, &'static str)] =
        &[("outcome", "referral-follow-up-outcome"), ("said", "referral-follow-up-said")];
    const DONE: &'static str = "followed-up";
    type Typed = Checked;

    fn start(_: &Around) -> RawForm {
        RawForm::default()
    }

    fn controls(asked: &Asked<'_>) -> Vec<Markup> {
        let lang = asked.lang;
        let outcomes = [
            Choice::new("better", lang.t("referral-follow-up-better")),
            Choice::new("not-better", lang.t("referral-follow-up-not-better"))
                .hint(lang.t("referral-follow-up-reopens")),
            Choice::new("no-answer", lang.t("referral-follow-up-no-answer"))
                .hint(lang.t("referral-follow-up-reopens")),
        ];
        vec![
            asked.radios("outcome", "referral-follow-up-outcome", outcomes.into()),
            asked.area("said", "referral-follow-up-said", "referral-follow-up-said-hint"),
        ]
    }

    fn read(raw: &RawForm, errors: &mut FormErrors, _: &Around) -> Option<Checked> {
        let known =
            |code: &str| ["better", "not-better", "no-answer"].into_iter().find(|known| *known == code);
        let outcome = ask::choice((raw, errors), ("outcome", "referral-follow-up-outcome-missing"), known);
        let said = ask::text(raw, errors, "said", "referral-follow-up-said-missing")?;
        Some(match outcome? {
            "better" => Checked::Better { said },
            "not-better" => Checked::NotBetter { said },
            _ => Checked::NoAnswer { tried: said },
        })
    }

    fn apply(referral: Referral, ctx: &Ctx, typed: Checked, county: &County) -> Result<Changes, Refused> {
        referral.follow_up(ctx, typed, county)
    }

    fn at_fault(_: Refused) -> &'static str {
        "outcome"
    }
}
