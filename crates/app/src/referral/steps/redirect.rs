//! Redirecting: a senior chooses another service, the person is asked, the service is asked; taken back; and the panel
//! that decides when two services could not take the person. There is no step that lets go of anybody.

use onedoor_domain::actor::Ctx;
use onedoor_domain::change::{Changes, EventKind};
use onedoor_domain::county::County;
use onedoor_domain::directory::Service;
use onedoor_domain::handover::{Consent, Introduction, Receiver};
use onedoor_domain::referral::{Acceptance, Panel, Proposal, Referral, Sat};
use onedoor_domain::refused::Refused;
use onedoor_domain::team::Team;
use onedoor_domain::value::Text;

use crate::agreement;
use crate::referral::step::{Around, Asked, Step, StepWords};
use crate::referral::{ask, choose, names, record};
use crate::ui::{Choice, Markup, SelectOption};
use crate::web::form::{FieldError, FormErrors, RawForm};

/// Another service is chosen.
#[derive(Debug)]
pub enum HandOver {}

impl Step for HandOver {
    const KIND: EventKind = EventKind::HandoverProposed;
    const PATH: &'static str = "hand-over";
    const WORDS: StepWords =
        StepWords { title: "handover-title", intro: "handover-intro", button: "handover-button" };
    const FIELDS: &'static [(&'static str, &'static str)] = &[
        ("find", "choose-find"),
        ("find-place", "choose-place"),
        ("name", "handover-name"),
        ("phone", "handover-phone"),
        ("email", "handover-email"),
        ("address", "handover-address"),
        ("why", "handover-why"),
        ("said", "handover-said"),
        ("without", "handover-without-why"),
        ("differs-words", "matching-differs-words"),
    ];
    const DONE: &'static str = "proposed";
    const WEIGHS: bool = true;
    const DIRECTORY: bool = true;
    type Typed = Proposal;

    fn start(_: &Around) -> RawForm {
        RawForm::default()
    }

    fn controls(asked: &Asked<'_>) -> Vec<Markup> {
        let lang = asked.lang;
        let closed = agreement::not_offered(lang, &asked.around.county, &asked.around.teams);
        let here = asked.select("team", "handover-team", teams(asked.around));
        let here = Markup::all([here, Markup::paragraphs(closed)]);
        let outside = Markup::all([
            asked.line("name", "handover-name", "handover-name-hint"),
            asked.short("phone", "handover-phone", ("handover-phone-hint", 20)),
            asked.line("email", "handover-email", "handover-email-hint"),
            asked.area("address", "handover-address", "handover-address-hint"),
        ]);
        let to = vec![
            Choice::new("here", lang.t("handover-to-here")).reveals(here),
            Choice::new("directory", lang.t("handover-to-directory")).reveals(choose::one(asked)),
            Choice::new("outside", lang.t("handover-to-outside")).reveals(outside),
        ];
        let mut consent = consents(asked);
        consent.push(
            Choice::new("ask", lang.t("handover-consent-ask")).hint(lang.t("handover-consent-ask-hint")),
        );
        vec![
            asked.radios("to", "handover-to", to),
            asked.area("why", "handover-why", "handover-why-hint"),
            asked.radios("consent", "handover-consent", consent),
            wish(asked),
        ]
    }

    fn read(raw: &RawForm, errors: &mut FormErrors, around: &Around) -> Option<Proposal> {
        let to = read_receiver(raw, errors, around);
        let why = ask::text(raw, errors, "why", "handover-why-missing");
        let consent =
            if raw.text("consent") == "ask" { Some(Consent::ToAsk) } else { read_consent(raw, errors) };
        let wish = Introduction::from_code(raw.text("wish"));
        Some(Proposal { to: to?, why: why?, consent: consent?, wish })
    }

    fn apply(referral: Referral, ctx: &Ctx, typed: Proposal, county: &County) -> Result<Changes, Refused> {
        referral.propose(ctx, typed, county)
    }

    fn at_fault(refused: Refused) -> &'static str {
        if refused == Refused::NoWayToAsk { "phone" } else { "to" }
    }
}

/// Teams that can be asked: every one in use but the one that asks, and partners with an agreement in force.
fn teams(around: &Around) -> Vec<SelectOption> {
    let asks = around.county.spoa_team;
    let others = around.teams.iter().filter(|team| team.active && Some(team.id) != asks);
    let others = others.filter(|team| around.county.may_be_offered(team.id));
    others.map(|team| SelectOption { value: team.id.to_string(), text: team.name.to_string() }).collect()
}

