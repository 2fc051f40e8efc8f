//! Times of day as people type them, and a day's staffed hours on one line.

use jiff::civil::Time;
use onedoor_domain::duty::Opening;

/// The openings typed for one day: `9am to 5pm, 18:00-20:00`. Nothing when it cannot be read.
pub(super) fn openings(typed: &str, all_day: &str, closed: &str) -> Option<Vec<Opening>> {
    let typed = plain(typed);
    if typed.is_empty() || typed == plain(closed) {
        return Some(Vec::new());
    }
    if typed == plain(all_day) {
        return Some(vec![Opening { open: Time::midnight(), close: Time::midnight() }]);
    }
    typed.split(',').map(opening).collect()
}

fn opening(typed: &str) -> Option<Opening> {
    let (open, close) = typed.split_once('-')?;
    Some(Opening { open: time(open)?, close: time(close)? })
}

/// One spelling for dashes, "to" and capitals.
fn plain(typed: &str) -> String {
    let unseen = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let typed = typed.replace(unseen, "").to_lowercase().replace(['–', '—'], "-").replace(" to ", "-");
    typed.split_whitespace().collect::<Vec<_>>().join("")
}

/// `9`, `9am`, `9:30`, `09.30`, `0930`, `5.30pm`, `24:00`, `midnight`, `midday`.
pub(super) fn time(typed: &str) -> Option<Time> {
    let typed = plain(typed);
    match typed.as_str() {
        "midnight" | "24:00" => return Some(Time::midnight()),
        "midday" | "noon" => return Time::new(12, 0, 0, 0).ok(),
        _ => {}
    }
    let (digits, half) = match (typed.strip_suffix("am"), typed.strip_suffix("pm")) {
        (Some(digits), _) => (digits, Some(0)),
        (_, Some(digits)) => (digits, Some(12)),
        (None, None) => (typed.as_str(), None),
    };
    let (hour, minute) = match digits.split_once([':', '.']) {
        Some((hour, minute)) if minute.len() == 2 => (hour, minute),
        Some(_) => return None,
        None if digits.len() == 4 && digits.is_ascii() => digits.split_at(2),
        None => (digits, "0"),
    };
    let number =
        |text: &str| text.parse::<i8>().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()));
    let (hour, minute) = (number(hour)?, number(minute)?);
    let hour = match half {
        None => hour,
        Some(half) if (1..=12).contains(&hour) => hour % 12 + half,
        Some(_) => return None,
    };
    Time::new(hour, minute, 0, 0).ok()
}

/// `09:00`.
pub(super) fn shown(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_people_type_them() {
        for (typed, expected) in [
            ("9", "09:00"),
            ("9am", "09:00"),
            ("9:30 AM", "09:30"),
            ("09.30", "09:30"),
            ("0930", "09:30"),
            ("5.30pm", "17:30"),
            ("12am", "00:00"),
            ("12pm", "12:00"),
            ("24:00", "00:00"),
            ("Midday", "12:00"),
            ("23:59", "23:59"),
        ] {
            assert_eq!(time(typed).map(shown).as_deref(), Some(expected), "{typed}");
        }
        for typed in ["", "25", "9:3", "13pm", "0am", "9:60", "nine", "-1", "+9", "९"] {
            assert_eq!(time(typed), None, "{typed}");
        }
    }

    #[test]
    fn a_day_is_closed_open_all_day_or_open_at_times() {
        let of = |typed: &str| openings(typed, "All day", "Closed").map(|openings| openings.len());
        assert_eq!(of(""), Some(0));
        assert_eq!(of("closed"), Some(0));
        assert_eq!(of("ALL DAY"), Some(1));
        assert_eq!(of("9am to 5pm, 18:00–20:00"), Some(2));
        assert_eq!(
            of("\u{2068}9am\u{2069} to \u{2068}5pm\u{2069}"),
            Some(1),
            "as a page from right to left shows it"
        );
        assert_eq!(of("9am"), None);
        assert_eq!(of("9am to 5pm, later"), None);
        let night = openings("22:00 to 8:00", "", "").unwrap();
        assert_eq!((shown(night[0].open), shown(night[0].close)), ("22:00".into(), "08:00".into()));
    }
}
