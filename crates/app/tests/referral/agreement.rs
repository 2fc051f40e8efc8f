//! Agreements with partners, over HTTP: written down, read by the partner, ended; without one nobody new is offered, and whom
//! the partner has, it keeps (hazards H03, H06).

use axum::http::StatusCode;
use jiff::civil::Date;
use jiff::{SignedDuration, ToSpan as _};
use onedoor::work::Worker;
use onedoor_domain::calendar::local_date;
use onedoor_domain::ids::ReferralId;
use onedoor_domain::referral::StateKind;

use super::people::{asks, look, request};
use super::support::{Browser, House, Page, house};
use super::{step, triaged};

fn today(house: &House) -> Date {
    local_date(house.app.system(house.demo.tenant, onedoor_domain::actor::SystemScope::Command).now)
}

/// The address of the partner's agreements, from the list of partners.
async fn partner(manager: &mut Browser) -> String {
    let list = manager.get("/agreements").await;
    assert!(list.has("Lantern Community Support"), "{}", list.body);
    let at = list.body.find("/organisations/").unwrap();
    list.body[at..].split('"').next().unwrap().to_owned()
}

/// Ends the agreement that the demonstration begins with.
async fn ends(manager: &mut Browser, why: &str) -> Page {
    let of = partner(manager).await;
    let page = manager.get(&of).await;
    let at = page.body.find("/agreements/").map(|at| &page.body[at..]);
    let link =
        page.body.match_indices("/agreements/").map(|(at, _)| page.body[at..].split('"').next().unwrap());
    let end = link.into_iter().find(|link| link.ends_with("/end")).or(at).unwrap().to_owned();
    manager.post(&end, &[("end-why", why)]).await
}

fn dates(name: &'static str, day: Date) -> [(String, String); 3] {
    [("day", i32::from(day.day())), ("month", i32::from(day.month())), ("year", i32::from(day.year()))]
        .map(|(part, number)| (format!("{name}[{part}]"), number.to_string()))
}

