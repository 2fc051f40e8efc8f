//! A letter to print: addressed, in plain words. Opening it changes nothing; that it was printed or posted is recorded by
//! the one who did it.

use askama::Template;
use axum::extract::{Path, State};
use onedoor_domain::door::Identity;
use onedoor_domain::ids::{NoticeId, TenantId};
use onedoor_domain::notice::{Message, Notice, Party, Route};
use onedoor_domain::section::Section;
use onedoor_store::ReferralView;

use super::record;
use super::step::referral_id;
use crate::answer;
use crate::enquiry::answer::enquired;
use crate::matching::words::because;
use crate::notice::words::{key_worker, said};
use crate::track::START;
use crate::track::begin::letter_words;
use crate::ui::{BackLink, Frame, Markup, WarningCallout};
use crate::web::answer::Answer;
use crate::web::{App, Problem, Staff, page};
use crate::words::{self, Lang};

/// A letter.
#[derive(Debug, Template)]
#[template(path = "referral/letter.html")]
struct LetterPage {
    frame: Frame,
    back: BackLink,
    envelope: Option<WarningCallout>,
    needs: Option<WarningCallout>,
    to: Markup,
    dated: String,
    greeting: String,
    paragraphs: Vec<Markup>,
    from: String,
}

/// GET `/referrals/{id}/notices/{notice}/letter`.
///
/// # Errors
/// [`Problem::NotFound`] where there is no such letter to see.
pub async fn show(
    State(app): State<App>,
    staff: Staff,
    Path((id, notice)): Path<(String, String)>,
) -> Result<Answer, Problem> {
    let (id, notice) = (referral_id(&id)?, notice.parse().map_err(|_| Problem::NotFound)?);
    let lang = staff.lang;
    let mut tx = staff.begin().await?;
    let view = tx.referral_view(id).await?;
    let mut frame = staff.frame(&mut tx, lang.t("referral-letter-title"), "").await?;
    frame.no_index = true;
    let proof = tx.close().await?;
    let letter = letter(lang, &view, notice).ok_or(Problem::NotFound)?;
    let (notice, identity, to) = letter;
    let from = frame.county.name.clone();
    let back = BackLink::new(lang, &format!("/referrals/{id}#notices"));
    let greeting = match notice.party {
        Party::Person => lang.tr("referral-letter-dear", &[("name", identity.called.to_string())]),
        Party::Gp => lang.t("referral-letter-dear-gp"),
        Party::Referrer | Party::Receiver => lang.t("referral-letter-dear-referrer"),
    };
    let mut paragraphs = paragraphs(lang, notice, identity, &from);
    if notice.party == Party::Person {
        paragraphs.extend(way_back(&app, lang, notice));
    }
    paragraphs.extend(answer_words(&app, staff.ctx.tenant, lang, (notice, &view)));
    let dated = words::date(lang, staff.ctx.now);
    let needs = record::needs_first(lang, &view.revealed).filter(|_| notice.party == Party::Person);
    let envelope = plain_envelope(lang, &view, notice.party);
    page(proof, &LetterPage { frame, back, envelope, needs, to, dated, greeting, paragraphs, from })
}

fn letter(lang: Lang, view: &ReferralView, id: NoticeId) -> Option<(&Notice, &Identity, Markup)> {
    let revealed = &view.revealed;
    let notices =
        record::find(revealed, |section| if let Section::Notices(all) = section { Some(all) } else { None })?;
    let notice = notices.iter().find(|notice| notice.id == id)?;
    let identity =
        record::find(
            revealed,
            |section| if let Section::Identity(who) = section { Some(who) } else { None },
        )?;
    let Route::Letter { to } = &notice.route else { return None };
    let name = match notice.party {
        Party::Person => identity.full_name.as_ref().unwrap_or(&identity.called).to_string(),
        Party::Gp => lang.t("referral-letter-to-gp"),
        Party::Receiver => lang.t("referral-party-receiver"),
        Party::Referrer => referrer(view).unwrap_or_else(|| lang.t("referral-letter-to-referrer")),
    };
    Some((notice, identity, Markup::lines(&format!("{name}\n{to}"))))
}

