//! Two people at one request: whoever saves does not write over what somebody else changed meanwhile. Compares what the page
//! showed with what is stored now, and what was handed over with what the record says now. Must not decide who may read.

use std::fmt::Write as _;

use onedoor_domain::access::Revealed;
use onedoor_domain::door::{Answers, Question};
use onedoor_domain::entry::{Entry, Unknown};
use onedoor_domain::referral::Referral;
use onedoor_domain::section::Section;
use onedoor_store::{StoreError, Tx};

use crate::door::answers::typed;
use crate::door::given::given;
use crate::door::voice::Say;
use crate::ui::{InsetText, Markup};
use crate::web::form::RawForm;
use crate::web::gate::hash;
use crate::words::Lang;

/// What the page showed, carried in it.
pub(super) const WAS: &str = "was";
/// The record as it was when whoever types was told that it says something else.
pub(super) const OVER: &str = "over";

/// What the record says of a question, beside what was handed over.
#[derive(Debug)]
enum Recorded {
    /// The same.
    Same,
    /// Something that whoever saves may not read.
    Hidden,
    /// Something else.
    Says(Box<Answers>),
}

/// Somebody else changed what is saved here.
#[derive(Debug)]
pub(super) struct Clash {
    /// A colleague answered the same question on the entry.
    colleague: bool,
    /// What the record says of it.
    record: Recorded,
    /// The version of the record, to save over it knowingly.
    over: Option<i64>,
}

/// What tells one answer to a question from another.
pub(super) fn mark(question: Question, answers: &Answers) -> String {
    let mut all = String::new();
    for (name, value) in typed(question, answers).fields() {
        // Neither a name nor a value holds this.
        let _ = write!(all, "{name}\0{value}\0");
    }
    hash(all.as_bytes()).iter().take(16).fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Whether saving this page would write over what somebody else changed since it was shown.
pub(super) async fn find(
    tx: &mut Tx,
    (entry, question): (&Entry, Question),
    raw: &RawForm,
    (referral, unknown): (Option<&Referral>, &Unknown),
) -> Result<Option<Clash>, StoreError> {
    let was = raw.text(WAS);
    let shown = !was.is_empty() || entry.answers.has(question);
    let colleague = shown && was != mark(question, &entry.answers);
    let overtaken = referral.filter(|referral| entry.is_overtaken(question, referral, unknown));
    let unseen = overtaken.filter(|referral| raw.text(OVER) != referral.version().to_string());
    if !colleague && unseen.is_none() {
        return Ok(None);
    }
    let record = match overtaken {
        Some(referral) => match tx.record_of_entry(entry, referral).await? {
            Some(revealed) => Recorded::Says(Box::new(said(&revealed))),
            None => Recorded::Hidden,
        },
        None => Recorded::Same,
    };
    Ok(Some(Clash { colleague, record, over: overtaken.map(Referral::version) }))
}

/// What the record says of the two things that are changed from elsewhere.
fn said(revealed: &Revealed) -> Answers {
    let mut answers = Answers::default();
    for section in &revealed.shown {
        if let Section::Contact(contact) = &**section {
            answers.contact = Some(contact.clone());
        } else if let Section::Needs(needs) = &**section {
            answers.needs = Some(needs.clone());
        }
    }
    answers
}

impl Clash {
    /// For a page that shows what is stored now.
    pub(super) fn over(&self) -> Option<String> {
        self.over.map(|version| version.to_string())
    }

    /// What is stored now, to be read beside what was typed.
    pub(super) fn shown(&self, lang: Lang, (entry, question): (&Entry, Question)) -> InsetText {
        let lines = |answers: &Answers| {
            let lines = given(Say::own(lang), question, answers);
            if lines.is_empty() { vec![lang.t("enter-clash-nothing")] } else { lines }
        };
        let mut texts = vec![lang.t("enter-clash-what").into()];
        if self.colleague {
            texts.push(lang.t("enter-clash-colleague").into());
            texts.push(Markup::lines(&lines(&entry.answers).join("\n")));
        }
        match &self.record {
            Recorded::Same => {}
            Recorded::Says(now) => {
                texts.push(lang.t("enter-clash-record").into());
                texts.push(Markup::lines(&lines(now).join("\n")));
            }
            Recorded::Hidden => texts.push(lang.t("enter-clash-ask").into()),
        }
        texts.push(lang.t("enter-clash-yours").into());
        InsetText { lang, content: Markup::paragraphs(texts) }
    }
}
