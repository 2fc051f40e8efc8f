//! How far a service is, as the crow flies, from a place whose position the county wrote down: a postcode district or a town. No
//! outside service is asked, and a place that nobody wrote down has no distance.

use serde::{Deserialize, Serialize};

use super::entry::{Entry, Point};
use crate::value::{Line, Postcode};

/// A place with a position.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct District {
    /// A postcode district such as `AM1`, or a town.
    pub name: Line,
    /// Where it is.
    pub at: Point,
}

/// The mean radius of the earth, in metres.
const RADIUS: f64 = 6_371_000.0;

/// The great-circle distance in metres.
pub fn metres(from: Point, to: Point) -> f64 {
    let radians = |millionths: i32| (f64::from(millionths) / 1_000_000.0).to_radians();
    let (north_1, north_2) = (radians(from.latitude), radians(to.latitude));
    let (north, east) = (north_2 - north_1, radians(to.longitude) - radians(from.longitude));
    let half = (north / 2.0).sin().powi(2) + north_1.cos() * north_2.cos() * (east / 2.0).sin().powi(2);
    2.0 * RADIUS * half.sqrt().min(1.0).asin()
}

/// Letters and digits, small: `AM1` and `am 1` are one place.
fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The position of what somebody typed: a whole postcode stands for its district.
pub fn position(districts: &[District], typed: &str) -> Option<Point> {
    let typed = match typed.trim().parse::<Postcode>() {
        Ok(postcode) => plain(postcode.outward()),
        Err(_) => plain(typed),
    };
    let found = districts.iter().find(|district| !typed.is_empty() && plain(district.name.as_str()) == typed);
    found.map(|district| district.at)
}

/// How far the nearest of its places is, in metres; none where none has a position.
pub fn distance(entry: &Entry, from: Point) -> Option<f64> {
    let there = entry.service_at_locations.iter().filter(|place| !place.is_virtual);
    there.filter_map(|place| place.point).map(|point| metres(from, point)).min_by(f64::total_cmp)
}

/// One line of a county's list, `AM1, 51.1234, -2.3456`.
pub fn read(line: &str) -> Option<District> {
    let mut parts = line.split(',').map(str::trim);
    let (name, north, east) = (parts.next()?, parts.next()?, parts.next()?);
    let millionths = |text: &str, low: f64, high: f64| {
        let degrees: f64 = text.parse().ok().filter(|degrees| (low..=high).contains(degrees))?;
        format!("{:.0}", degrees * 1_000_000.0).parse::<i32>().ok()
    };
    let at = Point { latitude: millionths(north, 49.0, 61.5)?, longitude: millionths(east, -9.0, 2.5)? };
    let whole = parts.next().is_none();
    name.parse().ok().filter(|_| whole).map(|name| District { name, at })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(latitude: i32, longitude: i32) -> Point {
        Point { latitude, longitude }
    }

    #[test]
    fn a_distance_is_that_of_the_great_circle() {
        // One degree of latitude, and from the equator a quarter of the way round.
        let degree = metres(at(51_000_000, 0), at(52_000_000, 0));
        assert!((degree - 111_195.0).abs() < 5.0, "{degree}");
        let quarter = metres(at(0, 0), at(0, 90_000_000));
        assert!((quarter - RADIUS * std::f64::consts::FRAC_PI_2).abs() < 1.0, "{quarter}");
        assert!(metres(at(51_000_000, -2_000_000), at(51_000_000, -2_000_000)).abs() < 0.001);
        let (there, back) = (metres(at(511, -2), at(523, 1)), metres(at(523, 1), at(511, -2)));
        assert!((there - back).abs() < 0.001);
    }

    #[test]
    fn a_place_is_found_however_it_is_typed_and_an_unknown_one_has_no_distance() {
        let districts = [read("AM1, 51.1234, -2.3456").unwrap(), read("Great Millbrook,51.2,-2.1").unwrap()];
        for typed in ["AM1", "am 1", "AM1 2AB", " am1 2ab "] {
            assert_eq!(position(&districts, typed), Some(at(51_123_400, -2_345_600)), "{typed}");
        }
        assert_eq!(position(&districts, "great millbrook"), Some(at(51_200_000, -2_100_000)));
        for nowhere in ["", " ", "AM10", "Millbrook", "AM2 1AA"] {
            assert_eq!(position(&districts, nowhere), None, "{nowhere}");
        }
    }

    #[test]
    fn a_line_that_is_no_place_here_is_refused() {
        for wrong in [
            "",
            "AM1",
            "AM1, 51.1",
            "AM1, north, west",
            "AM1, 10.0, -2.0",
            "AM1, 51.1, -2.0, more",
            ", 51.1, -2.0",
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
