//! Local procedures: what each organisation of a county has written down for its own people, and where it is to be read.
//!
//! The trust's own policy, the safeguarding board's, the local authority's. What they say is theirs; only the way to it is kept.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{County, days_later};
use crate::directory::entry::Url;
use crate::value::Line;

/// A procedure of one organisation.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Procedure {
    /// Whose it is.
    pub organisation: Line,
    /// What it is called there.
    pub title: Line,
    /// When to look at it, in a sentence.
    pub about: Option<Line>,
    /// Where it is to be read.
    pub link: Url,
    /// The day on which somebody opened it and it was the right one.
    pub reviewed_on: Date,
    /// Who opened it.
    pub reviewed_by: Line,
}

impl Procedure {
    /// Days after which somebody must open it again: organisations commonly review their policies every year or more.
    pub const REVIEW_DAYS: i32 = 365;

    /// Whether somebody opened it within the last year.
    pub fn is_reviewed(&self, today: Date) -> bool {
        self.reviewed_on <= today && today <= days_later(self.reviewed_on, Self::REVIEW_DAYS)
    }
}

/// The procedures of one organisation.
pub type Shelf<'a> = (&'a Line, Vec<&'a Procedure>);

impl County {
    /// Every procedure, by organisation and title.
    pub fn procedures_by_organisation(&self) -> Vec<Shelf<'_>> {
        let mut all: Vec<&Procedure> = self.procedures.iter().collect();
        all.sort_by(|left, right| {
            (&left.organisation, &left.title).cmp(&(&right.organisation, &right.title))
        });
        let shelves = all.chunk_by(|left, right| left.organisation == right.organisation);
        shelves.filter_map(|shelf| Some((&shelf.first()?.organisation, shelf.to_vec()))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::{county, line};
    use jiff::civil::date;

    fn procedure(organisation: &str, title: &str) -> Procedure {
        Procedure {
            organisation: line(organisation),
            title: line(title),
            about: None,
            link: "https://ashmere.example/policy".parse().unwrap(),
            reviewed_on: date(2026, 3, 1),
            reviewed_by: line("Ruth"),
        }
    }

    // seed: 65
    #[test]
    fn procedures_stand_together_by_organisation_and_title() {
        let mut county = county();
        county.procedures =
            vec![procedure("Trust", "Leave"), procedure("Board", "Children"), procedure("Trust", "Adults")];
        let shelves = county.procedures_by_organisation();
        let titles: Vec<(&str, Vec<&str>)> = shelves
            .into_iter()
            .map(|(of, all)| (of.as_str(), all.into_iter().map(|one| one.title.as_str()).collect()))
            .collect();
        assert_eq!(titles, [("Board", vec!["Children"]), ("Trust", vec!["Adults", "Leave"])]);
    }

    #[test]
    fn it_is_to_be_opened_again_after_a_year() {
        let one = procedure("Trust", "Adults");
        assert!(one.is_reviewed(date(2027, 3, 1)));
        assert!(!one.is_reviewed(date(2027, 3, 2)));
        assert!(!one.is_reviewed(date(2026, 2, 28)), "a day that was yet to come proves nothing");
    }
}
