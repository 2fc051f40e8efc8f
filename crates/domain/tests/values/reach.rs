//! Ways to reach somebody: telephone and e-mail. Telephone numbers are of the ranges kept for drama.

use onedoor_domain::value::{Email, EmailError, Phone, PhoneError};

#[test]
fn uk_numbers_are_stored_one_way_and_shown_as_people_say_them() {
    let cases = [
        ("07700900982", "+447700900982", "07700 900 982"),
        ("+44 7700 900982", "+447700900982", "07700 900 982"),
        ("0044 7700 900982", "+447700900982", "07700 900 982"),
        ("+44 (0)7700 900982", "+447700900982", "07700 900 982"),
        ("+44 07700 900982", "+447700900982", "07700 900 982"),
        ("(07700) 900-982", "+447700900982", "07700 900 982"),
        ("07700.900.982", "+447700900982", "07700 900 982"),
        ("\u{202a}07700\u{2011}900982\u{202c}", "+447700900982", "07700 900 982"),
        ("020 7946 0018", "+442079460018", "020 7946 0018"),
        ("0113 496 0018", "+441134960018", "0113 496 0018"),
        ("0121 496 0018", "+441214960018", "0121 496 0018"),
        ("01632 960018", "+441632960018", "01632 960 018"),
        ("0808 157 0018", "+448081570018", "0808 157 0018"),
        ("03069 990018", "+443069990018", "0306 999 0018"),
    ];
    for (typed, stored, shown) in cases {
        let phone = Phone::try_from(typed).unwrap_or_else(|why| panic!("{typed}: {why}"));
        assert_eq!((phone.as_str(), phone.to_string().as_str()), (stored, shown), "{typed}");
    }
}

#[test]
fn numbers_of_other_countries_keep_their_code() {
    let cases = [
        ("+1 202 555 0143", "+12025550143", "+1 202 5550143"),
        ("0048 22 555 0143", "+48225550143", "+48 225 550143"),
        ("+353 20 910 0143", "+353209100143", "+353 209 100143"),
    ];
    for (typed, stored, shown) in cases {
        let phone = Phone::try_from(typed).unwrap();
        assert_eq!((phone.as_str(), phone.to_string().as_str()), (stored, shown), "{typed}");
        assert!(!phone.is_uk_mobile());
    }
}

#[test]
fn a_number_nobody_could_ring_is_refused_with_the_reason_that_helps() {
    let cases = [
        ("", PhoneError::Empty),
        (" - ", PhoneError::Empty),
        ("999", PhoneError::TooShort),
        ("111", PhoneError::TooShort),
        ("116 123", PhoneError::TooShort),
        ("+447700", PhoneError::TooShort),
        ("07700 9009", PhoneError::TooShort),
        ("07700 90098", PhoneError::TooShort),
        ("07700 9009821", PhoneError::TooLong),
        ("+1234567890123456", PhoneError::TooLong),
        ("7700 900982", PhoneError::NoPrefix),
        ("496 0018", PhoneError::NoPrefix),
        ("+0770 0900982", PhoneError::NoPrefix),
        ("04632 960018", PhoneError::NotUk),
        ("+44 6632 960018", PhoneError::NotUk),
        ("my mum’s", PhoneError::BadCharacter),
        ("07700 900982 ext 3", PhoneError::Remark),
        ("07700 900982 (mum)", PhoneError::Remark),
        ("mum: 07700 900982", PhoneError::Remark),
        ("07700 9009 ext 3", PhoneError::BadCharacter),
        ("07700+900982", PhoneError::BadCharacter),
    ];
    for (typed, why) in cases {
        assert_eq!(Phone::try_from(typed), Err(why), "{typed:?}");
    }
}

