//! What workers can do and when they are away, who covers for them, and how full teams are.

use super::*;

#[tokio::test]
async fn whoever_covers_sees_the_tasks_and_people_of_who_is_away_and_whose_they_are() {
    let house = house().await;
    let id = taken_on(&house, request("Mira")).await;
    named(&house, id, "community-nurse").await;
    let day = house.persona("key-worker").await.get("/my-day").await;
    let place = day.body.find("For Joseph Mensah, who is away until").unwrap();
    let rest = &day.body[place..];
    assert!(rest.contains("Begin help within four weeks") && rest.contains("Their people"), "{rest}");
    assert!(rest.contains("Mira"));
    let other = house.persona("peer-worker").await.get("/my-day").await;
    assert!(!other.has("who is away until"), "{}", other.body);
    house.later(SignedDuration::from_hours(24 * 11));
    let day = house.persona("key-worker").await.get("/my-day").await;
    assert!(!day.has("For Joseph Mensah"), "back again");
}

// seed: 52
#[tokio::test]
async fn a_profile_needs_a_number_or_somebody_who_answers_and_somebody_else_looks_it_up() {
    let house = house().await;
    let user = house.demo.users["peer-worker"];
    let base = format!("/workers/{user}");
    let mut own = house.persona("peer-worker").await;
    let form = own.get(&format!("{base}/edit")).await;
    assert_eq!(form.status, StatusCode::OK, "{}", form.body);
    let version = form.field("version");
    let nobody = [("version", version.as_str()), ("profession", "peer"), ("languages", "Polish")];
    let refused = own.post(&format!("{base}/edit"), &nobody).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.has("Choose who answers for them"), "{}", refused.body);
    let nurse = [("version", version.as_str()), ("profession", "nurse")];
    let refused = own.post(&format!("{base}/edit"), &nurse).await;
    assert!(refused.has("Give the registration number"), "{}", refused.body);
    let nurse = [
        ("version", version.as_str()),
        ("profession", "nurse"),
        ("number", "99A9993E"),
        ("skills", "trauma"),
        ("languages", "Polish, Urdu"),
        ("limit", "12"),
    ];
    let saved = own.post(&format!("{base}/edit"), &nurse).await;
    assert_eq!(saved.location, Some(format!("{base}?done=saved")), "{}", saved.body);
    let late = own.post(&format!("{base}/edit"), &nurse).await;
    assert_eq!(late.status, StatusCode::CONFLICT, "the form is older than what is stored");
    // Every choice, under its label and in words: what stands there now, and what was typed.
    for words in ["Nurse", "trauma", "99A9993E", "Polish, Urdu"] {
        assert_eq!(late.body.matches(words).count(), 2, "{words}: {}", late.body);
    }
    let kept = late.body.split_once("class=\"od-kept\"").unwrap().1;
    assert!(kept.contains("Nurse") && !kept.contains("nurse<"), "{kept}");
    let page = own.get(&base).await;
    assert!(page.has("Registered, not looked up yet") && page.has("Urdu"), "{}", page.body);
    assert!(!page.has("I have looked this up today"), "nobody looks up their own");
    let mut manager = house.persona("team-manager").await;
    assert!(manager.get(&base).await.has("I have looked this up today"));
    manager.post(&format!("{base}/looked-up"), &[]).await;
    let page = manager.get(&base).await;
    assert!(page.has("Looked up by Colin Ashdown on 24 November 2026"), "{}", page.body);
    // A colleague of the same team who manages nobody, and a manager of none of their teams.
    for stranger in ["key-worker", "social-worker"] {
        assert_eq!(
            house.persona(stranger).await.get(&base).await.status,
            StatusCode::NOT_FOUND,
            "{stranger}"
        );
    }
}

