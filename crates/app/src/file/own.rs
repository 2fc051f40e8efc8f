//! Adding files to one's own form before it is sent. One file at a time, so that it works with every browser.

use askama::Template;
use axum::body::Body;
use axum::extract::Path;
use axum::http::{Request, StatusCode};
use onedoor_domain::access::Action;
use onedoor_domain::door::{Draft, DraftState};
use onedoor_domain::file::{File, MOST, NotTaken, Offered};
use onedoor_domain::ids::{DraftId, FileId};
use onedoor_store::{Done, Tx};

use super::upload::{Upload, read_upload};
use super::{FIELD, accept, kind, name, not_taken};
use crate::ui::{BackLink, Button, ErrorSummary, Field, FileUpload, Frame, Markup};
use crate::web::answer::go;
use crate::web::app::new_id;
use crate::web::form::{FieldError, FormErrors, read_form};
use crate::web::{Answer, Problem, Public, page_with, redirect};
use crate::words::Lang;

/// The page with the files of a form.
#[derive(Debug, Template)]
#[template(path = "file/own.html")]
struct OwnPage {
    frame: Frame,
    back: BackLink,
    summary: Option<ErrorSummary>,
    files: Vec<Row>,
    action: String,
    /// Made now, so that pressing twice adds one.
    id: String,
    control: Option<FileUpload>,
    add: Button,
    on: Button,
}

/// One file that was added.
#[derive(Debug)]
struct Row {
    name: String,
    kind: String,
    remove: String,
    button: Button,
}

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
    let errors =
        FormErrors::from(vec![FieldError { field: FIELD, key, args: vec![("most", MOST.to_string())] }]);
    shown(&public, id, (tx.close().await?, &files), &errors).await
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
    let lang = public.lang;
    let mut frame = public.frame(lang.t("file-title")).await;
    frame.no_index = true;
    frame.errors = !errors.is_empty();
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let shown = OwnPage {
        back: BackLink::new(lang, &path(id, "check")),
        summary: frame.errors.then(|| errors.summary(lang)),
        files: files.iter().map(|file| row(lang, id, file)).collect(),
        action: path(id, "files"),
        id: new_id().to_string(),
        control: (files.len() < MOST || !errors.is_empty()).then(|| control(lang, errors)),
        add: Button { prevents_double_click: true, ..Button::secondary(lang.t("file-add")) },
        on: Button { href: Some(path(id, "check")), ..Button::new(lang.t("file-done")) },
        frame,
    };
    page_with(status, done, &shown)
}

fn row(lang: Lang, id: DraftId, file: &File) -> Row {
    let name = name(lang, file);
    let text = lang.tr("file-remove", &[("name", name.clone())]);
    Row {
        kind: kind(lang, file),
        remove: path(id, &format!("files/{}/remove", file.id)),
        button: Button { small: true, ..Button::secondary(text) },
        name,
    }
}

/// The control that takes a file.
pub fn control(lang: Lang, errors: &FormErrors) -> FileUpload {
    let hint = Markup::from(lang.tr("file-hint", &[("most", MOST.to_string())]));
    FileUpload {
        field: Field::new(lang, FIELD, lang.t("file-label")).hint(hint).with(errors),
        accept: accept(),
    }
}
