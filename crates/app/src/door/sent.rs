//! The confirmation: reference, dated next steps, what to do if it gets worse. The same however often it is looked at.

use askama::Template;
use axum::extract::{Path, State};
use jiff::Timestamp;
use onedoor_domain::access::{Action, Visible, reveal};
use onedoor_domain::actor::SystemScope;
use onedoor_domain::door::{DraftState, ForWhom, WayKind};
use onedoor_domain::section::{Receipt, Section};

use super::voice::{Say, Voice};
use super::{cover, draft_id, path, status};
use crate::ui::{Button, Frame, Link, Markup, Panel, WarningCallout};
use crate::web::answer::go;
use crate::web::{Answer, App, Problem, Public, page};
use crate::words;

#[derive(Template)]
#[template(path = "door/sent.html")]
struct SentPage {
    frame: Frame,
    receipt: Visible<Section>,
    /// Where it stands, while that link was not taken back.
    link: Option<String>,
    now: Timestamp,
    /// Where a return phrase is made; none for what was sent for somebody else.
    follow: Option<String>,
    call_me: String,
    end: String,
}

/// Shows the confirmation of a sent draft.
///
/// # Errors
/// [`Problem::NotFound`] for a draft that is not the visitor's.
pub async fn show(
    State(app): State<App>,
    public: Public,
    Path(draft): Path<String>,
) -> Result<Answer, Problem> {
    let id = draft_id(&draft)?;
    let mut tx = public.begin().await?;
    let draft = tx.draft(id, Action::DraftRead).await?;
    let done = tx.close().await?;
    let DraftState::Sent { receipt, referral, holder } = draft.state else {
        return Ok(go(&path(id, "check")));
    };
    let shown = reveal(&public.ctx.actor, vec![Section::Receipt(receipt)]).shown;
    let receipt = shown.into_iter().next().ok_or(Problem::NotFound)?;
    let mut frame = public.frame(public.lang.t("door-sent-title")).await;
    frame.no_index = true;
    let follow = holder.map(|_| path(id, "follow"));
    let tenant = public.ctx.tenant;
    let mut tx = app.db.begin(&app.system(tenant, SystemScope::SignIn)).await?;
    let link = status::first_link(&app, tenant, referral, tx.status_key(referral).await?.as_ref());
    tx.close().await?;
    let (call_me, end) = (path(id, "call-me"), path(id, "end"));
    page(done, &SentPage { frame, receipt, link, now: public.ctx.now, follow, call_me, end })
}

impl SentPage {
    fn receipt(&self) -> Option<&Receipt> {
        if let Section::Receipt(receipt) = &*self.receipt { Some(receipt) } else { None }
    }

    /// For whoever asked for somebody else: where they see how far it has come.
    fn status(&self) -> Option<Link> {
        let theirs = self.receipt().is_some_and(|receipt| receipt.whom != ForWhom::Me);
        let link = self.link.as_deref().filter(|_| theirs)?;
        Some(Link::new(link, self.frame.t("door-sent-status")))
    }

    fn voice(&self) -> Voice {
        Voice::for_whom(self.receipt().map(|receipt| receipt.whom).unwrap_or_default())
    }

    /// In the voice of whoever sent it.
    fn say(&self, key: &str) -> String {
        Say { lang: self.frame.lang, voice: self.voice() }.t(key)
    }

    fn reference(&self) -> &str {
        self.receipt().map_or("", |receipt| receipt.reference.as_str())
    }

    fn keep(&self) -> Button {
        let words = self.frame.t("track-phrase-make");
        Button { prevents_double_click: true, ..Button::secondary(words) }
    }

    fn panel(&self) -> Panel {
        let reference = self.receipt().map(|receipt| receipt.reference.to_string()).unwrap_or_default();
        Panel {
            title: self.frame.t("door-sent-title").into(),
            content: Some(Markup::all([
                Markup::from(self.frame.t("door-sent-reference")),
                Markup::from(" "),
                Markup::reference(&reference),
            ])),
            ..Panel::default()
        }
    }

    fn nobody(&self) -> Option<WarningCallout> {
        cover::callout(self.frame.lang, self.receipt()?.unstaffed, self.now)
    }

    /// What happens next, with dates. Where nobody knows when somebody will be there, no date is promised.
    fn steps(&self) -> Vec<String> {
        let Some(receipt) = self.receipt() else { return Vec::new() };
        let dated = |key: &str, at| self.frame.tr(key, &[("when", words::date_time(self.frame.lang, at))]);
        let unknown = receipt.unstaffed.is_some_and(|unstaffed| unstaffed.next.is_none());
        let mut steps = vec![dated("door-sent-received", receipt.received_at)];
        steps.extend(receipt.call_asked.map(|at| dated("door-sent-call-asked", at)));
        match (receipt.call_by, unknown) {
            (Some(_), true) => steps.push(self.say("door-sent-call-unknown")),
            (Some(at), false) if receipt.whom != ForWhom::Me => {
                steps.push(dated("door-sent-asker-call-by", at));
            }
            (Some(at), false) if receipt.by == WayKind::Call => steps.push(dated("door-sent-call-by", at)),
            (Some(at), false) => steps.push(dated("door-sent-contact-by", at)),
            (None, _) => {}
        }
        steps.push(if unknown {
            self.frame.t("door-sent-read-unknown")
        } else if receipt.whom == ForWhom::Me {
            dated("door-sent-read-by", receipt.read_by)
        } else {
            dated("door-sent-read-by-they", receipt.read_by)
        });
        match receipt.whom {
            ForWhom::Me => steps.push(self.frame.t(how(receipt.by))),
            ForWhom::Someone | ForWhom::Professional => {
                steps.push(self.frame.t(if receipt.asker_by.is_some() {
                    "door-sent-asker-told"
                } else {
                    "door-sent-asker-not-told"
                }));
                steps.push(self.frame.t("door-sent-asker-more"));
            }
        }
        steps
    }

    /// "Call me" goes on working after sending.
    fn call(&self) -> Button {
        Button { href: Some(self.call_me.clone()), ..Button::secondary(self.say("door-call-me")) }
    }

    fn slow_letter(&self) -> bool {
        self.receipt().is_some_and(|receipt| receipt.call_by.is_some() && receipt.by == WayKind::Letter)
    }
}

fn how(by: WayKind) -> &'static str {
    match by {
        WayKind::Call => "door-sent-by-call",
        WayKind::Text => "door-sent-by-text",
        WayKind::Email => "door-sent-by-email",
        WayKind::Letter => "door-sent-by-letter",
        WayKind::InPerson => "door-sent-by-person",
    }
}