fn read_receiver(raw: &RawForm, errors: &mut FormErrors, around: &Around) -> Option<Receiver> {
    match raw.text("to") {
        "here" => ask::choice((raw, errors), ("team", "handover-team-missing"), |chosen| {
            let asks = around.county.spoa_team;
            let mut others = around.teams.iter().filter(|team| team.active && Some(team.id) != asks);
            let team = others.find(|team| team.id.to_string() == chosen)?;
            Some(Receiver::Team { team: team.id, name: team.name.clone() })
        }),
        "directory" => {
            let chosen = choose::chosen(raw, &around.services).first().map(|service| listed(service));
            errors.keep(chosen.ok_or_else(|| FieldError::new("find", "choose-one-missing")))
        }
        "outside" => {
            let name = ask::line(raw, errors, "name", "handover-name-missing");
            let phone = errors.keep(raw.optional("phone", |_| "handover-phone-wrong"));
            let email = errors.keep(raw.optional("email", |_| "handover-email-wrong"));
            let address = ask::optional_text(raw, errors, "address");
            Some(Receiver::Outside { name: name?, email: email?, phone: phone?, address, service: None })
        }
        _ => {
            errors.push(FieldError::new("to", "handover-to-missing"));
            None
        }
    }
}

/// A service of the directory, with the contact it has there now.
fn listed(service: &Service) -> Receiver {
    let entry = service.entry();
    Receiver::Outside {
        name: entry.name.clone(),
        email: entry.email.clone(),
        phone: entry.all_phones().find_map(|phone| phone.number.as_str().parse().ok()),
        address: None,
        service: Some(service.id),
    }
}

/// The person was asked.
#[derive(Debug)]
pub enum Offer {}

impl Step for Offer {
    const KIND: EventKind = EventKind::HandoverOffered;
    const PATH: &'static str = "offer";
    const WORDS: StepWords = StepWords {
        title: "handover-offer-title",
        intro: "handover-offer-intro",
        button: "handover-offer-button",
    };
    const FIELDS: &'static [(&'static str, &'static str)] =
        &[("said", "handover-said"), ("without", "handover-without-why")];
    const DONE: &'static str = "offered";
    type Typed = (Consent, Option<Introduction>);

    fn start(around: &Around) -> RawForm {
        let wish = record::handover(&around.view.revealed).and_then(|handover| handover.wish);
        let fields = wish.map(|wish| ("wish".to_owned(), wish.code().to_owned()));
        ask::filled(fields.as_slice())
    }

    fn controls(asked: &Asked<'_>) -> Vec<Markup> {
        vec![asked.radios("consent", "handover-consent", consents(asked)), wish(asked)]
    }

    fn read(raw: &RawForm, errors: &mut FormErrors, _: &Around) -> Option<Self::Typed> {
        Some((read_consent(raw, errors)?, Introduction::from_code(raw.text("wish"))))
    }

    fn apply(
        referral: Referral,
        ctx: &Ctx,
        (consent, wish): Self::Typed,
        county: &County,
    ) -> Result<Changes, Refused> {
        referral.offer(ctx, consent, wish, county)
    }

    fn at_fault(_: Refused) -> &'static str {
        "consent"
    }
}

fn consents(asked: &Asked<'_>) -> Vec<Choice> {
    let lang = asked.lang;
    vec![
        Choice::new("agrees", lang.t("handover-consent-agrees")).reveals(asked.line(
            "said",
            "handover-said",
            "handover-said-hint",
        )),
        Choice::new("without", lang.t("handover-consent-without")).reveals(asked.area(
            "without",
            "handover-without-why",
            "handover-without-hint",
        )),
    ]
}

fn read_consent(raw: &RawForm, errors: &mut FormErrors) -> Option<Consent> {
    match raw.text("consent") {
        "agrees" => Some(Consent::Agrees { said: ask::optional_text(raw, errors, "said") }),
        "without" => {
            ask::text(raw, errors, "without", "handover-without-missing").map(|why| Consent::Without { why })
        }
        _ => {
            errors.push(FieldError::new("consent", "handover-consent-missing"));
            None
        }
    }
}

