//! Who does it: what is open on a referral is given to a colleague by name, or back to the whole team. Decides nothing about
//! the person, and takes nothing off the list.

use super::Referral;
use crate::actor::Ctx;
use crate::change::{Changes, EventKind, Tracked};
use crate::ids::UserId;
use crate::refused::Refused;
use crate::task::{Owner, Task};
use crate::value::Line;

/// To whom.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum GivenTo {
    /// A colleague of the team that is responsible; the caller has read that they are one.
    Colleague(UserId, Line),
    /// Whoever of the team comes first.
    Team(Line),
}

impl GivenTo {
    fn owner(&self, task: &Task) -> Owner {
        match self {
            Self::Colleague(user, _) => Owner::User(*user),
            Self::Team(_) => Owner::Team(task.team),
        }
    }

    /// As the history says it.
    pub fn name(&self) -> &Line {
        match self {
            Self::Colleague(_, name) | Self::Team(name) => name,
        }
    }
}

impl Referral {
    /// What is open and can be given: the responsible team's, of a kind that one person does.
    pub(crate) fn given(&self) -> impl Iterator<Item = &Tracked<Task>> {
        let team = self.team();
        self.tasks.iter().filter(move |task| task.is_open() && task.kind.is_given() && task.team == team)
    }

    /// Whether it is theirs already: giving it again changes nothing.
    pub fn is_given_to(&self, to: &GivenTo) -> bool {
        let mut given = self.given().peekable();
        given.peek().is_some() && given.all(|task| task.owner == to.owner(task))
    }

    /// Gives what is open to somebody, by name in the history. Counts as a decision: who looked at an older list is told.
    ///
    /// # Errors
    /// [`Refused::NotFromHere`] where nothing is to be done that can be given.
    pub fn give(mut self, ctx: &Ctx, to: &GivenTo) -> Result<Changes, Refused> {
        self.step(EventKind::Given)?;
        let team = self.team();
        let open = |task: &Tracked<Task>| task.is_open() && task.kind.is_given() && task.team == team;
        for task in self.tasks.iter_mut().filter(|task| open(task)) {
            let owner = to.owner(task);
            task.edit().owner = owner;
        }
        self.head.edit();
        let why = Some(to.name().clone().into());
        Ok(self.finish(ctx, &[(EventKind::Given, why)]))
    }
}