/// The name of whoever asked for the person.
fn referrer(view: &ReferralView) -> Option<String> {
    let asked = record::asked_by(&view.revealed)?;
    asked.origin.behalf()?.referrer.name.as_ref().map(ToString::to_string)
}

/// Nothing on the envelope may tell anybody in the house what it is about (hazard H05).
fn plain_envelope(lang: Lang, view: &ReferralView, party: Party) -> Option<WarningCallout> {
    let asker = record::asked_by(&view.revealed)
        .and_then(|asked| asked.origin.behalf())
        .and_then(|behalf| behalf.referrer.reach.as_ref());
    let says = if party == Party::Referrer { asker.map(|reach| reach.say_nhs) } else { None };
    let says = says.or_else(|| person_says(view));
    (party != Party::Gp && says == Some(false)).then(|| {
        let words = Markup::paragraphs([lang.t("referral-letter-envelope-text")]);
        WarningCallout {
            level: 2,
            ..WarningCallout::new(lang, lang.t("referral-letter-envelope-title"), words)
        }
    })
}

/// Whether the person said that a message may say who it is from.
fn person_says(view: &ReferralView) -> Option<bool> {
    record::find(&view.revealed, |section| {
        if let Section::Contact(contact) = section { Some(contact.say_nhs) } else { None }
    })
}

fn paragraphs(lang: Lang, notice: &Notice, who: &Identity, from: &str) -> Vec<Markup> {
    let mut all: Vec<Markup> = Vec::new();
    let names = !matches!(notice.message, Message::GpReminder { .. });
    if notice.party == Party::Gp && names {
        let name = who.full_name.as_ref().unwrap_or(&who.called).to_string();
        let born = match who.born_on {
            Some(born) => lang.tr("referral-letter-born", &[("date", words::day_of(lang, born.date()))]),
            None => lang.t("referral-letter-born-unknown"),
        };
        all.push(lang.tr("referral-letter-about", &[("name", name), ("born", born)]).into());
    }
    all.extend(message(lang, &notice.message, notice.party, from));
    if notice.party == Party::Person {
        all.extend(because(lang, notice.message.reasons()).map(Markup::from));
        all.push(lang.t("referral-letter-come-back").into());
        all.push(lang.t("referral-letter-help-now").into());
    }
    all
}

/// How to come back without telling one's story again, for whoever has nothing but this letter.
fn way_back(app: &App, lang: Lang, notice: &Notice) -> Vec<Markup> {
    let (Message::Withdrawn { reference } | Message::Advised { reference, .. }) = &notice.message else {
        return Vec::new();
    };
    let address = format!("{}{START}", app.settings.public_url);
    let args = [("address", address), ("reference", reference.to_string())];
    let words = letter_words(app, notice.id).words().join(" ");
    vec![
        lang.tr("referral-letter-back", &args).into(),
        Markup::lines(&words),
        lang.t("referral-letter-back-safe").into(),
    ]
}

/// How a service without e-mail answers on the web, and how a practice says that it has read: the five words stand for a link.
fn answer_words(
    app: &App,
    tenant: TenantId,
    lang: Lang,
    (notice, view): (&Notice, &ReferralView),
) -> Vec<Markup> {
    let (about, reference, what, safe) = match (notice.party, &notice.message) {
        (
            Party::Receiver,
            Message::HandoverOffered { reference, handover, .. }
            | Message::HandoverCarry { reference, handover, .. },
        ) => (handover.0, reference, "referral-letter-answer-words", "referral-letter-answer-safe"),
        (Party::Gp, Message::Advised { reference, .. }) => {
            (notice.id.0, reference, "referral-letter-receipt-words", "referral-letter-receipt-safe")
        }
        // The reminder carries the words of the letter that it is about.
        (Party::Gp, Message::GpReminder { reference }) => match asked_letter(view) {
            Some(letter) => {
                (letter.0, reference, "referral-letter-receipt-words", "referral-letter-receipt-safe")
            }
            None => return Vec::new(),
        },
        (_, Message::Enquiry { reference, .. }) => match enquired(&view.revealed) {
            Some(it) => (
                it.enquiry.id.0,
                reference,
                "referral-letter-question-words",
                "referral-letter-question-safe",
            ),
            None => return Vec::new(),
        },
        _ => return Vec::new(),
    };
    let address = format!("{}{}", app.settings.public_url, answer::LETTER);
    let args = [("address", address), ("reference", reference.to_string())];
    let words = answer::words_of(app, tenant, about).words().join(" ");
    vec![lang.tr(what, &args).into(), Markup::lines(&words), lang.t(safe).into()]
}

