//! Where a request stands, for whoever made it for somebody else: by a link that only the confirmation and the message to
//! them show. It says what the person allows and no more, and never who the person is.
//!
//! The key of the link is made from the installation's secret and the request, so that it is stored nowhere; a wrong one
//! and a request that does not exist look the same.

use askama::Template;
use axum::extract::{Path, State};
use jiff::SignedDuration;
use onedoor_domain::actor::Actor;
use onedoor_domain::ids::{ReferralId, TenantId};
use onedoor_domain::referral::{Referred, Stands};
use onedoor_domain::section::Section;
use onedoor_domain::track::{Holder, Scope};
use sha2::{Digest as _, Sha256};

use crate::notice::words::said;
use crate::ui::{Frame, SummaryList, SummaryRow};
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
    let id: ReferralId = referral.parse().map_err(|_| Problem::NotFound)?;
    if Sha256::digest(key.as_bytes()) != Sha256::digest(link_key(&app, public.ctx.tenant, id).as_bytes()) {
        return Err(Problem::NotFound);
    }
    let holder = Holder { referral: id, scope: Scope::Referrer };
    let ctx = app.ctx(public.ctx.tenant, Actor::Person(holder));
    let mut tx = app.db.begin(&ctx).await?;
    let found = tx.referral_status(id).await?;
    let done = tx.close().await?;
    let found = found
        .as_deref()
        .and_then(|section| if let Section::Referred(referred) = section { Some(referred) } else { None });
    let now = ctx.now;
    let open = |referred: &&Referred| referred.closed_at.is_none_or(|at| now.duration_since(at) < AFTER);
    let referred = found.filter(open).ok_or(Problem::NotFound)?;
    let lang = public.lang;
    let mut frame = public.frame(lang.t("door-status-title")).await;
    frame.no_index = true;
    let more = lang.t(if referred.may_tell { "door-status-allowed" } else { "door-status-least" });
    page(done, &StatusPage { rows: rows(lang, referred), more, frame })
}

fn rows(lang: Lang, referred: &Referred) -> SummaryList {
    let stands = match &referred.stands {
        Stands::Received => lang.t("door-status-received"),
        Stands::Looked => lang.t("door-status-looked"),
        Stands::Decided(news) => said(lang, news),
    };
    let rows = vec![
        SummaryRow::new(lang.t("door-status-reference"), referred.reference.to_string()),
        SummaryRow::new(lang.t("door-status-since"), words::date_time(lang, referred.received_at)),
        SummaryRow::new(lang.t("door-status-stands"), stands),
    ];
    SummaryList { rows, ..SummaryList::default() }
}

/// The path of the link: what it opens, and 256 bits that only this installation can make.
pub fn link(app: &App, tenant: TenantId, id: ReferralId) -> String {
    format!("/status/{id}/{}", link_key(app, tenant, id))
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
