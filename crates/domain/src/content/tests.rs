//! Who may publish what, when a review runs out, and what an editor's marks become.

use super::*;
use crate::access::{Decision, Target, decide};
use crate::actor::Role;
use crate::fixtures::{DAY, HOUR, as_actor, line, member, monday, staff, text, user_of};

fn typed(body: &str, safety: bool) -> Typed {
    Typed {
        owner: line("Access team"),
        safety,
        words: Words { title: line("For families"), body: text(body) },
    }
}

fn place() -> Place {
    Place { slug: "families".parse().unwrap(), language: line("en-GB"), form: Form::Standard }
}

/// The text after its changes were stored.
fn after(changes: &Changes) -> Content {
    match changes.writes() {
        [Write::Content(content, _)] => Content { version: content.version + 1, ..(**content).clone() },
        other => panic!("{other:?}"),
    }
}

fn edition(changes: &Changes) -> Option<Edition> {
    match changes.writes() {
        [Write::Content(_, edition)] => edition.as_deref().cloned(),
        other => panic!("{other:?}"),
    }
}

fn editor() -> Ctx {
    staff(Role::ContentEditor, monday())
}

fn senior(now: Timestamp) -> Ctx {
    staff(Role::SpoaSenior, now)
}

fn draft(safety: bool) -> Content {
    let ctx = editor();
    after(&Content::write(&ctx, ctx.new_id(), place(), typed("Ask for help.", safety)))
}

fn waiting(safety: bool) -> Content {
    let draft = draft(safety);
    let version = draft.version;
    after(&draft.submit(&editor(), version).unwrap())
}

fn sign_off(days: i32) -> SignOff {
    let due = local_date(monday()).checked_add(days.days()).unwrap();
    SignOff { reviewer: line("Nadia Okonjo, senior mental health nurse"), review_due: due }
}

fn published(safety: bool) -> Content {
    let waiting = waiting(safety);
    let version = waiting.version;
    after(&waiting.sign_off(&senior(monday()), version, sign_off(100)).unwrap())
}

#[test]
fn the_public_reads_what_somebody_else_signed_off() {
    let waiting = waiting(false);
    assert_eq!(waiting.stage(), Stage::Submitted);
    assert!(!waiting.is_shown(local_date(monday())), "nobody reads a draft");
    let version = waiting.version;
    let changes = waiting.sign_off(&senior(monday()), version, sign_off(365)).unwrap();
    let (content, edition) = (after(&changes), edition(&changes).unwrap());
    assert_eq!((edition.number, content.editions, content.stage()), (1, 1, Stage::Published));
    assert_eq!(edition.signed_by, user_of(Role::SpoaSenior));
    assert!(content.is_shown(local_date(monday())));
    assert_eq!(changes.events()[0].kind.action(), crate::access::Action::ContentSignOff);
}

#[test]
fn nobody_signs_off_a_text_they_wrote_in_not_even_with_both_roles() {
    let mut both = member(Role::SpoaSenior, crate::fixtures::SPOA);
    both.roles.insert(Role::ContentEditor);
    let ctx = as_actor(crate::actor::Actor::Staff(both), monday());
    let waiting = waiting(false);
    let version = waiting.version;
    let changed = after(&waiting.save(&ctx, version, typed("Ask for help today.", false)).unwrap());
    assert_eq!(changed.stage(), Stage::Draft, "what changed must be handed in again");
    let version = changed.version;
    let handed_in = after(&changed.submit(&ctx, version).unwrap());
    let version = handed_in.version;
    assert_eq!(handed_in.clone().sign_off(&ctx, version, sign_off(100)).unwrap_err(), Refused::OwnApproval);
    let other =
        as_actor(crate::actor::Actor::Staff(member(Role::TeamManager, crate::fixtures::SPOA)), monday());
    let refused = decide(&other.actor, crate::access::Action::ContentSignOff, &Target::Role);
    assert_eq!(refused, Decision::Refused);
}

#[test]
fn a_change_to_what_the_public_reads_is_a_new_edition_and_the_old_one_stays_until_then() {
    let published = published(false);
    let version = published.version;
    let changed =
        after(&published.save(&editor(), version, typed("Ask for help. It is free.", false)).unwrap());
    assert_eq!(changed.live.as_ref().unwrap().words.body.as_str(), "Ask for help.");
    let version = changed.version;
    let changed = after(&changed.submit(&editor(), version).unwrap());
    let version = changed.version;
    let signed = changed.sign_off(&senior(monday()), version, sign_off(100)).unwrap();
    assert_eq!(edition(&signed).unwrap().number, 2);
    assert_eq!(after(&signed).live.unwrap().words.body.as_str(), "Ask for help. It is free.");
}

#[test]
fn a_text_comes_back_with_the_reason_and_can_be_handed_in_again() {
    let waiting = waiting(false);
    let version = waiting.version;
    let back = after(&waiting.give_back(&senior(monday()), version, text("Say that it is free.")).unwrap());
    assert_eq!(back.stage(), Stage::Draft);
    assert_eq!(back.draft.as_ref().unwrap().returned.as_ref().unwrap().as_str(), "Say that it is free.");
    let version = back.version;
    assert_eq!(
        back.clone().sign_off(&senior(monday()), version, sign_off(9)).unwrap_err(),
        Refused::NotFromHere
    );
    assert_eq!(after(&back.submit(&editor(), version).unwrap()).stage(), Stage::Submitted);
}

