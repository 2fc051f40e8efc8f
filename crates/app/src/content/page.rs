//! `/help`: the pages of words, for anybody. Without the database the makers' texts still stand there.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use jiff::civil::Date;
use onedoor_domain::calendar::local_date;
use onedoor_domain::content::{Content, Edition, Form, Slug, Words};
use onedoor_store::{Done, Saw, StoreError};

use super::builtin::{self, BuiltIn};
use super::render;
use crate::ui::{BackLink, Frame, FrameKind, Link, Markup};
use crate::web::{Answer, Problem, Public, page, static_page};
use crate::words::{self, HOME, Lang};

/// The language of a text and its direction, where they are not the page's.
type Other = Option<(String, &'static str)>;

/// A page of words.
#[derive(Template)]
#[template(path = "content/page.html")]
pub(super) struct HelpPage {
    frame: Frame,
    back: BackLink,
    other: Other,
    notes: Vec<String>,
    text: Markup,
    facts: Vec<String>,
    print: String,
}

#[derive(Template)]
#[template(path = "content/index.html")]
struct HelpIndex {
    frame: Frame,
    back: BackLink,
    links: Vec<(Link, Other)>,
}

/// What stands at an address for one reader.
enum Found {
    Own(Box<Content>, Box<Edition>),
    Makers(BuiltIn),
}

impl Found {
    fn title(&self) -> String {
        match self {
            Self::Own(_, edition) => edition.words.title.to_string(),
            Self::Makers(text) => text.title.to_owned(),
        }
    }

    fn body(&self) -> &str {
        match self {
            Self::Own(_, edition) => edition.words.body.as_str(),
            Self::Makers(text) => text.body,
        }
    }

    fn language(&self) -> String {
        match self {
            Self::Own(content, _) => content.place.language.to_string(),
            Self::Makers(text) => text.language.to_owned(),
        }
    }

    fn form(&self) -> Form {
        match self {
            Self::Own(content, _) => content.place.form,
            Self::Makers(text) => text.form,
        }
    }
}

/// The text a reader gets: in their form and language where there is one, else the nearest. The county's own goes before
/// the makers', except a text about danger without a current review.
fn find(all: &[Content], slug: &str, lang: Lang, today: Date) -> Option<Found> {
    let forms: &[Form] = if lang.is_easy() { &[Form::EasyRead, Form::Standard] } else { &[Form::Standard] };
    let languages = if lang.tag() == HOME { vec![HOME] } else { vec![lang.tag(), HOME] };
    let places = languages.into_iter().flat_map(|language| forms.iter().map(move |form| (language, *form)));
    places.into_iter().find_map(|(language, form)| {
        let own = all.iter().find(|content| {
            let place = &content.place;
            place.slug.as_str() == slug && place.language.as_str() == language && place.form == form
        });
        let own = own.filter(|content| content.is_shown(today));
        let own = own.and_then(|content| Some((content, content.live.clone()?)));
        own.map(|(content, live)| Found::Own(Box::new(content.clone()), Box::new(live)))
            .or_else(|| builtin::find(slug, language, form).map(Found::Makers))
    })
}

/// The texts of the county; none, and the proof of nothing, where the database does not answer.
async fn texts(public: &Public, slug: Option<&Slug>) -> Result<(Vec<Content>, Option<Done<Saw>>), Problem> {
    let mut tx = match public.begin().await {
        Ok(tx) => tx,
        Err(StoreError::Down(_)) => return Ok((Vec::new(), None)),
        Err(error) => return Err(error.into()),
    };
    let found = match slug {
        Some(slug) => tx.published(slug).await,
        None => tx.all_published().await,
    };
    match found {
        Ok(found) => Ok((found, Some(tx.close().await?))),
        Err(StoreError::Down(_)) => Ok((Vec::new(), None)),
        Err(error) => Err(error.into()),
    }
}

fn answer(done: Option<Done<Saw>>, template: &impl Template) -> Result<Answer, Problem> {
    match done {
        Some(done) => page(done, template),
        None => static_page(StatusCode::OK, template),
    }
}

/// GET `/help/{slug}`.
///
/// # Errors
/// [`Problem::NotFound`] where nobody wrote anything.
pub async fn show(public: Public, Path(slug): Path<String>) -> Result<Answer, Problem> {
    let slug: Slug = slug.parse().map_err(|_| Problem::NotFound)?;
    let (all, done) = texts(&public, Some(&slug)).await?;
    let today = local_date(public.ctx.now);
    let found = find(&all, slug.as_str(), public.lang, today).ok_or(Problem::NotFound)?;
    let frame = public.frame(found.title()).await;
    let lang = public.lang;
    let facts = match &found {
        Found::Own(content, edition) => own_facts(lang, content.owner.as_str(), edition, today),
        Found::Makers(_) => {
            vec![lang.tr("content-makers", &[("county", frame.county.name.clone())])]
        }
    };
    let shown = HelpPage {
        back: BackLink::new(lang, "/help"),
        notes: notes(lang, &found),
        other: other(lang, &found.language()),
        text: render::text(lang, found.body(), &frame.crisis_cards()),
        facts,
        print: lang.t("content-print"),
        frame,
    };
    answer(done, &shown)
}

fn notes(lang: Lang, found: &Found) -> Vec<String> {
    let no_easy = (lang.is_easy() && found.form() == Form::Standard).then(|| lang.t("content-no-easy-read"));
    let other = (found.language() != lang.tag()).then(|| lang.t("content-other-language"));
    no_easy.into_iter().chain(other).collect()
}

/// Owner, reviewer, review date; and plainly that the review is overdue.
pub(super) fn own_facts(lang: Lang, owner: &str, edition: &Edition, today: Date) -> Vec<String> {
    let reviewed =
        [("reviewer", edition.reviewer.to_string()), ("date", words::day_of(lang, edition.reviewed_on))];
    let due = [("date", words::day_of(lang, edition.review_due))];
    let due_key = if edition.is_overdue(today) { "content-overdue" } else { "content-due" };
    vec![
        lang.tr("content-owner-line", &[("owner", owner.to_owned())]),
        lang.tr("content-reviewed", &reviewed),
        lang.tr(due_key, &due),
    ]
}

/// GET `/help`: every page of words.
///
/// # Errors
/// [`Problem::Render`].
pub async fn index(public: Public) -> Result<Answer, Problem> {
    let (all, done) = texts(&public, None).await?;
    let today = local_date(public.ctx.now);
    let own = all.iter().map(|content| content.place.slug.as_str());
    let mut slugs: Vec<&str> = builtin::all().map(|text| text.slug).chain(own).collect();
    slugs.sort_unstable();
    slugs.dedup();
    let found = slugs.into_iter().filter_map(|slug| Some((slug, find(&all, slug, public.lang, today)?)));
    let lang = public.lang;
    let titles: BTreeMap<String, (&str, Other)> =
        found.map(|(slug, found)| (found.title(), (slug, other(lang, &found.language())))).collect();
    let link = |(title, (slug, other)): (String, (&str, Other))| {
        (Link { text: title.into(), href: format!("/help/{slug}") }, other)
    };
    let frame = public.frame(public.lang.t("content-index-title")).await;
    let shown = HelpIndex {
        back: BackLink::new(public.lang, "/"),
        links: titles.into_iter().map(link).collect(),
        frame,
    };
    answer(done, &shown)
}

fn other(lang: Lang, language: &str) -> Other {
    (language != lang.tag()).then(|| (language.to_owned(), words::dir_of(language)))
}

/// A draft or an old edition, exactly as the public would read it, with a line that says what it is.
pub(super) fn preview(
    mut frame: Frame,
    (written, language): (&Words, &str),
    note: String,
    (back, facts): (&str, Vec<String>),
) -> HelpPage {
    frame.title = written.title.to_string();
    frame.kind = FrameKind::Public { leave_quickly: false };
    let lang = frame.lang;
    HelpPage {
        back: BackLink::new(lang, back),
        other: other(lang, language),
        notes: vec![note],
        text: render::text(lang, written.body.as_str(), &frame.crisis_cards()),
        facts,
        print: lang.t("content-print"),
        frame,
    }
}
