//! Who is asking: the extractors a handler takes. The gate filled them; a handler cannot be reached without.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use onedoor_domain::access::Action;
use onedoor_domain::actor::{Ctx, StaffMember, VisitorKey};
use onedoor_domain::guest::Visit;
use onedoor_domain::session::Session;
use onedoor_domain::track::{Holder, Tracking};
use onedoor_store::{StoreError, Tx};

use super::app::App;
use super::problem::Problem;
use crate::team::role::role_name;
use crate::ui::{Frame, FrameKind, NavItem};
use crate::words::Lang;

/// A signed-in member of staff or partner user, with an open session.
#[derive(Clone, Debug)]
pub struct Staff {
    /// The context of this request.
    pub ctx: Ctx,
    /// Who.
    pub member: StaffMember,
    /// The sign-in.
    pub session: Session,
    /// The language.
    pub lang: Lang,
    pub(super) app: App,
}

/// Somebody from outside who proved that they hold one referral, and follows it.
#[derive(Clone, Debug)]
pub struct Person {
    /// The context of this request.
    pub ctx: Ctx,
    /// Which referral, as who.
    pub holder: Holder,
    /// The session.
    pub tracking: Tracking,
    /// The language.
    pub lang: Lang,
    /// The address that was asked for, to come back to in another language.
    pub here: String,
    pub(super) app: App,
}

/// Somebody of another organisation who opened a one-time link and said who they are.
#[derive(Clone, Debug)]
pub struct Guest {
    /// The context of this request.
    pub ctx: Ctx,
    /// Who, for what.
    pub visit: Visit,
    /// The language.
    pub lang: Lang,
    /// The address that was asked for, to come back to in another language.
    pub here: String,
    pub(super) app: App,
}

/// Anybody.
#[derive(Clone, Debug)]
pub struct Public {
    /// The context of this request.
    pub ctx: Ctx,
    /// The visitor's own key, if their browser sent one.
    pub visitor: Option<VisitorKey>,
    /// The language.
    pub lang: Lang,
    /// The address that was asked for, to come back to in another language.
    pub here: String,
    pub(super) app: App,
}

impl FromRequestParts<App> for Staff {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Problem> {
        parts.extensions.get::<Self>().cloned().ok_or(Problem::Misrouted)
    }
}

impl FromRequestParts<App> for Person {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Problem> {
        parts.extensions.get::<Self>().cloned().ok_or(Problem::Misrouted)
    }
}

impl FromRequestParts<App> for Guest {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Problem> {
        parts.extensions.get::<Self>().cloned().ok_or(Problem::Misrouted)
    }
}

impl FromRequestParts<App> for Public {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Problem> {
        parts.extensions.get::<Self>().cloned().ok_or(Problem::Misrouted)
    }
}

/// The places of the staff navigation, with the action each needs.
const NAV: [(&str, &str, Action); 14] = [
    ("/my-day", "nav-my-day", Action::MyDay),
    ("/enter", "nav-enter", Action::EntryWrite),
    ("/handovers", "nav-handovers", Action::HandoverAnswer),
    ("/worklist", "nav-worklist", Action::Worklist),
    ("/overdue", "nav-overdue", Action::Worklist),
    ("/waiting", "nav-waiting", Action::CaseloadRead),
    ("/reports", "nav-reports", Action::ReportRead),
    ("/sent", "nav-sent", Action::SentRead),
    ("/directory", "nav-directory", Action::ServiceRead),
    ("/team", "nav-staff", Action::StaffRead),
    ("/content", "nav-content", Action::ContentRead),
    ("/rules", "nav-rules", Action::RulesRead),
    ("/county", "nav-county", Action::CountyRead),
    ("/account", "nav-account", Action::OwnSession),
];

impl Staff {
    /// Whether one of the roles may do it at all.
    pub fn may(&self, action: Action) -> bool {
        action.roles().iter().any(|role| self.member.roles.contains(role))
    }

    /// Opens this request's transaction.
    ///
    /// # Errors
    /// [`StoreError::Down`].
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        self.app.db.begin(&self.ctx).await
    }

    /// The page around a page. Whoever can answer a duty page sees on every page that one waits.
    ///
    /// # Errors
    /// [`StoreError::Down`].
    pub async fn frame(&self, tx: &mut Tx, title: String, here: &'static str) -> Result<Frame, StoreError> {
        let waiting = if self.may(Action::DutyAcknowledge) { tx.open_pages_counted().await? } else { 0 };
        Ok(self.frame_with(title, here, waiting).await)
    }

    /// The page around a page that reads nothing, such as an error.
    pub async fn frame_with(&self, title: String, here: &str, duty_alerts: u32) -> Frame {
        let nav = NAV.iter().filter(|(_, _, action)| self.may(*action)).map(|(href, label_key, _)| NavItem {
            href,
            label_key,
            current: *href == here,
            count: None,
        });
        let role = self.member.roles.iter().next().map(|role| role_name(self.lang, *role));
        let limits = self.app.limits();
        let kind = FrameKind::Staff {
            name: self.member.name.to_string(),
            role: role.unwrap_or_default(),
            nav: nav.collect(),
            lock_after_seconds: u32::try_from(limits.idle.as_secs()).unwrap_or(900),
            duty_alerts,
        };
        let county = self.app.face(Some(self.ctx.tenant)).await;
        Frame {
            lang: self.lang,
            title,
            errors: false,
            county,
            kind,
            flash: None,
            no_index: true,
            here: None,
            keeps_typed: false,
        }
    }
}

impl Person {
    /// Opens this request's transaction.
    ///
    /// # Errors
    /// [`StoreError::Down`].
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        self.app.db.begin(&self.ctx).await
    }

    /// The page around a page of theirs: public, never indexed, offers to leave quickly.
    pub async fn frame(&self, title: String) -> Frame {
        outside(&self.app, (&self.ctx, self.lang, &self.here), title, true).await
    }
}

impl Guest {
    /// Opens this request's transaction.
    ///
    /// # Errors
    /// [`StoreError::Down`].
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        self.app.db.begin(&self.ctx).await
    }

    /// The page around a page of theirs: never indexed; they work here, so nothing offers to leave quickly.
    pub async fn frame(&self, title: String) -> Frame {
        outside(&self.app, (&self.ctx, self.lang, &self.here), title, false).await
    }
}

impl Public {
    /// Opens this request's transaction.
    ///
    /// # Errors
    /// [`StoreError::Down`].
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        self.app.db.begin(&self.ctx).await
    }

    /// The page around a public page; each offers to leave quickly.
    pub async fn frame(&self, title: String) -> Frame {
        let frame = outside(&self.app, (&self.ctx, self.lang, &self.here), title, true).await;
        Frame { no_index: false, ..frame }
    }
}

/// The page around a page for anybody who has no account here: never indexed.
async fn outside(
    app: &App,
    (ctx, lang, here): (&Ctx, Lang, &str),
    title: String,
    leave_quickly: bool,
) -> Frame {
    Frame {
        lang,
        title,
        errors: false,
        county: app.face(Some(ctx.tenant)).await,
        kind: FrameKind::Public { leave_quickly },
        flash: None,
        no_index: true,
        here: Some(here.to_owned()),
        keeps_typed: false,
    }
}