async fn writes(house: &House, manager: &mut Browser, days: [i32; 3]) -> Page {
    let of = partner(manager).await;
    let form = manager.get(&format!("{of}/new")).await;
    let owner = house.demo.teams["south"].to_string();
    let mut fields: Vec<(String, String)> = [
        ("id", form.field("id").as_str()),
        ("takes", "Company and practical help."),
        ("sees", "What the person told us."),
        ("reviewed-by", "Dr Amir Sandhu"),
        ("here-name", "Ruth Levene"),
        ("here-role", "Service manager"),
        ("there-name", "Wren Halloran"),
        ("there-role", "Director"),
        ("owner", owner.as_str()),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .into();
    for (name, days) in ["from", "until", "review"].into_iter().zip(days) {
        fields.extend(dates(name, today(house).saturating_add(days.days())));
    }
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let done = manager.post(&format!("{of}/new"), &fields).await;
    if done.status == StatusCode::SEE_OTHER {
        let again = manager.post(&format!("{of}/new"), &fields).await;
        assert_eq!(again.location, done.location, "sent twice it is one: {}", again.body);
    }
    done
}

async fn ready(house: &House, nurse: &mut Browser) -> ReferralId {
    let id = asks(house, request("Mira")).await;
    triaged(house, nurse, id).await;
    id
}

async fn offers(house: &House, nurse: &mut Browser, id: ReferralId, consent: &str) -> Page {
    let team = house.demo.teams["lantern"].to_string();
    let fields =
        [("to", "here"), ("team", team.as_str()), ("why", "They know about letters."), ("consent", consent)];
    step(nurse, id, "hand-over", &fields).await
}

// seed: 65
#[tokio::test]
async fn without_an_agreement_nobody_new_is_offered_and_whom_the_partner_has_it_keeps() {
    let house = house().await;
    let mut nurse = house.persona("senior-nurse").await;
    let (held, waits, new) =
        (ready(&house, &mut nurse).await, ready(&house, &mut nurse).await, ready(&house, &mut nurse).await);
    assert_eq!(offers(&house, &mut nurse, held, "agrees").await.status, StatusCode::SEE_OTHER);
    assert_eq!(offers(&house, &mut nurse, waits, "ask").await.status, StatusCode::SEE_OTHER);
    let mut manager = house.persona("service-manager").await;
    let empty = ends(&mut manager, " ").await;
    assert!(empty.status == StatusCode::UNPROCESSABLE_ENTITY && empty.has("Write down why it ends"));
    let ended = ends(&mut manager, "They close for the summer.").await;
    assert_eq!(ended.status, StatusCode::SEE_OTHER, "{}", ended.body);
    let page = manager.follow(ended).await;
    assert!(page.has("They close for the summer.") && page.has("No agreement is in force."), "{}", page.body);

    // Nobody new: the form says why and what to do, and a form that was open before is refused with every word kept.
    let form = nurse.get(&format!("/referrals/{new}/hand-over")).await;
    assert!(form.has("no agreement with them is in force: Harbour Crisis Café"), "{}", form.body);
    assert!(!form.body.contains(&format!("<option value=\"{}\"", house.demo.teams["lantern"])));
    let refused = offers(&house, &mut nurse, new, "agrees").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.has("Ask the service manager to renew the agreement.")
            && refused.has("They know about letters.")
    );
    let late = step(&mut nurse, waits, "offer", &[("consent", "agrees")]).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY, "it ended before the service was asked");
    assert!(late.has("or take this one back"), "{}", late.body);
    let back = step(&mut nurse, waits, "take-back", &[("why", "No agreement.")]).await;
    assert_eq!(back.status, StatusCode::SEE_OTHER, "{}", back.body);
    let mut accept = vec![("team", house.demo.teams["lantern"].to_string())];
    accept.extend(super::ACCEPT.map(|(name, value)| (name, value.to_owned())));
    let accept: Vec<(&str, &str)> = accept.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let straight = step(&mut nurse, new, "accept", &accept).await;
    assert_eq!(straight.status, StatusCode::UNPROCESSABLE_ENTITY, "nor by accepting for it");

    // Whom it has, it keeps.
    let mut worker = house.persona("voluntary-worker").await;
    let queue = worker.get("/handovers").await;
    assert!(queue.has("Mira"), "{}", queue.body);
    let own = worker.get("/our-agreement").await;
    assert!(
        own.has("You have no agreement in force.") && own.has("You keep the people you have"),
        "{}",
        own.body
    );
    let takes = [("contact-name", "Asha"), ("next", "Asha rings on Thursday.")];
    let done = step(&mut worker, held, "take-over", &takes).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);

    // Another agreement, and it can be asked again.
    let written = writes(&house, &mut manager, [0, 365, 300]).await;
    assert_eq!(written.status, StatusCode::SEE_OTHER, "{}", written.body);
    assert_eq!(offers(&house, &mut nurse, new, "agrees").await.status, StatusCode::SEE_OTHER);
    assert_eq!(look(&house, new).await.kind(), StateKind::Redirecting);
}

