//! What the form layer promises: nothing typed is lost, nothing malformed gets in, every fault has its own message.

use super::*;
use crate::ui::{DateInput, Field};
use crate::words::Lang;
use std::fmt::Write as _;

const KEYS: DateKeys = DateKeys { missing: "m", no_day: "d", no_month: "mo", no_year: "y", not_real: "n" };

#[test]
fn a_form_is_read_as_it_was_typed() {
    let form =
        parse_form("name=Zo%C3%AB+O%27Hara&way=text&way=phone&empty=&flag&why=one%0D%0Atwo".as_bytes())
            .unwrap();
    assert_eq!(form.one("name"), Some("Zoë O'Hara"));
    assert_eq!(form.all("way").collect::<Vec<_>>(), ["text", "phone"]);
    assert_eq!(form.one("flag"), Some(""));
    assert_eq!(form.one("why"), Some("one\ntwo"));
    assert_eq!(form.one("other"), None);
    // Found by the mutation test: two kinds of line breaks next to each other.
    assert_eq!(parse_form(b"why=%0D%0D%0A").unwrap().one("why"), Some("\n\n"));
}

#[test]
fn what_is_not_a_form_is_refused_with_its_reason() {
    assert_eq!(parse_form(b"name=%E9"), Err(FormRejected::NotText));
    assert_eq!(parse_form(b"name=a%00b"), Err(FormRejected::NotText));
    assert_eq!(parse_form(b"name=%zz"), Err(FormRejected::BadEscape));
    assert_eq!(parse_form(b"name=%4"), Err(FormRejected::BadEscape));
    assert_eq!(parse_form(&vec![b'a'; MAX_BODY + 1]), Err(FormRejected::TooLarge));
    let long = parse_form(format!("a={}", "b".repeat(MAX_VALUE + 1)).as_bytes()).unwrap();
    assert_eq!(long.text("a").len(), MAX_VALUE + 1, "one long answer is given back on its page");
    assert_eq!(parse_form("a=b&".repeat(MAX_FIELDS + 1).as_bytes()), Err(FormRejected::TooManyFields));
}

#[tokio::test]
async fn only_utf8_form_bodies_are_read() {
    let send = |kind: &str, body: &'static [u8]| {
        read_form(Request::builder().header("content-type", kind).body(Body::from(body)).unwrap())
    };
    assert!(send("application/x-www-form-urlencoded; charset=UTF-8", b"a=b").await.is_ok());
    assert_eq!(
        send("application/x-www-form-urlencoded; charset=iso-8859-1", b"a=b").await,
        Err(FormRejected::NotText)
    );
    assert_eq!(send("application/json", b"{}").await, Err(FormRejected::WrongType));
    let large: &'static [u8] = vec![b'a'; MAX_BODY + 1].leak();
    assert_eq!(send("application/x-www-form-urlencoded", large).await, Err(FormRejected::TooLarge));
}

#[test]
fn each_failure_of_a_field_has_its_own_message_and_answers_are_kept() {
    let form = RawForm::of([("age", "x1"), ("name", "  "), ("pets", "2"), ("tick", "1"), ("tick", "no")]);
    let mut errors = FormErrors::default();
    assert_eq!(errors.keep(form.required("name", "k-name")), None);
    assert_eq!(errors.keep(form.parsed::<u8>("age", |_| "k-age")), None);
    assert_eq!(errors.keep(form.optional::<u8>("pets", |_| "k-pets")), Some(Some(2)));
    assert_eq!(errors.keep(form.optional::<u8>("cats", |_| "k-cats")), Some(None));
    assert_eq!(errors.keep(form.each::<u8>("tick", |_| "k-tick")), None);
    let found: Vec<_> = errors.list().iter().map(|error| (error.field, error.key)).collect();
    assert_eq!(found, [("name", "k-name"), ("age", "k-age"), ("tick", "k-tick")]);
    assert_eq!(form.one("age"), Some("x1"));
}

#[test]
fn the_summary_links_each_line_to_the_control_that_shows_the_same_words() {
    let lang = Lang::default();
    let errors =
        FormErrors::from(vec![FieldError { field: "who", key: "ui-by", args: vec![("name", "Ann".into())] }]);
    let summary = errors.summary(lang).to_string();
    let field =
        crate::ui::TextInput { field: Field::new(lang, "who", "Who?").with(&errors), ..Default::default() }
            .to_string();
    assert!(summary.contains("<a href=\"#who\">by Ann</a>"), "{summary}");
    assert!(
        field.contains("id=\"who\"")
            && field.contains("aria-describedby=\"who-error\"")
            && field.contains("by Ann"),
        "{field}"
    );
}

