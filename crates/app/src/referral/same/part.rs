//! What the record shows of whether it is somebody we know: who said so and why, who is involved already, how their other
//! requests ended, and what to know before anybody rings or writes.
//!
//! Takes what came out of `Visible` sections and nothing else.

use std::collections::BTreeSet;

use onedoor_domain::access::{Action, Revealed};
use onedoor_domain::ids::ReferralId;
use onedoor_domain::referral::{Flag, FlagKind, Involved, Matching, Nobody, Other, PersonLink};
use onedoor_domain::section::Section;

use super::{path, undo_path};
use crate::referral::names;
use crate::referral::record::{Part, by_at, find, list};
use crate::ui::{Cell, Column, Details, Markup, SummaryRow, Table, WarningCallout};
use crate::web::Staff;
use crate::words::{self, Lang};

/// The parts of the record, for whoever may see or say anything of it.
pub(in crate::referral) fn parts(staff: &Staff, revealed: &Revealed, id: ReferralId) -> Vec<Part> {
    let lang = staff.lang;
    let may = staff.may(Action::PersonMatch);
    let matching = find(revealed, |it| if let Section::Matching(it) = it { Some(&**it) } else { None });
    let involved = find(revealed, |it| if let Section::Involved(it) = it { Some(it) } else { None });
    let others = find(revealed, |it| if let Section::Others(it) = it { Some(it) } else { None });
    let mut content: Vec<Markup> = Vec::new();
    match matching {
        Some(matching) => content.extend(said(lang, matching, (id, may))),
        None if may => content.push(Markup::paragraphs([lang.t("match-not-looked")])),
        None => return Vec::new(),
    }
    content.extend(others.map(|others| others_of(lang, others)));
    if may {
        content.push(Markup::paragraphs([Markup::link(&path(id), &lang.t("match-look"))]));
    }
    let same = Part { id: "same", heading: lang.t("match-part"), content: Markup::all(content) };
    let involved = involved.map(|involved| Part {
        id: "involved",
        heading: lang.t("match-part-involved"),
        content: Markup::all(involved.iter().map(|it| list(involvement(lang, it)))),
    });
    involved.into_iter().chain([same]).collect()
}

/// What to know before anybody rings or writes, from their other requests.
pub(in crate::referral) fn flags(lang: Lang, revealed: &Revealed) -> Option<WarningCallout> {
    let flags = find(revealed, |it| if let Section::Flags(it) = it { Some(it) } else { None })?;
    // What several requests say is said once, by the newest.
    let mut said = BTreeSet::new();
    let lines = flags.iter().filter(|flag| said.insert(&flag.what)).map(|flag| {
        let words = lang.tr(
            "match-flag-on",
            &[("what", flag_words(lang, flag)), ("reference", flag.reference.to_string())],
        );
        Markup::paragraphs([Markup::link(&format!("/referrals/{}", flag.referral), &words)])
    });
    let text = Markup::all(lines);
    Some(WarningCallout { level: 2, ..WarningCallout::new(lang, lang.t("match-flags"), text) })
}

fn flag_words(lang: Lang, flag: &Flag) -> String {
    match &flag.what {
        FlagKind::PageOpen => lang.t("match-flag-page"),
        FlagKind::Danger => lang.t("match-flag-danger"),
        FlagKind::HeldBack(until) => lang.tr("match-flag-held", &[("day", words::day_of(lang, *until))]),
        FlagKind::NotTold => lang.t("match-flag-not-told"),
        FlagKind::ThroughAsker => lang.t("match-flag-through"),
        FlagKind::NoNames => lang.t("match-flag-no-names"),
        FlagKind::NoVoicemail => lang.t("match-flag-no-voicemail"),
        FlagKind::SafeTimes(times) => lang.tr("match-flag-times", &[("times", times.to_string())]),
        FlagKind::CodeName(name) => lang.tr("match-flag-code-name", &[("name", name.to_string())]),
    }
}

fn said(lang: Lang, matching: &Matching, (id, may): (ReferralId, bool)) -> Vec<Markup> {
    let mut shown: Vec<Markup> = matching.held().map(|link| held(lang, link, (id, may))).collect();
    if shown.is_empty() {
        shown.extend(matching.nobody.as_ref().map(|nobody| ruled_out(lang, nobody)));
    }
    let ended: Vec<Markup> = matching.links.iter().filter_map(|link| ended(lang, link)).collect();
    if !ended.is_empty() {
        let before = Details {
            summary: lang.t("match-ended").into(),
            content: Markup::all(ended),
            ..Details::default()
        };
        shown.push(Markup::of(&before));
    }
    shown
}

