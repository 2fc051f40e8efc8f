//! Agreements with partner organisations: what the county keeps of them, and what a partner reads of its own.
//!
//! Must not open anybody's record, and must not rewrite an agreement: one is ended with a reason, another is written down.

pub mod edit;
pub mod list;
pub mod own;

use jiff::civil::Date;
use onedoor_domain::access::Action;
use onedoor_domain::agreement::{Agreement, Signature, Standing};
use onedoor_domain::calendar::local_date;
use onedoor_domain::county::County;
use onedoor_domain::team::Team;
use onedoor_store::{StoreError, Tx};

use crate::ui::{Markup, SummaryList, SummaryRow, Tag, TagColour, WarningCallout};
use crate::web::Staff;
use crate::words::{Lang, day_of};

/// Where an agreement is, in words.
fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Coming => "agreement-standing-coming",
        Standing::InForce => "agreement-standing-in-force",
        Standing::Over => "agreement-standing-over",
        Standing::Ended => "agreement-standing-ended",
    }
}

fn tag(lang: Lang, it: Standing) -> Tag {
    let colour = if it == Standing::InForce { TagColour::Green } else { TagColour::Grey };
    Tag { no_border: true, ..Tag::new(colour, lang.t(standing(it))) }
}

fn signed(lang: Lang, by: &Signature) -> String {
    lang.tr("agreement-signed", &[("name", by.name.to_string()), ("role", by.role.to_string())])
}

/// From when until when.
fn days(lang: Lang, it: &Agreement) -> String {
    let (from, until) = (day_of(lang, it.terms.from), day_of(lang, it.terms.until));
    lang.tr("agreement-days", &[("from", from), ("until", until)])
}

/// What it says, line by line.
fn summary(lang: Lang, it: &Agreement, teams: &[Team], today: Date) -> SummaryList {
    let owner = teams.iter().find(|team| team.id == it.terms.owner).map(|team| team.name.to_string());
    let row = |key: &str, value: Markup| SummaryRow::new(lang.t(key), value);
    let mut rows = vec![
        row("agreement-row-standing", Markup::of(&tag(lang, it.standing(today)))),
        row("agreement-row-days", days(lang, it).into()),
        row("agreement-row-takes", Markup::lines(it.terms.takes.as_str())),
        row("agreement-row-sees", Markup::lines(it.terms.sees.as_str())),
        row("agreement-row-signed-here", signed(lang, &it.terms.signed_here).into()),
        row("agreement-row-signed-there", signed(lang, &it.terms.signed_there).into()),
        row("agreement-row-reviewed-by", it.terms.reviewed_by.to_string().into()),
        row("agreement-row-review-on", day_of(lang, it.terms.review_on).into()),
        row("agreement-row-owner", owner.unwrap_or_default().into()),
    ];
    if let Some(ended) = &it.ended {
        let by = ended.by.name().map(ToString::to_string).unwrap_or_default();
        let when = lang.tr("agreement-ended-on", &[("day", day_of(lang, ended.on)), ("by", by)]);
        rows.push(row("agreement-row-ended", Markup::lines(&format!("{when}\n{}", ended.why))));
    }
    SummaryList { rows, ..SummaryList::default() }
}

/// What the reader's teams have to renew, on the page of their day.
///
/// # Errors
/// [`StoreError::Down`].
pub async fn to_renew(staff: &Staff, tx: &mut Tx) -> Result<Option<WarningCallout>, StoreError> {
    let (lang, today) = (staff.lang, local_date(staff.ctx.now));
    let due = tx.agreements_to_renew().await?;
    if due.is_empty() {
        return Ok(None);
    }
    let orgs = tx.orgs().await?;
    let line = |it: &Agreement| {
        let org = orgs.iter().find(|org| org.id == it.org).map(|org| org.name.to_string());
        let key = if it.is_in_force(today) { "agreement-renew-ends" } else { "agreement-renew-over" };
        let args = [
            ("org", org.unwrap_or_default()),
            ("day", day_of(lang, it.terms.until)),
            ("by", day_of(lang, it.decide_by())),
        ];
        let mut words = lang.tr(key, &args);
        let renewal = it.renewal.as_ref().filter(|renewal| renewal.is_late(today));
        if let Some(renewal) = renewal {
            let late = lang.tr("agreement-renew-late", &[("day", day_of(lang, renewal.due_on))]);
            words = format!("{words} {late}");
        }
        if staff.may(Action::AgreementWrite) {
            Markup::link(&format!("/organisations/{}/agreements", it.org), &words)
        } else {
            Markup::from(words)
        }
    };
    let what = due.iter().map(line).chain([Markup::from(lang.t("agreement-renew-do"))]);
    let heading = lang.t("agreement-renew-title");
    Ok(Some(WarningCallout { level: 2, ..WarningCallout::new(lang, heading, Markup::paragraphs(what)) }))
}

/// Beside a choice of teams: those that nobody new can be given to, and what to do.
pub fn not_offered(lang: Lang, county: &County, teams: &[Team]) -> Option<String> {
    let closed = teams.iter().filter(|team| team.active && !county.may_be_offered(team.id));
    let names: Vec<String> = closed.map(|team| team.name.to_string()).collect();
    (!names.is_empty()).then(|| lang.tr("agreement-not-offered", &[("teams", names.join(", "))]))
}
