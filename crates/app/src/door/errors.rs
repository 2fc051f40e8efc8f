//! One message for each field and failure of the door's forms. The words are in the message files.
#![expect(clippy::trivially_copy_pass_by_ref, reason = "a form hands every failure over by reference")]

use onedoor_domain::value::{
    DateOfBirthError, EmailError, NhsNumberError, PhoneError, PostcodeError, TextError,
};

pub(super) fn called(failure: &TextError) -> &'static str {
    match failure {
        TextError::Empty => "door-called-empty",
        TextError::TooLong { .. } => "door-called-too-long",
        TextError::ControlCharacter => "door-called-control",
    }
}

pub(super) fn asker_name(failure: &TextError) -> &'static str {
    match failure {
        TextError::Empty => "door-asker-name-empty",
        TextError::TooLong { .. } => "door-line-too-long",
        TextError::ControlCharacter => "door-words-control",
    }
}

/// Whom a call is about.
pub(super) fn about(failure: &TextError) -> &'static str {
    match failure {
        TextError::Empty => "door-call-me-about-empty",
        TextError::TooLong { .. } => "door-line-too-long",
        TextError::ControlCharacter => "door-words-control",
    }
}

pub(super) fn unsafe_why(failure: &TextError) -> &'static str {
    match failure {
        TextError::Empty => "door-unsafe-why-empty",
        TextError::TooLong { .. } => "door-words-too-long",
        TextError::ControlCharacter => "door-words-control",
    }
}

pub(super) fn why_now(failure: &TextError) -> &'static str {
    match failure {
        TextError::Empty => "door-why-now-empty",
        TextError::TooLong { .. } => "door-why-now-too-long",
        TextError::ControlCharacter => "door-why-now-control",
    }
}

pub(super) fn address(failure: &TextError) -> &'static str {
    match failure {
        TextError::Empty => "door-address-empty",
        TextError::TooLong { .. } => "door-address-too-long",
        TextError::ControlCharacter => "door-address-control",
    }
}

pub(super) fn place(failure: &TextError) -> &'static str {
    match failure {
        TextError::Empty => "door-place-empty",
        TextError::TooLong { .. } => "door-words-too-long",
        TextError::ControlCharacter => "door-words-control",
    }
}

/// One line that may be left out.
pub(super) fn line(failure: &TextError) -> &'static str {
    match failure {
        TextError::TooLong { .. } => "door-line-too-long",
        TextError::Empty | TextError::ControlCharacter => "door-words-control",
    }
}

/// Words that may be left out.
pub(super) fn words(failure: &TextError) -> &'static str {
    match failure {
        TextError::TooLong { .. } => "door-words-too-long",
        TextError::Empty | TextError::ControlCharacter => "door-words-control",
    }
}

/// An optional line is never empty here: blank means left out.
pub(super) fn safe_times(failure: &TextError) -> &'static str {
    match failure {
        TextError::TooLong { .. } => "door-safe-times-too-long",
        TextError::Empty | TextError::ControlCharacter => "door-safe-times-control",
    }
}

pub(super) fn full_name(failure: &TextError) -> &'static str {
    match failure {
        TextError::TooLong { .. } => "door-full-name-too-long",
        TextError::Empty | TextError::ControlCharacter => "door-full-name-control",
    }
}

pub(super) fn gp_practice(failure: &TextError) -> &'static str {
    match failure {
        TextError::TooLong { .. } => "door-gp-too-long",
        TextError::Empty | TextError::ControlCharacter => "door-gp-control",
    }
}

pub(crate) fn phone(failure: &PhoneError) -> &'static str {
    match failure {
        PhoneError::Empty => "door-phone-empty",
        PhoneError::BadCharacter => "door-phone-bad-character",
        PhoneError::Remark => "door-phone-remark",
        PhoneError::TooShort => "door-phone-too-short",
        PhoneError::TooLong => "door-phone-too-long",
        PhoneError::NoPrefix => "door-phone-no-prefix",
        PhoneError::NotUk => "door-phone-not-uk",
    }
}

pub(super) fn email(failure: &EmailError) -> &'static str {
    match failure {
        EmailError::Empty => "door-email-empty",
        EmailError::TooLong => "door-email-too-long",
        EmailError::NotOneAt => "door-email-not-one-at",
        EmailError::BadCharacter => "door-email-bad-character",
        EmailError::BadName => "door-email-bad-name",
        EmailError::BadDomain => "door-email-bad-domain",
    }
}

pub(super) fn nhs_number(failure: &NhsNumberError) -> &'static str {
    match failure {
        NhsNumberError::Empty | NhsNumberError::NotDigits => "door-nhs-number-not-digits",
        NhsNumberError::WrongLength => "door-nhs-number-wrong-length",
        NhsNumberError::CheckDigit | NhsNumberError::NeverIssued => "door-nhs-number-wrong",
    }
}

pub(super) fn postcode(failure: &PostcodeError) -> &'static str {
    match failure {
        PostcodeError::FirstHalfOnly => "door-postcode-first-half",
        PostcodeError::Empty | PostcodeError::BadCharacter | PostcodeError::NotAPostcode => {
            "door-postcode-wrong"
        }
    }
}

pub(crate) fn born_on(failure: DateOfBirthError) -> &'static str {
    match failure {
        DateOfBirthError::InFuture => "door-born-in-future",
        DateOfBirthError::TooLongAgo => "door-born-too-long-ago",
        DateOfBirthError::Empty
        | DateOfBirthError::NoDay
        | DateOfBirthError::NoMonth
        | DateOfBirthError::NoYear
        | DateOfBirthError::ShortYear
        | DateOfBirthError::NotADate => "door-born-not-real",
    }
}