fn held(lang: Lang, link: &PersonLink, (id, may): (ReferralId, bool)) -> Markup {
    let (other, reference) = if link.referral == id {
        (link.with, &link.with_reference)
    } else {
        (link.referral, &link.reference)
    };
    let mut rows = vec![
        SummaryRow::new(
            lang.t("match-row-with"),
            Markup::link(&format!("/referrals/{other}"), reference.as_ref()),
        ),
        SummaryRow::new(lang.t("match-row-why"), Markup::lines(link.why.as_str())),
        SummaryRow::new(lang.t("referral-by"), by_at(lang, &link.by, link.at)),
    ];
    if may {
        let undo = Markup::link(&undo_path(link.referral, link.id), &lang.t("match-undo"));
        rows.push(SummaryRow::new(lang.t("match-row-wrong"), undo));
    }
    list(rows)
}

fn ruled_out(lang: Lang, nobody: &Nobody) -> Markup {
    let count = nobody.of.len().to_string();
    let words = lang.tr("match-nobody-said", &[("count", count), ("by", by_at(lang, &nobody.by, nobody.at))]);
    let why = nobody.why.as_ref().map(|why| Markup::lines(why.as_str()));
    Markup::paragraphs(std::iter::once(Markup::from(words)).chain(why))
}

fn ended(lang: Lang, link: &PersonLink) -> Option<Markup> {
    let end = link.end.as_ref()?;
    let parts = [("reference", link.reference.to_string()), ("other", link.with_reference.to_string())];
    Some(list(vec![
        SummaryRow::new(lang.t("match-row-ended"), lang.tr("match-ended-which", &parts)),
        SummaryRow::new(lang.t("match-row-ended-why"), Markup::lines(end.why.as_str())),
        SummaryRow::new(lang.t("referral-by"), by_at(lang, &end.by, end.at)),
    ]))
}

fn involvement(lang: Lang, it: &Involved) -> Vec<SummaryRow> {
    let worker = it.key_worker.as_ref();
    vec![
        SummaryRow::new(lang.t("referral-accept-team"), it.team.to_string()),
        SummaryRow::new(
            lang.t("referral-episode-key-worker"),
            worker.map_or_else(|| lang.t("referral-episode-no-key-worker"), ToString::to_string),
        ),
        SummaryRow::new(lang.t("referral-accept-contact-name"), it.contact_name.to_string()),
        SummaryRow::new(lang.t("match-row-since"), words::date(lang, it.since)),
        SummaryRow::new(
            lang.t("match-row-request"),
            Markup::link(&format!("/referrals/{}", it.referral), it.reference.as_ref()),
        ),
    ]
}

/// So many of their other requests stand open; the rest is folded away, and counted.
const OPEN: usize = 10;

fn others_of(lang: Lang, others: &[Other]) -> Markup {
    let rest: Vec<&Other> = others.iter().skip(OPEN).collect();
    let shown = table(lang, others.iter().take(OPEN), true);
    if rest.is_empty() {
        return shown;
    }
    let more = Details {
        summary: lang.tr("match-others-more", &[("count", rest.len().to_string())]).into(),
        content: table(lang, rest.into_iter(), false),
        ..Details::default()
    };
    Markup::all([shown, Markup::of(&more)])
}

fn table<'a>(lang: Lang, others: impl Iterator<Item = &'a Other>, with_caption: bool) -> Markup {
    let rows = others.map(|it| {
        let ended = it.decided.as_ref().map(|decided| lang.t(names::outcome(&decided.outcome)));
        vec![
            Cell {
                href: Some(format!("/referrals/{}", it.referral)),
                ..Cell::from(it.reference.to_string())
            },
            Cell::from(words::date(lang, it.received_at)),
            Cell::from(ended.unwrap_or_else(|| lang.t(names::state(it.state)))),
        ]
    });
    Markup::of(&Table {
        lang,
        caption: with_caption.then(|| lang.t("match-others").into()),
        columns: ["match-row-request", "before-row-asked", "match-column-ended"]
            .iter()
            .map(|key| Column::new(lang.t(key)))
            .collect(),
        rows: rows.collect(),
        first_cell_is_header: true,
        responsive: true,
        ..Table::default()
    })
}
