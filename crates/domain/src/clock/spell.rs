//! Spells: how the national four-week count joins the referrals of one person to one provider (pathway §6.2).

use jiff::ToSpan as _;
use jiff::civil::Date;

/// From when to when a request for help ran; no end while it is open.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Stay {
    /// The day it was received.
    pub received: Date,
    /// The day it ended.
    pub ended: Option<Date>,
}

/// Days between two requests that make them one spell.
const APART: i32 = 5;

/// The spells of these requests of one person, the earliest first: what overlaps, or begins at most five days after the
/// last one ended, is one spell from the earliest received day. Nothing is lost and no day counts twice.
pub fn spells(mut stays: Vec<Stay>) -> Vec<Stay> {
    stays.sort_unstable();
    let mut joined: Vec<Stay> = Vec::new();
    for stay in stays {
        match joined.last_mut().filter(|last| joins(last, &stay)) {
            Some(last) => last.ended = last.ended.zip(stay.ended).map(|(one, other)| one.max(other)),
            None => joined.push(stay),
        }
    }
    joined
}

fn joins(before: &Stay, next: &Stay) -> bool {
    before.ended.is_none_or(|ended| next.received <= ended.saturating_add(APART.days()))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn stay(received: (i8, i8), ended: Option<(i8, i8)>) -> Stay {
        let day = |(month, day)| date(2026, month, day);
        Stay { received: day(received), ended: ended.map(day) }
    }

    #[test]
    fn five_days_apart_is_one_wait_and_six_is_another() {
        let first = stay((3, 2), Some((3, 10)));
        let five = spells(vec![first, stay((3, 15), None)]);
        assert_eq!(five, [stay((3, 2), None)], "the earliest day stands");
        let six = [first, stay((3, 16), None)];
        assert_eq!(spells(six.into()), six);
    }

    #[test]
    fn what_overlaps_is_one_whatever_order_it_came_in() {
        let stays = [
            stay((4, 1), Some((4, 3))),
            stay((3, 2), Some((3, 20))),
            stay((3, 5), Some((3, 8))),
            stay((3, 24), Some((3, 25))),
        ];
        let whole = [stay((3, 2), Some((3, 25))), stay((4, 1), Some((4, 3)))];
        assert_eq!(spells(stays.into()), whole);
        let mut turned = stays;
        turned.reverse();
        assert_eq!(spells(turned.into()), whole);
    }

    #[test]
    fn an_open_one_takes_in_all_that_follow() {
        let stays = vec![stay((1, 5), None), stay((6, 1), Some((6, 2))), stay((9, 1), None)];
        assert_eq!(spells(stays), [stay((1, 5), None)]);
        assert!(spells(Vec::new()).is_empty());
        let year_end = Stay { received: date(2026, 12, 20), ended: Some(date(2026, 12, 30)) };
        let new_year = Stay { received: date(2027, 1, 4), ended: None };
        assert_eq!(spells(vec![year_end, new_year]).len(), 1, "the turn of the year is no gap");
    }
}