#[test]
fn a_number_is_read_in_the_digits_a_person_writes_with() {
    for typed in [
        "٠٧٧٠٠٩٠٠٩٨٢",
        "۰۷۷۰۰ ۹۰۰۹۸۲",
        "०७७०० ९००९८२",
        "০৭৭০০ ৯০০৯৮২",
        "０７７００ ９００９８２",
        "+٤٤ ٧٧٠٠ ٩٠٠٩٨٢",
        "\u{200f}٠٧٧٠٠٩٠٠٩٨٢",
    ] {
        assert_eq!(Phone::try_from(typed).unwrap().as_str(), "+447700900982", "{typed}");
    }
    // What is no digit of a row of ten stays what it is.
    for typed in ["①②③④⑤⑥⑦⑧⑨⓪①", "五五五", "Ⅷ"] {
        assert_eq!(Phone::try_from(typed), Err(PhoneError::BadCharacter), "{typed}");
    }
}

#[test]
fn what_is_no_number_beside_a_good_one_is_named() {
    let cases = [
        ("07700 900982 ext 3", Some("ext 3")),
        ("07700 900982 x3", Some("x3")),
        ("07700 900982 (mum)", Some("mum")),
        ("mum: 07700 900982", Some("mum")),
        ("Mum 07700 900982, after 6", Some("Mum after 6")),
        ("٠٧٧٠٠٩٠٠٩٨٢ أمي", Some("أمي")),
        ("07700 900982", None),
        ("07700 9009 ext 3", None),
        ("my mum’s", None),
        ("", None),
    ];
    for (typed, remark) in cases {
        assert_eq!(Phone::remark(typed).as_deref(), remark, "{typed}");
    }
}

#[test]
fn a_text_message_is_offered_for_mobiles_only() {
    let cases = [
        ("07700 900982", true),
        ("07624 900982", true),
        ("07600 900982", false),
        ("07000 900982", false),
        ("01632 960018", false),
        ("0808 157 0018", false),
    ];
    for (typed, mobile) in cases {
        assert_eq!(Phone::try_from(typed).unwrap().is_uk_mobile(), mobile, "{typed}");
    }
}

#[test]
fn addresses_in_use_are_taken() {
    let long_name = format!("{}@example.org", "a".repeat(64));
    let cases = [
        (" ama@example.org ", "ama@example.org"),
        ("Ama.Osei+care@Example.ORG", "Ama.Osei+care@example.org"),
        ("o'brien@mail.example.co.uk", "o'brien@mail.example.co.uk"),
        ("a@b-c.example", "a@b-c.example"),
        ("a@example.xn--p1ai", "a@example.xn--p1ai"),
        (long_name.as_str(), long_name.as_str()),
    ];
    for (typed, kept) in cases {
        assert_eq!(Email::try_from(typed).unwrap().as_str(), kept);
    }
}

#[test]
fn what_is_no_address_is_refused_with_the_reason_that_helps() {
    let long_name = format!("{}@example.org", "a".repeat(65));
    let long = format!("a@{}example.org", "abcdefghi.".repeat(25));
    let cases = [
        (" ", EmailError::Empty),
        ("ama", EmailError::NotOneAt),
        ("ama@home@example.org", EmailError::NotOneAt),
        (long_name.as_str(), EmailError::TooLong),
        (long.as_str(), EmailError::TooLong),
        ("ama osei@example.org", EmailError::BadCharacter),
        ("ama@exam ple.org", EmailError::BadCharacter),
        ("amá@example.org", EmailError::BadCharacter),
        ("ama@example.org\nBcc:x", EmailError::BadCharacter),
        ("<ama@example.org>", EmailError::BadCharacter),
        ("@example.org", EmailError::BadName),
        (".ama@example.org", EmailError::BadName),
        ("ama..osei@example.org", EmailError::BadName),
        ("ama.@example.org", EmailError::BadName),
        ("ama@", EmailError::BadDomain),
        ("ama@example", EmailError::BadDomain),
        ("ama@.org", EmailError::BadDomain),
        ("ama@example..org", EmailError::BadDomain),
        ("ama@-example.org", EmailError::BadDomain),
        ("ama@example.o", EmailError::BadDomain),
        ("ama@10.0.0.1", EmailError::BadDomain),
    ];
    for (typed, why) in cases {
        assert_eq!(Email::try_from(typed), Err(why), "{typed:?}");
    }
}
