//! Filters that somebody keeps under a name: theirs alone, a few of them, and nothing in them but what an address says.

use std::collections::BTreeSet;

use super::Filter;
use crate::actor::Ctx;
use crate::change::{Changes, EventKind, Noun, Subject, Write};
use crate::ids::{FilterId, UserId};
use crate::refused::Refused;
use crate::value::Line;

/// So many may one person keep.
pub const MOST: usize = 20;

/// A filter under a name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SavedFilter {
    /// Its id.
    pub id: FilterId,
    /// Whose it is.
    pub owner: UserId,
    /// What they call it.
    pub name: Line,
    /// What it shows.
    pub filter: Filter,
}

impl SavedFilter {
    /// Keeps a filter, or gives one another name. `others` are those the same person has. The same one sent twice is kept once.
    ///
    /// # Errors
    /// [`Refused::TooMany`]; [`Refused::NameTaken`]; [`Refused::NotFromHere`] for anybody who is not staff.
    pub fn keep(
        ctx: &Ctx,
        others: &[Self],
        (id, name): (FilterId, Line),
        filter: Filter,
    ) -> Result<Changes, Refused> {
        let owner = ctx.actor.staff().map(|staff| staff.user).ok_or(Refused::NotFromHere)?;
        let rest: Vec<_> = others.iter().filter(|one| one.id != id).collect();
        if rest.len() >= MOST {
            return Err(Refused::TooMany);
        }
        let names: BTreeSet<String> = rest.iter().map(|one| folded(&one.name)).collect();
        if names.contains(&folded(&name)) {
            return Err(Refused::NameTaken);
        }
        let saved = Self { id, owner, name, filter };
        Ok(Changes::one(ctx, EventKind::FilterSaved, saved.subject(), None, Write::SavedFilter(saved)))
    }

    /// Removes it; its events stay.
    pub fn remove(self, ctx: &Ctx) -> Changes {
        let subject = self.subject();
        Changes::one(
            ctx,
            EventKind::FilterRemoved,
            subject,
            None,
            Write::RemoveSavedFilter(self.owner, self.id),
        )
    }

    fn subject(&self) -> Subject {
        Subject { noun: Noun::Filter, id: self.id.into() }
    }
}

/// Two names that differ in capitals alone are one.
fn folded(name: &Line) -> String {
    name.as_str().to_lowercase()
}
