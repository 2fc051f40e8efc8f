//! What waits for colleagues who are away and for whom the reader covers: whose it is stays said.

use onedoor_domain::access::Visible;
use onedoor_domain::ids::UserId;
use onedoor_domain::section::Section;
use onedoor_domain::task::Owner;
use onedoor_domain::team::Team;
use onedoor_store::{List, StoreError, Tx};

use super::rows::{self, Columns, task_of};
use crate::ui::Markup;
use crate::web::Staff;
use crate::words;

/// One colleague who is away.
#[derive(Debug)]
pub struct Covered {
    user: UserId,
    /// Whose it is, and until when.
    pub title: String,
    /// Tasks with their name, of this page of tasks.
    pub tasks: Option<Markup>,
    /// People they are key worker of.
    pub people: Option<Markup>,
}

impl Covered {
    /// Whether a row's task waits for them by name.
    pub fn is_theirs(&self, section: &Visible<Section>) -> bool {
        is_of(self.user, section)
    }
}

fn is_of(user: UserId, section: &Visible<Section>) -> bool {
    task_of(section).is_some_and(|task| task.owner == Owner::User(user))
}

/// Everybody for whom the reader covers today.
///
/// # Errors
/// [`StoreError::Down`].
pub async fn of(
    staff: &Staff,
    tx: &mut Tx,
    (teams, tasks): (&[Team], &List),
) -> Result<Vec<Covered>, StoreError> {
    let lang = staff.lang;
    if staff.member.teams.is_empty() {
        return Ok(Vec::new());
    }
    let roster = tx.own_roster(teams).await?;
    let mut all = Vec::new();
    for away in roster.covers_for(staff.member.user, tx.day()) {
        let user = away.who.user;
        let people = tx.covered_people(user).await?;
        let theirs: Vec<_> = tasks.rows.iter().filter(|row| is_of(user, row)).collect();
        let parts = [("name", away.who.name.to_string()), ("day", words::day_of(lang, away.until))];
        all.push(Covered {
            user,
            title: lang.tr("care-cover-title", &parts),
            tasks: (!theirs.is_empty()).then(|| rows::table(staff, theirs, teams, Columns::Tasks)),
            people: (!people.rows.is_empty())
                .then(|| rows::table(staff, &people.rows, teams, Columns::Queue)),
        });
    }
    Ok(all)
}
