//! What a senior learned that nobody was asked at the door: plain facts, each yes, no or not known. Never a score.

use std::collections::BTreeMap;

use onedoor_domain::actor::Ctx;
use onedoor_domain::change::{Changes, EventKind};
use onedoor_domain::county::County;
use onedoor_domain::matching::{Known, Said, Signal, SignalGroup};
use onedoor_domain::referral::Referral;
use onedoor_domain::refused::Refused;

use crate::matching::words;
use crate::referral::step::{Around, Asked, Step, StepWords};
use crate::referral::{ask, matching};
use crate::ui::{Choice, Fieldset, Heading, Markup, Radios, Size};
use crate::web::form::{FormErrors, RawForm};

/// Write down what was learned.
#[derive(Debug)]
pub enum Signs {}

const ANSWERS: [(&str, Option<bool>); 3] = [("yes", Some(true)), ("no", Some(false)), ("unknown", None)];

/// The name of a signal's field; no field of the form is called like a signal alone.
fn field(signal: Signal) -> String {
    format!("sign-{}", signal.code())
}

fn code(answer: Option<bool>) -> &'static str {
    match answer {
        Some(true) => "yes",
        Some(false) => "no",
        None => "unknown",
    }
}

/// What a senior wrote down before.
fn written(around: &Around, signal: Signal) -> Option<bool> {
    let notes = matching::of(&around.view.revealed).map(|matching| matching.signs.as_slice());
    let note = notes.unwrap_or_default().iter().find(|note| note.signal == signal);
    note.and_then(|note| note.answer)
}

/// What somebody else than staff told us.
fn told(around: &Around, signal: Signal) -> Option<Known> {
    let known = matching::of(&around.view.revealed).and_then(|matching| matching.picture.of(signal));
    known.filter(|known| matches!(known.said, Said::Person | Said::Other))
}

impl Step for Signs {
    const KIND: EventKind = EventKind::SignsRecorded;
    const PATH: &'static str = "signs";
    const WORDS: StepWords = StepWords {
        title: "matching-signs-title",
        intro: "matching-signs-intro",
        button: "matching-signs-button",
    };
    const FIELDS: &'static [(&'static str, &'static str)] = &[];
    const DONE: &'static str = "learned";
    type Typed = BTreeMap<Signal, Option<bool>>;

    fn start(around: &Around) -> RawForm {
        let asked = Signal::all().filter(|signal| signal.is_asked());
        let fields = asked.map(|signal| (field(signal), code(written(around, signal)).to_owned()));
        ask::filled(&fields.collect::<Vec<_>>())
    }

    fn controls(asked: &Asked<'_>) -> Vec<Markup> {
        let lang = asked.lang;
        let one = |signal: Signal| {
            let name = field(signal);
            let mut field = asked.field(&name, words::signal(signal));
            if let Some(known) = told(asked.around, signal) {
                let parts = [
                    ("said", lang.t(words::said(known.said))),
                    ("answer", lang.t(matching::answer(Some(known.yes)))),
                ];
                field = field.hint(lang.tr("matching-signs-told", &parts));
            }
            let choices = ANSWERS.map(|(value, answer)| Choice::new(value, lang.t(matching::answer(answer))));
            let value = asked.value(&name);
            Markup::of(&Radios { field, choices: choices.into(), value, inline: true, small: true })
        };
        let group = |group: SignalGroup| {
            let legend = Heading {
                text: lang.t(words::group(group)).into(),
                size: Some(Size::M),
                is_page_heading: false,
            };
            let content = Markup::all(group.signals().map(one));
            Markup::of(&Fieldset { legend, content, ..Fieldset::default() })
        };
        SignalGroup::ASKED.into_iter().map(group).collect()
    }

    fn read(raw: &RawForm, _: &mut FormErrors, around: &Around) -> Option<Self::Typed> {
        let answer = |signal: Signal| {
            let typed = ANSWERS.into_iter().find(|(code, _)| *code == raw.text(&field(signal)));
            // What a form leaves out stays as it was.
            (signal, typed.map_or_else(|| written(around, signal), |(_, answer)| answer))
        };
        Some(Signal::all().filter(|signal| signal.is_asked()).map(answer).collect())
    }

    fn apply(referral: Referral, ctx: &Ctx, typed: Self::Typed, _: &County) -> Result<Changes, Refused> {
        referral.record_signs(ctx, &typed)
    }

    fn at_fault(_: Refused) -> &'static str {
        "sign-housing"
    }
}
