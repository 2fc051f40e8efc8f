//! Two people at work on one referral at once, by what the record page offers each of them.

use axum::http::StatusCode;
use jiff::ToSpan as _;
use onedoor_domain::calendar::local_date;
use onedoor_domain::ids::ReferralId;

use super::forms::{Chance, Filled, Form, fill, forms, links};
use super::support::{Browser, Page};
use super::{Lane, Way};

/// Those who decide, and those who may be there as well.
const FIRST: [&str; 5] =
    ["senior-nurse", "senior-nurse", "senior-social-worker", "senior-social-worker", "administrator"];
const SECOND: [&str; 10] = [
    "senior-nurse",
    "senior-social-worker",
    "administrator",
    "crisis-nurse",
    "key-worker",
    "social-worker",
    "voluntary-worker",
    "harbour-host",
    "team-manager",
    "service-manager",
];
/// Who works on a handover together: those who ask, and the partner that is asked.
const HAND_OVER: [&str; 3] = ["senior-social-worker", "voluntary-worker", "voluntary-worker"];
const STEPS: [&str; 23] = [
    "triage",
    "signs",
    "ask-once",
    "take-answer",
    "accept",
    "advise",
    "hand-over",
    "offer",
    "take-over",
    "cannot-take",
    "introduce",
    "have-met",
    "take-back",
    "panel",
    "withdraw",
    "duplicate",
    "death",
    "contact",
    "follow-up",
    "allocate",
    "change-worker",
    "wish-worker",
    "four-weeks",
];

/// Both look, both choose, both send; then neither is told a lie.
pub async fn two_act(lane: &mut Lane, id: ReferralId) {
    let (ones, others) = match lane.way {
        Way::Any => (&FIRST[..], &SECOND[..]),
        Way::Met | Way::Panel | Way::Silence => (&FIRST[..2], &HAND_OVER[..]),
    };
    let (first, second) = (*lane.chance.of(ones).unwrap(), *lane.chance.of(others).unwrap());
    let (mut one, mut two) = (lane.seat(first).await, lane.seat(second).await);
    let record = format!("/referrals/{id}");
    let (seen_one, seen_two) = tokio::join!(one.get(&record), two.get(&record));
    let step_one = choose(lane, &record, &mut one, seen_one).await;
    let step_two = choose(lane, &record, &mut two, seen_two).await;
    let (answer_one, answer_two) =
        tokio::join!(take(&mut one, step_one.as_ref()), take(&mut two, step_two.as_ref()));
    for (step, answer) in [(step_one, answer_one), (step_two, answer_two)] {
        if let (Some(step), Some(answer)) = (step, answer) {
            judge(lane, &step, &answer);
        }
    }
}

async fn take(browser: &mut Browser, step: Option<&Filled>) -> Option<Page> {
    let step = step?;
    Some(browser.post(&step.action, &step.pairs()).await)
}

/// A refusal keeps every word; nothing is ever our fault.
fn judge(lane: &mut Lane, step: &Filled, answer: &Page) {
    *lane.seen.answers.entry(answer.status.as_u16()).or_default() += 1;
    let shown = format!("{} for {:?}", answer.status, step);
    match answer.status {
        StatusCode::SEE_OTHER => {}
        StatusCode::CONFLICT | StatusCode::UNPROCESSABLE_ENTITY => {
            for words in &step.words {
                assert!(answer.has(words), "{words:?} is lost: {shown}\n{}", answer.body);
            }
        }
        // The referral went to another team between looking and sending.
        StatusCode::NOT_FOUND | StatusCode::FORBIDDEN => assert!(answer.has("111"), "{shown}"),
        _ => panic!("{shown}\n{}", answer.body),
    }
}

/// One of the steps the page offers, with its form filled in.
async fn choose(lane: &mut Lane, record: &str, browser: &mut Browser, page: Page) -> Option<Filled> {
    if page.status != StatusCode::OK {
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{}", page.body);
        return None;
    }
    let begin = format!("{record}/");
    let step = |link: &String| link.strip_prefix(&begin).is_some_and(|step| STEPS.contains(&step));
    let links: Vec<String> = links(&page.body).into_iter().filter(step).collect();
    let of_record = |form: &Form| form.action.starts_with(&begin) || form.action.starts_with("/duty/");
    let forms: Vec<Form> = forms(&page.body).into_iter().filter(of_record).collect();
    // Mostly what is due: open it, then the first link. The rest, and what ends a referral early, more rarely.
    if lane.way != Way::Any && !lane.chance.once_in(6) {
        return on_the_way(lane, browser, &links, &forms).await;
    }
    let opens = forms.iter().find(|form| form.action.ends_with("/open")).filter(|_| lane.chance.once_in(2));
    if let Some(form) = opens {
        return Some(filled(lane, form));
    }
    let at = lane.chance.below(forms.len() + 3);
    if let Some(form) = forms.get(at) {
        return Some(filled(lane, form));
    }
    let link =
        if lane.chance.once_in(6) { lane.chance.of(&links) } else { next_step(&links, &mut lane.chance) }?;
    follow(lane, browser, link).await
}

