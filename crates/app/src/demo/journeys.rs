//! The ways through the service that the demonstration shows, as a table: who has come how far. Data only; walked by
//! `walk`.

use onedoor_domain::referral::Category;

use super::stories::By;

/// Which kind of story a journey begins with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// A danger question answered yes.
    Danger,
    /// "Call me", with a number and a name.
    CallMe,
    /// Needs a team, not this minute.
    Everyday,
    /// Advice is right.
    Light,
}

/// Something that somebody does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Act {
    /// The duty person answers the page by name.
    Acknowledge,
    /// A senior opens it.
    Open,
    /// A senior triages it.
    Triage(Category),
    /// The same, with children who may need help today.
    TriageChildren(Category),
    /// Somebody tries to reach the person and does not.
    Try,
    /// Somebody reaches the person.
    Reach,
    /// A team takes responsibility.
    Accept,
    /// Advice is given.
    Advise,
    /// The person withdraws.
    Withdraw,
    /// The person sends a second request, which is joined to this one.
    Again,
    /// The person dies.
    Die,
    /// A key worker is named.
    Allocate,
    /// The follow-up check: better.
    Better,
    /// The follow-up check: not better.
    NotBetter,
    /// The follow-up check: no answer.
    NoAnswer,
    /// Every message that waits is sent, posted or told.
    Tell,
    /// Messages to the person only.
    TellPerson,
    /// Electronic messages are written to the local spool.
    Spool,
    /// The last electronic message fails.
    Fail,
    /// Letters are printed, not yet posted.
    Print,
    /// What is left is not sent, for a reason.
    Except,
    /// A manager explains every missed target.
    Explain,
    /// The task about children is ended with what was done.
    ChildrenDone,
    /// A voluntary partner is asked to take the person, who agrees.
    HandOver,
    /// The same; a crisis café is asked about everybody but the first.
    HandOverNear,
    /// It takes the person.
    TakeOver,
    /// It cannot.
    Cannot,
    /// They are introduced to each other.
    Introduce,
    /// They have met.
    Meet,
    /// What is missing is asked for, once.
    Enquire,
    /// The practice says that it has read the letter.
    GpRead,
    /// The same person asks again, and nobody has looked yet whether it is the same.
    OnceMore,
}

/// How long ago help was asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Age {
    /// So many minutes, at least and at most.
    Ago(i64, i64),
    /// Shortly before the end of the one night that the rota left open.
    OpenNight,
}

const fn ago(least: i64, most: i64) -> Age {
    Age::Ago(least, most)
}

/// One way through the service.
#[derive(Debug)]
pub(super) struct Journey {
    /// What it shows.
    pub(super) name: &'static str,
    /// How many of 200 people go it.
    pub(super) share: u8,
    /// Which story it begins with.
    pub(super) kind: Kind,
    /// The way of contact it needs.
    pub(super) by: Option<By>,
    /// How long ago help was asked for.
    pub(super) age: Age,
    /// What was done, each so many minutes after the step before. What would lie ahead of now is still to be done.
    pub(super) steps: &'static [(i64, Act)],
}

const fn journey(
    name: &'static str,
    share: u8,
    (kind, by): (Kind, Option<By>),
    age: Age,
    steps: &'static [(i64, Act)],
) -> Journey {
    Journey { name, share, kind, by, age, steps }
}

const H: i64 = 60;
const D: i64 = 24 * H;

const DANGER: (Kind, Option<By>) = (Kind::Danger, None);
const DANGER_CALL: (Kind, Option<By>) = (Kind::Danger, Some(By::Call));
const CALL_ME: (Kind, Option<By>) = (Kind::CallMe, Some(By::Call));
const ANY: (Kind, Option<By>) = (Kind::Everyday, None);
const CALL: (Kind, Option<By>) = (Kind::Everyday, Some(By::Call));
const TEXT: (Kind, Option<By>) = (Kind::Everyday, Some(By::Text));
const EMAIL: (Kind, Option<By>) = (Kind::Everyday, Some(By::Email));
const LETTER: (Kind, Option<By>) = (Kind::Everyday, Some(By::Letter));
const LIGHT: (Kind, Option<By>) = (Kind::Light, None);
const LIGHT_CALL: (Kind, Option<By>) = (Kind::Light, Some(By::Call));

