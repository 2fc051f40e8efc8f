//! Every actor, action and target against a table written down a second time, from people-and-roles §4.2.

mod document;

use std::collections::BTreeSet;

use super::{Action, Decision, Target, decide, reveal, role_sees};
use crate::actor::{Actor, Role, StaffMember, SystemScope};
use crate::door::ReferralSource;
use crate::fixtures::{
    COMMUNITY, ELSEWHERE, SPOA, acceptance, after, agreed, arrived, by_call, by_email, by_professional,
    county, edition, guest, holder, member, monday, request, senior, triaged, user_of,
};
use crate::guest::Errand;
use crate::ids::{HandoverId, OrgId, ReferralId, TeamId};
use crate::referral::{Category, Referral};
use crate::section::{Section, SectionKind};

/// A manager of a team: its lists, its people, its key workers.
const MANAGES_A_TEAM: [Action; 17] = [
    Action::CaseloadRead,
    Action::CapacityRead,
    Action::WorkerWrite,
    Action::RegistrationCheck,
    Action::ReferralRead,
    Action::ReferralClose,
    Action::HandoverAnswer,
    Action::HandoverCarry,
    Action::Worklist,
    Action::TaskGive,
    Action::ReportRead,
    Action::EpisodeAllocate,
    Action::TaskEnd,
    Action::BreachExplain,
    Action::StaffRead,
    Action::FactorResetApprove,
    Action::OverridesRead,
];

/// What only a senior of the single point of access may do besides.
const SENIOR: [Action; 13] = [
    Action::HandoverOffer,
    Action::PanelHold,
    Action::FileOpenUnscanned,
    Action::BreachExplain,
    Action::DutyAcknowledge,
    Action::NewRead,
    Action::ServiceWrite,
    Action::ContentRead,
    Action::ContentSignOff,
    Action::ContentWithdraw,
    Action::RulesRead,
    Action::RulesSignOff,
    Action::OverridesRead,
];

/// What each role may do, one row a role. The other direction of [`Action::roles`], so that a slip in one shows.
fn may(role: Role) -> BTreeSet<Action> {
    use Action as A;
    let everybody = [A::MyDay, A::Directory, A::OwnSession];
    // The directory: all but those who open nothing, or guard how it is used.
    let looks = (!matches!(role, Role::Caldicott | Role::Sysadmin)).then_some(A::ServiceRead);
    let record = [A::ReferralRead, A::ContactRecord, A::ReferralClose, A::WorkerWrite];
    let carries = [A::EpisodeAllocate, A::CaseloadRead];
    let enters = [A::EntryWrite, A::PersonFind, A::ReferralSubmit];
    let desk = [
        A::FileRead,
        A::Worklist,
        A::TaskGive,
        A::ReferralScreen,
        A::FollowUpRecord,
        A::NoticeTell,
        A::TaskEnd,
        A::StatusLink,
        A::PersonMatch,
        A::GpAnswer,
        A::EnquiryMake,
        A::EnquiryAnswer,
    ];
    let answers = [A::HandoverAnswer, A::HandoverCarry];
    let decides = [A::ReferralTriage, A::ReferralDecide, A::ReferralWithdraw, A::SignsRecord];
    let own: Vec<Action> = match role {
        Role::SpoaAdmin => [&record[..], &enters, &desk, &answers, &[A::HandoverOffer]].concat(),
        Role::SpoaSenior => [&record[..], &enters, &desk, &decides, &answers, &SENIOR].concat(),
        Role::KeyWorker => {
            let work = [A::NoticeTell, A::TaskEnd, A::NewRead];
            [&record[..], &carries, &enters, &[A::FileRead], &answers, &work].concat()
        }
        Role::CrisisTeam => {
            let work = [A::TaskEnd, A::DutyAcknowledge, A::NewRead];
            [&record[..], &carries, &enters, &[A::FileRead], &answers, &work].concat()
        }
        Role::VcsWorker | Role::CafeHost => {
            [&record[..], &carries, &enters, &answers, &[A::PartnerOwn]].concat()
        }
        Role::Gp => vec![A::SentRead],
        Role::Caldicott => Vec::new(),
        Role::TeamManager => MANAGES_A_TEAM.to_vec(),
        Role::ServiceManager => {
            let manages = [
                A::PanelHold,
                A::Worklist,
                A::TaskGive,
                A::ReportRead,
                A::TaskEnd,
                A::BreachExplain,
                A::DutyAcknowledge,
            ];
            let county =
                [A::CountyRead, A::CountyWrite, A::StaffRead, A::FactorResetApprove, A::AgreementWrite];
            let content = [A::ContentRead, A::ContentWithdraw];
            let rules = [A::RulesRead, A::RulesSignOff, A::OverridesRead];
            let teams = [A::CaseloadRead, A::CapacityRead, A::RegistrationCheck];
            [&record[..], &teams, &manages, &county, &content, &rules].concat()
        }
        Role::ContentEditor => vec![
            A::ContentRead,
            A::ContentWrite,
            A::ContentWithdraw,
            A::RulesRead,
            A::RulesWrite,
            A::OverridesRead,
        ],
        Role::DirectoryEditor => vec![A::ServiceWrite, A::ServiceImport],
        Role::Sysadmin => vec![
            A::CountyRead,
            A::CountyWrite,
            A::StaffRead,
            A::StaffWrite,
            A::TeamWrite,
            A::AgreementWrite,
            A::FactorResetAsk,
            A::FactorResetApprove,
        ],
    };
    own.into_iter().chain(everybody).chain(looks).collect()
}