fn wish(asked: &Asked<'_>) -> Markup {
    let lang = asked.lang;
    let ways = Introduction::ALL.map(|way| Choice::new(way.code(), lang.t(names::introduction(way))));
    asked.radios("wish", "handover-wish", ways.into())
}

/// A senior takes it back.
#[derive(Debug)]
pub enum TakeBack {}

impl Step for TakeBack {
    const KIND: EventKind = EventKind::HandoverTakenBack;
    const PATH: &'static str = "take-back";
    const WORDS: StepWords = StepWords {
        title: "handover-back-title",
        intro: "handover-back-intro",
        button: "handover-back-button",
    };
    const FIELDS: &'static [(&'static str, &'static str)] = &[("why", "handover-back-why")];
    const DONE: &'static str = "taken-back";
    type Typed = Text;

    fn start(_: &Around) -> RawForm {
        RawForm::default()
    }

    fn controls(asked: &Asked<'_>) -> Vec<Markup> {
        vec![asked.area("why", "handover-back-why", "handover-back-why-hint")]
    }

    fn read(raw: &RawForm, errors: &mut FormErrors, _: &Around) -> Option<Text> {
        ask::text(raw, errors, "why", "handover-back-why-missing")
    }

    fn apply(referral: Referral, ctx: &Ctx, why: Text, county: &County) -> Result<Changes, Refused> {
        referral.take_back(ctx, why, county)
    }

    fn at_fault(_: Refused) -> &'static str {
        "why"
    }
}

/// The panel after two services could not take the person.
#[derive(Debug)]
pub enum HoldPanel {}

impl Step for HoldPanel {
    const KIND: EventKind = EventKind::PanelHeld;
    const PATH: &'static str = "panel";
    const WORDS: StepWords = StepWords {
        title: "handover-panel-title",
        intro: "handover-panel-intro",
        button: "handover-panel-button",
    };
    const FIELDS: &'static [(&'static str, &'static str)] = &[
        ("lead", "handover-panel-lead"),
        ("manager", "handover-panel-manager"),
        ("others", "handover-panel-others"),
        ("contact-name", "referral-accept-contact-name"),
        ("next-step", "referral-accept-next-step"),
        ("next-on", "referral-accept-next-on"),
    ];
    const DONE: &'static str = "panel-held";
    type Typed = Panel;

    fn start(_: &Around) -> RawForm {
        RawForm::default()
    }

    fn controls(asked: &Asked<'_>) -> Vec<Markup> {
        let county = &asked.around.county;
        let holds =
            |team: &&Team| team.active && county.may_be_offered(team.id) && county.spoa_team != Some(team.id);
        let all = asked.around.teams.iter().filter(holds);
        let all = all.map(|team| SelectOption { value: team.id.to_string(), text: team.name.to_string() });
        vec![
            asked.line("lead", "handover-panel-lead", "handover-panel-lead-hint"),
            asked.line("manager", "handover-panel-manager", "handover-panel-manager-hint"),
            asked.area("others", "handover-panel-others", "handover-panel-others-hint"),
            asked.select("team", "handover-panel-team", all.collect()),
            asked.line("contact-name", "referral-accept-contact-name", "referral-accept-contact-name-hint"),
            asked.area("next-step", "referral-accept-next-step", "referral-accept-next-step-hint"),
            asked.date("next-on", "referral-accept-next-on", "referral-accept-next-on-hint"),
        ]
    }

    fn read(raw: &RawForm, errors: &mut FormErrors, around: &Around) -> Option<Panel> {
        let lead = ask::line(raw, errors, "lead", "handover-panel-lead-missing");
        let manager = ask::line(raw, errors, "manager", "handover-panel-manager-missing");
        let others = ask::optional_text(raw, errors, "others");
        let holds: Option<Acceptance> = super::decide::read_acceptance(raw, errors, around);
        Some(Panel { sat: Sat { lead: lead?, manager: manager?, others }, holds: holds? })
    }

    fn apply(referral: Referral, ctx: &Ctx, typed: Panel, county: &County) -> Result<Changes, Refused> {
        referral.hold_panel(ctx, typed, county)
    }

    fn at_fault(refused: Refused) -> &'static str {
        match refused {
            Refused::DateInPast => "next-on",
            Refused::PanelOfOne => "manager",
            _ => "team",
        }
    }
}
