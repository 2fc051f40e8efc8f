//! More people than a page holds: nobody falls off the end of a list.

use std::collections::BTreeSet;

use onedoor_domain::value::Reference;

use super::support::Page;
use super::*;

const MANY: u64 = 60;

/// So many more requests like this one, each called differently, with its care and one task that waits for somebody by name.
async fn crowd(house: &House, id: ReferralId) {
    let row = |n: u64| {
        let reference = Reference::from_bytes(n.wrapping_mul(0x9E37_79B9_7F4A_7C15).to_be_bytes());
        format!("(gen_random_uuid(), gen_random_uuid(), '{}', '{}')", reference.as_str(), called(n))
    };
    let rows: Vec<String> = (1..=MANY).map(row).collect();
    let sql = format!(
        "SET session_replication_role = replica;
         CREATE TEMPORARY TABLE crowd AS SELECT * FROM (VALUES {}) AS c (id, task, reference, called);
         INSERT INTO referral SELECT (jsonb_populate_record(r, to_jsonb(c) - 'task')).*
             FROM referral AS r CROSS JOIN crowd AS c WHERE r.id = '{id}';
         INSERT INTO episode SELECT (jsonb_populate_record(e, jsonb_build_object('id', c.id, 'referral_id', c.id))).*
             FROM episode AS e CROSS JOIN crowd AS c WHERE e.referral_id = '{id}';
         INSERT INTO task SELECT (jsonb_populate_record(NULL::task, to_jsonb(t) || jsonb_build_object(
                 'id', c.task, 'referral_id', c.id, 'body', jsonb_set(t.body, '{{id}}', to_jsonb(c.task))))).*
             FROM crowd AS c CROSS JOIN LATERAL (
                 SELECT * FROM task WHERE referral_id = '{id}' AND owner_id IS NOT NULL AND ended_at IS NULL LIMIT 1) AS t;",
        rows.join(", ")
    );
    house.database.rows(&sql).await;
}

fn called(n: u64) -> String {
    format!("Person {n}.")
}

/// Everybody who stands in one list of a page, page after page; the list begins at its heading, and its place has a name.
async fn walk(browser: &mut Browser, path: &str, (heading, place): (&str, &str)) -> (BTreeSet<u64>, usize) {
    let (mut seen, mut pages, mut at) = (BTreeSet::new(), 0, path.to_owned());
    loop {
        let page = browser.get(at.split('#').next().unwrap()).await;
        assert_eq!(page.status, StatusCode::OK, "{at}");
        let list = section(&page, heading);
        let here: Vec<u64> = (1..=MANY).filter(|n| list.contains(&format!(">{}<", called(*n)))).collect();
        assert!(here.iter().all(|n| seen.insert(*n)), "nobody twice: {at}");
        pages += 1;
        let links = list.split("href=\"").skip(1).filter_map(|link| link.split_once('"'));
        let next =
            links.filter(|(_, rest)| rest.trim_start().starts_with("rel=\"next\"")).map(|(href, _)| href);
        let mut next = next.filter(|href| href.contains(&format!("{place}=")));
        let Some(next) = next.next() else {
            return (seen, pages);
        };
        at = next.replace("&#38;", "&").replace("&amp;", "&");
        assert!(pages < 10, "it comes to an end");
    }
}

fn section<'a>(page: &'a Page, heading: &str) -> &'a str {
    let rest = page.body.split_once(&format!("id=\"{heading}\"")).unwrap().1;
    rest.split("</section>").next().unwrap()
}

#[tokio::test]
async fn a_key_worker_of_many_has_a_next_page_and_everybody_stands_on_one() {
    let house = house().await;
    let id = taken_on(&house, request("Mira")).await;
    named(&house, id, "peer-worker").await;
    crowd(&house, id).await;
    let mut worker = house.persona("peer-worker").await;
    let first = worker.get("/my-day").await;
    assert!(section(&first, "people").contains("the next 50"), "{}", first.body);
    let (seen, pages) = walk(&mut worker, "/my-day", ("people", "people")).await;
    assert_eq!((seen.len(), pages), (60, 2), "{seen:?}");
    // A place that does not read is the start of the list.
    assert!(section(&worker.get("/my-day?people=x").await, "people").contains("the next 50"));
}

#[tokio::test]
async fn whoever_covers_comes_to_every_task_and_everybody_of_who_is_away() {
    let house = house().await;
    let id = taken_on(&house, request("Mira")).await;
    named(&house, id, "community-nurse").await;
    crowd(&house, id).await;
    let mut cover = house.persona("key-worker").await;
    let day = cover.get("/my-day").await;
    let whole = format!("/my-day/covered/{}", house.demo.users["community-nurse"]);
    assert!(day.has("For Joseph Mensah, who is away until"), "{}", day.body);
    assert!(day.has(&whole) && day.has("Everything that waits for Joseph Mensah"), "{}", day.body);
    for (list, place) in [("tasks", "after"), ("people", "people")] {
        let (seen, pages) = walk(&mut cover, &whole, (list, place)).await;
        assert_eq!((seen.len(), pages), (60, 2), "{list}: {seen:?}");
    }
    // Of nobody else: not of who is there, and not for who does not cover.
    let there = format!("/my-day/covered/{}", house.demo.users["peer-worker"]);
    assert_eq!(cover.get(&there).await.status, StatusCode::NOT_FOUND);
    assert_eq!(house.persona("peer-worker").await.get(&whole).await.status, StatusCode::NOT_FOUND);
    house.later(SignedDuration::from_hours(24 * 11));
    assert_eq!(
        house.persona("key-worker").await.get(&whole).await.status,
        StatusCode::NOT_FOUND,
        "back again"
    );
}

#[tokio::test]
async fn everybody_who_needs_a_call_stands_on_a_page_of_the_duty_board() {
    let house = house().await;
    for n in 1..=MANY {
        asks(&house, people::flagged(&called(n))).await;
    }
    let mut nurse = house.persona("senior-nurse").await;
    let board = nurse.get("/duty").await;
    assert!(board.has("60 people need a duty call now"), "{}", board.body);
    let cards = |page: &Page| -> BTreeSet<u64> {
        (1..=MANY).filter(|n| page.has(&format!(">{}<", called(*n)))).collect()
    };
    let first = cards(&board);
    let next = board
        .body
        .split("href=\"")
        .filter(|it| it.starts_with("/duty?after="))
        .find_map(|it| it.split('"').next());
    let next = next.unwrap().to_owned();
    let second = nurse.get(&next).await;
    let rest = cards(&second);
    assert_eq!((first.len(), rest.len()), (50, 10));
    assert!(first.is_disjoint(&rest) && second.has("the start of the list"), "{}", second.body);
    assert!(nurse.get("/my-day").await.has(&next), "my day leads on to the rest");
}
