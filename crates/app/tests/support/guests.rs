//! Services outside that are asked about somebody, and their people, who have no account and come by a link.
#![allow(dead_code, reason = "each test file uses its part")]

use axum::http::StatusCode;
use onedoor::answer::path;
use onedoor_domain::access::Action;
use onedoor_domain::actor::SystemScope;
use onedoor_domain::guest::Errand;
use onedoor_domain::handover::{Consent, Receiver};
use onedoor_domain::ids::{HandoverId, ReferralId};
use onedoor_domain::referral::{Category, Children, Proposal, TriageForm};

pub use super::people::step;
use super::people::{asks, look, request};
use super::support::{Browser, House};

pub const TRIAGE: [(&str, &str); 4] = [
    ("category", "F"),
    ("narrative", "Debt weighs most."),
    ("safety", "Her sister stays with her tonight."),
    ("children", "none"),
];

pub const OFFER: [(&str, &str); 7] = [
    ("to", "outside"),
    ("name", "Invented Debt Advice"),
    ("phone", ""),
    ("email", "desk@debt.example"),
    ("why", "They know about letters from the council."),
    ("consent", "agrees"),
    ("wish", "named-message"),
];

/// Somebody whom a service outside is asked about, by the fields of the form.
pub async fn asked_with(house: &House, fields: &[(&str, &str)]) -> (ReferralId, Browser) {
    let id = asks(house, request("Mira")).await;
    let mut nurse = house.persona("senior-nurse").await;
    let version = nurse.get(&format!("/referrals/{id}")).await.field("version");
    nurse.post(&format!("/referrals/{id}/open"), &[("version", &version)]).await;
    step(&mut nurse, id, "triage", &TRIAGE).await;
    let done = step(&mut nurse, id, "hand-over", fields).await;
    assert_eq!(done.location, Some(format!("/referrals/{id}?done=proposed")), "{}", done.body);
    (id, nurse)
}

pub async fn asked(house: &House) -> (ReferralId, Browser) {
    asked_with(house, &OFFER).await
}

pub async fn last(house: &House, id: ReferralId) -> HandoverId {
    look(house, id).await.handovers().last().unwrap().id
}

pub fn link(house: &House, errand: Errand) -> String {
    path(&house.app, house.demo.tenant, errand)
}

pub const WHO: [(&str, &str); 3] = [("name", "Jo Park"), ("role", "Duty adviser"), ("confirm", "yes")];

/// Opens a link and says who one is.
pub async fn enters(house: &House, errand: Errand) -> (Browser, String) {
    let mut browser = house.visitor();
    let to = link(house, errand);
    let page = browser.post(&to, &WHO).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.body);
    (browser, page.location.unwrap())
}

pub const YES: [(&str, &str); 6] = [
    ("take", "yes"),
    ("contact-name", "Asha"),
    ("next", "Asha rings you and you meet at the library."),
    ("on[day]", "26"),
    ("on[month]", "11"),
    ("on[year]", "2026"),
];

/// Somebody whom a service outside is asked about, by the seam: also in a county whose pages have no address.
pub async fn offered(house: &House) -> (ReferralId, Errand) {
    let id = asks(house, request("Ash")).await;
    let ctx = house.app.system(house.demo.tenant, SystemScope::Command);
    let form = TriageForm {
        category: Category::F,
        narrative: "Debt weighs most.".parse().unwrap(),
        safety: "Has somebody to be with tonight.".parse().unwrap(),
        children: Children::None,
        emergency: None,
        competence: None,
    };
    let proposal = Proposal {
        to: Receiver::Outside {
            name: "Invented Debt Advice".parse().unwrap(),
            email: Some("desk@debt.example".parse().unwrap()),
            phone: None,
            address: None,
            service: None,
        },
        why: "They help with debt.".parse().unwrap(),
        consent: Consent::Agrees { said: None },
        wish: None,
    };
    for n in 0..3 {
        let mut tx = house.app.db.begin(&ctx).await.unwrap();
        let (county, _) = tx.county().await.unwrap();
        let referral = tx.referral(id, Action::ReferralDecide).await.unwrap();
        let changes = match n {
            0 => referral.open(&ctx),
            1 => referral.triage(&ctx, form.clone(), &county),
            _ => referral.propose(&ctx, proposal.clone(), &county),
        };
        tx.commit(changes.unwrap()).await.unwrap();
    }
    (id, Errand::Answer(last(house, id).await))
}