#[test]
fn a_date_question_tells_which_box_to_mend_and_keeps_what_was_typed() {
    let typed = |day: &'static str, month: &'static str, year: &'static str| {
        RawForm::of([("dob[day]", day), ("dob[month]", month), ("dob[year]", year)])
    };
    let read = |form: &RawForm| {
        let mut errors = FormErrors::default();
        let date = errors.date(form, "dob", &KEYS);
        (date, errors)
    };
    assert_eq!(read(&typed("29", "2", "2024")).0, Some(jiff::civil::date(2024, 2, 29)));
    for (form, key, target) in [
        (typed("", "", ""), "m", "#dob-day"),
        (typed("", "2", "2024"), "d", "#dob-day"),
        (typed("1", "", "2024"), "mo", "#dob-month"),
        (typed("1", "2", ""), "y", "#dob-year"),
        (typed("1", "", ""), "n", "#dob-day"),
        (typed("29", "2", "2023"), "n", "#dob-day"),
        (typed("1", "2", "24"), "n", "#dob-day"),
        (typed("+1", "2", "2024"), "n", "#dob-day"),
        (typed("999999", "2", "2024"), "n", "#dob-day"),
    ] {
        let (date, errors) = read(&form);
        assert_eq!(date, None);
        assert_eq!(errors.list()[0].key, key, "{form:?}");
        let summary = errors.summary(Lang::default());
        assert_eq!(summary.errors[0].href.as_deref(), Some(target), "{form:?}");
        let shown = DateInput::new(Field::new(Lang::default(), "dob", "When?"), &form, &errors).to_string();
        for (_, value) in form.fields().filter(|(_, value)| !value.is_empty()) {
            assert!(shown.contains(&format!("value=\"{value}\"")), "{shown}");
        }
        let marked = shown.matches("nhsuk-input--error").count();
        assert_eq!(marked, if errors.date_part("dob").is_some() { 1 } else { 3 });
    }
}

/// Small repeatable random numbers.
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides.max(1)
    }
}

fn mutate(dice: &mut Dice, seed: &[u8]) -> Vec<u8> {
    const PIECES: &[&[u8]] = &[
        b"&",
        b"=",
        b"%",
        b"%00",
        b"%C3",
        b"%A9",
        b"+",
        b"dob[day]=31",
        b"\r\n",
        b"%F0%9F%99%82",
        b"\xff",
        b"&&=&",
        b"%2",
    ];
    let mut bytes = seed.to_vec();
    for _ in 0..=dice.throw(8) {
        let at = dice.throw(bytes.len() + 1);
        match dice.throw(4) {
            0 => bytes.splice(at..at, PIECES[dice.throw(PIECES.len())].iter().copied()).for_each(drop),
            1 if at < bytes.len() => bytes[at] = u8::try_from(dice.throw(256)).unwrap(),
            2 => bytes.truncate(at),
            _ => bytes.extend_from_within(..at.min(64)),
        }
    }
    bytes
}

fn encoded(form: &RawForm) -> String {
    let escape = |text: &str| {
        text.bytes().fold(String::new(), |mut out, byte| {
            let _ = write!(out, "%{byte:02X}");
            out
        })
    };
    form.fields()
        .map(|(name, value)| format!("{}={}", escape(name), escape(value)))
        .collect::<Vec<_>>()
        .join("&")
}

#[test]
fn fuzz_parse_form_survives_any_bytes_and_what_it_reads_reads_the_same_again() {
    let seconds = std::env::var("ONEDOOR_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(2);
    let seeds: [&[u8]; 4] = [
        b"",
        b"name=Ann+Example&dob[day]=1&dob[month]=2&dob[year]=1990",
        b"why=%C3%A9%0D%0A&why=b",
        b"a&b=&=c&%3D=%26",
    ];
    let start = std::time::Instant::now();
    let (mut dice, mut read, mut refused) = (Dice(20_261_122), 0_u64, 0_u64);
    while start.elapsed().as_secs() < seconds {
        for seed in seeds {
            let bytes = mutate(&mut dice, seed);
            match parse_form(&bytes) {
                Ok(form) => {
                    read += 1;
                    let _ = FormErrors::default().date(&form, "dob", &KEYS);
                    let again = parse_form(encoded(&form).as_bytes());
                    assert!(again == Err(FormRejected::TooLarge) || again.as_ref() == Ok(&form), "{bytes:?}");
                }
                Err(_) => refused += 1,
            }
        }
    }
    println!("seed 20261122: {read} read, {refused} refused");
    assert!(read > 100 && refused > 100);
}
