//! Adding files to one's own form before it is sent. One file at a time, so that it works with every browser.

use axum::body::Body;
use axum::extract::Path;
use axum::http::Request;
use onedoor_domain::access::Action;
use onedoor_domain::door::{Draft, DraftState};
use onedoor_domain::file::{File, NotTaken, Offered};
use onedoor_domain::ids::{DraftId, FileId};
use onedoor_store::{Done, Tx};

use super::list::{FilesPage, Place, wrong};
use super::not_taken;
use super::upload::{Upload, read_upload};
use crate::web::answer::go;
use crate::web::form::{FormErrors, read_form};
use crate::web::{Answer, Problem, Public, page_with, redirect};

fn draft_id(text: &str) -> Result<DraftId, Problem> {
    text.parse().map_err(|_| Problem::NotFound)
}

fn path(id: DraftId, place: &str) -> String {
    format!("/ask/{id}/{place}")
}

/// A visitor's own draft with its files, while it can be changed; none when it was sent.
async fn open(
    public: &Public,
    id: DraftId,
    action: Action,
) -> Result<Option<(Tx, Draft, Vec<File>)>, Problem> {
    let mut tx = public.begin().await?;
    let (draft, files) = tx.draft_with_files(id, action).await?;
    if draft.state == DraftState::Open {
        return Ok(Some((tx, draft, files)));
    }
    tx.close().await?;
    Ok(None)
}

/// GET `/ask/{draft}/files`.
///
/// # Errors
/// [`Problem::NotFound`] for a draft that is not the visitor's.
pub async fn show(public: Public, Path(draft): Path<String>) -> Result<Answer, Problem> {
    let id = draft_id(&draft)?;
    let Some((tx, _, files)) = open(&public, id, Action::DraftRead).await? else {
        return Ok(go(&path(id, "sent")));
    };
    shown(&public, id, (tx.close().await?, &files), &FormErrors::default()).await
}

/// POST `/ask/{draft}/files`.
///
/// # Errors
/// [`Problem::NotFound`] for a draft that is not the visitor's; [`Problem::Form`].
pub async fn add(
    public: Public,
    Path(draft): Path<String>,
    request: Request<Body>,
) -> Result<Answer, Problem> {
    let id = draft_id(&draft)?;
    // Whose form it is comes first: nobody's file is read for somebody else's.
    let Some((tx, ..)) = open(&public, id, Action::FileAdd).await? else { return Ok(go(&path(id, "sent"))) };
    tx.close().await?;
    let upload = read_upload(request).await?;
    let Some((tx, draft, files)) = open(&public, id, Action::FileAdd).await? else {
        return Ok(go(&path(id, "sent")));
    };
    let key = match offered(upload) {
        Ok(offered) => match File::attach_to_draft(tx.ctx(), &draft, &files, offered) {
            Ok(changes) => return Ok(redirect(tx.commit(changes).await?, &path(id, "files"))),
            Err(why) => not_taken(why),
        },
        Err(key) => Some(key),
    };
    let Some(key) = key else {
        tx.close().await?;
        return Ok(go(&path(id, "files")));
    };
    shown(&public, id, (tx.close().await?, &files), &wrong(key)).await
}

/// The file a form brought, with the id its page made.
///
/// # Errors
/// The message where no file was chosen.
pub fn offered(upload: Upload) -> Result<Offered, &'static str> {
    let id: Option<FileId> = upload.fields.text("id").parse().ok();
    let (Some(file), Some(id)) = (upload.file, id) else { return Err("file-missing") };
    Ok(Offered { id, name: file.name, content: file.content })
}

/// POST `/ask/{draft}/files/{file}/remove`.
///
/// # Errors
/// [`Problem::NotFound`] for a draft that is not the visitor's.
pub async fn remove(
    public: Public,
    Path((draft, file)): Path<(String, String)>,
    request: Request<Body>,
) -> Result<Answer, Problem> {
    let id = draft_id(&draft)?;
    let file: FileId = file.parse().map_err(|_| Problem::NotFound)?;
    read_form(request).await?;
    let Some((tx, draft, files)) = open(&public, id, Action::FileAdd).await? else {
        return Ok(go(&path(id, "sent")));
    };
    let found = files.into_iter().find(|known| known.id == file);
    match found.map(|found| found.remove_from_draft(tx.ctx(), &draft)) {
        Some(Ok(changes)) => Ok(redirect(tx.commit(changes).await?, &path(id, "files"))),
        // Removed before: the list says so.
        Some(Err(NotTaken::AlreadySent)) | None => {
            tx.close().await?;
            Ok(go(&path(id, "files")))
        }
        Some(Err(_)) => Err(Problem::Fault("a file could not be removed")),
    }
}

async fn shown<K>(
    public: &Public,
    id: DraftId,
    (done, files): (Done<K>, &[File]),
    errors: &FormErrors,
) -> Result<Answer, Problem> {
    let frame = public.frame(public.lang.t("file-title")).await;
    let intro = public.lang.t("file-intro");
    let place = Place { base: &path(id, "files"), on: &path(id, "check"), may_remove: true };
    let shown = FilesPage::new(frame, intro, &place, (files, errors));
    page_with(shown.status(), done, &shown)
}
