//! Who asked for the person, and what the person knows of it, agrees to and allows: beside their words, because these are
//! somebody else's. What the person says themselves always comes first.

use onedoor_domain::door::{Age, Behalf, Origin, Referrer, Standing};
use onedoor_domain::referral::{AskedBy, Held};

use super::given;
use super::record::{by_at, list};
use crate::door::names::{agrees_words, relation_words, source_words};
use crate::ui::{InsetText, Markup, SummaryRow, WarningCallout};
use crate::words::{self, Lang};

/// Who asked; nothing where the person did.
pub(super) fn part(lang: Lang, asked: &AskedBy) -> Option<Markup> {
    let behalf = asked.origin.behalf()?;
    let mut rows = said_by_person(lang, asked);
    rows.extend(who(lang, &behalf.referrer));
    rows.extend(knows(lang, behalf));
    let more = [("referral-asked-urgency", &behalf.urgency), ("referral-asked-tried", &behalf.tried)];
    rows.extend(more.into_iter().filter_map(|(key, words)| {
        Some(SummaryRow::new(lang.t(key), Markup::lines(words.as_ref()?.as_str())))
    }));
    let reach = behalf
        .referrer
        .reach
        .as_ref()
        .map(|reach| SummaryRow::new(lang.t("referral-asked-reach"), given::ways(lang, reach)));
    rows.extend(reach);
    let content = Markup::paragraphs([lang.t("referral-asked-their-words")]);
    Some(Markup::all([Markup::of(&InsetText { lang, content }), list(rows)]))
}

/// What the person said to one of us: it outweighs what anybody says about them.
fn said_by_person(lang: Lang, asked: &AskedBy) -> Vec<SummaryRow> {
    let mut rows = Vec::new();
    if let Some(word) = &asked.word {
        let agrees = if word.agrees { "referral-asked-word-agrees" } else { "referral-asked-word-not" };
        let tell = if word.may_tell { "referral-asked-word-tell" } else { "referral-asked-word-not-tell" };
        let said = [lang.t(agrees), lang.t(tell), by_at(lang, &word.by, word.at)].join("\n");
        rows.push(SummaryRow::new(lang.t("referral-asked-word"), Markup::lines(&said)));
    }
    let held = match &asked.held {
        None => lang.t("referral-asked-held-not"),
        Some(Held::Told { by, at }) => lang.tr("referral-asked-held-told", &[("by", by_at(lang, by, *at))]),
        Some(Held::Unsafe { why, review_on, by, at }) => {
            let parts = [
                ("why", why.to_string()),
                ("day", words::day_of(lang, *review_on)),
                ("by", by_at(lang, by, *at)),
            ];
            lang.tr("referral-asked-held-unsafe", &parts)
        }
    };
    rows.push(SummaryRow::new(lang.t("referral-asked-held"), held));
    rows.extend(asked.waiver.as_ref().map(|waiver| {
        let said = format!("{}\n{}", waiver.why, by_at(lang, &waiver.by, waiver.at));
        SummaryRow::new(lang.t("referral-asked-waiver"), Markup::lines(&said))
    }));
    rows
}

fn who(lang: Lang, referrer: &Referrer) -> Vec<SummaryRow> {
    let standing = match referrer.standing {
        Standing::NotSaid => lang.t("referral-asked-standing-not-said"),
        Standing::Relation { relation } => lang.t(relation_words(relation)),
        Standing::Service { source } => {
            let parts = [("label", lang.t(source_words(source))), ("code", source.code().to_owned())];
            lang.tr("referral-asked-source", &parts)
        }
    };
    let name = referrer.name.as_ref().map_or_else(|| lang.t("referral-asked-no-name"), ToString::to_string);
    let work = [&referrer.role, &referrer.organisation].into_iter().flatten().map(ToString::to_string);
    let lines: Vec<String> = [name, standing].into_iter().chain(work).collect();
    vec![SummaryRow::new(lang.t("referral-asked-who"), Markup::lines(&lines.join("\n")))]
}

fn knows(lang: Lang, behalf: &Behalf) -> Vec<SummaryRow> {
    let said = &behalf.knowing;
    let knows = if said.knows { "referral-asked-knows-yes" } else { "referral-asked-knows-no" };
    let mut lines = vec![lang.t(knows), lang.t(agrees_words(said.agrees))];
    lines.extend(said.why.as_ref().map(ToString::to_string));
    let tell = if said.may_tell { "referral-asked-may-tell-yes" } else { "referral-asked-may-tell-no" };
    lines.push(lang.t(tell));
    let mut rows = vec![SummaryRow::new(lang.t("referral-asked-knows"), Markup::lines(&lines.join("\n")))];
    rows.extend(
        said.unsafe_to_tell
            .as_ref()
            .map(|why| SummaryRow::new(lang.t("referral-asked-unsafe"), Markup::lines(why.as_str()))),
    );
    rows
}

/// An offer of contact and no case yet, or a young person: what that asks of the reader, before anything else.
pub(super) fn callouts(lang: Lang, asked: &AskedBy) -> Vec<WarningCallout> {
    let callout = |title: &str, lines: &[&str]| {
        let text = Markup::paragraphs(lines.iter().map(|key| lang.t(key)));
        WarningCallout { level: 2, ..WarningCallout::new(lang, lang.t(title), text) }
    };
    let offer = asked
        .offer_only
        .then(|| callout("referral-offer-title", &["referral-offer-what", "referral-offer-how"]));
    let young = match asked.age {
        Some(Age::UnderSixteen) => Some("referral-young-under-16"),
        Some(Age::SixteenSeventeen) => Some("referral-young-16-17"),
        Some(Age::Adult | Age::NotSaid) | None => None,
    };
    let young = young.map(|age| {
        callout("referral-young-title", &["referral-young-warmly", age, "referral-young-parents"])
    });
    offer.into_iter().chain(young).collect()
}

/// Whether the request was made by somebody else: then nothing in it is the person's own word.
pub(super) fn is_theirs(asked: Option<&AskedBy>) -> bool {
    asked.is_some_and(|asked| asked.origin != Origin::Own)
}
