//! What must hold after every step, read through the same seam as the pages.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use jiff::Timestamp;
use onedoor_domain::access::{Action, Visible};
use onedoor_domain::actor::{Actor, SystemScope};
use onedoor_domain::change::EventKind;
use onedoor_domain::ids::ReferralId;
use onedoor_domain::notice::{Message, Notice, Party};
use onedoor_domain::referral::{Outcome, Referral, StateKind};
use onedoor_domain::section::{Row, Section};
use onedoor_domain::task::{Task, TaskKind};
use onedoor_domain::worklist::{Filter, View};
use onedoor_store::{Cursor, List};
use uuid::Uuid;

use super::Lane;
use super::people::look;
use super::support::House;

/// A service took the person, they were introduced, and met.
pub const MET: &str = "accepted, introduced, met";
/// They met, and everybody who must know of it was told.
pub const MET_AND_TOLD: &str = "met, told, closed";
/// Two services did not take the person, and a panel named the team that holds them.
pub const PANEL: &str = "not taken twice, panel";

/// Whether these happened in this order, whatever came between.
fn in_order(history: &[EventKind], steps: &[EventKind]) -> bool {
    let mut rest = history.iter();
    steps.iter().all(|step| rest.any(|kind| kind == step))
}

/// Who looks at the lists of which team.
const READERS: [(&str, &str); 8] = [
    ("spoa", "service-manager"),
    ("crisis", "service-manager"),
    ("north", "service-manager"),
    ("south", "service-manager"),
    ("young", "service-manager"),
    ("lantern", "voluntary-worker"),
    ("harbour-cafe", "harbour-host"),
    ("orchard-cafe", "orchard-host"),
];

/// Those readers, as the seam knows them.
pub async fn actors(house: &House) -> BTreeMap<&'static str, Actor> {
    let ctx = house.app.system(house.demo.tenant, SystemScope::SignIn);
    let mut tx = house.app.db.begin(&ctx).await.unwrap();
    let mut actors = BTreeMap::new();
    for (_, key) in READERS {
        let user = tx.user(house.demo.users[key], Action::OwnSession).await.unwrap();
        actors.insert(key, Actor::Staff(user.member()));
    }
    tx.close().await.unwrap();
    actors
}

/// What never changes about one referral.
pub struct Held {
    id: ReferralId,
    reference: String,
    received_at: Timestamp,
}

impl Held {
    pub async fn begin(lane: &mut Lane, id: ReferralId) -> Self {
        let referral = look(&lane.house, id).await;
        let held =
            Self { id, reference: referral.reference().to_string(), received_at: referral.received_at() };
        held.still(lane).await;
        held
    }

    /// The invariant of the product.
    pub async fn still(&self, lane: &mut Lane) {
        let referral = look(&lane.house, self.id).await;
        let kind = referral.kind();
        *lane.seen.states.entry(kind).or_default() += 1;
        assert_eq!(referral.reference().to_string(), self.reference);
        assert_eq!(referral.received_at(), self.received_at, "the date somebody asked for help never moves");
        told_or_covered(&referral);
        if kind != StateKind::Closed {
            assert!(referral.next_due().is_some(), "{kind:?}: nothing is due on an open referral");
            on_the_worklist(lane, &referral).await;
        }
        if let Some(task) =
            referral.tasks().iter().filter(|task| task.is_open()).min_by_key(|task| task.due_at)
        {
            on_my_day(lane, &referral, task).await;
        }
        if referral.is_advised() && !has_open(&referral, TaskKind::FollowUp) {
            let history = self.history(lane).await;
            let last = history.iter().rposition(|kind| *kind == EventKind::Advised).unwrap();
            assert!(history[last..].contains(&EventKind::FollowedUp), "advice without a check: {history:?}");
        }
    }

    /// Counts what happened, reads the history in order, and finds an open one on the page of its list.
    pub async fn at_the_end(&self, lane: &mut Lane) {
        let history = self.history(lane).await;
        for kind in &history {
            *lane.seen.events.entry(format!("{kind:?}")).or_default() += 1;
        }
        let met = [EventKind::HandoverAccepted, EventKind::HandoverIntroduced, EventKind::HandoverMet];
        let panel = [EventKind::HandoverDeclined, EventKind::HandoverDeclined, EventKind::PanelHeld];
        let told = [EventKind::HandoverMet, EventKind::Closed];
        for (way, steps) in [(MET, &met[..]), (MET_AND_TOLD, &told[..]), (PANEL, &panel[..])] {
            if in_order(&history, steps) {
                *lane.seen.events.entry(way.to_owned()).or_default() += 1;
            }
        }
        let decisions = [
            EventKind::Accepted,
            EventKind::Advised,
            EventKind::Withdrawn,
            EventKind::HandoverMet,
            EventKind::PanelHeld,
            EventKind::DuplicateLinked,
            EventKind::Died,
        ];
        if let Some(closed) = history.iter().position(|kind| *kind == EventKind::Closed) {
            assert!(
                history[..closed].iter().any(|kind| decisions.contains(kind)),
                "closed without an end: {history:?}"
            );
        }
        let referral = look(&lane.house, self.id).await;
        if referral.kind() != StateKind::Closed && lane.chance.once_in(4) && managed(lane, &referral) {
            let row = referral.row();
            let (rank, at) = (i16::from(!row.flagged), row.received_at.as_microsecond());
            let after = format!("{rank}.{at}.{}", before(self.id.into()).as_simple());
            let path = format!("/worklist?team={}&after={after}", referral.team());
            let page = lane.seat("service-manager").await.get(&path).await;
            assert_eq!(page.status, StatusCode::OK, "{}", page.body);
            assert!(page.has(&format!("/referrals/{}", self.id)), "not on {path}: {}", page.body);
        }
    }

