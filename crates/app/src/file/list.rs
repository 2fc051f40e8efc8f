//! The page on which files are added to a form, one at a time, and taken off again: a visitor's own form, or one that staff
//! write down.

use askama::Template;
use axum::http::StatusCode;
use onedoor_domain::file::{File, MOST};

use super::{FIELD, accept, kind, name};
use crate::ui::{BackLink, Button, ErrorSummary, Field, FileUpload, Frame, InsetText, Markup};
use crate::web::app::new_id;
use crate::web::form::{FieldError, FormErrors};
use crate::words::Lang;

/// The page with the files of a form.
#[derive(Debug, Template)]
#[template(path = "file/own.html")]
pub struct FilesPage {
    frame: Frame,
    back: BackLink,
    summary: Option<ErrorSummary>,
    /// Something to know before anything else.
    pub told: Option<InsetText>,
    intro: String,
    files: Vec<Row>,
    action: String,
    /// Made now, so that pressing twice adds one.
    id: String,
    control: Option<FileUpload>,
    add: Button,
    on: Button,
    /// What waits for no file, and where it is pressed.
    pub urgent: Option<(String, Button)>,
}

/// One file that was added.
#[derive(Debug)]
struct Row {
    name: String,
    kind: String,
    remove: Option<(String, Button)>,
}

/// Where a form's files are.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// The page's own address.
    pub base: &'a str,
    /// Where the form goes on.
    pub on: &'a str,
    /// Whether a file can be taken off.
    pub may_remove: bool,
}

impl FilesPage {
    /// The page in these words.
    pub fn new(
        mut frame: Frame,
        intro: String,
        place: &Place<'_>,
        (files, errors): (&[File], &FormErrors),
    ) -> Self {
        let lang = frame.lang;
        frame.no_index = true;
        frame.errors = !errors.is_empty();
        Self {
            back: BackLink::new(lang, place.on),
            summary: frame.errors.then(|| errors.summary(lang)),
            told: None,
            intro,
            files: files.iter().map(|file| row(lang, place, file)).collect(),
            action: place.base.to_owned(),
            id: new_id().to_string(),
            control: (files.len() < MOST || !errors.is_empty()).then(|| control(lang, errors)),
            add: Button { prevents_double_click: true, ..Button::secondary(lang.t("file-add")) },
            on: Button { href: Some(place.on.to_owned()), ..Button::new(lang.t("file-done")) },
            urgent: None,
            frame,
        }
    }

    /// The answer's status.
    pub fn status(&self) -> StatusCode {
        if self.frame.errors { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK }
    }
}

/// Why the file was not taken, beside the control.
pub fn wrong(key: &'static str) -> FormErrors {
    FormErrors::from(vec![FieldError { field: FIELD, key, args: vec![("most", MOST.to_string())] }])
}

fn row(lang: Lang, place: &Place<'_>, file: &File) -> Row {
    let name = name(lang, file);
    let text = lang.tr("file-remove", &[("name", name.clone())]);
    let button = Button { small: true, ..Button::secondary(text) };
    let remove = place.may_remove.then(|| (format!("{}/{}/remove", place.base, file.id), button));
    Row { kind: kind(lang, file), remove, name }
}

/// The control that takes a file.
fn control(lang: Lang, errors: &FormErrors) -> FileUpload {
    let hint = Markup::from(lang.tr("file-hint", &[("most", MOST.to_string())]));
    FileUpload {
        field: Field::new(lang, FIELD, lang.t("file-label")).hint(hint).with(errors),
        accept: accept(),
    }
}
