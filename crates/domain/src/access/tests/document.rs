//! The tables of docs/permissions.md, made from the evaluator. The application adds its routes in a part of its own.

use std::fmt::Write as _;

use crate::access::{Action, Decision, Target, decide, role_sees};
use crate::actor::{Actor, Role, SystemScope};
use crate::fixtures::{SPOA, generated, holder, member};
use crate::section::SectionKind;
use crate::track::Scope;

#[test]
fn document_permissions() {
    let parts = [("role-names", role_names_part()), ("roles", roles_part()), ("sections", sections_part())];
    generated("docs/permissions.md", &parts);
}

fn role(role: Role) -> &'static str {
    match role {
        Role::SpoaAdmin => "Administrator at the single point of access: enters, never decides",
        Role::SpoaSenior => "Senior clinician or social-care professional: triages and decides",
        Role::KeyWorker => "Key worker: nurse, social worker or occupational therapist of a team",
        Role::CrisisTeam => "Crisis and home treatment practitioner",
        Role::VcsWorker => "Worker of a voluntary partner",
        Role::CafeHost => "Host of a crisis café",
        Role::Gp => "General practitioner",
        Role::TeamManager => "Manages a team's queue, caseload and breaches",
        Role::ServiceManager => "Manages a service; the last to be rung on the duty ladder",
        Role::Caldicott => "Caldicott guardian or privacy officer",
        Role::ContentEditor => "Writes texts for the public; opens nobody's record",
        Role::DirectoryEditor => "Looks after the directory of services; opens nobody's record",
        Role::Sysadmin => "Accounts, settings and backups; no clinical content",
    }
}