/// The form behind a link, filled in.
async fn follow(lane: &mut Lane, browser: &mut Browser, link: &str) -> Option<Filled> {
    let page = browser.get(link).await;
    if page.status == StatusCode::SEE_OTHER {
        return None;
    }
    assert_eq!(page.status, StatusCode::OK, "{link}, which the page offered: {}", page.body);
    let form = self::forms(&page.body).into_iter().find(|form| form.action == *link)?;
    Some(filled(lane, &form))
}

/// The next step of a handover that is meant to end: with having met, or with a panel; then telling everybody.
async fn on_the_way(
    lane: &mut Lane,
    browser: &mut Browser,
    links: &[String],
    forms: &[Form],
) -> Option<Filled> {
    let wanted: &[&str] = match lane.way {
        Way::Any | Way::Met => &["/offer", "/have-met", "/take-over", "/panel", "/hand-over"],
        Way::Panel => &["/panel", "/offer", "/cannot-take", "/hand-over"],
        Way::Silence => &["/offer", "/hand-over"],
    };
    // Introduced before they meet, mostly.
    let introduce = links.iter().find(|link| link.ends_with("/introduce"));
    let introduce = introduce.filter(|_| lane.way == Way::Met && !lane.chance.once_in(4));
    let wanted = || wanted.iter().find_map(|step| links.iter().find(|link| link.ends_with(step)));
    let next = introduce.or_else(wanted).or_else(|| links.iter().find(|link| link.ends_with("/triage")));
    let Some(next) = next else {
        let opens = forms.iter().find(|form| form.action.ends_with("/open"));
        let form = opens.or_else(|| lane.chance.of(forms))?;
        return Some(filled(lane, form));
    };
    let form = follow(lane, browser, next).await?;
    if !next.ends_with("/hand-over") {
        return Some(form);
    }
    let lantern = lane.house.demo.teams["lantern"].to_string();
    let to = if lane.chance.once_in(2) { "here" } else { "outside" };
    Some(form.with("to", to).with("team", &lantern).with("consent", "agrees"))
}

/// What a handover waits for; triage, else a decision or a check, else being with the person.
fn next_step<'a>(links: &'a [String], chance: &mut Chance) -> Option<&'a String> {
    let at = |step: &str| links.iter().find(|link| link.ends_with(step));
    let handover = ["/offer", "/take-over", "/have-met", "/panel"].into_iter().find_map(at);
    if let Some(handover) = handover.filter(|_| !chance.once_in(4)) {
        return Some(handover);
    }
    let decision = chance.of(&["/accept", "/advise", "/hand-over"]).and_then(|step| at(step));
    let again = at("/triage").filter(|_| decision.is_none());
    again.or(decision.filter(|_| !chance.once_in(3))).or_else(|| at("/follow-up")).or_else(|| links.first())
}

fn filled(lane: &mut Lane, form: &Form) -> Filled {
    let mark = format!("Words-{}", lane.chance.below(100_000));
    let ahead = if lane.chance.once_in(15) { -3 } else { i64::try_from(lane.chance.below(20)).unwrap() };
    let day = local_date(lane.now()).saturating_add(ahead.days());
    let known = lane.known.clone();
    let typed = |name: &str, chance: &mut Chance| match name {
        "next-on[day]" => Some(day.day().to_string()),
        "next-on[month]" => Some(day.month().to_string()),
        "next-on[year]" => Some(day.year().to_string()),
        "phone" => Some("01632 960700".to_owned()),
        "email" => Some("desk@service.example".to_owned()),
        "live-reference" => Some(chance.of(&known).cloned().unwrap_or_default()),
        _ => None,
    };
    let mut filled = fill(form, &mut lane.chance, &mark, typed);
    if lane.chance.once_in(12) {
        leave_one_out(&mut filled, &mut lane.chance);
    }
    filled
}

fn leave_one_out(filled: &mut Filled, chance: &mut Chance) {
    let at = chance.below(filled.fields.len());
    if filled.fields.get(at).is_some_and(|(name, _)| name != "version" && name != "step") {
        let (_, value) = filled.fields.remove(at);
        filled.words.retain(|words| *words != value);
    }
}
