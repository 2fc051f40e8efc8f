//! Files on what staff write down: a form on paper that was photographed or scanned, a letter somebody brought. The same
//! rules as on every form; here only whose it is differs.

use axum::body::Body;
use axum::extract::Path;
use axum::http::Request;
use onedoor_domain::entry::{Entry, EntryState};
use onedoor_domain::file::{File, NotTaken};
use onedoor_domain::ids::{EntryId, FileId};
use onedoor_store::Tx;

use super::question::told;
use super::{danger_button, entry_id, path};
use crate::file::list::{FilesPage, Place, wrong};
use crate::file::not_taken;
use crate::file::own::offered;
use crate::file::upload::read_upload;
use crate::web::answer::go;
use crate::web::form::{FormErrors, read_form};
use crate::web::{Answer, Problem, Staff, page_with, redirect};

/// An entry of one's team with its files, while it is written; none once it was finished.
async fn open(staff: &Staff, id: EntryId) -> Result<Option<(Tx, Entry, Vec<File>)>, Problem> {
    let mut tx = staff.begin().await?;
    let (entry, files) = tx.entry_with_files(id).await?;
    if entry.is_unfinished() {
        return Ok(Some((tx, entry, files)));
    }
    tx.close().await?;
    Ok(None)
}

fn finished(id: EntryId) -> Answer {
    go(&path(id, "done"))
}

/// GET `/enter/{entry}/files`.
///
/// # Errors
/// [`Problem::NotFound`] for another team's entry.
pub async fn show(staff: Staff, Path(id): Path<String>) -> Result<Answer, Problem> {
    let id = entry_id(&id)?;
    let Some((tx, entry, files)) = open(&staff, id).await? else { return Ok(finished(id)) };
    shown(&staff, tx, (&entry, &files), &FormErrors::default()).await
}

/// POST `/enter/{entry}/files`.
///
/// # Errors
/// [`Problem::NotFound`] for another team's entry; [`Problem::Form`].
pub async fn add(staff: Staff, Path(id): Path<String>, request: Request<Body>) -> Result<Answer, Problem> {
    let id = entry_id(&id)?;
    // Whose entry it is comes first: nobody's file is read for somebody else's.
    let Some((tx, ..)) = open(&staff, id).await? else { return Ok(finished(id)) };
    tx.close().await?;
    let upload = read_upload(request).await?;
    let Some((tx, entry, files)) = open(&staff, id).await? else { return Ok(finished(id)) };
    let key = match offered(upload) {
        Ok(offered) => match File::attach_to_entry(tx.ctx(), &entry, &files, offered) {
            Ok(changes) => return Ok(redirect(tx.commit(changes).await?, &path(id, "files"))),
            Err(why) => not_taken(why),
        },
        Err(key) => Some(key),
    };
    let Some(key) = key else {
        tx.close().await?;
        return Ok(go(&path(id, "files")));
    };
    shown(&staff, tx, (&entry, &files), &wrong(key)).await
}

/// POST `/enter/{entry}/files/{file}/remove`.
///
/// # Errors
/// [`Problem::NotFound`] for another team's entry.
pub async fn remove(
    staff: Staff,
    Path((id, file)): Path<(String, String)>,
    request: Request<Body>,
) -> Result<Answer, Problem> {
    let id = entry_id(&id)?;
    let file: FileId = file.parse().map_err(|_| Problem::NotFound)?;
    read_form(request).await?;
    let Some((tx, entry, files)) = open(&staff, id).await? else { return Ok(finished(id)) };
    let found = files.into_iter().find(|known| known.id == file);
    match found.map(|found| found.remove_from_entry(tx.ctx(), &entry)) {
        Some(Ok(changes)) => Ok(redirect(tx.commit(changes).await?, &path(id, "files"))),
        // Removed before, or handed over meanwhile: the list says so.
        Some(Err(NotTaken::AlreadySent)) | None => {
            tx.close().await?;
            Ok(go(&path(id, "files")))
        }
        Some(Err(_)) => Err(Problem::Fault("a file could not be removed")),
    }
}

async fn shown(
    staff: &Staff,
    mut tx: Tx,
    (entry, files): (&Entry, &[File]),
    errors: &FormErrors,
) -> Result<Answer, Problem> {
    let lang = staff.lang;
    let frame = staff.frame(&mut tx, lang.t("enter-files"), "/enter").await?;
    let may_remove = entry.state == EntryState::Open;
    let place = Place { base: &path(entry.id, "files"), on: &path(entry.id, ""), may_remove };
    let told = told(&frame, entry);
    let danger = danger_button(lang, Some(entry));
    let mut shown = FilesPage::new(frame, lang.t("enter-files-what"), &place, (files, errors));
    shown.told = told;
    shown.urgent = danger.map(|button| (path(entry.id, "danger"), button));
    page_with(shown.status(), tx.close().await?, &shown)
}