/// What each action is called in the document. A new action must be placed here.
const ACTIONS: [(Action, &str); 84] = [
    (Action::DraftRead, "Read one's own unsent form"),
    (Action::DraftWrite, "Fill in a form"),
    (Action::DraftReturn, "Come back to a form with its phrase or a code"),
    (Action::DraftPurge, "Remove a form that was never sent"),
    (Action::CodeAsk, "Ask for a one-time code"),
    (Action::CodeUse, "Type a one-time code"),
    (Action::CodeSend, "Hand one-time codes to providers, and remove them"),
    (Action::ReferralSubmit, "Ask for help"),
    (Action::Worklist, "See the worklist"),
    (Action::ReportRead, "See reports: counts, never a person"),
    (Action::MyDay, "See one's own day"),
    (Action::ReferralRead, "Read a request for help"),
    (Action::EntryWrite, "Write down a request for a person, and hand it over"),
    (Action::PersonFind, "Look for earlier requests of somebody who is in touch again"),
    (Action::PersonMatch, "Say that it is somebody we know, or nobody, and take that back"),
    (Action::FileRead, "Read a file that came with a request"),
    (Action::FileOpenUnscanned, "Open a file no scanner looked at, with a reason"),
    (Action::FileAdd, "Add a file, or take one off an unsent form"),
    (Action::FileScan, "Keep what a scanner said of a file"),
    (Action::ReferralScreen, "Open it for screening"),
    (Action::EnquiryMake, "Ask once for what is missing"),
    (Action::EnquiryAnswer, "Answer what was asked for, or write an answer down"),
    (Action::ReferralTriage, "Triage: decide how soon"),
    (Action::SignsRecord, "Write down what was learned for the matching rules"),
    (Action::ReferralDecide, "Decide: accept, advise, join, record a death"),
    (Action::HandoverOffer, "Ask a service to take a person over"),
    (Action::HandoverAnswer, "Accept or decline a handover"),
    (Action::HandoverCarry, "Introduce, and record that they met"),
    (Action::HandoverBounce, "Take back a handover nobody answered in time"),
    (Action::PanelHold, "Record what a panel decided"),
    (Action::ReferralWithdraw, "Record that the person withdrew"),
    (Action::ReferralClose, "Cause the closing, by the last message or contact"),
    (Action::ContactRecord, "Record a contact or an attempt"),
    (Action::EpisodeAllocate, "Take a person; a manager names somebody of the team"),
    (Action::CaseloadRead, "See who waits for a key worker, and how full everybody is"),
    (Action::CapacityRead, "See the counts of a team: waiting, caseloads, away"),
    (Action::CoverSeek, "Ask the manager where nobody covers for a key worker"),
    (Action::FollowUpRecord, "Record a follow-up check"),
    (Action::NoticeSend, "Hand messages to providers"),
    (Action::NoticeTell, "Print, post, tell by phone, or record why not told"),
    (Action::TaskEnd, "End a task with a reason"),
    (Action::TaskGive, "Give what is to be done to a colleague by name, or back to the team"),
    (Action::TaskEscalate, "Send an overdue task up"),
    (Action::BreachExplain, "Explain a missed target"),
    (Action::DutyAcknowledge, "Answer a duty page"),
    (Action::DutyEscalate, "Ring the next one on the duty ladder"),
    (Action::CountyRead, "See the county's settings"),
    (Action::CountyWrite, "Change crisis numbers, hours and rota"),
    (Action::ContentRead, "See texts for the public, with drafts and editions"),
    (Action::ContentWrite, "Write texts for the public"),
    (Action::ContentSignOff, "Sign off a text that somebody else wrote"),
    (Action::ContentWithdraw, "Take a text away from the public"),
    (Action::RulesRead, "See the matching rules, with draft, test cases and editions"),
    (Action::RulesWrite, "Write a draft of the matching rules, and try it"),
    (Action::RulesSignOff, "Sign off rules that somebody else wrote, or bring back an edition"),
    (Action::DryRunGoOn, "Go on with a dry run of a draft"),
    (Action::OverridesRead, "See how often suggestions were followed, as counts"),
    (Action::ServiceRead, "Look for services in the directory"),
    (Action::ServiceWrite, "Write, change and check services of the directory"),
    (Action::ServiceImport, "See what became of a feed of services"),
    (Action::Directory, "See the names of teams, organisations and colleagues"),
    (Action::StaffRead, "See accounts: roles, who can sign in"),
    (Action::StaffWrite, "Invite, give roles, end access"),
    (Action::WorkerWrite, "Write what one can do and when one is away; a manager for their teams"),
    (Action::RegistrationCheck, "Look up somebody's registration"),
    (Action::TeamWrite, "Change teams and organisations"),
    (Action::AgreementWrite, "See, write down and end agreements with partners"),
    (Action::PartnerOwn, "See the agreement of one's own organisation, and set its words"),
    (Action::FactorResetAsk, "Ask for somebody's new second factor"),
    (Action::FactorResetApprove, "Approve somebody's new second factor"),
    (Action::SignIn, "Sign in"),
    (Action::OwnSession, "Lock, unlock, sign out, own password"),
    (Action::TrackBegin, "Open one's own request with its reference and a phrase or a code"),
    (Action::OwnRead, "See where one's own request is"),
    (Action::OwnChange, "Change how one is reached, and what one needs"),
    (Action::OwnAdd, "Add something to one's own request"),
    (Action::OwnWithdraw, "Ask for one's own request to end"),
    (Action::OwnWorse, "Say that things got worse"),
    (Action::PhraseKeep, "Keep a return phrase for one's own request"),
    (Action::NewRead, "Say that one has read what the person said since"),
    (Action::StatusLink, "Take back the link of whoever asked, or make a new one"),
    (Action::GpAnswer, "Record that a practice has read the letter of advice, or why not"),
    (Action::LinkOpen, "Open a one-time link, and say who one is"),
    (Action::SentRead, "See where the requests of one's own organisation stand"),
];

fn action(action: Action) -> &'static str {
    let found = ACTIONS.iter().find(|(listed, _)| *listed == action);
    found.unwrap_or_else(|| panic!("{action:?} is not in the list")).1
}

