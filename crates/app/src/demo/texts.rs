//! The demonstration's pages of words: those of the makers, handed in by its content editor and signed off by its nurse.

use jiff::ToSpan as _;
use onedoor_domain::access::Action;
use onedoor_domain::actor::{Actor, Ctx, SystemScope};
use onedoor_domain::calendar::local_date;
use onedoor_domain::content::{Content, Place, SignOff, Typed, Words};
use onedoor_store::StoreError;

use super::Demo;
use crate::content::builtin::{self, BuiltIn};
use crate::web::App;

/// Those that are not there yet. What somebody withdrew or left unfinished stays as it is.
///
/// # Errors
/// [`StoreError::Down`].
pub(super) async fn texts(app: &App, demo: &Demo) -> Result<(), StoreError> {
    let (editor, nurse) =
        (persona(app, demo, "content-editor").await?, persona(app, demo, "senior-nurse").await?);
    let mut tx = app.db.begin(&editor).await?;
    let known = tx.contents().await?;
    tx.close().await?;
    for text in builtin::all() {
        let place = place(&text)?;
        if !known.iter().any(|content| content.place == place) {
            publish(app, (&editor, &nurse), place, &text).await?;
        }
    }
    Ok(())
}

pub(super) async fn persona(app: &App, demo: &Demo, key: &str) -> Result<Ctx, StoreError> {
    let sign_in = app.system(demo.tenant, SystemScope::SignIn);
    let user = demo.users.get(key).copied().ok_or(StoreError::Hidden)?;
    let mut tx = app.db.begin(&sign_in).await?;
    let member = tx.user(user, Action::OwnSession).await?.member();
    tx.close().await?;
    Ok(app.ctx(demo.tenant, Actor::Staff(member)))
}

fn place(text: &BuiltIn) -> Result<Place, StoreError> {
    let wrong = |_| StoreError::Unreadable("demonstration text");
    Ok(Place {
        slug: text.slug.parse().map_err(|_| StoreError::Unreadable("demonstration text"))?,
        language: text.language.parse().map_err(wrong)?,
        form: text.form,
    })
}

async fn publish(
    app: &App,
    (editor, nurse): (&Ctx, &Ctx),
    place: Place,
    text: &BuiltIn,
) -> Result<(), StoreError> {
    let wrong = |_| StoreError::Unreadable("demonstration text");
    let words = Words { title: text.title.parse().map_err(wrong)?, body: text.body.parse().map_err(wrong)? };
    let owner = "Ashmere Partnership Trust, public pages".parse().map_err(wrong)?;
    let typed = Typed { owner, safety: text.safety, words };
    let id = editor.new_id();
    app.db.begin(editor).await?.commit(Content::write(editor, id, place, typed)).await?;
    let refused = |_| StoreError::Unreadable("demonstration text");
    let mut tx = app.db.begin(editor).await?;
    let content = tx.content(id, Action::ContentWrite).await?;
    let version = content.version;
    tx.commit(content.submit(editor, version).map_err(refused)?).await?;
    let mut tx = app.db.begin(nurse).await?;
    let content = tx.content(id, Action::ContentSignOff).await?;
    let version = content.version;
    let review_due =
        local_date(nurse.now).saturating_add(6.months()).min(content.longest_review(local_date(nurse.now)));
    let reviewer = "Nadia Okonjo, senior mental health nurse".parse().map_err(wrong)?;
    let signed = content.sign_off(nurse, version, SignOff { reviewer, review_due });
    tx.commit(signed.map_err(refused)?).await?;
    Ok(())
}