#[tokio::test]
async fn time_away_names_who_covers_and_whoever_covers_is_there() {
    let house = house().await;
    let user = house.demo.users["key-worker"];
    let (base, peer) = (format!("/workers/{user}"), house.demo.users["peer-worker"].to_string());
    let nurse = house.demo.users["community-nurse"].to_string();
    let mut own = house.persona("key-worker").await;
    let id = own.get(&format!("{base}/away")).await.field("id");
    let from = [("from[day]", "25"), ("from[month]", "11"), ("from[year]", "2026")];
    let to = [("to[day]", "27"), ("to[month]", "11"), ("to[year]", "2026")];
    let fields = |cover: &str| {
        let mut all = vec![("id".to_owned(), id.clone()), ("cover".to_owned(), cover.to_owned())];
        all.extend(from.iter().chain(&to).map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        all
    };
    let send = |cover: &str| {
        let all = fields(cover);
        let (mut browser, path) = (own.clone(), format!("{base}/away"));
        async move {
            let pairs: Vec<(&str, &str)> =
                all.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            browser.post(&path, &pairs).await
        }
    };
    let refused = send(&nurse).await;
    assert!(refused.has("Whoever covers is away on one of these days"), "{}", refused.body);
    assert!(send("").await.has("Choose who covers"));
    let saved = send(&peer).await;
    assert_eq!(saved.location, Some(format!("{base}?done=away")), "{}", saved.body);
    assert_eq!(send(&peer).await.status, StatusCode::SEE_OTHER, "sent twice is once");
    let page = own.get(&base).await;
    assert_eq!(page.body.matches("Anya Kowalska covers").count(), 1, "{}", page.body);
    let absence = page.field("absence");
    let back = own.post(&format!("{base}/back"), &[("absence", &absence)]).await;
    assert_eq!(back.location, Some(format!("{base}?done=back")), "{}", back.body);
    assert!(own.get(&base).await.has("No time away is written down"));
}

/// Back to the first key worker, by the manager.
async fn named_again(house: &House, id: ReferralId) {
    let marcus = house.demo.users["key-worker"].to_string();
    let fields = [("key-worker", marcus.as_str()), ("why", "They know each other.")];
    let done = step(&mut house.persona("team-manager").await, id, "change-worker", &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
}

#[tokio::test]
async fn all_people_of_somebody_who_leaves_are_handed_over_each_by_itself() {
    let house = house().await;
    let mut people = Vec::new();
    for name in ["Mira", "Sam", "Lou"] {
        let id = taken_on(&house, request(name)).await;
        named(&house, id, "key-worker").await;
        people.push(id);
    }
    let user = house.demo.users["key-worker"];
    let path = format!("/workers/{user}/people?team={}", house.demo.teams["north"]);
    let mut manager = house.persona("team-manager").await;
    let page = manager.get(&path).await;
    assert!(page.has("Mira") && page.has("Sam") && page.has("Hand over"), "{}", page.body);
    let next = manager.get(&format!("{path}&after=0.0.{}", people[0])).await;
    assert!(
        !next.has("Mira") && next.has("Sam") && next.has("Lou"),
        "whoever follows the first: {}",
        next.body
    );
    let refused = manager.post(&path, &[("to", ""), ("why", "")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let ids: Vec<String> = people.iter().take(2).map(ToString::to_string).collect();
    let peer = house.demo.users["peer-worker"].to_string();
    let fields = [
        ("people", ids[0].as_str()),
        ("people", ids[1].as_str()),
        ("to", peer.as_str()),
        ("why", "Marcus leaves us."),
    ];
    let done = manager.post(&path, &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    for (place, id) in people.iter().enumerate() {
        let worker = look(&house, *id).await.episode().unwrap().key_worker.clone().unwrap().0;
        let expected = if place < 2 { "peer-worker" } else { "key-worker" };
        assert_eq!(worker, house.demo.users[expected]);
    }
    let again = manager.post(&path, &fields).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "they are somebody else's by now");
    assert!(again.has("Nobody was handed over.") && !again.has(">Lou</a>"), "{}", again.body);
    for name in ["Mira", "Sam"] {
        assert!(again.has(&format!(">{name}</a>")), "{name} is named: {}", again.body);
    }
    assert_eq!(again.body.matches("Anya Kowalska is their key worker by now.").count(), 2, "{}", again.body);
    // One goes and one stays: both are said.
    let both = [("people", ids[0].as_str()), ("people", &people[2].to_string()), fields[2], fields[3]];
    let half = manager.post(&path, &both).await;
    assert!(
        half.has("1 person was handed over") && half.has(">Mira</a>") && !half.has(">Lou</a>"),
        "{}",
        half.body
    );
    named_again(&house, people[2]).await;
    let worker = house.persona("key-worker").await.post(&path, &[both[1], fields[2], fields[3]]).await;
    assert_eq!(worker.status, StatusCode::CONFLICT);
    assert!(
        worker.has(">Lou</a>") && worker.has("Only the team’s manager can name somebody else"),
        "{}",
        worker.body
    );
    let kept = look(&house, people[2]).await.episode().unwrap().key_worker.clone().unwrap().0;
    assert_eq!(kept, user, "a worker hands nobody over to somebody else");
}

#[tokio::test]
async fn a_manager_reads_how_full_the_teams_are_in_numbers_and_nothing_of_anybody() {
    let house = house().await;
    let id = taken_on(&house, request("Mira")).await;
    named(&house, id, "key-worker").await;
    taken_on(&house, request("Sam")).await;
    house.later(SignedDuration::from_hours(24 * 9));
    let page = house.persona("team-manager").await.get("/capacity").await;
    assert!(page.has("North Ashmere Community Team") && page.has("1 of 40"), "{}", page.body);
    assert!(page.has("Joseph Mensah") && !page.has("Mira") && !page.has("Sam</"), "{}", page.body);
    for persona in ["key-worker", "senior-nurse", "gp"] {
        let answer = house.persona(persona).await.get("/capacity").await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{persona}");
    }
}

#[tokio::test]
async fn a_county_says_what_is_a_standard_and_the_record_calls_it_so() {
    let house = house().await;
    let id = taken_on(&house, request("Mira")).await;
    let mut manager = house.persona("service-manager").await;
    let version = manager.get("/county/waits").await.field("version");
    let fields = [
        ("version", version.as_str()),
        ("four-weeks", "21"),
        ("ed-liaison", "60"),
        ("very-urgent", "240"),
        ("urgent", "0"),
        ("standards", "4WW-ADULT"),
    ];
    let refused = manager.post("/county/waits", &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let mut fields = fields;
    fields[4].1 = "1440";
    let saved = manager.post("/county/waits", &fields).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let record = house.persona("senior-nurse").await.get(&format!("/referrals/{id}")).await;
    assert!(record.has("4WW-ADULT), standard"), "{}", record.body);
    assert!(manager.get("/county").await.has("21 days"));
}

#[tokio::test]
async fn a_name_in_the_list_of_a_team_leads_only_where_the_reader_may_go() {
    let house = house().await;
    let link = |key: &str| format!("href=\"/workers/{}\"", house.demo.users[key]);
    let path = format!("/workers?team={}", house.demo.teams["north"]);
    let mut own = house.persona("key-worker").await;
    let page = own.get(&path).await;
    assert!(page.has("Anya Kowalska") && !page.has(&link("peer-worker")), "plain text: {}", page.body);
    assert!(page.has(&link("key-worker")), "one's own page");
    for persona in ["team-manager", "service-manager"] {
        let mut manager = house.persona(persona).await;
        let page = manager.get(&path).await;
        for key in ["peer-worker", "key-worker"] {
            assert!(page.has(&link(key)), "{persona}: {}", page.body);
            let opened = manager.get(&format!("/workers/{}", house.demo.users[key])).await;
            assert_eq!(opened.status, StatusCode::OK, "{persona}: a link that is shown works");
        }
    }
}