fn section(kind: SectionKind) -> &'static str {
    match kind {
        SectionKind::Row => "Row of a list: what to call them, state, age, what is due",
        SectionKind::Progress => "Where it is, clocks, duty page",
        SectionKind::Identity => "Who the person is",
        SectionKind::Contact => "How to reach them safely",
        SectionKind::Needs => "What helps us to understand each other and meet",
        SectionKind::Asked => "Who asked for them, what they know and agree to",
        SectionKind::Told => "What would help, caring, practical troubles, what got in the way",
        SectionKind::Story => "Why now, in their own words or those of whoever asked",
        SectionKind::Safety => "Danger questions answered yes",
        SectionKind::Files => "Files that came with it",
        SectionKind::Permissions => "What they allowed",
        SectionKind::Triage => "Triage",
        SectionKind::MayHelp => "What may help, why, and what was made of it",
        SectionKind::Decision => "Decision",
        SectionKind::Offer => "What is passed on with a handover: why, triage and safety in words",
        SectionKind::Handovers => "Every service that was asked",
        SectionKind::Contacts => "Contacts and the episode",
        SectionKind::Tasks => "Tasks",
        SectionKind::Notices => "Messages",
        SectionKind::History => "History",
        SectionKind::Since => "What the person said since, following it themselves",
        SectionKind::Whereabouts => "Where it is, in plain words, for the person",
        SectionKind::Messages => "Messages to the person, and whether they reached them",
        SectionKind::Receipt => "Receipt, shown to the sender only",
        SectionKind::Referred => "Where it stands, for whoever asked for somebody else",
        SectionKind::Known => "The least that lets somebody who is in touch again be recognised",
        SectionKind::Candidate => "Somebody who may be the same person: what agrees and what does not",
        SectionKind::Enquiry => "What was asked for, and whether it was answered",
        SectionKind::Matching => "Whether it is somebody we know: who said so, and why",
        SectionKind::Others => "Other requests of the same person, and how they ended",
        SectionKind::Involved => "Teams that took responsibility for the same person",
        SectionKind::Looked => "Who looked at the record, for the person",
        SectionKind::Flags => "What to know before anybody rings or writes, from their other requests",
    }
}

fn head(first: &str, more: &[&str]) -> String {
    let codes = Role::ALL.map(Role::code);
    let columns = [&[first], &codes[..], more].concat();
    let dots = vec![":-:"; columns.len() - 1];
    format!("| {} |\n|---|{}|\n", columns.join(" | "), dots.join("|"))
}

fn dot(yes: bool) -> &'static str {
    if yes { " ● |" } else { "  |" }
}

fn role_names_part() -> String {
    let mut table = "| Role | Who |\n|---|---|\n".to_owned();
    for known in Role::ALL {
        let _ = writeln!(table, "| {} | {} |", known.code(), role(known));
    }
    table
}

fn roles_part() -> String {
    let mut table = head("Action", &["visitor", "person", "service by link", "program"]);
    for what in Action::ALL {
        let _ = write!(table, "| {} |", action(what));
        let may = |actor: &Actor| decide(actor, what, &Target::Role) == Decision::Allowed;
        for known in Role::ALL {
            table.push_str(dot(may(&Actor::Staff(member(known, SPOA)))));
        }
        table.push_str(dot(may(&Actor::Public(Some([7; 32])))));
        table.push_str(dot(may(&Actor::Person(holder()))));
        table.push_str(dot(Scope::Receiver.may(what)));
        let program = [SystemScope::Worker, SystemScope::SignIn].map(|scope| may(&Actor::System(scope)));
        table.push_str(dot(program.contains(&true)));
        table.push('\n');
    }
    table
}

fn sections_part() -> String {
    let mut table = head("Part of a record", &["person", "service by link"]);
    for kind in SectionKind::ALL {
        let _ = write!(table, "| {} |", section(kind));
        for known in Role::ALL {
            table.push_str(dot(role_sees(known, kind)));
        }
        table.push_str(dot(Scope::Own.sees(kind)));
        table.push_str(dot(Scope::Receiver.sees(kind)));
        table.push('\n');
    }
    table
}
