//! What a reader does not need is left out of a section they may see.

use crate::access::reveal;
use crate::actor::{Actor, Role};
use crate::door::Identity;
use crate::fixtures::{SPOA, guest, holder, line, member};
use crate::guest::Errand;
use crate::ids::HandoverId;
use crate::section::Section;
use crate::value::EthnicCategory;

/// How many sections are seen, and the ethnic group in them.
fn ethnic(actor: &Actor) -> (usize, Option<EthnicCategory>) {
    let who = Identity { ethnic: Some(EthnicCategory::African), ..Identity::called(line("Sam")) };
    let seen = reveal(actor, vec![Section::Identity(who)]).shown;
    let found = seen
        .iter()
        .find_map(|section| if let Section::Identity(who) = &**section { who.ethnic } else { None });
    (seen.len(), found)
}

#[test]
fn the_ethnic_group_is_for_the_person_and_the_teams_that_care_and_for_nobody_else() {
    let asked = (1, Some(EthnicCategory::African));
    for role in [Role::SpoaAdmin, Role::SpoaSenior, Role::KeyWorker, Role::CrisisTeam, Role::TeamManager] {
        assert_eq!(ethnic(&Actor::Staff(member(role, SPOA))), asked, "{role:?}");
    }
    assert_eq!(ethnic(&Actor::Person(holder())), asked);
    for role in [Role::VcsWorker, Role::CafeHost, Role::ServiceManager] {
        assert_eq!(ethnic(&Actor::Staff(member(role, SPOA))), (1, None), "{role:?}");
    }
    let link = guest(holder().referral, Errand::Answer(HandoverId(uuid::Uuid::from_u128(1))));
    assert_eq!(ethnic(&Actor::Guest(Box::new(link))), (1, None));
}