#[test]
fn two_people_at_once_the_second_is_refused() {
    let draft = draft(false);
    let stale = draft.version - 1;
    assert_eq!(
        draft.clone().save(&editor(), stale, typed("Other words.", false)).unwrap_err(),
        Refused::Stale
    );
    assert_eq!(draft.clone().submit(&editor(), stale).unwrap_err(), Refused::Stale);
    assert_eq!(draft.clone().withdraw(&editor(), stale, text("Wrong.")).unwrap_err(), Refused::Stale);
    assert_eq!(draft.clone().sign_off(&senior(monday()), stale, sign_off(9)).unwrap_err(), Refused::Stale);
    assert_eq!(draft.give_back(&senior(monday()), stale, text("No.")).unwrap_err(), Refused::Stale);
}

// seed: 70
#[test]
fn a_review_ends_and_a_text_about_danger_is_then_not_shown() {
    let due = sign_off(100).review_due;
    let (plain, safety) = (published(false), published(true));
    for text in [&plain, &safety] {
        assert!(text.is_shown(due) && !text.live.as_ref().unwrap().is_overdue(due), "the last day counts");
    }
    let late = due.tomorrow().unwrap();
    assert!(plain.live.as_ref().unwrap().is_overdue(late) && plain.is_shown(late), "it stays, and says so");
    assert!(!safety.is_shown(late), "the makers' text with its numbers is shown");
}

#[test]
fn a_review_ends_after_today_and_within_a_year_or_half_a_year_for_danger() {
    for (safety, days, fine) in
        [(false, 366, true), (false, 367, false), (false, 0, false), (true, 183, true), (true, 184, false)]
    {
        let waiting = waiting(safety);
        let version = waiting.version;
        let done = waiting.sign_off(&senior(monday()), version, sign_off(days));
        assert_eq!(done.is_ok(), fine, "{safety} {days}: {done:?}");
    }
}

#[test]
fn a_text_is_taken_away_at_once_with_a_reason() {
    let published = published(false);
    let version = published.version;
    let changes =
        published.withdraw(&senior(monday().checked_add(HOUR).unwrap()), version, text("A number is wrong."));
    let changes = changes.unwrap();
    assert_eq!(changes.events()[0].why.as_ref().unwrap().as_str(), "A number is wrong.");
    let gone = after(&changes);
    assert_eq!((gone.stage(), gone.is_shown(local_date(monday()))), (Stage::Withdrawn, false));
    let version = gone.version;
    assert_eq!(gone.withdraw(&editor(), version, text("Again.")).unwrap_err(), Refused::NotFromHere);
    assert!(DAY > HOUR);
}

#[test]
fn an_address_is_small_letters_digits_and_single_hyphens() {
    for fine in ["families", "what-happens", "new-2"] {
        assert_eq!(fine.parse::<Slug>().unwrap().as_str(), fine);
    }
    for wrong in ["", "a", "Families", "what happens", "-x", "x-", "a--b", "ä-b", "../x", &"a".repeat(61)] {
        assert!(wrong.parse::<Slug>().is_err(), "{wrong}");
    }
}

fn plain(words: &str) -> Vec<Span> {
    vec![Span::Plain(words.to_owned())]
}

#[test]
fn marks_become_typed_blocks() {
    let text = "# Before\n\nYou can\nask.\n\n- one\n- **two**\n\n1. first\n2. second\n> hard words\n\n{crisis}\n\
                !phone Ring us.\n## Later\nSee [the form](/ask).\n{ask}";
    assert_eq!(
        blocks(text).unwrap(),
        vec![
            Block::Heading { small: false, words: "Before".into() },
            Block::Paragraph([plain("You can"), plain(" "), plain("ask.")].concat()),
            Block::List { numbered: false, items: vec![plain("one"), vec![Span::Strong("two".into())]] },
            Block::List { numbered: true, items: vec![plain("first"), plain("second")] },
            Block::Quote(plain("hard words")),
            Block::Crisis,
            Block::Pictured(Picture::Phone, plain("Ring us.")),
            Block::Heading { small: true, words: "Later".into() },
            Block::Paragraph(vec![
                Span::Plain("See ".into()),
                Span::Link("the form".into(), "/ask".into()),
                Span::Plain(".".into())
            ]),
            Block::Ask,
        ]
    );
}

#[test]
fn nothing_an_editor_types_leads_elsewhere_or_becomes_html() {
    for (text, mistake) in [
        ("ok\n<b>bold</b>", Mistake::Html(2)),
        ("![picture](/x)", Mistake::Html(1)),
        ("[x](javascript:alert)", Mistake::Link(1)),
        ("[x](//evil.example)", Mistake::Link(1)),
        ("[x](http://plain.example)", Mistake::Link(1)),
        ("[x](/\\evil)", Mistake::Link(1)),
        ("[x](tel:)", Mistake::Link(1)),
        ("[ ](/ask)", Mistake::Link(1)),
        ("[x](/ask", Mistake::Link(1)),
        ("\n\n!elephant Big", Mistake::Picture(3)),
        ("!phone", Mistake::Picture(1)),
        ("{script}", Mistake::Mark(1)),
    ] {
        assert_eq!(blocks(text).unwrap_err(), mistake, "{text}");
    }
    for fine in
        ["a ** b", "a [b] c", "2 > 1", "1.5 hours", "[x](tel:111)", "[x](sms:85258)", "[x](https://nhs.uk/x)"]
    {
        assert!(blocks(fine).is_ok(), "{fine}");
    }
}
