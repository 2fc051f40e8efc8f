//! The "no wrong door" panel: after two services that did not take the person, people who can decide meet and name the team
//! that holds them, which cannot decline (pathway §3).

use super::{Acceptance, Guard, Referral, guard};
use crate::actor::Ctx;
use crate::change::{Changes, EventKind};
use crate::county::County;
use crate::refused::Refused;
use crate::task::TaskKind;
use crate::value::{Line, Text};
use serde::{Deserialize, Serialize};

/// Services that could not take the person, or gave them back, before a panel decides.
const NOT_TAKEN_TO_PANEL: usize = 2;

/// Who sat on a panel, by name. It is a meeting of at least two: the lead of the single point of access, a senior clinician or
/// social-care professional, and the service manager.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Sat {
    /// The lead of the single point of access.
    pub lead: Line,
    /// The service manager.
    pub manager: Line,
    /// Who else, with what they are.
    pub others: Option<Text>,
}

impl Sat {
    /// Two people, and not one under two hats.
    fn is_a_meeting(&self) -> bool {
        let name = |line: &Line| {
            let words: Vec<String> = line.as_str().split_whitespace().map(str::to_lowercase).collect();
            words.join(" ")
        };
        name(&self.lead) != name(&self.manager)
    }

    /// Their names, as the event keeps them: one on a line.
    fn names(&self) -> Option<Text> {
        let others = self.others.iter().map(Text::as_str);
        let all: Vec<&str> = [self.lead.as_str(), self.manager.as_str()].into_iter().chain(others).collect();
        all.join("\n").parse().ok()
    }
}

/// What a panel decided: a named team holds the person, and cannot decline.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Panel {
    /// Who sat on it.
    pub sat: Sat,
    /// The team that holds the person, and what happens next.
    pub holds: Acceptance,
}

impl Referral {
    /// The panel has met after two services that did not take the person: a named team holds them and cannot decline.
    ///
    /// # Errors
    /// [`Refused::NotFromHere`] when none is owed; [`Refused::PanelOfOne`] where one person alone decided;
    /// [`Refused::TeamNotTaking`] for a team that is closed, and for the single point of access itself, in which nobody can be a
    /// key worker; [`Refused::NoAgreement`]; [`Refused::DateInPast`].
    pub fn hold_panel(mut self, ctx: &Ctx, panel: Panel, county: &County) -> Result<Changes, Refused> {
        self.step(EventKind::PanelHeld)?;
        let Panel { sat, holds } = panel;
        if !sat.is_a_meeting() {
            return Err(Refused::PanelOfOne);
        }
        if !holds.team.active || holds.team.id == self.head.spoa {
            return Err(Refused::TeamNotTaking);
        }
        county.require_agreement(Some(holds.team.id))?;
        self.end_tasks(ctx, &[TaskKind::Panel]);
        self.hold(ctx, (EventKind::PanelHeld, sat.names()), (holds, Some(sat)), county)
    }

    /// Where help is has to be decided: by a senior, or by the panel after two services that did not take the person.
    pub(super) fn ask_to_decide(&mut self, ctx: &Ctx, county: &County) {
        let days = |days: u16| county.calendar.add_working_days(ctx.now, days.into());
        if self.has_open(TaskKind::Decide) || self.has_open(TaskKind::Panel) {
            return;
        }
        if self.is_panel_owed() {
            self.add_task(ctx, TaskKind::Panel, days(county.handover.panel_days));
        } else {
            self.add_task(ctx, TaskKind::Decide, days(1));
        }
    }

    /// Whether a panel decides: two services did not take the person. It makes no difference to them whether a service said no
    /// at once, or said yes and gave them back: neither took them, and nobody is passed round for ever.
    pub(super) fn is_panel_owed(&self) -> bool {
        self.not_taken() >= NOT_TAKEN_TO_PANEL && guard::in_force(Guard::PanelAfterTwo)
    }
}
