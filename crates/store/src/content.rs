//! Texts for the public: what a county wrote itself, and every edition that was ever shown.

use onedoor_domain::access::{Action, Target};
use onedoor_domain::change::{Event, Noun};
use onedoor_domain::content::{Content, Edition, Slug};
use onedoor_domain::ids::ContentId;
use uuid::Uuid;

use crate::error::StoreError;
use crate::referral::read;
use crate::seam::{Tx, sql};
use crate::write::{document, expect_one};

impl Tx {
    /// The texts of one address, in every language and form. What the public may read of them is a public fact, so no
    /// access is decided here; the pages show the live edition and nothing of a draft.
    ///
    /// # Errors
    /// [`StoreError::Down`].
    pub async fn published(&mut self, slug: &Slug) -> Result<Vec<Content>, StoreError> {
        let tenant = self.tenant();
        let rows = sqlx::query_scalar!(
            "SELECT body FROM content WHERE tenant_id = $1 AND slug = $2 ORDER BY slug, language, form",
            tenant,
            slug.as_str()
        )
        .fetch_all(self.conn())
        .await?;
        rows.into_iter().map(public).filter_map(Result::transpose).collect()
    }

    /// Everything the public may read, by address. A county has tens of texts, so the list is whole.
    ///
    /// # Errors
    /// [`StoreError::Down`].
    pub async fn all_published(&mut self) -> Result<Vec<Content>, StoreError> {
        let rows = self.content_rows().await?;
        rows.into_iter().map(public).filter_map(Result::transpose).collect()
    }

    /// Every text with its draft, by address.
    ///
    /// # Errors
    /// [`StoreError::Refused`].
    pub async fn contents(&mut self) -> Result<Vec<Content>, StoreError> {
        self.require(Action::ContentRead, None, &Target::Role).await?;
        let rows = self.content_rows().await?;
        let all: Vec<Content> =
            rows.into_iter().map(|body| read(body, "content")).collect::<Result<_, _>>()?;
        self.saw_list(Action::ContentRead, all.iter().map(|content| content.id.into()).collect());
        Ok(all)
    }

    async fn content_rows(&mut self) -> Result<Vec<serde_json::Value>, StoreError> {
        let tenant = self.tenant();
        let rows = sqlx::query_scalar!(
            "SELECT body FROM content WHERE tenant_id = $1 ORDER BY slug, language, form",
            tenant
        )
        .fetch_all(self.conn())
        .await?;
        Ok(rows)
    }

    /// One text, locked.
    ///
    /// # Errors
    /// [`StoreError::Hidden`], [`StoreError::Refused`].
    pub async fn content(&mut self, id: ContentId, action: Action) -> Result<Content, StoreError> {
        let subject = Self::subject(Noun::Content, id);
        self.require(action, Some(subject), &Target::Role).await?;
        let tenant = self.tenant();
        let body = sqlx::query_scalar!(
            "SELECT body FROM content WHERE tenant_id = $1 AND id = $2 FOR UPDATE",
            tenant,
            Uuid::from(id)
        )
        .fetch_optional(self.conn())
        .await?;
        let Some(body) = body else { return Err(self.absent(action, subject).await) };
        self.saw(action, subject, vec![]);
        read(body, "content")
    }

    /// Every edition of a text, the newest first.
    ///
    /// # Errors
    /// [`StoreError::Refused`].
    pub async fn editions(&mut self, id: ContentId) -> Result<Vec<Edition>, StoreError> {
        let subject = Self::subject(Noun::Content, id);
        self.require(Action::ContentRead, Some(subject), &Target::Role).await?;
        let tenant = self.tenant();
        let rows = sqlx::query_scalar!(
            "SELECT body FROM content_edition WHERE tenant_id = $1 AND content_id = $2 ORDER BY number DESC LIMIT 200",
            tenant,
            Uuid::from(id)
        )
        .fetch_all(self.conn())
        .await?;
        self.saw(Action::ContentRead, subject, vec![]);
        rows.into_iter().map(|body| read(body, "edition")).collect()
    }

    /// What happened to a text, the newest first: by whom, when, why.
    ///
    /// # Errors
    /// [`StoreError::Refused`].
    pub async fn content_events(&mut self, id: ContentId) -> Result<Vec<Event>, StoreError> {
        let subject = Self::subject(Noun::Content, id);
        self.require(Action::ContentRead, Some(subject), &Target::Role).await?;
        let tenant = self.tenant();
        let rows = sqlx::query_scalar!(
            "SELECT body FROM event WHERE tenant_id = $1 AND noun = 'content' AND subject_id = $2
             ORDER BY at DESC, id DESC LIMIT 200",
            tenant,
            Uuid::from(id)
        )
        .fetch_all(self.conn())
        .await?;
        rows.into_iter().map(|body| read(body, "event")).collect()
    }

    pub(crate) async fn write_content(
        &mut self,
        content: &Content,
        edition: Option<&Edition>,
    ) -> Result<(), StoreError> {
        let tenant = self.tenant();
        let next = Content { version: content.version + 1, ..content.clone() };
        let done = sqlx::query!(
            "INSERT INTO content AS c (tenant_id, id, version, slug, language, form, body)
             VALUES ($1, $2, $3::bigint + 1, $4, $5, $6, $7)
             ON CONFLICT (tenant_id, id) DO UPDATE SET version = excluded.version, body = excluded.body
             WHERE c.version = $3::bigint",
            tenant,
            Uuid::from(content.id),
            content.version,
            content.place.slug.as_str(),
            content.place.language.as_str(),
            content.place.form.code(),
            document(&next)?,
        )
        .execute(self.conn())
        .await
        .map_err(StoreError::or_taken)?;
        expect_one(done.rows_affected())?;
        let Some(edition) = edition else { return Ok(()) };
        sqlx::query!(
            "INSERT INTO content_edition (tenant_id, content_id, number, published_at, body)
             VALUES ($1, $2, $3, $4, $5)",
            tenant,
            Uuid::from(content.id),
            i32::try_from(edition.number).unwrap_or(i32::MAX),
            sql(edition.published_at) as _,
            document(edition)?,
        )
        .execute(self.conn())
        .await?;
        Ok(())
    }
}

/// A text without what the public may not read of it; nothing where nothing is live.
fn public(body: serde_json::Value) -> Result<Option<Content>, StoreError> {
    let content: Content = read(body, "content")?;
    Ok(content.live.is_some().then_some(Content { draft: None, ..content }))
}