fn ours() -> BTreeSet<TeamId> {
    BTreeSet::from([SPOA, COMMUNITY])
}

// seed: 76
#[test]
fn each_role_may_do_its_own_and_nothing_else() {
    for role in Role::ALL {
        let actor = Actor::Staff(member(role, SPOA));
        for action in Action::ALL {
            let allowed = may(role).contains(&action);
            let expected = if allowed { Decision::Allowed } else { Decision::Refused };
            assert_eq!(decide(&actor, action, &Target::Role), expected, "{role:?} {action:?}");
            let on_record = if role.is_clinical() { expected } else { Decision::Hidden };
            assert_eq!(
                decide(&actor, action, &Target::Referral(holder().referral, &ours())),
                on_record,
                "{role:?} {action:?} on a record"
            );
            let other = Target::Account(user_of(if role == Role::Gp { Role::Caldicott } else { Role::Gp }));
            let on_other = if action == Action::OwnSession { Decision::Refused } else { expected };
            assert_eq!(decide(&actor, action, &other), on_other, "{role:?} {action:?} on an account");
            assert_eq!(
                decide(&actor, action, &Target::Draft(&[7; 32])),
                Decision::Hidden,
                "{role:?} {action:?}"
            );
        }
    }
}

#[test]
fn to_staff_of_other_teams_a_record_does_not_exist() {
    for role in Role::ALL {
        for action in Action::ALL {
            let actor = Actor::Staff(member(role, ELSEWHERE));
            assert_eq!(
                decide(&actor, action, &Target::Record(&ours())),
                Decision::Hidden,
                "{role:?} {action:?}"
            );
        }
    }
}

#[test]
fn without_a_role_or_a_team_nothing_opens() {
    let none = StaffMember { roles: BTreeSet::new(), ..member(Role::SpoaSenior, SPOA) };
    let no_team = StaffMember { teams: BTreeSet::new(), ..member(Role::SpoaSenior, SPOA) };
    for action in Action::ALL {
        assert_eq!(
            decide(&Actor::Staff(none.clone()), action, &Target::Role),
            Decision::Refused,
            "{action:?}"
        );
        for actor in [&none, &no_team] {
            let record = decide(&Actor::Staff(actor.clone()), action, &Target::Record(&ours()));
            assert_eq!(record, Decision::Hidden, "{action:?}");
        }
    }
}

#[test]
fn nobody_decides_about_their_own_account() {
    for role in Role::ALL {
        let actor = Actor::Staff(member(role, SPOA));
        for action in Action::ALL {
            let own = decide(&actor, action, &Target::Account(user_of(role)));
            let expected = if action == Action::OwnSession { Decision::Allowed } else { Decision::Refused };
            assert_eq!(own, expected, "{role:?} {action:?}");
        }
    }
}

