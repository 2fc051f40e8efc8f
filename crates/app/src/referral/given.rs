//! What the person gave us, in the order a reader needs it: how to reach them, what they need, who they are.
//!
//! Takes what came out of `Visible` sections and nothing else.

use jiff::Timestamp;
use onedoor_domain::calendar::local_date;
use onedoor_domain::door::{
    Age, Given, Identity, Needs, Permissions, Question, SafeContact, Sent, Source, Told, Way,
};
use onedoor_domain::entry::{Entered, SafeToRing};
use onedoor_domain::value::Text;

use super::record::{Bullets, list};
use super::ring;
use crate::door::names::{age_words, caring_words, ethnic_words, need_words, signal_words, strain_words};
use crate::door::voice::{Say, Voice};
use crate::enter::channel_words;
use crate::ui::{Markup, SummaryRow};
use crate::words::{self, Lang};

/// How to reach whoever asked for somebody else.
pub(super) fn ways(lang: Lang, reach: &SafeContact) -> Markup {
    let rows = reach.ways().flat_map(|way| way_rows(lang, way));
    let nhs = if reach.say_nhs { "referral-reach-nhs-yes" } else { "referral-reach-nhs-no" };
    list(rows.chain([SummaryRow::new(lang.t("referral-reach-nhs"), lang.t(nhs))]).collect())
}

/// How to reach them, every safe way, the one to try first at the top.
pub(super) fn reach(lang: Lang, contact: &SafeContact, entered: Option<&Entered>) -> Markup {
    let callback = entered.and_then(|entered| ring::callback(lang, entered));
    let ways = contact.ways().flat_map(|way| way_rows(lang, way));
    let mut rows: Vec<SummaryRow> = callback.into_iter().chain(ways).collect();
    if contact.through_asker {
        rows.insert(
            0,
            SummaryRow::new(lang.t("referral-reach-whose"), lang.t("referral-reach-through-asker")),
        );
    }
    let nhs = if contact.say_nhs { "referral-reach-nhs-yes" } else { "referral-reach-nhs-no" };
    rows.push(SummaryRow::new(lang.t("referral-reach-nhs"), lang.t(nhs)));
    let more =
        [("referral-reach-times", &contact.safe_times), ("referral-reach-code-name", &contact.code_name)];
    rows.extend(
        more.into_iter()
            .filter_map(|(key, line)| Some(SummaryRow::new(lang.t(key), line.as_ref()?.to_string()))),
    );
    list(rows)
}

fn way_rows(lang: Lang, way: &Way) -> Vec<SummaryRow> {
    let row = |key, value: Markup| SummaryRow::new(lang.t(key), value);
    match way {
        Way::Call { phone, voicemail } => {
            let message =
                if *voicemail { "referral-reach-voicemail-yes" } else { "referral-reach-voicemail-no" };
            vec![
                row("referral-reach-call", phone.to_string().into()),
                row("referral-reach-voicemail", lang.t(message).into()),
            ]
        }
        Way::Text { phone } => vec![row("referral-reach-text", phone.to_string().into())],
        Way::Email { email } => vec![row("referral-reach-email", email.to_string().into())],
        Way::Letter { address } => vec![row("referral-reach-letter", Markup::lines(address.as_str()))],
        Way::InPerson { place } => vec![row("referral-reach-person", Markup::lines(place.as_str()))],
    }
}

/// What helps us to understand each other and meet: it must meet whoever books or writes.
pub fn needs(lang: Lang, needs: &Needs) -> Markup {
    let language = needs
        .language
        .as_ref()
        .map(|name| Markup::paragraphs([lang.tr("referral-needs-language", &[("name", name.to_string())])]));
    let lines: Vec<String> = needs.needs.iter().map(|need| lang.t(need_words(*need))).collect();
    let chosen =
        (!lines.is_empty()).then(|| Markup::of(&Bullets { before: lang.t("referral-needs-chosen"), lines }));
    let other = needs.other.as_ref().map(|words| Markup::paragraphs([Markup::lines(words.as_str())]));
    Markup::all([language, chosen, other].into_iter().flatten())
}

/// What else they told us, and who told it when: so that nobody asks again (seed 75).
pub(super) fn told(say: Say, told: &Told) -> Markup {
    let lang = say.lang;
    let mut rows = Vec::new();
    if told.sent == Sent::SoFar {
        rows.push(SummaryRow::new(lang.t("referral-told-sent"), lang.t("referral-told-so-far")));
    }
    if let Some(help) = &told.help {
        let said = [("referral-told-would-help", &help.would_help), ("referral-told-matters", &help.matters)];
        let row = |(key, said): (&str, &Option<Text>)| {
            Some(SummaryRow::new(lang.t(key), Markup::lines(said.as_ref()?.as_str())))
        };
        rows.extend(said.into_iter().filter_map(row));
    }
    let caring = told.caring.as_ref().map(|caring| {
        chosen(say, caring.facts.iter().map(|fact| caring_words(*fact)), caring.about.as_ref())
    });
    let practical = told.practical.as_ref().map(|practical| {
        chosen(say, practical.strains.iter().map(|strain| strain_words(*strain)), practical.about.as_ref())
    });
    let before = told
        .before
        .as_ref()
        .map(|signals| chosen(say, signals.iter().map(|signal| signal_words(*signal)), None));
    let asked = [
        ("referral-told-caring", caring),
        ("referral-told-practical", practical),
        ("referral-told-before", before),
    ];
    rows.extend(asked.into_iter().map(|(key, answer)| {
        SummaryRow::new(lang.t(key), answer.unwrap_or_else(|| lang.t("referral-told-not-answered").into()))
    }));
    if let Some(earlier) = &told.earlier {
        let shown = format!("{}", earlier.reference);
        let link = Markup::link(&format!("/referrals/{}", earlier.referral), &shown);
        rows.push(SummaryRow::new(lang.t("referral-told-earlier"), link));
    }
    if told.repeats > 0 {
        rows.push(SummaryRow::new(lang.t("referral-told-repeats"), told.repeats.to_string()));
    }
    rows.extend(told.entered.as_ref().map(|entered| written_down(lang, entered)));
    rows.extend(when_told(lang, &told.given));
    list(rows)
}

