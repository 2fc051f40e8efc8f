//! A page asks the database as often for three people as for twelve: nothing is read once for each row.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use onedoor::door::status::first_link;
use onedoor_domain::door::{Origin, SelfReferral};
use tracing::field::{Field, Visit};
use tracing::{Event, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};

use super::people::{asks, flagged, request};
use super::support::{Browser, House, house};

/// Counts what the driver says that it asked.
#[derive(Clone, Default)]
struct Statements(Arc<AtomicUsize>);

impl<S: Subscriber> Layer<S> for Statements {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut said = Said::default();
        event.record(&mut said);
        // A pool that opens one more connection sets it up: no page asked for that.
        if event.metadata().target() == "sqlx::query" && !said.0.contains("SET ROLE") {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// What a statement begins with.
#[derive(Default)]
struct Said(String);

impl Visit for Said {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        if field.name() == "summary" {
            self.0 = format!("{value:?}");
        }
    }
}

async fn asked(browser: &mut Browser, path: &str) -> usize {
    let statements = Statements::default();
    let guard = tracing::subscriber::set_default(tracing_subscriber::registry().with(statements.clone()));
    let page = browser.get(path).await;
    drop(guard);
    assert!(page.status.is_success(), "{path}: {}", page.body);
    statements.0.load(Ordering::Relaxed)
}

async fn all(house: &House, persona: &str, paths: &[&str]) -> Vec<usize> {
    let mut browser = house.persona(persona).await;
    // The first page of a sign-in notes that it is in use.
    browser.get("/account").await;
    let mut counted = Vec::new();
    for path in paths {
        counted.push(asked(&mut browser, path).await);
    }
    counted
}

#[tokio::test]
async fn a_page_of_many_costs_as_many_statements_as_a_page_of_few() {
    let house = house().await;
    let paths = ["/my-day", "/duty", "/worklist", "/worklist?view=duty&flagged=yes&who=none", "/overdue"];
    let mut gp = house.persona("gp").await;
    let sends = async |gp: &mut Browser, name: String| {
        let sent = SelfReferral { origin: Origin::Professional(Box::default()), ..request(&name) };
        let id = asks(&house, sent).await;
        let link = first_link(&house.app, house.demo.tenant, id, None).unwrap();
        gp.post(&link.replace("/status/", "/sent/keep/"), &[]).await;
    };
    for number in 0..3 {
        asks(&house, flagged(&format!("Few{number}"))).await;
        sends(&mut gp, format!("Sent{number}")).await;
    }
    let few = all(&house, "senior-nurse", &paths).await;
    let few_sent = asked(&mut gp, "/sent").await;
    for number in 0..9 {
        asks(&house, flagged(&format!("Many{number}"))).await;
        sends(&mut gp, format!("More{number}")).await;
    }
    let many = all(&house, "senior-nurse", &paths).await;
    let many_sent = asked(&mut gp, "/sent").await;
    println!("{paths:?}: {few:?} for three, {many:?} for twelve; /sent {few_sent} and {many_sent}");
    assert_eq!(few, many, "{paths:?}");
    assert_eq!(few_sent, many_sent, "/sent");
    assert!(few.iter().all(|count| (4..40).contains(count)) && few_sent > 3, "the driver was heard: {few:?}");
}