#[test]
fn a_visitor_has_their_own_draft_and_nothing_else() {
    let mine = [7; 32];
    let open = [
        Action::DraftRead,
        Action::DraftWrite,
        Action::DraftReturn,
        Action::CodeAsk,
        Action::CodeUse,
        Action::ReferralSubmit,
        Action::PhraseKeep,
        Action::FileAdd,
        Action::ServiceRead,
    ];
    for action in Action::ALL {
        let allowed = if open.contains(&action) { Decision::Allowed } else { Decision::Refused };
        for visitor in [Actor::Public(Some(mine)), Actor::Public(Some([8; 32])), Actor::Public(None)] {
            let own = visitor == Actor::Public(Some(mine));
            let draft = if own { allowed } else { Decision::Hidden };
            assert_eq!(decide(&visitor, action, &Target::Draft(&mine)), draft, "{action:?}");
            assert_eq!(decide(&visitor, action, &Target::Role), allowed, "{action:?}");
            assert_eq!(decide(&visitor, action, &Target::Record(&ours())), Decision::Hidden, "{action:?}");
            let account = Target::Account(user_of(Role::SpoaSenior));
            assert_eq!(decide(&visitor, action, &account), Decision::Hidden, "{action:?}");
        }
    }
}

#[test]
fn the_worker_sends_and_escalates_but_decides_nothing() {
    let worker = Actor::System(SystemScope::Worker);
    let allowed = |actor: &Actor| -> BTreeSet<Action> {
        Action::ALL.into_iter().filter(|it| decide(actor, *it, &Target::Role) == Decision::Allowed).collect()
    };
    let expected = [
        Action::DraftPurge,
        Action::CodeSend,
        Action::ReferralRead,
        Action::FileScan,
        Action::ReferralClose,
        Action::NoticeSend,
        Action::TaskEscalate,
        Action::CoverSeek,
        Action::HandoverBounce,
        Action::DutyEscalate,
        Action::CountyRead,
        Action::DryRunGoOn,
    ];
    assert_eq!(allowed(&worker), expected.into());
    let sign_in = Actor::System(SystemScope::SignIn);
    let expected = [
        Action::CodeAsk,
        Action::CodeUse,
        Action::SignIn,
        Action::OwnSession,
        Action::StaffRead,
        Action::TrackBegin,
    ];
    assert_eq!(allowed(&sign_in), expected.into());
}

#[test]
fn every_action_is_somebodys() {
    for action in Action::ALL {
        let worker = decide(&Actor::System(SystemScope::Worker), action, &Target::Role);
        let sign_in = decide(&Actor::System(SystemScope::SignIn), action, &Target::Role);
        let public = decide(&Actor::Public(None), action, &Target::Role);
        let person = decide(&Actor::Person(holder()), action, &Target::Role);
        let someone = guest(holder().referral, Errand::Answer(HandoverId(uuid::Uuid::from_u128(1))));
        let link = decide(&Actor::Guest(Box::new(someone)), action, &Target::Role);
        let outside = [worker, sign_in, public, person, link].contains(&Decision::Allowed);
        assert!(outside || !action.roles().is_empty(), "nobody may {action:?}");
    }
}

const OWN: [Action; 6] = [
    Action::OwnRead,
    Action::OwnChange,
    Action::OwnAdd,
    Action::OwnWithdraw,
    Action::OwnWorse,
    Action::PhraseKeep,
];

#[test]
fn who_follows_a_referral_has_that_one_and_nothing_else() {
    let person = Actor::Person(holder());
    let other = ReferralId(uuid::Uuid::from_u128(0x52));
    for action in Action::ALL {
        let allowed = if OWN.contains(&action) { Decision::Allowed } else { Decision::Refused };
        let own = decide(&person, action, &Target::Referral(holder().referral, &ours()));
        assert_eq!(own, allowed, "{action:?}");
        assert_eq!(decide(&person, action, &Target::Role), allowed, "{action:?}");
        let hidden = [
            Target::Referral(other, &ours()),
            Target::Record(&ours()),
            Target::Draft(&[7; 32]),
            Target::Account(user_of(Role::SpoaSenior)),
        ];
        for target in hidden {
            assert_eq!(decide(&person, action, &target), Decision::Hidden, "{action:?} {target:?}");
        }
    }
}

#[test]
fn the_person_sees_what_they_said_and_nothing_of_how_staff_worked() {
    use SectionKind as S;
    let said = [S::Identity, S::Contact, S::Needs, S::Story, S::Told, S::Safety, S::Permissions, S::Since];
    let own: BTreeSet<_> = said.into_iter().chain([S::Whereabouts, S::Messages]).collect();
    let everything = accepted().outside_sections().into_iter().chain(sections()).collect();
    let seen = reveal(&Actor::Person(holder()), everything);
    assert_eq!(seen.shown.iter().map(|section| section.kind()).collect::<BTreeSet<_>>(), own);
    assert_eq!(seen.restricted, 0);
    let staff = reveal(&Actor::Staff(member(Role::SpoaSenior, SPOA)), accepted().outside_sections());
    let plain = [S::Whereabouts, S::Messages];
    assert!(staff.shown.iter().all(|section| !plain.contains(&section.kind())), "staff have the facts");
}

