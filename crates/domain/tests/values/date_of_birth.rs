//! Dates of birth as people give them, and ages as the law counts them.

use jiff::civil::{Date, date};
use onedoor_domain::value::{DateOfBirth, DateOfBirthError};

const TODAY: Date = date(2026, 11, 22);

#[test]
fn three_boxes_make_a_date() {
    for (day, month, year) in [("7", "3", "1990"), ("07", "03", "1990"), (" 7 ", " 3", "1990 ")] {
        let born = DateOfBirth::from_parts(day, month, year, TODAY).unwrap();
        assert_eq!(born.date(), date(1990, 3, 7));
        assert_eq!(born.to_string(), "1990-03-07");
    }
    assert_eq!(DateOfBirth::parse("1990-03-07", TODAY).unwrap().date(), date(1990, 3, 7));
}

#[test]
fn a_date_that_cannot_be_is_refused_with_the_box_to_look_at() {
    let cases = [
        (("", "", ""), DateOfBirthError::Empty),
        ((" ", "", " "), DateOfBirthError::Empty),
        (("", "3", "1990"), DateOfBirthError::NoDay),
        (("", "", "1990"), DateOfBirthError::NoDay),
        (("7", "", "1990"), DateOfBirthError::NoMonth),
        (("7", "3", ""), DateOfBirthError::NoYear),
        (("7", "3", "90"), DateOfBirthError::ShortYear),
        (("7", "3", "19900"), DateOfBirthError::ShortYear),
        (("7", "March", "1990"), DateOfBirthError::NotADate),
        (("7", "3", "199O"), DateOfBirthError::NotADate),
        (("31", "2", "1990"), DateOfBirthError::NotADate),
        (("29", "2", "1990"), DateOfBirthError::NotADate),
        (("0", "3", "1990"), DateOfBirthError::NotADate),
        (("7", "13", "1990"), DateOfBirthError::NotADate),
        (("999", "3", "1990"), DateOfBirthError::NotADate),
        (("-7", "3", "1990"), DateOfBirthError::NotADate),
        (("23", "11", "2026"), DateOfBirthError::InFuture),
        (("21", "11", "1905"), DateOfBirthError::TooLongAgo),
    ];
    for ((day, month, year), why) in cases {
        assert_eq!(DateOfBirth::from_parts(day, month, year, TODAY), Err(why), "{day}/{month}/{year}");
    }
    for iso in ["1990", "1990-03", "1990-03-07-01", "07/03/1990", "1990-03-07T00:00"] {
        assert_eq!(DateOfBirth::parse(iso, TODAY), Err(DateOfBirthError::NotADate), "{iso}");
    }
    assert_eq!(DateOfBirth::parse(" ", TODAY), Err(DateOfBirthError::Empty));
}

#[test]
fn the_newest_and_the_oldest_are_taken() {
    assert_eq!(DateOfBirth::new(TODAY, TODAY).unwrap().age_on(TODAY), 0);
    assert_eq!(DateOfBirth::new(date(1906, 11, 22), TODAY).unwrap().age_on(TODAY), 120);
    assert_eq!(DateOfBirth::new(date(1905, 11, 23), TODAY).unwrap().age_on(TODAY), 120);
    let leap = DateOfBirth::from_parts("29", "2", "2008", TODAY).unwrap();
    assert_eq!(leap.date(), date(2008, 2, 29));
}

#[test]
fn age_changes_on_the_birthday() {
    let born = DateOfBirth::new(date(2008, 11, 22), TODAY).unwrap();
    let cases = [
        (date(2026, 11, 21), 17),
        (date(2026, 11, 22), 18),
        (date(2026, 12, 1), 18),
        (date(2008, 11, 22), 0),
        (date(2001, 1, 1), 0),
    ];
    for (day, age) in cases {
        assert_eq!(born.age_on(day), age, "{day}");
    }
}

#[test]
fn a_leap_day_child_is_older_on_the_first_of_march() {
    let born = DateOfBirth::new(date(2008, 2, 29), TODAY).unwrap();
    assert_eq!(born.age_on(date(2026, 2, 28)), 17);
    assert_eq!(born.age_on(date(2026, 3, 1)), 18);
    assert_eq!(born.age_on(date(2028, 2, 28)), 19);
    assert_eq!(born.age_on(date(2028, 2, 29)), 20);
}

#[test]
fn an_old_record_opens_whatever_the_day() {
    let stored: DateOfBirth = serde_json::from_str("\"1890-01-01\"").unwrap();
    assert_eq!(serde_json::to_string(&stored).unwrap(), "\"1890-01-01\"");
    assert!(serde_json::from_str::<DateOfBirth>("\"1990-02-31\"").is_err());
}