use Act::{
    Accept, Acknowledge, Advise, Again, Allocate, Better, Cannot, ChildrenDone, Die, Enquire, Except,
    Explain, Fail, GpRead, HandOver, HandOverNear, Introduce, Meet, NoAnswer, NotBetter, OnceMore, Open,
    Print, Reach, Spool, TakeOver, Tell, TellPerson, Triage, TriageChildren, Try, Withdraw,
};
use Category::{A, B, C, E, F, G};

/// Every journey; the shares add up to 200.
#[rustfmt::skip] // a table, not a staircase
pub(super) const JOURNEYS: [Journey; 49] = [
    // At the front door.
    journey("new", 9, ANY, ago(4, 17 * H), &[(50, Tell)]),
    journey("page unanswered", 2, DANGER, ago(2, 8), &[]),
    journey("open with a senior", 8, ANY, ago(3 * H, 20 * H), &[(30, Tell), (70, Open)]),
    journey("waits for first contact", 5, DANGER, ago(70, 3 * H), &[
        (3, Acknowledge), (7, Reach), (12, Open), (20, Triage(B))]),
    journey("call me, not reached yet", 2, CALL_ME, ago(25, 70), &[(3, Acknowledge), (6, Try)]),
    journey("page answered", 2, DANGER, ago(12, 25), &[(3, Acknowledge)]),
    journey("rung and open", 4, DANGER_CALL, ago(H, 4 * H), &[(3, Acknowledge), (8, Reach), (15, Open)]),
    journey("asked when nobody was on duty", 2, DANGER_CALL, Age::OpenNight, &[
        (30, Acknowledge), (6, Reach), (10, Open), (20, Triage(B)), (2 * H, Reach), (3 * H, Accept),
        (H, Tell), (D, Allocate)]),
    journey("late for triage", 4, ANY, ago(4 * D, 5 * D), &[(2 * H, Tell)]),
    // Waits for a decision.
    journey("triaged, soon", 6, DANGER, ago(20 * H, 28 * H), &[
        (4, Acknowledge), (10, Reach), (15, Open), (30, Triage(C)), (H, Tell)]),
    journey("triaged, three days", 8, ANY, ago(20 * H, 32 * H), &[
        (H, Tell), (2 * H, Open), (40, Triage(Category::D))]),
    journey("triaged, four weeks", 6, ANY, ago(20 * H, 32 * H), &[
        (H, Tell), (3 * H, Open), (50, Triage(E))]),
    journey("ambulance called", 3, DANGER_CALL, ago(2 * H, 20 * H), &[
        (2, Acknowledge), (4, Reach), (5, Open), (15, Triage(A)), (30, Reach), (30, Tell)]),
    journey("children today", 2, DANGER, ago(2 * H, 6 * H), &[
        (3, Acknowledge), (9, Reach), (10, Open), (25, TriageChildren(B))]),
    journey("triaged again, sooner", 3, CALL, ago(2 * D, 3 * D), &[
        (H, Tell), (2 * H, Open), (30, Triage(Category::D)), (15 * H, Triage(C)), (H, Reach)]),
    journey("not reached, late and explained", 4, CALL, ago(4 * D, 6 * D), &[
        (H, Tell), (3 * H, Open), (30, Triage(C)), (4 * H, Try), (17 * H, Try), (28 * H, Explain)]),
    journey("not reached, late", 3, CALL, ago(3 * D, 4 * D), &[
        (H, Tell), (3 * H, Open), (30, Triage(C)), (5 * H, Try)]),
    journey("other door fits better", 2, LIGHT, ago(26 * H, 2 * D), &[
        (H, Tell), (3 * H, Open), (30, Triage(F))]),
    // Being told.
    journey("accepted, text failed", 3, TEXT, ago(3 * D, 5 * D), &[
        (5, Tell), (4 * H, Open), (40, Triage(E)), (20 * H, Accept), (10, Fail)]),
    journey("accepted, letter printed", 3, LETTER, ago(2 * D, 4 * D), &[
        (20 * H, Tell), (2 * H, Open), (40, Triage(E)), (4 * H, Accept), (90, Print)]),
    journey("accepted, letter waits", 2, LETTER, ago(30 * H, 40 * H), &[
        (8 * H, Tell), (2 * H, Open), (40, Triage(E)), (2 * H, Accept)]),
    journey("accepted, call waits", 3, CALL, ago(28 * H, 40 * H), &[
        (90, Tell), (2 * H, Open), (40, Triage(Category::D)), (3 * H, Reach), (H, Accept)]),
    journey("accepted, e-mail in the spool", 4, EMAIL, ago(28 * H, 3 * D), &[
        (2, Spool), (3 * H, Open), (40, Triage(E)), (3 * H, Accept), (2, Spool)]),
    journey("advised, GP letter waits", 3, LIGHT_CALL, ago(28 * H, 40 * H), &[
        (90, Tell), (2 * H, Open), (30, Triage(G)), (2 * H, Advise), (30, TellPerson)]),
    journey("withdrawn, being told", 2, LETTER, ago(28 * H, 3 * D), &[
        (9 * H, Tell), (2 * H, Open), (3 * H, Withdraw)]),
    // Handed over to a voluntary partner.
    journey("handed over, to be answered", 3, CALL, ago(22 * H, 28 * H), &[
        (H, Tell), (H, Open), (40, Triage(F)), (H, HandOverNear)]),
    journey("handed over, not met yet", 3, CALL, ago(44 * H, 52 * H), &[
        (H, Tell), (2 * H, Open), (40, Triage(F)), (H, HandOver), (90, TakeOver), (2, Tell), (90, Introduce)]),
    journey("handed over, met", 3, CALL, ago(12 * D, 35 * D), &[
        (H, Tell), (2 * H, Open), (40, Triage(F)), (H, HandOver), (3 * H, TakeOver), (5, Tell), (D, Introduce),
        (H, Meet), (30, Tell)]),
    journey("the partner could not", 2, CALL, ago(44 * H, 52 * H), &[
        (H, Tell), (2 * H, Open), (40, Triage(F)), (H, HandOver), (2 * H, Cannot)]),
    // Screening.
    journey("something is missing", 3, EMAIL, ago(5 * H, 20 * H), &[(3, Tell), (40, Open), (15, Enquire)]),
    journey("asks again, not looked at", 2, CALL, ago(2 * D, 6 * D), &[
        (H, Tell), (2 * H, Open), (50, Triage(E)), (20 * H, OnceMore)]),
    // In care.
    journey("in care", 11, ANY, ago(9 * D, 41 * D), &[
        (90, Tell), (4 * H, Open), (45, Triage(E)), (20 * H, Accept), (H, Tell), (2 * D, Allocate),
        (26 * H, Reach)]),
    journey("in care, urgent", 8, DANGER_CALL, ago(7 * D, 40 * D), &[
        (3, Acknowledge), (9, Reach), (12, Open), (25, Triage(B)), (2 * H, Reach), (H, Accept), (30, Tell),
        (5 * H, Allocate), (20 * H, Reach)]),
    journey("in care, soon", 6, CALL, ago(8 * D, 40 * D), &[
        (2 * H, Tell), (3 * H, Open), (45, Triage(Category::D)), (6 * H, Reach), (14 * H, Accept),
        (H, Tell), (3 * D, Allocate), (2 * D, Reach)]),
    journey("waits for a key worker", 8, ANY, ago(4 * D, 6 * D), &[
        (90, Tell), (4 * H, Open), (45, Triage(E)), (20 * H, Accept), (2 * H, Tell)]),
    journey("no key worker, late", 5, ANY, ago(13 * D, 22 * D), &[
        (90, Tell), (4 * H, Open), (45, Triage(E)), (20 * H, Accept), (2 * H, Tell)]),
    journey("not told after all", 3, TEXT, ago(4 * D, 5 * D), &[
        (2, Tell), (4 * H, Open), (45, Triage(E)), (20 * H, Accept), (H, Tell), (2 * D, Fail)]),
    journey("GP could not be told", 3, EMAIL, ago(9 * D, 20 * D), &[
        (2, Tell), (4 * H, Open), (45, Triage(E)), (20 * H, Accept), (2, TellPerson), (2 * D, Except),
        (D, Allocate)]),
    journey("children, done", 2, DANGER_CALL, ago(9 * D, 30 * D), &[
        (3, Acknowledge), (8, Reach), (10, Open), (20, TriageChildren(C)), (90, ChildrenDone), (30, Reach),
        (2 * H, Accept), (H, Tell), (D, Allocate)]),
    journey("late, explained, in care", 4, CALL, ago(14 * D, 35 * D), &[
        (2 * D, Tell), (2 * D, Open), (40, Triage(Category::D)), (4 * D, Reach), (H, Accept), (H, Tell),
        (20 * H, Explain), (2 * D, Allocate)]),
    // Other ends.
    journey("withdrawn", 5, ANY, ago(5 * D, 40 * D), &[
        (90, Tell), (4 * H, Open), (20 * H, Withdraw), (20 * H, Tell)]),
    journey("asked twice", 4, ANY, ago(3 * D, 20 * D), &[
        (90, Tell), (5 * H, Again), (2 * H, Open), (40, Triage(E)), (20 * H, Accept), (H, Tell)]),
    journey("died", 3, ANY, ago(10 * D, 35 * D), &[
        (90, Tell), (4 * H, Open), (45, Triage(E)), (4 * D, Die)]),
    // Advice.
    journey("advised, check ahead", 7, LIGHT, ago(3 * D, 11 * D), &[
        (90, Tell), (5 * H, Open), (30, Triage(G)), (3 * H, Advise), (2 * H, Tell)]),
    journey("advised, check due", 5, LIGHT, ago(17 * D, 22 * D), &[
        (90, Tell), (5 * H, Open), (30, Triage(F)), (3 * H, Advise), (2 * H, Tell)]),
    journey("advised, better", 8, LIGHT, ago(18 * D, 41 * D), &[
        (90, Tell), (5 * H, Open), (30, Triage(G)), (3 * H, Advise), (2 * H, Tell), (2 * D, GpRead), (12 * D, Better)]),
    journey("advised, not better, now in care", 4, LIGHT, ago(21 * D, 41 * D), &[
        (90, Tell), (5 * H, Open), (30, Triage(G)), (3 * H, Advise), (2 * H, Tell), (14 * D, NotBetter),
        (H, Triage(E)), (3 * H, Accept), (H, Tell), (D, Allocate)]),
    journey("advised, not better, open again", 3, LIGHT, ago(15 * D, 16 * D), &[
        (90, Tell), (2 * H, Open), (30, Triage(G)), (3 * H, Advise), (2 * H, Tell), (13 * D, NotBetter)]),
    journey("advised, no answer, open again", 2, LIGHT_CALL, ago(16 * D, 17 * D), &[
        (90, Tell), (2 * H, Open), (30, Triage(G)), (3 * H, Advise), (2 * H, Tell), (14 * D, NoAnswer)]),
];

/// Whether somebody is the first who goes their journey.
pub(super) fn is_first(person: u32) -> bool {
    usize::try_from(person).unwrap_or(usize::MAX) < JOURNEYS.len()
}

/// The journey of the person with this number: first one of each, then the rest by their shares.
pub(super) fn of(person: u32) -> &'static Journey {
    let rounds = 1..=JOURNEYS.iter().map(|journey| journey.share).max().unwrap_or(1);
    let mut order = rounds.flat_map(|round| JOURNEYS.iter().filter(move |journey| journey.share >= round));
    let total: usize = JOURNEYS.iter().map(|journey| usize::from(journey.share)).sum();
    let place = usize::try_from(person).unwrap_or(0) % total.max(1);
    let [first, ..] = &JOURNEYS;
    order.nth(place).unwrap_or(first)
}
