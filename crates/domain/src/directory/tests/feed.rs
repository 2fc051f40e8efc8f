//! Reading a feed: records are cut out of anything, whole ones are taken whole, broken ones are named field by field.

use super::{ID, id, record, with};
use crate::directory::entry::{Point, Status};
use crate::directory::pieces::{MOST, Piece, Pieces};
use crate::directory::read::{Mistake, Wrong};

fn pieces(feed: &[u8], size: usize) -> (Vec<Piece>, bool) {
    let mut knife = Pieces::default();
    let found = feed.chunks(size).flat_map(|chunk| knife.feed(chunk)).collect();
    (found, knife.is_whole())
}

fn texts(found: &[Piece]) -> Vec<String> {
    let text = |piece: &Piece| match piece {
        Piece::Record(bytes) => format!("record {}", String::from_utf8_lossy(bytes)),
        Piece::TooLarge => "too large".to_owned(),
        Piece::Page(bytes) => format!("page {}", String::from_utf8_lossy(bytes)),
    };
    found.iter().map(text).collect()
}

#[test]
fn a_feed_is_cut_into_its_records_however_it_arrives() {
    let page =
        r#"{"total_items": 2, "contents": [{"a": "}]\"", "contents": [1]}, {"b": [{}]}], "empty": false}"#;
    let expected = [
        r#"record {"a": "}]\"", "contents": [1]}"#,
        r#"record {"b": [{}]}"#,
        r#"page {"total_items": 2, "contents": [], "empty": false}"#,
    ];
    for size in [1, 2, 3, 7, 64, 1000] {
        let (found, whole) = pieces(page.as_bytes(), size);
        assert!(whole);
        assert_eq!(texts(&found), expected, "{size} bytes at a time");
    }
    let two = format!("\u{feff}{page}\n{page}");
    assert_eq!(texts(&pieces(two.as_bytes(), 5).0), [expected, expected].concat());
    assert_eq!(
        texts(&pieces(b"[{\"a\": 1},\n {\"b\": 2}]", 4).0),
        [r#"record {"a": 1}"#, r#"record {"b": 2}"#]
    );
    assert_eq!(
        texts(&pieces(b"{\"a\": 1}\n{\"b\": 2}\n", 4).0),
        [r#"record {"a": 1}"#, r#"record {"b": 2}"#]
    );
}

#[test]
fn what_is_broken_in_one_record_stays_in_it() {
    let page = b"{\"contents\": [{\"name\": \"no end\n}, 7, \"x,]\", null, {\"b\": nonsense}, {\"c\": 3}]}";
    let (found, whole) = pieces(page, 6);
    assert!(whole);
    assert_eq!(
        texts(&found),
        [
            "record {\"name\": \"no end\n}",
            "record 7",
            "record \"x,]\"",
            "record null",
            "record {\"b\": nonsense}",
            "record {\"c\": 3}",
            "page {\"contents\": []}",
        ]
    );
    assert_eq!(texts(&pieces(b"<html>not a feed</html>", 3).0), ["record "], "told once");
}

#[test]
fn what_ends_in_the_middle_is_not_whole_and_what_is_too_long_is_passed_over() {
    assert!(!pieces(b"{\"contents\": [{\"a\": 1}, {\"b\"", 5).1);
    assert!(!pieces(b"{\"contents\": [{\"a\": 1}]", 5).1);
    let long = "x".repeat(MOST);
    let feed = format!("{{\"contents\": [{{\"a\": \"{long}\"}}, {{\"b\": 2}}]}}");
    let (found, whole) = pieces(feed.as_bytes(), 65_536);
    assert!(whole);
    assert_eq!(texts(&found), ["too large", "record {\"b\": 2}", "page {\"contents\": []}"]);
}

#[test]
fn a_record_with_all_its_parts_is_an_entry() {
    let entry = with(
        r#", "description": "Talking, and tea.", "url": "www.lantern.example", "email": "hello@lantern.example",
        "minimum_age": 16, "maximum_age": "25.0", "eligibility_description": "Young people", "alert": "New door",
        "assured_date": "2026-03-01T09:00:00Z", "fees": "Free", "organization": {"name": "Lantern Trust", "website": "https://trust.example/"},
        "phones": [{"number": "01632 960 700", "description": "mornings"}], "contacts": [{"name": "Ann", "title": "Host",
        "phones": [{"number": "116 123"}]}], "schedules": [{"freq": "WEEKLY", "byday": "MO", "opens_at": "09:00:00Z", "closes_at": "12:00"}],
        "service_areas": [{"name": "North Ashmere"}], "languages": [{"name": "Polish"}, {"code": "cy"}],
        "cost_options": [{"option": "Under 18", "amount": 2.5, "amount_description": "each time"}],
        "attributes": [{"taxonomy_term": {"name": "Loneliness"}}, {"taxonomy_term": {"name": "Loneliness"}}, {"link_type": "x"}],
        "service_at_locations": [{"location": {"location_type": "physical", "name": "The Loft", "latitude": 51.2, "longitude": "-2.65",
        "addresses": [{"address_1": "Quay Lane", "city": "Ashmere", "postal_code": "am1 2ab"}],
        "accessibility": [{"description": "Ramp"}]}}], "unknown": {"to": ["us"]}"#,
    )
    .unwrap();
    assert_eq!((entry.status, entry.minimum_age, entry.maximum_age), (Status::Active, Some(16), Some(25)));
    assert_eq!(entry.url.as_ref().unwrap().as_str(), "https://www.lantern.example");
    assert_eq!(
        entry.all_phones().map(|phone| phone.number.dialled()).collect::<Vec<_>>(),
        ["01632960700", "116123"]
    );
    assert_eq!(entry.taxonomy_terms.len(), 1);
    assert_eq!(entry.languages.iter().map(AsRef::as_ref).collect::<Vec<&str>>(), ["Polish", "cy"]);
    assert_eq!(entry.cost_options[0].amount, Some(250));
    let place = &entry.service_at_locations[0];
    assert_eq!(place.postal_code.as_ref().unwrap().as_str(), "AM1 2AB");
    assert_eq!(place.point, Some(Point { latitude: 51_200_000, longitude: -2_650_000 }));
    assert_eq!(place.point.unwrap().to_string(), "51.20000, -2.65000");
}

#[test]
fn every_mistake_is_named_by_its_field() {
    for (fields, field, wrong) in [
        (r#", "url": "javascript:alert(1)""#, "url", Wrong::NotAUrl),
        (r#", "url": "https://bad host/""#, "url", Wrong::NotAUrl),
        (r#", "email": "nobody""#, "email", Wrong::NotAnEmail),
        (r#", "phones": [{"number": "ring us"}]"#, "phones[0].number", Wrong::NotAPhone),
        (r#", "phones": [{"description": "x"}]"#, "phones[0].number", Wrong::Missing),
        (r#", "phones": {"number": "1"}"#, "phones", Wrong::NotThisKind),
        (r#", "phones": "01632 960 700""#, "phones", Wrong::NotThisKind),
        (r#", "description": ["x"]"#, "description", Wrong::NotThisKind),
        (r#", "minimum_age": "adult""#, "minimum_age", Wrong::NotAnAge),
        (r#", "minimum_age": 30, "maximum_age": 20"#, "maximum_age", Wrong::NotAnAge),
        (r#", "assured_date": "1 May""#, "assured_date", Wrong::NotADate),
        (r#", "cost_options": [{"amount": -1}]"#, "cost_options[0].amount", Wrong::NotAnAmount),
        (r#", "schedules": [{"byday": "MO", "opens_at": "9am"}]"#, "schedules[0].opens_at", Wrong::NotATime),
        (r#", "schedules": [{"byday": "Monday"}]"#, "schedules[0].byday", Wrong::NotADay),
        (r#", "schedules": [{"freq": "WEEKLY", "byday": "2TU"}]"#, "schedules[0].byday", Wrong::NotADay),
        (r#", "schedules": [{"freq": "MONTHLY"}]"#, "schedules[0].byday", Wrong::Missing),
        (
            r#", "schedules": [{"freq": "MONTHLY", "bymonthday": "32"}]"#,
            "schedules[0].bymonthday",
            Wrong::NotADay,
        ),
        (r#", "schedules": [{"freq": "YEARLY"}]"#, "schedules[0].freq", Wrong::NotARepeat),
        (r#", "schedules": [{"byday": "MO", "interval": 2}]"#, "schedules[0].dtstart", Wrong::Missing),
        (
            r#", "schedules": [{"byday": "MO", "valid_from": "2026-05-01", "valid_to": "2026-04-01"}]"#,
            "schedules[0].valid_to",
            Wrong::EndsFirst,
        ),
        (
            r#", "service_at_locations": [{"location": {"addresses": [{"postal_code": "AM1"}]}}]"#,
            "service_at_locations[0].location.addresses[0].postal_code",
            Wrong::NotAPostcode,
        ),
        (
            r#", "service_at_locations": [{"location": {"latitude": -2.65, "longitude": 51.2}}]"#,
            "service_at_locations[0].location.latitude",
            Wrong::NotAPoint,
        ),
    ] {
        let broken = with(fields).unwrap_err();
        let expected = [Mistake { field: field.to_owned(), wrong }];
        assert_eq!((broken.id, broken.mistakes.as_slice()), (Some(id()), &expected[..]), "{fields}");
    }
}

#[test]
fn without_an_id_a_name_or_a_status_there_is_no_service() {
    let told = |json: &str| -> Vec<(String, Wrong)> {
        record(json).unwrap_err().mistakes.into_iter().map(|it| (it.field, it.wrong)).collect()
    };
    assert_eq!(
        told("{}"),
        [("id".into(), Wrong::Missing), ("name".into(), Wrong::Missing), ("status".into(), Wrong::Missing)]
    );
    let long = "x".repeat(201);
    let json = format!(r#"{{"id": "7", "name": "{long}", "status": "open"}}"#);
    assert_eq!(
        told(&json),
        [
            ("id".into(), Wrong::NotAnId),
            ("name".into(), Wrong::TooLong),
            ("status".into(), Wrong::NotAStatus)
        ]
    );
    let hidden = format!(r#"{{"id": "{ID}", "name": "a\u0007b", "status": null}}"#);
    assert_eq!(told(&hidden), [("name".into(), Wrong::BadCharacter), ("status".into(), Wrong::Missing)]);
}

#[test]
fn a_remark_that_is_too_long_is_cut_and_breaks_nothing() {
    let long = "a ".repeat(300);
    let entry = with(&format!(r#", "service_areas": [{{"name": "{long}"}}]"#)).unwrap();
    let area = entry.service_areas[0].as_str();
    assert!(area.ends_with('…') && area.chars().count() <= 200);
}