#[test]
fn who_came_by_a_link_has_what_is_passed_on_of_one_referral_and_nothing_of_how_staff_worked() {
    use SectionKind as S;
    let one = guest(holder().referral, Errand::Answer(HandoverId(uuid::Uuid::from_u128(1))));
    let actor = Actor::Guest(Box::new(one));
    let may = [
        Action::ReferralRead,
        Action::LinkOpen,
        Action::HandoverAnswer,
        Action::HandoverCarry,
        Action::ReferralClose,
    ];
    let other = ReferralId(uuid::Uuid::from_u128(0x52));
    for action in Action::ALL {
        let allowed = if may.contains(&action) { Decision::Allowed } else { Decision::Refused };
        let own = decide(&actor, action, &Target::Referral(holder().referral, &ours()));
        assert_eq!(own, allowed, "{action:?}");
        for target in [Target::Referral(other, &ours()), Target::Record(&ours()), Target::Draft(&[7; 32])] {
            assert_eq!(decide(&actor, action, &target), Decision::Hidden, "{action:?} {target:?}");
        }
    }
    let everything = accepted().receiver_sections().into_iter().chain(sections()).collect();
    let seen: BTreeSet<_> = reveal(&actor, everything).shown.iter().map(|section| section.kind()).collect();
    assert_eq!(seen, [S::Offer, S::Identity, S::Contact, S::Needs, S::Story, S::Told].into());
    assert_eq!(reveal(&actor, sections()).restricted, 0, "not even that there is more");
}

#[test]
fn what_an_organisation_sent_is_seen_there_and_says_only_where_it_stands() {
    let referred = || {
        let sent = by_professional(by_call(), agreed(), (ReferralSource::A1, by_email()));
        vec![Section::Referred(arrived(monday(), sent).referred().unwrap())]
    };
    for role in Role::ALL {
        let staff = member(role, SPOA);
        let own = decide(&Actor::Staff(staff.clone()), Action::SentRead, &Target::Sent(staff.org));
        let expected = if role == Role::Gp { Decision::Allowed } else { Decision::Refused };
        assert_eq!(own, expected, "{role:?}");
        let other = OrgId(uuid::Uuid::from_u128(0x77));
        let elsewhere = decide(&Actor::Staff(staff.clone()), Action::SentRead, &Target::Sent(other));
        assert_eq!(elsewhere, Decision::Hidden, "{role:?}");
        let shown = reveal(&Actor::Staff(staff), referred()).shown.len();
        assert_eq!(shown, usize::from(role == Role::Gp), "{role:?}");
    }
    for outside in [Actor::Public(None), Actor::Person(holder())] {
        let org = member(Role::Gp, SPOA).org;
        assert_eq!(decide(&outside, Action::SentRead, &Target::Sent(org)), Decision::Hidden);
    }
}

#[test]
fn whoever_takes_a_call_sees_who_it_is_and_no_word_that_was_written_about_them() {
    use SectionKind as S;
    let sections = accepted().known_sections();
    let spoken = sections
        .iter()
        .find_map(|section| if let Section::Known(known) = section { known.spoken.clone() } else { None });
    assert!(spoken.is_some_and(|spoken| !spoken.is_over()), "it runs: it is added to");
    let kinds = [S::Known, S::Identity, S::Contact, S::Needs, S::Permissions, S::Told];
    for (role, seen) in [
        (Role::SpoaAdmin, &kinds[..]),
        (Role::SpoaSenior, &kinds),
        (Role::TeamManager, &[S::Identity, S::Contact, S::Needs]),
        (Role::Sysadmin, &[]),
        (Role::Gp, &[]),
    ] {
        let shown = reveal(&Actor::Staff(member(role, SPOA)), accepted().known_sections()).shown;
        let shown: Vec<_> = shown.iter().map(|section| section.kind()).collect();
        assert_eq!(shown, seen, "{role:?}");
    }
    assert!(
        reveal(&Actor::Person(holder()), sections).shown.iter().all(|section| section.kind() != S::Known)
    );
}

fn accepted() -> Referral {
    let referral = triaged(monday(), request(by_email(), true), Category::D);
    after(referral.accept(&senior(monday()), acceptance(monday()), &county()).unwrap())
}

