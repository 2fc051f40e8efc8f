//! An address for every row of the route table, with ids that exist, and who may go there.

use std::collections::BTreeMap;

use onedoor::demo::PERSONAS;
use onedoor::routes::{Access, Route};
use onedoor_domain::access::Action;
use onedoor_domain::actor::{Actor, SystemScope};
use onedoor_domain::content::{Content, Form, Place, Typed, Words};
use onedoor_domain::door::Answers;
use onedoor_domain::guest::Errand;
use onedoor_domain::ids::DraftId;

use super::guests::offered;
use super::people::{agreement, asks, begins_entry, brings_a_letter, by_letter, flagged, look, matched};
use super::support::{Browser, House};

/// Ids of one county by their places in addresses.
pub struct Places {
    ids: BTreeMap<&'static str, String>,
    visitor: Option<Browser>,
}

impl Places {
    /// A person in danger who asked, a letter to write, and a draft in a visitor's browser.
    pub async fn of(house: &House) -> Self {
        let mut visitor = house.visitor();
        let draft = visitor.get("/ask").await.field("draft");
        visitor.post("/ask", &[("draft", &draft), ("who", "me")]).await;
        Self { visitor: Some(visitor), ids: Box::pin(ids(house, "Mira", draft)).await }
    }

    /// The same in a county whose pages have no address.
    pub async fn of_neighbour(house: &House) -> Self {
        let visitor = [9; 32];
        let ctx = house.app.ctx(house.demo.tenant, Actor::Public(Some(visitor)));
        let id: DraftId = ctx.new_id();
        let mut tx = house.app.db.begin(&ctx).await.unwrap();
        let draft = tx.draft_or_new(id, visitor).await.unwrap();
        let changes = draft.save(&ctx, Answers::default()).unwrap();
        tx.commit(changes).await.unwrap();
        Self { visitor: None, ids: Box::pin(ids(house, "Neighbour", id.to_string())).await }
    }

    /// The address of a row.
    pub fn path(&self, row: &str) -> String {
        self.ids.iter().fold(row.to_owned(), |path, (name, id)| path.replace(&format!("{{{name}}}"), id))
    }

    /// Addresses of a row with one id that is wrong: which, and whether it reads as an id.
    pub fn wrong_paths(&self, row: &'static str, theirs: &Self) -> Vec<(&'static str, String, bool)> {
        let guessed = uuid::Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0007).to_string();
        let made_up = [
            "x",
            "%00",
            "%ff",
            "..%2f..",
            "'%20OR%201=1--",
            "00000000-0000-0000-0000-000000000000",
            &guessed,
        ];
        let mut paths = Vec::new();
        for (name, their_id) in &theirs.ids {
            let place = format!("{{{name}}}");
            if !row.contains(&place) || ["question", "persona", "token", "place"].contains(name) {
                continue;
            }
            let wrong = made_up.iter().map(|id| (*id).to_owned()).chain([their_id.clone()]);
            paths.extend(wrong.map(|id| (*name, self.path(&row.replace(&place, &id)), is_id(&id))));
        }
        for place in ["question", "persona", "token", "place"].map(|name| (name, format!("{{{name}}}"))) {
            if row.contains(&place.1) {
                paths.extend(made_up.map(|id| (place.0, self.path(&row.replace(&place.1, id)), is_id(id))));
            }
        }
        paths
    }

    /// A browser of somebody whom the row admits and who knows this person, if anybody does.
    pub async fn browser(&self, house: &House, row: &Route) -> Browser {
        match row.access {
            Access::Staff(action) => house.persona(persona(action)).await,
            Access::Person(_) => house.follows(self.ids["id"].parse().unwrap()).await,
            Access::Guest(_) => {
                let errand = Errand::Answer(self.ids["about"].parse().unwrap());
                house.guest(self.ids["asked"].parse().unwrap(), errand).await
            }
            Access::Public(_) | Access::Open(_) => self.visitor(),
        }
    }

    /// The browser that holds the draft.
    pub fn visitor(&self) -> Browser {
        self.visitor.clone().expect("a county with pages")
    }
}

fn is_id(text: &str) -> bool {
    text.parse::<uuid::Uuid>().is_ok()
}

/// Somebody of the single point of access who may do this, else anybody who may.
pub fn persona(action: Action) -> &'static str {
    let may = || PERSONAS.iter().filter(|one| one.roles.iter().any(|role| action.roles().contains(role)));
    let near = may().find(|one| one.teams.contains(&"spoa"));
    near.or_else(|| may().next()).unwrap_or_else(|| panic!("nobody may do {action:?}")).key
}

async fn ids(house: &House, called: &str, draft: String) -> BTreeMap<&'static str, String> {
    let mut request = by_letter(called);
    request.dangers = flagged(called).dangers;
    let id = asks(house, request).await;
    let referral = look(house, id).await;
    let ctx = house.app.system(house.demo.tenant, SystemScope::Command);
    let mut tx = house.app.db.begin(&ctx).await.unwrap();
    let org = tx.orgs().await.unwrap().first().unwrap().id.to_string();
    tx.close().await.unwrap();
    let text = ctx.new_id();
    let words = Words { title: called.parse().unwrap(), body: called.parse().unwrap() };
    let typed = Typed { owner: called.parse().unwrap(), safety: false, words };
    let place = Place {
        slug: "young-people".parse().unwrap(),
        language: "en-GB".parse().unwrap(),
        form: Form::Standard,
    };
    let tx = house.app.db.begin(&ctx).await.unwrap();
    tx.commit(Content::write(&ctx, text, place, typed)).await.unwrap();
    let (service, import) = super::services::listed(house).await;
    let (asked, answer) = offered(house).await;
    BTreeMap::from([
        ("errand", answer.code().to_owned()),
        ("about", answer.about().to_string()),
        (
            "key",
            onedoor::answer::path(&house.app, house.demo.tenant, answer)
                .rsplit('/')
                .next()
                .unwrap()
                .to_owned(),
        ),
        ("asked", asked.to_string()),
        ("service", service.to_string()),
        ("import", import.to_string()),
        ("id", id.to_string()),
        ("other", asks(house, flagged(called)).await.to_string()),
        ("match", matched(house, id, asks(house, flagged("Wren")).await).await.to_string()),
        ("notice", referral.notices().first().unwrap().id.to_string()),
        ("task", referral.tasks().first().unwrap().id.to_string()),
        ("clock", referral.clocks().first().unwrap().id.to_string()),
        ("page", referral.page().unwrap().id.to_string()),
        ("entry", begins_entry(house).await.to_string()),
        ("file", brings_a_letter(house, id).await.to_string()),
        ("draft", draft),
        ("question", "why-now".to_owned()),
        ("persona", "senior-nurse".to_owned()),
        ("user", house.demo.users["key-worker"].to_string()),
        ("team", house.demo.teams["north"].to_string()),
        ("org", org),
        ("agreement", agreement(house).await),
        ("token", "0".repeat(64)),
        ("place", "0".to_owned()),
        ("slug", "families".to_owned()),
        ("text", text.to_string()),
        ("rule", "memory".to_owned()),
        ("case", "sofa".to_owned()),
        ("edition", "0".to_owned()),
        ("number", "1".to_owned()),
        ("code", "00000000-0000-7000-8000-000000000002".to_owned()),
        ("name", "no-such-file.css".to_owned()),
    ])
}
