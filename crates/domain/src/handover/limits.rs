//! How long a service has to answer, and to meet the person: a county's own figures; the defaults are those of pathway §3.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::calendar::Calendar;
use crate::referral::Category;

/// The limits of a handover.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct HandoverLimits {
    /// Working days to answer when the person is to be seen within hours or days (A to D).
    pub urgent_answer_days: u16,
    /// Working days to answer otherwise.
    pub answer_days: u16,
    /// Days until the service has met the person, where the category gives no hours.
    pub meet_days: u16,
    /// Working days until the panel has met after two services could not take the person.
    pub panel_days: u16,
    /// Working days until a practice that got a letter of advice is reminded, and rung.
    pub receipt_days: u16,
}

impl Default for HandoverLimits {
    fn default() -> Self {
        Self { urgent_answer_days: 1, answer_days: 3, meet_days: 28, panel_days: 2, receipt_days: 5 }
    }
}

impl HandoverLimits {
    /// By when a service that is asked now answers.
    pub fn answer_by(self, category: Category, now: Timestamp, calendar: &Calendar) -> Timestamp {
        let days = if is_urgent(category) { self.urgent_answer_days } else { self.answer_days };
        calendar.add_working_days(now, days.into())
    }

    /// By when a service that accepts now has met the person: in the hours of the category, counted from now, because the
    /// single point of access still owes the category's own clock.
    pub fn meet_by(self, category: Category, now: Timestamp) -> Timestamp {
        let hours = match category {
            Category::A | Category::B => 4,
            Category::C => 24,
            Category::D => 72,
            Category::E | Category::F | Category::G => 24 * i64::from(self.meet_days),
        };
        now.checked_add(SignedDuration::from_hours(hours)).unwrap_or(now)
    }
}

fn is_urgent(category: Category) -> bool {
    match category {
        Category::A | Category::B | Category::C | Category::D => true,
        Category::E | Category::F | Category::G => false,
    }
}