/// The last letter of advice to the practice.
fn asked_letter(view: &ReferralView) -> Option<NoticeId> {
    let notices =
        record::find(
            &view.revealed,
            |section| {
                if let Section::Notices(all) = section { Some(all) } else { None }
            },
        )?;
    let advised =
        |notice: &&Notice| notice.party == Party::Gp && matches!(notice.message, Message::Advised { .. });
    notices.iter().rfind(advised).map(|notice| notice.id)
}

fn message(lang: Lang, message: &Message, party: Party, from: &str) -> Vec<Markup> {
    let gp = party == Party::Gp;
    let say = |key_person: &str, key_gp: &str, args: &[(&'static str, String)]| {
        Markup::from(lang.tr(if gp { key_gp } else { key_person }, args))
    };
    let service = ("service", from.to_owned());
    let reference = |reference: &onedoor_domain::value::Reference| ("reference", reference.to_string());
    match message {
        Message::Received { reference: number, read_by } => {
            let args = [service, reference(number), ("by", words::date_time(lang, *read_by))];
            vec![say("referral-letter-received", "referral-letter-received-gp", &args)]
        }
        Message::Accepted { reference: number, team, contact_name, next_step, next_on, .. } => vec![
            say(
                "referral-letter-accepted",
                "referral-letter-accepted-gp",
                &[service, reference(number), ("team", team.to_string()), ("name", contact_name.to_string())],
            ),
            lang.tr("referral-letter-next", &[("date", words::day_of(lang, *next_on))]).into(),
            Markup::lines(next_step.as_str()),
        ],
        Message::Advised { reference: number, advice, options, follow_up_on, .. } => vec![
            say("referral-letter-advised", "referral-letter-advised-gp", &[service, reference(number)]),
            Markup::lines(advice.as_str()),
            lang.t("referral-letter-options").into(),
            Markup::lines(options.as_str()),
            say(
                "referral-letter-follow-up",
                "referral-letter-follow-up-gp",
                &[("date", words::day_of(lang, *follow_up_on))],
            ),
        ],
        Message::Withdrawn { reference: number } => {
            vec![say(
                "referral-letter-withdrawn",
                "referral-letter-withdrawn-gp",
                &[service, reference(number)],
            )]
        }
        Message::Duplicate { reference: number, live } => {
            let args = [service, reference(number), ("live", live.to_string())];
            vec![say("referral-letter-duplicate", "referral-letter-duplicate-gp", &args)]
        }
        Message::Enquiry { reference: number, answer_by, .. } => {
            let args = [service, reference(number), ("by", words::date_time(lang, *answer_by))];
            vec![lang.tr("referral-letter-enquiry", &args).into()]
        }
        Message::HandoverOffered { .. }
        | Message::HandoverCarry { .. }
        | Message::HandoverAccepted { .. }
        | Message::Introduction { .. }
        | Message::IntroductionCopy { .. }
        | Message::HandoverBack { .. } => handover(lang, message, from),
        Message::GpReminder { reference: number } => {
            vec![lang.tr("referral-letter-gp-reminder", &[service, reference(number)]).into()]
        }
        Message::Redirected { reference: number, to, contact_name, next } => {
            let args =
                [service, reference(number), ("to", to.to_string()), ("name", contact_name.to_string())];
            vec![
                say("referral-letter-redirected", "referral-letter-redirected-gp", &args),
                Markup::lines(next.as_str()),
            ]
        }
        Message::KeyWorker { .. } => key_worker(lang, message).into_iter().map(Markup::from).collect(),
        Message::AskedFor { reference: number, read_by } => {
            let args = [service, reference(number), ("by", words::date_time(lang, *read_by))];
            let held = lang.t("referral-letter-asked-for-held");
            vec![lang.tr("referral-letter-asked-for", &args).into(), held.into()]
        }
        Message::ToReferrer { reference: number, news } => {
            vec![
                lang.tr("referral-letter-you-asked", &[service, reference(number)]).into(),
                said(lang, news).into(),
            ]
        }
    }
}

/// News of a handover on its way.
fn handover(lang: Lang, message: &Message, from: &str) -> Vec<Markup> {
    let service = ("service", from.to_owned());
    let reference = |reference: &onedoor_domain::value::Reference| ("reference", reference.to_string());
    match message {
        Message::HandoverOffered { reference: number, answer_by, .. } => {
            let args = [service, reference(number), ("by", words::date_time(lang, *answer_by))];
            vec![lang.tr("referral-letter-handover-offered", &args).into()]
        }
        Message::HandoverCarry { reference: number, meet_by, .. } => {
            let args = [service, reference(number), ("by", words::date_time(lang, *meet_by))];
            vec![lang.tr("referral-letter-handover-carry", &args).into()]
        }
        Message::HandoverAccepted {
            reference: number, to, about, contact_name, next, on, meet_by, ..
        } => {
            let args = [
                service,
                reference(number),
                ("to", to.to_string()),
                ("name", contact_name.to_string()),
                ("by", words::date_time(lang, *meet_by)),
            ];
            let takes = lang.tr("referral-letter-handover-accepted", &args);
            let on = on.map(|on| lang.tr("notice-handover-on", &[("day", words::day_of(lang, on))]));
            let about = about.as_ref().map(|about| Markup::lines(about.as_str()));
            let next = Markup::lines(next.as_str());
            std::iter::once(takes.into()).chain(about).chain(on.map(Markup::from)).chain([next]).collect()
        }
        Message::Introduction { reference: number, to, contact_name, next, on, meet_by, .. } => {
            let args = [
                service,
                reference(number),
                ("to", to.to_string()),
                ("name", contact_name.to_string()),
                ("by", words::date_time(lang, *meet_by)),
            ];
            let names = lang.tr("referral-letter-introduction", &args);
            let on = on.map(|on| lang.tr("notice-handover-on", &[("day", words::day_of(lang, on))]));
            let next = Markup::lines(next.as_str());
            std::iter::once(names.into()).chain([next]).chain(on.map(Markup::from)).collect()
        }
        Message::IntroductionCopy { reference: number, contact_name, meet_by, .. } => {
            let args = [
                service,
                reference(number),
                ("name", contact_name.to_string()),
                ("by", words::date_time(lang, *meet_by)),
            ];
            vec![lang.tr("referral-letter-introduction-copy", &args).into()]
        }
        Message::HandoverBack { reference: number, to, decide_by, .. } => {
            let args = [
                service,
                reference(number),
                ("to", to.to_string()),
                ("by", words::date_time(lang, *decide_by)),
            ];
            vec![lang.tr("referral-letter-handover-back", &args).into()]
        }
        Message::Received { .. }
        | Message::Accepted { .. }
        | Message::Advised { .. }
        | Message::Withdrawn { .. }
        | Message::Duplicate { .. }
        | Message::AskedFor { .. }
        | Message::GpReminder { .. }
        | Message::Enquiry { .. }
        | Message::Redirected { .. }
        | Message::KeyWorker { .. }
        | Message::ToReferrer { .. } => Vec::new(),
    }
}
