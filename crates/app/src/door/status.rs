//! Where a request stands, for whoever made it for somebody else: by a link that only the confirmation and the message to
//! them show. It says what the person allows and no more, and never who the person is.
//!
//! The key of the first link is made from the installation's secret and the request, so that it is stored nowhere. Staff can
//! take it back; of a new one only the hash is stored. A wrong key and a request that does not exist look the same.

use askama::Template;
use axum::extract::{Path, State};
use jiff::{SignedDuration, Timestamp};
use onedoor_domain::access::Visible;
use onedoor_domain::actor::{Actor, SystemScope};
use onedoor_domain::ids::{ReferralId, TenantId};
use onedoor_domain::referral::{Referred, Stands};
use onedoor_domain::section::Section;
use onedoor_domain::track::{Holder, Scope, StatusKey};
use onedoor_store::{Done, Saw};
use sha2::{Digest as _, Sha256};

use crate::notice::words::said;
use crate::ui::{Frame, Link, SummaryList, SummaryRow};
use crate::web::gate::hash;
use crate::web::{Answer, App, Problem, Public, page};
use crate::words::{self, Lang};

/// How long after the end somebody may still look. Source: people-and-roles §4.1, REFERRER.
const AFTER: SignedDuration = SignedDuration::from_hours(24 * 90);

/// Where a request stands.
#[derive(Template)]
#[template(path = "door/status.html")]
struct StatusPage {
    frame: Frame,
    rows: SummaryList,
    more: String,
    /// For professionals with an account.
    keep: Option<Link>,
}

/// GET `/status/{id}/{token}`.
///
/// # Errors
/// [`Problem::NotFound`] for a link that is not ours or has run out.
pub async fn show(
    State(app): State<App>,
    public: Public,
    Path((referral, key)): Path<(String, String)>,
) -> Result<Answer, Problem> {
    let (id, stands, done) = opened(&app, public.ctx.tenant, (&referral, &key)).await?;
    let referred = referred(&stands).ok_or(Problem::NotFound)?;
    let lang = public.lang;
    let mut frame = public.frame(lang.t("door-status-title")).await;
    frame.no_index = true;
    let more = lang.t(if referred.may_tell { "door-status-allowed" } else { "door-status-least" });
    let keep = referred
        .by_professional
        .then(|| Link::new(&format!("/sent/keep/{id}/{key}"), lang.t("door-status-keep")));
    page(done, &StatusPage { rows: rows(lang, referred), more, keep, frame })
}

/// What a link opens, for whoever holds it.
///
/// # Errors
/// [`Problem::NotFound`] for a link that is not ours, was taken back or has run out.
pub(crate) async fn opened(
    app: &App,
    tenant: TenantId,
    (referral, key): (&str, &str),
) -> Result<(ReferralId, Visible<Section>, Done<Saw>), Problem> {
    let id: ReferralId = referral.parse().map_err(|_| Problem::NotFound)?;
    if !is_good(app, tenant, id, key).await? {
        return Err(Problem::NotFound);
    }
    let ctx = app.ctx(tenant, Actor::Person(Holder { referral: id, scope: Scope::Referrer }));
    let mut tx = app.db.begin(&ctx).await?;
    let found = tx.referral_status(id).await?;
    let done = tx.close().await?;
    let stands = found.filter(|stands| referred(stands).is_some_and(|it| is_shown(it, ctx.now)));
    Ok((id, stands.ok_or(Problem::NotFound)?, done))
}

/// Whether a key opens it: the one that was made last, or the first while it was never taken back.
async fn is_good(app: &App, tenant: TenantId, id: ReferralId, key: &str) -> Result<bool, Problem> {
    let mut tx = app.db.begin(&app.system(tenant, SystemScope::SignIn)).await?;
    let kept = tx.status_key(id).await?;
    tx.close().await?;
    let typed = hash(key.as_bytes());
    Ok(match kept {
        None => typed == hash(link_key(app, tenant, id).as_bytes()),
        Some(kept) => kept.hash == Some(typed),
    })
}

/// Where a request stands, out of what may be shown.
pub(crate) fn referred(stands: &Visible<Section>) -> Option<&Referred> {
    if let Section::Referred(referred) = &**stands { Some(referred) } else { None }
}

/// Whether it is still shown: while it runs, and some time after.
pub(crate) fn is_shown(referred: &Referred, now: Timestamp) -> bool {
    referred.closed_at.is_none_or(|at| now.duration_since(at) < AFTER)
}

/// Where it stands, in words.
pub(crate) fn stands(lang: Lang, referred: &Referred) -> String {
    match &referred.stands {
        Stands::Received => lang.t("door-status-received"),
        Stands::Looked => lang.t("door-status-looked"),
        Stands::Decided(news) => said(lang, news),
    }
}

fn rows(lang: Lang, referred: &Referred) -> SummaryList {
    let rows = vec![
        SummaryRow::new(lang.t("door-status-reference"), referred.reference.to_string()),
        SummaryRow::new(lang.t("door-status-since"), words::date_time(lang, referred.received_at)),
        SummaryRow::new(lang.t("door-status-stands"), stands(lang, referred)),
    ];
    SummaryList { rows, ..SummaryList::default() }
}

/// The path of the first link: what it opens, and 256 bits that only this installation can make. None once it was taken back.
pub fn first_link(app: &App, tenant: TenantId, id: ReferralId, kept: Option<&StatusKey>) -> Option<String> {
    kept.is_none().then(|| path(id, &link_key(app, tenant, id)))
}

/// The path of a link.
pub(crate) fn path(id: ReferralId, key: &str) -> String {
    format!("/status/{id}/{key}")
}

fn link_key(app: &App, tenant: TenantId, id: ReferralId) -> String {
    let of = |parts: &[&[u8]]| {
        let mut digest = Sha256::new();
        digest.update(app.secret.bytes());
        for part in parts {
            digest.update(part);
        }
        digest.finalize()
    };
    let (tenant, id) = (uuid::Uuid::from(tenant), uuid::Uuid::from(id));
    let inner = of(&[b"status link", tenant.as_bytes(), id.as_bytes()]);
    of(&[&inner]).iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}
