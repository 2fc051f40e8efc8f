//! Files on a record: what came with the request, whether a scanner looked at it, and saving it. A file is saved, never
//! shown inside a page.

use axum::body::Body;
use axum::extract::Path;
use axum::http::{Request, StatusCode};
use onedoor_domain::access::{Action, Revealed};
use onedoor_domain::file::{File, Scan};
use onedoor_domain::ids::{FileId, ReferralId};
use onedoor_domain::section::Section;
use onedoor_store::{Done, Tx};

use super::{kind, name, scan_words};
use crate::referral::record::{Part, by_at, find};
use crate::referral::step::referral_id;
use crate::referral::{ask, names};
use crate::ui::{Field, FormPage, Markup, Size, SummaryList, SummaryRow, Textarea};
use crate::web::answer::{self, Answer, go};
use crate::web::form::{FieldError, FormErrors, RawForm, read_form};
use crate::web::{Problem, Staff, page, page_with};

/// The files of a record, if there are any and the reader may see them.
pub fn files(staff: &Staff, revealed: &Revealed, base: &str) -> Option<Part> {
    let lang = staff.lang;
    let files =
        find(revealed, |section| if let Section::Files(files) = section { Some(files) } else { None })?;
    let rows = files.iter().map(|file| row(staff, file, base));
    let list = SummaryList { rows: rows.collect(), ..SummaryList::default() };
    let part = || Part { id: "files", heading: lang.t("file-part"), content: Markup::of(&list) };
    (!files.is_empty()).then(part)
}

fn row(staff: &Staff, file: &File, base: &str) -> SummaryRow {
    let lang = staff.lang;
    let link = |path: &str, key: &str| {
        let words = lang.tr(key, &[("name", name(lang, file))]);
        Markup::link(&format!("{base}/files/{}{path}", file.id), &words)
    };
    let opens = match &file.scan {
        Scan::Clean { .. } => Some(link("", "file-save")),
        Scan::NotScanned { .. } if staff.may(Action::FileOpenUnscanned) => {
            Some(link("/open", "file-open-unscanned"))
        }
        Scan::Waiting | Scan::Refused { .. } | Scan::NotScanned { .. } => None,
    };
    let said = match &file.scan {
        Scan::Refused { answer: Some(answer), .. } => Some(Markup::lines(answer.as_str())),
        Scan::Waiting | Scan::Clean { .. } | Scan::Refused { .. } | Scan::NotScanned { .. } => None,
    };
    let lines = [
        Some(Markup::from(kind(lang, file))),
        Some(Markup::from(by_at(lang, &file.added_by, file.added_at))),
        Some(Markup::from(lang.t(scan_words(&file.scan)))),
        said,
        opens,
    ];
    SummaryRow::new(name(lang, file), Markup::paragraphs(lines.into_iter().flatten()))
}

fn file_id(text: &str) -> Result<FileId, Problem> {
    text.parse().map_err(|_| Problem::NotFound)
}

/// GET `/referrals/{id}/files/{file}`: saves a file in which a scanner found nothing.
///
/// # Errors
/// [`Problem::NotFound`] where there is no such file to see.
pub async fn save(staff: Staff, Path((id, file)): Path<(String, String)>) -> Result<Answer, Problem> {
    let (id, file) = (referral_id(&id)?, file_id(&file)?);
    let mut tx = staff.begin().await?;
    let (file, content) = tx.file_of(id, file, Action::FileRead).await?;
    let done = tx.close().await?;
    if !file.is_clean() {
        return Ok(go(&format!("/referrals/{id}#files")));
    }
    Ok(sent(done, &file, content.into_bytes()))
}

fn sent<K>(done: Done<K>, file: &File, bytes: Vec<u8>) -> Answer {
    answer::file(done, &file.saved_as(), file.kind.media_type(), bytes)
}

/// GET `/referrals/{id}/files/{file}/open`: asks why a file that no scanner looked at must be opened.
///
/// # Errors
/// [`Problem::NotFound`] where there is no such file to see.
pub async fn ask(staff: Staff, Path((id, file)): Path<(String, String)>) -> Result<Answer, Problem> {
    let (id, file) = (referral_id(&id)?, file_id(&file)?);
    let mut tx = staff.begin().await?;
    let (file, _) = tx.file_of(id, file, Action::FileOpenUnscanned).await?;
    if !matches!(file.scan, Scan::NotScanned { .. }) {
        tx.close().await?;
        return Ok(go(&format!("/referrals/{id}#files")));
    }
    let form = form(&staff, &mut tx, (id, &file), (&RawForm::default(), &FormErrors::default())).await?;
    page(tx.close().await?, &form)
}

/// POST `/referrals/{id}/files/{file}/open`: opens it, knowing that; who and why are on the record.
///
/// # Errors
/// [`Problem::NotFound`] where there is no such file to see.
pub async fn open(
    staff: Staff,
    Path((id, file)): Path<(String, String)>,
    request: Request<Body>,
) -> Result<Answer, Problem> {
    let (id, file) = (referral_id(&id)?, file_id(&file)?);
    let raw = read_form(request).await?;
    let mut errors = FormErrors::default();
    let why = ask::text(&raw, &mut errors, "why", "file-why-missing");
    let mut tx = staff.begin().await?;
    let (file, content) = tx.file_of(id, file, Action::FileOpenUnscanned).await?;
    if let Some(why) = why {
        match file.open_unscanned(&staff.ctx, id, why) {
            Ok(changes) => return Ok(sent(tx.commit(changes).await?, &file, content.into_bytes())),
            Err(_) => errors
                .push(FieldError::new("why", names::refused(onedoor_domain::refused::Refused::NotFromHere))),
        }
    }
    let form = form(&staff, &mut tx, (id, &file), (&raw, &errors)).await?;
    page_with(StatusCode::UNPROCESSABLE_ENTITY, tx.close().await?, &form)
}

async fn form(
    staff: &Staff,
    tx: &mut Tx,
    (id, file): (ReferralId, &File),
    (raw, errors): (&RawForm, &FormErrors),
) -> Result<FormPage, Problem> {
    let lang = staff.lang;
    let frame = staff.frame(tx, lang.t("file-open-title"), "").await?;
    let field = Field::new(lang, "why", lang.t("file-open-why")).sized(Size::S).with(errors);
    let why = Textarea { field, value: raw.text("why").to_owned(), rows: Some(3), ..Textarea::default() };
    let parts = [("name", name(lang, file)), ("kind", kind(lang, file))];
    let action = format!("/referrals/{id}/files/{}/open", file.id);
    Ok(FormPage::new(frame, &action, lang.t("file-open-button"))
        .back(&format!("/referrals/{id}#files"))
        .intro([lang.tr("file-open-what", &parts), lang.t(scan_words(&file.scan)), lang.t("file-open-mind")])
        .control(&why)
        .errors(errors))
}
