//! What the record shows of what was asked for: the list, by whom, until when, whether it was answered; and, once its time has
//! passed, that it is triaged with what is known.
//!
//! Takes what came out of `Visible` sections and nothing else.

use jiff::Timestamp;
use onedoor_domain::access::Revealed;
use onedoor_domain::notice::Party;
use onedoor_domain::referral::{Enquired, EnquiryAnswer};

use super::answer::enquired;
use crate::referral::record::{Part, asked_by, by_at, list};
use crate::ui::{Markup, SummaryRow, WarningCallout};
use crate::words::{self, Lang};

/// The part of the record; nothing where nothing was asked.
pub(crate) fn part(lang: Lang, revealed: &Revealed) -> Option<Part> {
    let it = enquired(revealed)?;
    Some(Part { id: "enquiry", heading: lang.t("enquiry-part"), content: list(rows(lang, it)) })
}

/// Its time has passed and nobody has triaged: with what is known.
pub(crate) fn late(lang: Lang, revealed: &Revealed, now: Timestamp) -> Option<WarningCallout> {
    enquired(revealed).filter(|it| it.is_late(now)).map(|it| {
        let when = [("when", words::date_time(lang, it.enquiry.answer_by))];
        let text = Markup::paragraphs([lang.tr("enquiry-late-since", &when), lang.t("enquiry-late-do")]);
        WarningCallout { level: 2, ..WarningCallout::new(lang, lang.t("enquiry-late"), text) }
    })
}

fn rows(lang: Lang, it: &Enquired) -> Vec<SummaryRow> {
    let enquiry = &it.enquiry;
    let asked = if enquiry.of == Party::Person { "enquiry-of-person" } else { "enquiry-of-referrer" };
    let mut rows = vec![
        SummaryRow::new(lang.t("enquiry-row-of"), lang.t(asked)),
        SummaryRow::new(lang.t("enquiry-row-missing"), Markup::lines(enquiry.missing.as_str())),
        SummaryRow::new(lang.t("referral-by"), by_at(lang, &enquiry.by, enquiry.at)),
    ];
    let came = if let Some(answer) = &enquiry.answer {
        answered(lang, answer).into()
    } else {
        let by = lang.tr("enquiry-until", &[("when", words::date_time(lang, enquiry.answer_by))]);
        let then = if it.overtaken { "enquiry-overtaken" } else { "enquiry-no-wait" };
        Markup::lines(&[by, lang.t(then)].join("\n"))
    };
    rows.push(SummaryRow::new(lang.t("enquiry-row-answer"), came));
    rows
}

fn answered(lang: Lang, answer: &EnquiryAnswer) -> String {
    let when = words::date_time(lang, answer.at);
    match (&answer.told_by, &answer.role) {
        (Some(name), Some(role)) => {
            let parts = [("when", when), ("name", name.to_string()), ("role", role.to_string())];
            lang.tr("enquiry-answered-link", &parts)
        }
        (Some(name), None) => {
            let by = answer.by.name().map(ToString::to_string).unwrap_or_default();
            lang.tr("enquiry-answered-phone", &[("when", when), ("name", name.to_string()), ("by", by)])
        }
        (None, _) => lang.tr("enquiry-answered", &[("when", when)]),
    }
}

/// Who would be asked, in words: whoever asked for the person, or the person.
pub(crate) fn whom(revealed: &Revealed) -> &'static str {
    let behalf = asked_by(revealed).and_then(|asked| asked.origin.behalf());
    match behalf {
        None => "enquiry-whom-person",
        Some(behalf) if behalf.referrer.reach.is_some() => "enquiry-whom-referrer",
        Some(_) => "enquiry-whom-nobody",
    }
}