// seed: 65
/// What was agreed is data that people of the county write: what work, what is seen, which days, who renews it. The partner reads
/// the same words, and how long it has to answer is the county's to set.
#[tokio::test]
async fn what_was_agreed_and_how_long_a_partner_has_are_written_by_the_county_and_read_by_the_partner() {
    let house = house().await;
    let mut manager = house.persona("service-manager").await;
    assert_eq!(ends(&mut manager, "Written anew.").await.status, StatusCode::SEE_OTHER);
    assert_eq!(writes(&house, &mut manager, [0, 100, 90]).await.status, StatusCode::SEE_OTHER);
    let mut worker = house.persona("voluntary-worker").await;
    let own = worker.get("/our-agreement").await;
    for words in [
        "Company and practical help.",
        "What the person told us.",
        "Dr Amir Sandhu",
        "Ruth Levene",
        "Wren Halloran",
        "South Ashmere Community Team",
        "4 March 2027",
        "22 February 2027",
    ] {
        assert!(own.has(words), "{words}: {}", own.body);
    }
    // Another agreement is another set of words and days; the old one stays to be read.
    let changed = house.persona("administrator").await.get("/agreements").await;
    assert_eq!(changed.status, StatusCode::FORBIDDEN, "not everybody writes them");
    let of = partner(&mut manager).await;
    assert!(manager.get(&of).await.has("Written anew."));
    // By when it answers: the county's setting, from then on. Tuesday at ten, category C.
    let mut nurse = house.persona("senior-nurse").await;
    for (days, by) in [("1", "2026-11-25T10:00:00Z"), ("2", "2026-11-26T10:00:00Z")] {
        let version = manager.get("/county/handover").await.field("version");
        let limits = [
            ("version", version.as_str()),
            ("urgent", days),
            ("answer", "3"),
            ("meet", "28"),
            ("panel", "2"),
            ("receipt", "5"),
        ];
        let set = manager.post("/county/handover", &limits).await;
        assert_eq!(set.status, StatusCode::SEE_OTHER, "{}", set.body);
        let id = ready(&house, &mut nurse).await;
        assert_eq!(offers(&house, &mut nurse, id, "agrees").await.status, StatusCode::SEE_OTHER);
        let due = look(&house, id).await.handover().and_then(onedoor_domain::handover::Handover::due_at);
        assert_eq!(due.map(|due| due.to_string()).as_deref(), Some(by));
    }
}

#[tokio::test]
async fn an_agreement_near_its_end_is_on_the_day_of_the_team_that_renews_it_until_another_follows() {
    let house = house().await;
    let mut manager = house.persona("service-manager").await;
    let mut other = house.persona("senior-nurse").await;
    let mut worker = house.persona("voluntary-worker").await;
    assert!(manager.get("/my-day").await.has("Agreements to renew"));
    assert!(!other.get("/my-day").await.has("Agreements to renew"), "another team renews it");
    assert!(manager.get("/agreements").await.has("To be renewed"));
    for path in ["/handovers", "/our-agreement"] {
        let page = worker.get(path).await;
        assert!(
            page.has("Your agreement ends soon") && page.has("You keep the people you have"),
            "{}",
            page.body
        );
    }
    for (days, says) in [
        ([10, 5, 5], "The last day must not come before the first"),
        ([-20, -10, -15], "The last day has passed already"),
        ([0, 4000, 300], "An agreement runs for at most five years"),
        ([0, 365, 400], "Choose a day from the first to the last day"),
    ] {
        let wrong = writes(&house, &mut manager, days).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.has(says) && wrong.has("Company and practical help."), "{}", wrong.body);
    }
    let written = writes(&house, &mut manager, [46, 400, 350]).await;
    assert_eq!(written.status, StatusCode::SEE_OTHER, "{}", written.body);
    assert!(!manager.get("/my-day").await.has("Agreements to renew"));
    assert!(!worker.get("/handovers").await.has("Your agreement ends soon"));
}

/// A task and not only a list: the worker makes it once, it goes up by itself, and another agreement closes it.
#[tokio::test]
async fn the_worker_asks_once_for_an_agreement_to_be_renewed_and_nobody_can_let_it_lie() {
    let house = house().await;
    let worker = Worker::new(&house.app);
    let happened = async |kind: &str| {
        house.database.rows(&format!("SELECT kind FROM event WHERE kind = '{kind}'")).await.len()
    };
    worker.run_due().await;
    worker.run_due().await;
    assert_eq!(happened("renewal_asked").await, 1, "once");
    let day = house.persona("service-manager").await.get("/my-day").await;
    assert!(day.has("Agreements to renew") && !day.has("and has gone up"), "{}", day.body);
    let due = house.database.rows("SELECT body->'renewal'->>'due_on' FROM agreement").await;
    let due: Date = due[0].parse().unwrap();
    let ahead = i64::from(today(&house).until(due).unwrap().get_days());
    house.later(SignedDuration::from_hours(24 * (ahead + 1)));
    worker.run_due().await;
    assert_eq!(happened("renewal_raised").await, 1);
    house.later(SignedDuration::from_hours(24));
    worker.run_due().await;
    worker.run_due().await;
    assert_eq!(happened("renewal_raised").await, 2, "to the service manager, and no further");
    let mut manager = house.persona("service-manager").await;
    let day = manager.get("/my-day").await;
    assert!(day.has("and has gone up"), "{}", day.body);
    let written = writes(&house, &mut manager, [0, 400, 350]).await;
    assert_eq!(written.status, StatusCode::SEE_OTHER, "{}", written.body);
    assert!(!manager.get("/my-day").await.has("Agreements to renew"));
    let open = "SELECT id::text FROM agreement WHERE body->'renewal' <> 'null' AND body->'renewal'->>'done_at' IS NULL";
    assert!(house.database.rows(open).await.is_empty(), "closed by the one that follows");
}

