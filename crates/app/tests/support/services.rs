//! Feeds of invented services, and taking them in.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::missing_panics_doc,
    missing_docs,
    reason = "each test file uses its part, and a test stops here"
)]

use std::path::PathBuf;

use onedoor::directory::import::{How, ImportError, Importer, Source};
use onedoor_domain::actor::SystemScope;
use onedoor_domain::directory::Import;
use onedoor_domain::ids::{ImportId, ServiceId};
use uuid::Uuid;

use super::support::House;

/// A whole record with these fields more, such as `, "url": "…"`.
pub fn record(id: Uuid, name: &str, more: &str) -> String {
    format!("{{\"id\": \"{id}\", \"name\": \"{name}\", \"status\": \"active\"{more}}}")
}

/// A page in the published format.
pub fn page(records: &[String]) -> String {
    format!(
        "{{\"total_items\": {n}, \"total_pages\": 1, \"page_number\": 1, \"size\": {n}, \"first_page\": true, \
         \"last_page\": true, \"empty\": false, \"contents\": [{}]}}",
        records.join(",\n"),
        n = records.len()
    )
}

/// A file that is removed with the value.
pub struct FeedFile(pub PathBuf);

impl FeedFile {
    pub fn new(text: &str) -> Self {
        let path = std::env::temp_dir()
            .join(format!("onedoor-feed-{}.json", Uuid::from_bytes(onedoor::web::app::random())));
        std::fs::write(&path, text).unwrap();
        Self(path)
    }

    pub fn source(&self) -> Source {
        Source::File(self.0.clone())
    }
}

impl Drop for FeedFile {
    fn drop(&mut self) {
        std::fs::remove_file(&self.0).ok();
    }
}

pub fn importer(house: &House) -> Importer<'_> {
    let tenant = house.demo.tenant;
    Importer::new(&house.app.db, move || house.app.system(tenant, SystemScope::Command))
}

/// Takes in a feed of this name.
pub async fn take(house: &House, feed: &str, text: &str) -> Result<Import, ImportError> {
    let file = FeedFile::new(text);
    importer(house).take(&file.source(), feed.parse().unwrap(), How::default()).await
}

/// One service of a feed, and the import it came with.
pub async fn listed(house: &House) -> (ServiceId, ImportId) {
    let id = Uuid::from_bytes(onedoor::web::app::random());
    let feed = page(&[
        record(id, "Neighbourly help", ", \"phones\": [{\"number\": \"01632 960 730\"}]"),
        "{}".to_owned(),
    ]);
    let import = take(house, "Feed of the matrix", &feed).await.unwrap();
    (ServiceId(id), import.id)
}