fn chosen(say: Say, keys: impl Iterator<Item = &'static str>, about: Option<&Text>) -> Markup {
    let mut lines: Vec<String> = keys.map(|key| say.t(key)).collect();
    lines.extend(about.map(ToString::to_string));
    if lines.is_empty() {
        lines.push(say.t("referral-told-none"));
    }
    Markup::lines(&lines.join("\n"))
}

/// Who wrote it down for the person, how they came, and whether their number may be rung.
fn written_down(lang: Lang, entered: &Entered) -> SummaryRow {
    let by = entered.by.name().map(ToString::to_string).unwrap_or_default();
    let parts = [("channel", lang.t(channel_words(entered.channel))), ("by", by)];
    let mut lines = vec![lang.tr("referral-entered-by", &parts)];
    lines.push(lang.t(match entered.safe_to_ring {
        SafeToRing::Yes => "referral-entered-safe",
        SafeToRing::No => "referral-entered-not-safe",
        SafeToRing::NotKnown => "referral-entered-safe-not-known",
    }));
    lines.extend(entered.place.as_ref().map(ToString::to_string));
    SummaryRow::new(lang.t("referral-entered"), Markup::lines(&lines.join("\n")))
}

/// "Told by the person, Tuesday 24 November 2026 at 10am".
fn when_told(lang: Lang, given: &[Given]) -> Option<SummaryRow> {
    let latest = given.iter().filter(|one| one.question != Question::ForWhom).max_by_key(|one| one.at)?;
    let key = match latest.source {
        Source::Person => "referral-told-by-person",
        Source::Carer => "referral-told-by-carer",
        Source::Professional => "referral-told-by-professional",
        Source::Staff => "referral-told-by-staff",
    };
    let when = lang.tr(key, &[("at", words::date_time(lang, latest.at))]);
    Some(SummaryRow::new(lang.t("referral-told-when"), when))
}

/// Who they are, as far as they said.
pub(super) fn identity(lang: Lang, who: &Identity, now: Timestamp) -> Markup {
    let born = who.born_on.map(|born| {
        let age = born.age_on(local_date(now)).to_string();
        let parts = [("date", words::day_of(lang, born.date())), ("age", age)];
        lang.tr("referral-identity-born-age", &parts)
    });
    let age = who.age.filter(|age| *age != Age::NotSaid).map(|age| lang.t(age_words(age)));
    let nowhere = who.no_fixed_address.then(|| lang.t("referral-identity-no-address"));
    let ethnic = who.ethnic.map(|one| Say { lang, voice: Voice::Staff }.t(ethnic_words(one)));
    let facts = [
        ("referral-identity-called", Some(who.called.to_string())),
        ("referral-identity-name", who.full_name.as_ref().map(ToString::to_string)),
        ("referral-identity-age", age),
        ("referral-identity-born", born),
        ("referral-identity-nhs-number", who.nhs_number.as_ref().map(ToString::to_string)),
        ("referral-identity-gp", who.gp_practice.as_ref().map(ToString::to_string)),
        ("referral-identity-postcode", who.postcode.as_ref().map(ToString::to_string)),
        ("referral-identity-address", nowhere),
        ("referral-identity-ethnic", ethnic),
    ];
    list(facts.into_iter().filter_map(|(key, fact)| Some(SummaryRow::new(lang.t(key), fact?))).collect())
}

/// What they allowed. What nobody asked is neither a yes nor a no.
pub(super) fn permissions(lang: Lang, allowed: &Permissions, asked: bool) -> Markup {
    if !asked {
        return Markup::paragraphs([
            lang.t("referral-permissions-gp-unasked"),
            lang.t("referral-permissions-talk-to-unasked"),
        ]);
    }
    let gp = if allowed.tell_gp { "referral-permissions-gp-yes" } else { "referral-permissions-gp-no" };
    let talk_to = match &allowed.talk_to {
        Some(who) => lang.tr("referral-permissions-talk-to", &[("who", who.to_string())]),
        None => lang.t("referral-permissions-talk-to-nobody"),
    };
    Markup::paragraphs([lang.t(gp), talk_to])
}