#[tokio::test]
async fn a_partner_sets_its_own_words_and_letters_say_what_it_does() {
    let house = house().await;
    let mut worker = house.persona("voluntary-worker").await;
    let half = worker.post("/our-agreement", &[("one", "guest"), ("about", "A warm room.")]).await;
    assert_eq!(half.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(half.has("Enter what you call several of them") && half.has("A warm room."), "{}", half.body);
    let shown = worker.get("/our-agreement").await.field("version");
    let [one, several, about] =
        [("one", "guest"), ("several", "Guests"), ("about", "A warm room and somebody to talk to.")];
    let words = [("version", shown.as_str()), one, several, about];
    let done = worker.post("/our-agreement", &words).await;
    assert!(worker.follow(done).await.has("Your words are saved."));
    // The same form sent twice is one; a colleague of the same organisation who opened it before is told, and both texts stand.
    assert_eq!(worker.post("/our-agreement", &words).await.status, StatusCode::SEE_OTHER);
    let mut host = house.persona("harbour-host").await;
    let theirs = [("version", shown.as_str()), ("one", "friend"), ("several", "friends"), ("about", "")];
    let late = host.post("/our-agreement", &theirs).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    for text in ["Grace Amadi", "A warm room and somebody to talk to.", "friends"] {
        assert!(late.has(text), "{text}: {}", late.body);
    }
    assert!(host.get("/our-agreement").await.has("value=\"Guests\""), "nothing was written over");
    let mut nurse = house.persona("senior-nurse").await;
    let id = ready(&house, &mut nurse).await;
    assert_eq!(offers(&house, &mut nurse, id, "agrees").await.status, StatusCode::SEE_OTHER);
    let queue = worker.get("/handovers").await;
    assert!(queue.has("Guests who wait for your answer.") && queue.has("Guest</th>"), "{}", queue.body);
    let takes = [("contact-name", "Asha"), ("next", "Asha rings on Thursday.")];
    step(&mut worker, id, "take-over", &takes).await;
    let told = look(&house, id).await;
    let says = told.notices().iter().any(|notice| {
        let said = serde_json::to_string(&notice.message).unwrap();
        said.contains("A warm room and somebody to talk to.")
    });
    assert!(says, "the letter says what the service does");
    // Whoever changes the organisation's name leaves its words.
    let mut administrator = house.persona("system-administrator").await;
    let of = partner(&mut house.persona("service-manager").await).await;
    let org = of.trim_end_matches("/agreements").to_owned();
    let renamed = [("name", "Lantern"), ("kind", "voluntary")];
    assert_eq!(administrator.post(&org, &renamed).await.status, StatusCode::SEE_OTHER);
    assert!(worker.get("/our-agreement").await.has("A warm room"), "its own words stay");
    let empty = [("version", "1"), ("one", ""), ("several", ""), ("about", "")];
    let cleared = worker.post("/our-agreement", &empty).await;
    assert_eq!(cleared.status, StatusCode::SEE_OTHER);
    assert!(!worker.get("/handovers").await.has("Guests who wait"));
}
