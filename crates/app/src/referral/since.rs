//! What the person said since they asked, following it themselves: newest first, in their words.
//!
//! Takes what came out of `Visible` sections and nothing else.

use jiff::Timestamp;
use onedoor_domain::door::Source;
use onedoor_domain::referral::{Added, Since, WithdrawalAsked, Worse};

use super::names;
use super::record::Bullets;
use crate::ui::{InsetText, Markup};
use crate::words::{self, Lang};

/// All of it, the newest first.
pub(super) fn since(lang: Lang, said: &Since) -> Markup {
    let added = said.added.iter().map(|added| (added.at, addition(lang, added)));
    let worse = said.worse.iter().map(|worse| (worse.at, got_worse(lang, worse)));
    let asked = said.withdrawal.iter().map(|asked| (asked.at, withdrawal(lang, asked)));
    let mut all: Vec<(Timestamp, Markup)> = added.chain(worse).chain(asked).collect();
    all.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    Markup::all(all.into_iter().map(|(_, shown)| shown))
}

fn addition(lang: Lang, added: &Added) -> Markup {
    let content =
        Markup::paragraphs([at(lang, said_by(added), added.at).into(), Markup::lines(added.text.as_str())]);
    Markup::of(&InsetText { lang, content })
}

/// Whose words they are: the person's own, or an answer of whoever was asked.
fn said_by(added: &Added) -> &'static str {
    match (added.answers, added.source) {
        (false, _) => "referral-since-added",
        (true, Source::Person) => "enquiry-since-person",
        (true, Source::Carer) => "enquiry-since-carer",
        (true, Source::Professional | Source::Staff) => "enquiry-since-professional",
    }
}

fn got_worse(lang: Lang, worse: &Worse) -> Markup {
    // "Call me" asks no danger question.
    let only_a_call = worse.call_me && worse.dangers.is_empty() && worse.words.is_none();
    let said = if only_a_call { "referral-since-call" } else { "referral-since-worse" };
    let mut content = vec![Markup::from(at(lang, said, worse.at))];
    if worse.call_me && !only_a_call {
        content.push(lang.t("referral-since-worse-call").into());
    }
    content.extend(worse.words.as_ref().map(|words| Markup::lines(words.as_str())));
    if worse.dangers.is_empty() && !worse.call_me {
        content.push(lang.t("referral-since-worse-none").into());
    }
    let content = Markup::paragraphs(content);
    if worse.dangers.is_empty() {
        return Markup::of(&InsetText { lang, content });
    }
    let lines = worse.dangers.iter().map(|danger| lang.t(names::danger(*danger))).collect();
    let yes = Markup::of(&Bullets { before: lang.t("referral-since-worse-yes"), lines });
    Markup::of(&InsetText { lang, content: Markup::all([content, yes]) })
}

fn withdrawal(lang: Lang, asked: &WithdrawalAsked) -> Markup {
    let mut content = vec![Markup::from(at(lang, "referral-since-withdrawal", asked.at))];
    if let Some(why) = &asked.why {
        content.push(lang.t("referral-since-why").into());
        content.push(Markup::lines(why.as_str()));
    }
    let safe = match asked.safe {
        Some(true) => "referral-since-safe",
        Some(false) => "referral-since-not-safe",
        None => "referral-since-safe-unknown",
    };
    content.push(lang.t(safe).into());
    content.push(lang.t("referral-since-capacity").into());
    Markup::of(&InsetText { lang, content: Markup::paragraphs(content) })
}

fn at(lang: Lang, key: &str, moment: Timestamp) -> String {
    lang.tr(key, &[("at", words::date_time(lang, moment))])
}