fn sections() -> Vec<Section> {
    let referral = accepted();
    let mut sections = referral.sections(Vec::new());
    sections.push(Section::Row(referral.row()));
    sections.push(Section::Files(Vec::new()));
    let may_help = referral.matching(&edition(), monday());
    sections.push(Section::MayHelp(Box::new(may_help)));
    sections
}

fn shown(actor: &Actor) -> BTreeSet<SectionKind> {
    reveal(actor, sections()).shown.iter().map(|section| section.kind()).collect()
}

#[test]
fn each_role_sees_its_own_sections() {
    use SectionKind as S;
    let basics = [S::Row, S::Progress, S::Identity, S::Contact, S::Needs];
    let story = [S::Asked, S::Story, S::Told, S::Since, S::Decision, S::Contacts];
    let clinical =
        [S::Safety, S::Triage, S::MayHelp, S::History, S::Files, S::Permissions, S::Notices, S::Tasks];
    let asked = [S::Offer, S::Handovers];
    for (role, seen) in [
        (Role::SpoaSenior, [&basics[..], &story, &clinical, &asked].concat()),
        (Role::KeyWorker, [&basics[..], &story, &clinical, &asked].concat()),
        (Role::CrisisTeam, [&basics[..], &story, &clinical, &asked].concat()),
        (
            Role::SpoaAdmin,
            [&basics[..], &story, &asked, &[S::Files, S::Permissions, S::Notices, S::Tasks]].concat(),
        ),
        (Role::VcsWorker, [&basics[..], &story, &[S::Offer]].concat()),
        (Role::CafeHost, [&basics[..], &story, &[S::Offer]].concat()),
        (Role::TeamManager, [&basics[..], &asked, &[S::Tasks]].concat()),
        (Role::ServiceManager, [&basics[..], &[S::Handovers, S::Tasks, S::Safety]].concat()),
        (Role::Gp, Vec::new()),
        (Role::Caldicott, Vec::new()),
        (Role::ContentEditor, Vec::new()),
        (Role::DirectoryEditor, Vec::new()),
        (Role::Sysadmin, Vec::new()),
    ] {
        let actor = Actor::Staff(member(role, SPOA));
        assert_eq!(shown(&actor), seen.into_iter().collect(), "{role:?}");
    }
}

#[test]
fn a_system_administrator_sees_nothing_of_a_person() {
    assert!(SectionKind::ALL.into_iter().all(|kind| !role_sees(Role::Sysadmin, kind)));
}

#[test]
fn only_clinical_users_learn_that_something_is_hidden() {
    let all = sections().len();
    let hidden = |actor: &Actor| reveal(actor, sections()).restricted;
    assert_eq!(hidden(&Actor::Staff(member(Role::SpoaSenior, SPOA))), 0);
    assert_eq!(hidden(&Actor::Staff(member(Role::VcsWorker, SPOA))), all - 12);
    assert_eq!(hidden(&Actor::Staff(member(Role::Sysadmin, SPOA))), 0, "not even that there is something");
    assert_eq!(hidden(&Actor::Public(None)), 0);
}

#[test]
fn a_visitor_sees_the_receipt_only_and_signing_in_sees_nothing() {
    assert!(shown(&Actor::Public(Some([7; 32]))).is_empty());
    assert!(shown(&Actor::System(SystemScope::SignIn)).is_empty());
    let arrival =
        crate::fixtures::receive(&crate::fixtures::visitor(monday()), request(by_email(), false), &county());
    let receipt = || vec![Section::Receipt(arrival.receipt.clone())];
    assert_eq!(reveal(&Actor::Public(Some([7; 32])), receipt()).shown.len(), 1);
    assert_eq!(reveal(&Actor::Staff(member(Role::SpoaSenior, SPOA)), receipt()).shown.len(), 0);
}

#[test]
fn a_phrase_or_a_code_brings_a_draft_back_and_does_nothing_else() {
    for actor in [Actor::Public(None), Actor::Public(Some([7; 32]))] {
        for action in Action::ALL {
            let returns = action == Action::DraftReturn;
            let expected = if returns { Decision::Allowed } else { Decision::Hidden };
            assert_eq!(decide(&actor, action, &Target::Proved), expected, "{action:?}");
        }
    }
    for role in Role::ALL {
        let staff = Actor::Staff(member(role, SPOA));
        assert_eq!(decide(&staff, Action::DraftReturn, &Target::Proved), Decision::Hidden, "{role:?}");
    }
}