    /// What happened, the oldest first.
    async fn history(&self, lane: &Lane) -> Vec<EventKind> {
        let ctx = lane.house.app.system(lane.house.demo.tenant, SystemScope::Worker);
        let mut tx = lane.house.app.db.begin(&ctx).await.unwrap();
        let view = tx.referral_view(self.id).await.unwrap();
        tx.close().await.unwrap();
        let history = view.revealed.shown.iter().find_map(|section| match &**section {
            Section::History(events) => Some(events.iter().rev().map(|event| event.kind).collect()),
            _ => None,
        });
        history.unwrap()
    }
}

fn has_open(referral: &Referral, kind: TaskKind) -> bool {
    referral.tasks().iter().any(|task| task.kind == kind && task.is_open())
}

/// After a decision everybody who must know was told, is excepted with a reason, or somebody has the task to tell them.
fn told_or_covered(referral: &Referral) {
    let Some(decided) = referral.decided() else { return };
    let of_decision = |notice: &Notice| {
        !matches!(notice.message, Message::Received { .. })
            && !notice.message.is_of_worker()
            // News of a handover on its way is overtaken by the decision, also by one of the same minute.
            && notice.message.handover().is_none()
            && notice.made_at >= decided.at
    };
    let owed: Vec<_> = referral.notices().iter().filter(|notice| of_decision(notice)).collect();
    // Who the key worker is, is owed for itself.
    let news = referral.notices().iter().rfind(|notice| notice.message.is_of_worker());
    let knows = news.is_none_or(|notice| notice.state.is_settled());
    assert!(
        knows || has_open(referral, TaskKind::TellWorker),
        "nobody has to say who the key worker is: {news:?}"
    );
    let covered = has_open(referral, TaskKind::Tell) || has_open(referral, TaskKind::NotTold);
    let settled = owed.iter().all(|notice| notice.state.is_settled());
    assert!(settled || covered, "somebody is not told, and nobody has the task: {owed:?}");
    if referral.kind() == StateKind::Closed {
        // What failed or came back since is printed and posted again, and somebody is asked to.
        let ended = settled || has_open(referral, TaskKind::NotTold);
        assert!(ended, "closed before everybody was told: {owed:?}");
        let person = owed.iter().any(|notice| notice.party == Party::Person);
        assert!(
            person || matches!(decided.outcome, Outcome::Died { .. }),
            "closed without a word to the person"
        );
    }
}

/// Just before an id, for a list that begins after its cursor.
fn before(id: Uuid) -> Uuid {
    Uuid::from_u128(id.as_u128() - 1)
}

fn managed(lane: &Lane, referral: &Referral) -> bool {
    reader(lane, referral.team()) == "service-manager"
}

fn reader(lane: &Lane, team: onedoor_domain::ids::TeamId) -> &'static str {
    let found = READERS.iter().find(|(key, _)| lane.house.demo.teams[key] == team);
    found.unwrap_or_else(|| panic!("no team {team} is responsible")).1
}

fn first(list: &List) -> Option<&Row> {
    list.rows
        .first()
        .and_then(|row: &Visible<Section>| if let Section::Row(row) = &**row { Some(row) } else { None })
}

/// An open referral is on its team's worklist, and on the overdue list once something is late.
async fn on_the_worklist(lane: &Lane, referral: &Referral) {
    if !managed(lane, referral) {
        return;
    }
    let house = &lane.house;
    let ctx = house.app.ctx(house.demo.tenant, lane.actors["service-manager"].clone());
    let mut tx = house.app.db.begin(&ctx).await.unwrap();
    let (id, row) = (before(referral.id().into()), referral.row());
    let cursor = Cursor { rank: i16::from(!row.flagged), at: row.received_at, id };
    let list = tx.worklist(referral.team(), &Filter::default(), Some(cursor)).await.unwrap();
    assert_eq!(first(&list).map(|row| row.referral), Some(referral.id()), "not on the worklist: {row:?}");
    if referral.is_overdue(ctx.now) {
        let at = referral.next_due().unwrap();
        let overdue = Filter::of(View::Overdue);
        let list = tx.worklist(referral.team(), &overdue, Some(Cursor { rank: 0, at, id })).await.unwrap();
        assert_eq!(
            first(&list).map(|row| row.referral),
            Some(referral.id()),
            "not on the overdue list: {row:?}"
        );
    }
    tx.close().await.unwrap();
}

/// An open task is on the day of somebody in its team.
async fn on_my_day(lane: &Lane, referral: &Referral, task: &Task) {
    let house = &lane.house;
    let key = reader(lane, task.team);
    let ctx = house.app.ctx(house.demo.tenant, lane.actors[key].clone());
    let mut tx = house.app.db.begin(&ctx).await.unwrap();
    let cursor = Cursor { rank: 0, at: task.due_at, id: before(task.id.into()) };
    let list = tx.my_tasks(Some(cursor)).await.unwrap();
    tx.close().await.unwrap();
    let found = first(&list).and_then(|row| row.task.as_ref()).map(|task| task.id);
    assert_eq!(found, Some(task.id), "{:?} of {} is on nobody's day", task.kind, referral.id());
}
