//! The one route table. The router, docs/permissions.md, the route × persona matrix and the audit test walk its rows.

mod row;

use axum::middleware::from_fn_with_state;
use axum::{Extension, Router};
use onedoor_domain::access::Action;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::csrf::CsrfLayer;

pub use row::{Access, Route};
use row::{get, post, step, upload};

use crate::account::{invitation, overview, renew};
use crate::content;
use crate::county;
use crate::directory;
use crate::enquiry::steps::{AskOnce, TakeAnswer};
use crate::health::{self, Health};
use crate::matching;
use crate::referral::steps::{
    Accept, Advise, Allocate, CannotTake, ChangeWorker, Contact, Death, DoPart, Duplicate, FollowUp,
    HandOver, HaveMet, HoldBack, HoldPanel, Introduce, Offer, PracticeRead, Signs, TakeBack, TakeOver,
    Triage, Waive, WishWorker, Withdraw,
};
use crate::referral::{self, letter, parts};
use crate::session::{code, keep, parked, picker, sign_in, unlock};
use crate::team::{invite, list, places, user};
use crate::web::{App, gate, guard};
use crate::{
    agreement, answer, assets, care, door, duty, enquiry, enter, file, insight, sent, task, track, ui,
    worklist,
};

/// Why the pages of a draft are public: the visitor's cookie makes it theirs, the transaction decides.
const OWN: &str = "one's own draft";

/// Why saying which request is one's own is public.
const PROVING: &str = "the phrase or the code is the proof";

/// Why coming back is public: the phrase, or the code, is the proof.
const RETURNING: &str = "a phrase or a code is what they have";

/// Why signing in is public.
const SIGNING_IN: &str = "nobody is signed in yet";
/// Why signing out is public.
const LEAVING: &str = "locking and signing out are never refused";
/// Why the persona picker is public.
const DEMONSTRATION: &str = "demonstration only, else not found";
/// Why setting up an account, or answering for a service, is public.
const LINK: &str = "a one-time link is what they have";
/// Why answering a letter is public.
const LETTER: &str = "the reference and the words of a letter are what they have";

/// Every page the program answers.
pub fn table() -> Vec<Route> {
    let mut rows = vec![
        get("/health/live", Access::Open("is the process alive"), health::live),
        get("/health/ready", Access::Open("are database and worker alive"), health::ready),
        get("/assets/{name}", Access::Open("styles and scripts"), assets::serve),
        get(ui::LEAVE_PATH, Access::Open("leave this page quickly"), door::start::leave),
    ];
    rows.extend(door_rows());
    rows.extend(track_rows());
    rows.extend(answer_rows());
    rows.extend(return_rows());
    rows.extend(session_rows());
    rows.extend(account_rows());
    rows.extend(team_rows());
    rows.extend(agreement_rows());
    rows.extend(county_rows());
    rows.extend(content_rows());
    rows.extend(rules_rows());
    rows.extend(directory_rows());
    rows.extend(enter_rows());
    rows.extend(list_rows());
    rows.extend(record_rows());
    rows.extend(step_rows());
    rows.extend(care_rows());
    rows
}

fn door_rows() -> Vec<Route> {
    vec![
        get("/", Access::Public("what this is, help now"), door::start::start),
        get("/crisis-help", Access::Public("help now"), door::start::crisis_help),
        get("/language", Access::Public("the words of a page"), door::language::choose),
        get("/help", Access::Public("pages of words"), content::page::index),
        get("/help/{slug}", Access::Public("pages of words"), content::page::show),
        get("/privacy", Access::Public("how information is used"), door::start::privacy),
        get("/accessibility", Access::Public("accessibility statement"), door::start::accessibility),
        get(directory::public::FIND, Access::Public("services, not people"), directory::public::show),
        get("/ask", Access::Public("the first question"), door::ask::show),
        post("/ask", Access::Public("starts one's own draft"), door::ask::begin),
        get("/status/{id}/{token}", Access::Public("the link itself is the proof"), door::status::show),
        get("/question/{id}/{token}", Access::Public("by the link alone"), enquiry::answer::show),
        post("/question/{id}/{token}", Access::Public("by the link alone"), enquiry::answer::submit),
        get("/refer", Access::Public("a professional's first question"), door::ask::show_refer),
        post("/refer", Access::Public("starts one's own draft"), door::ask::begin_refer),
        get("/ask/{draft}/danger", Access::Public(OWN), door::danger::show),
        post("/ask/{draft}/safe-for-now", Access::Public(OWN), door::danger::safe_for_now),
        get("/ask/{draft}/call-me", Access::Public(OWN), door::call_me::show),
        post("/ask/{draft}/call-me", Access::Public(OWN), door::call_me::submit),
        get("/ask/{draft}/check", Access::Public(OWN), door::check::show),
        post("/ask/{draft}/send", Access::Public(OWN), door::check::send),
        get("/ask/{draft}/sent", Access::Public(OWN), door::sent::show),
        get("/ask/{draft}/files", Access::Public(OWN), file::own::show),
        upload("/ask/{draft}/files", Access::Public(OWN), file::own::add),
        post("/ask/{draft}/files/{file}/remove", Access::Public(OWN), file::own::remove),
        post("/ask/{draft}/follow", Access::Public(OWN), track::phrase::of_draft),
        get("/ask/{draft}/save", Access::Public(OWN), door::keep::show),
        post("/ask/{draft}/save", Access::Public(OWN), door::keep::send),
        get("/ask/{draft}/save/{code}", Access::Public(OWN), door::keep::show_code),
        post("/ask/{draft}/save/{code}", Access::Public(OWN), door::keep::prove),
        get("/ask/{draft}/phrase", Access::Public(OWN), door::keep::no_phrase),
        post("/ask/{draft}/phrase", Access::Public(OWN), door::keep::phrase),
        get("/ask/{draft}/end", Access::Public(OWN), door::end::show),
        post("/ask/{draft}/end", Access::Public(OWN), door::end::end),
        get("/ask/{draft}/{question}", Access::Public(OWN), door::question::show),
        post("/ask/{draft}/{question}", Access::Public(OWN), door::question::save),
    ]
}

fn track_rows() -> Vec<Route> {
    let read = Access::Person(Action::OwnRead);
    let change = Access::Person(Action::OwnChange);
    vec![
        get(track::START, Access::Public(PROVING), track::begin::show),
        post(track::START, Access::Public(PROVING), track::begin::submit),
        get(track::code::ASK, Access::Public(PROVING), track::code::show),
        post(track::code::ASK, Access::Public(PROVING), track::code::send),
        get("/track/code/{code}", Access::Public(PROVING), track::code::show_code),
        post("/track/code/{code}", Access::Public(PROVING), track::code::submit),
        get(track::PLACE, read, track::place::show),
        post("/track/phrase", Access::Person(Action::PhraseKeep), track::phrase::renew),
        get("/track/add", Access::Person(Action::OwnAdd), track::say::add_form),
        post("/track/add", Access::Person(Action::OwnAdd), track::say::add),
        get("/track/change/{question}", change, track::change::show),
        post("/track/change/{question}", change, track::change::save),
        get("/track/worse", Access::Person(Action::OwnWorse), track::worse::show),
        post("/track/worse", Access::Person(Action::OwnWorse), track::worse::submit),
        post("/track/call-me", Access::Person(Action::OwnWorse), track::worse::call_me),
        get("/track/worse/told", read, track::worse::told),
        get("/track/withdraw", Access::Person(Action::OwnWithdraw), track::say::withdraw_first),
        get("/track/withdraw/sure", Access::Person(Action::OwnWithdraw), track::say::withdraw_form),
        post("/track/withdraw/sure", Access::Person(Action::OwnWithdraw), track::say::withdraw),
        get(track::looked::LOOKED, read, track::looked::show),
        get("/track/again", read, track::again::show),
        post("/track/again", read, track::again::start),
        post("/track/finish", read, track::begin::finish),
    ]
}

fn answer_rows() -> Vec<Route> {
    vec![
        get(answer::LETTER, Access::Public(LETTER), answer::letter::show),
        post(answer::LETTER, Access::Public(LETTER), answer::letter::submit),
        post("/answer/finish", Access::Guest(Action::LinkOpen), answer::work::finish),
        get("/answer/{errand}/{about}/{key}", Access::Public(LINK), answer::open::show),
        post("/answer/{errand}/{about}/{key}", Access::Public(LINK), answer::open::submit),
        get("/answer/{errand}/{about}", Access::Guest(Action::ReferralRead), answer::work::show),
        post("/answer/{errand}/{about}", Access::Guest(Action::ReferralRead), answer::work::submit),
    ]
}

fn return_rows() -> Vec<Route> {
    vec![
        get("/return", Access::Public(RETURNING), door::back::show),
        post("/return", Access::Public(RETURNING), door::back::send),
        post("/return/phrase", Access::Public(RETURNING), door::back::by_phrase),
        get("/return/code/{code}", Access::Public(RETURNING), door::back::show_code),
        post("/return/code/{code}", Access::Public(RETURNING), door::back::by_code),
        get("/return/yours", Access::Public(OWN), door::back::yours),
        get("/return/ended", Access::Public("what became of one's form"), door::end::ended),
    ]
}

fn session_rows() -> Vec<Route> {
    vec![
        get("/sign-in", Access::Public(SIGNING_IN), sign_in::show),
        post("/sign-in", Access::Public(SIGNING_IN), sign_in::submit),
        get("/sign-in/code", Access::Public(SIGNING_IN), code::show),
        post("/sign-in/code", Access::Public(SIGNING_IN), code::submit),
        get("/unlock", Access::Public(SIGNING_IN), unlock::show),
        post("/unlock", Access::Public(SIGNING_IN), unlock::submit),
        post("/lock", Access::Public(LEAVING), unlock::lock),
        post("/sign-out", Access::Public(LEAVING), unlock::sign_out),
        post("/still-here", Access::Staff(Action::OwnSession), keep::submit),
        get("/parked", Access::Staff(Action::OwnSession), parked::show),
        post("/parked", Access::Staff(Action::OwnSession), parked::discard),
        get("/demo", Access::Public(DEMONSTRATION), picker::show),
        post("/demo/{persona}", Access::Public(DEMONSTRATION), picker::pick),
    ]
}

fn account_rows() -> Vec<Route> {
    let own = Access::Staff(Action::OwnSession);
    vec![
        get("/account", Access::Staff(Action::OwnSession), overview::show),
        post("/account/sign-out-everywhere", own, overview::sign_out_everywhere),
        get("/account/password", Access::Staff(Action::OwnSession), renew::password_form),
        post("/account/password", Access::Staff(Action::OwnSession), renew::set_password),
        get("/account/factor", Access::Staff(Action::OwnSession), renew::factor_form),
        post("/account/factor", Access::Staff(Action::OwnSession), renew::set_factor),
        get("/invitation/{token}", Access::Public(LINK), invitation::show),
        post("/invitation/{token}", Access::Public(LINK), invitation::submit),
    ]
}

fn team_rows() -> Vec<Route> {
    vec![
        get("/team", Access::Staff(Action::StaffRead), list::show),
        get("/team/invite", Access::Staff(Action::StaffWrite), invite::show),
        post("/team/invite", Access::Staff(Action::StaffWrite), invite::submit),
        get("/team/{user}", Access::Staff(Action::StaffRead), user::show),
        post("/team/{user}/roles", Access::Staff(Action::StaffWrite), user::set_roles),
        post("/team/{user}/end", Access::Staff(Action::StaffWrite), user::end),
        post("/team/{user}/invite-again", Access::Staff(Action::StaffWrite), user::invite_again),
        post("/team/{user}/ask-reset", Access::Staff(Action::FactorResetAsk), user::ask_reset),
        post("/team/{user}/approve-reset", Access::Staff(Action::FactorResetApprove), user::approve_reset),
        get("/teams", Access::Staff(Action::StaffRead), places::show),
        get("/teams/{team}", Access::Staff(Action::TeamWrite), places::team_form),
        post("/teams/{team}", Access::Staff(Action::TeamWrite), places::put_team),
        get("/organisations/{org}", Access::Staff(Action::TeamWrite), places::org_form),
        post("/organisations/{org}", Access::Staff(Action::TeamWrite), places::put_org),
    ]
}

fn agreement_rows() -> Vec<Route> {
    use agreement::{edit, list, own};
    let writes = Access::Staff(Action::AgreementWrite);
    let partner = Access::Staff(Action::PartnerOwn);
    vec![
        get(list::PATH, writes, list::show),
        get("/organisations/{org}/agreements", writes, list::of_org),
        get("/organisations/{org}/agreements/new", writes, edit::show),
        post("/organisations/{org}/agreements/new", writes, edit::submit),
        get("/agreements/{agreement}/end", writes, edit::ask_end),
        post("/agreements/{agreement}/end", writes, edit::end),
        get(own::PATH, partner, own::show),
        post(own::PATH, partner, own::submit),
    ]
}

fn county_rows() -> Vec<Route> {
    vec![
        get(county::procedures::PATH, Access::Staff(Action::OwnSession), county::procedures::read_all),
        get("/county", Access::Staff(Action::CountyRead), county::overview::show),
        get("/county/service", Access::Staff(Action::CountyWrite), county::service::show),
        post("/county/service", Access::Staff(Action::CountyWrite), county::service::submit),
        get("/county/crisis", Access::Staff(Action::CountyWrite), county::crisis::list),
        get("/county/crisis/{place}", Access::Staff(Action::CountyWrite), county::crisis::show),
        post("/county/crisis/{place}", Access::Staff(Action::CountyWrite), county::crisis::submit),
        get("/county/places", Access::Staff(Action::CountyWrite), county::places::list),
        get("/county/places/{place}", Access::Staff(Action::CountyWrite), county::places::show),
        post("/county/places/{place}", Access::Staff(Action::CountyWrite), county::places::submit),
        get("/county/procedures", Access::Staff(Action::CountyWrite), county::procedures::list),
        get("/county/procedures/{procedure}", Access::Staff(Action::CountyWrite), county::procedures::show),
        post(
            "/county/procedures/{procedure}",
            Access::Staff(Action::CountyWrite),
            county::procedures::submit,
        ),
        get("/county/districts", Access::Staff(Action::CountyWrite), county::districts::show),
        post("/county/districts", Access::Staff(Action::CountyWrite), county::districts::submit),
        get("/county/handover", Access::Staff(Action::CountyWrite), county::handover::show),
        post("/county/handover", Access::Staff(Action::CountyWrite), county::handover::submit),
        get("/county/hours", Access::Staff(Action::CountyWrite), county::hours::show),
        post("/county/hours", Access::Staff(Action::CountyWrite), county::hours::submit),
        get("/county/rota", Access::Staff(Action::CountyWrite), county::rota::show),
        post("/county/rota", Access::Staff(Action::CountyWrite), county::rota::add),
        post("/county/rota/remove", Access::Staff(Action::CountyWrite), county::rota::remove),
        get("/county/waits", Access::Staff(Action::CountyWrite), county::waits::show),
        post("/county/waits", Access::Staff(Action::CountyWrite), county::waits::submit),
    ]
}

fn rules_rows() -> Vec<Route> {
    let rules = Access::Staff(Action::RulesRead);
    let writes = Access::Staff(Action::RulesWrite);
    let signs = Access::Staff(Action::RulesSignOff);
    vec![
        get("/rules", rules, matching::book::show),
        get("/rules/editions/{edition}", rules, matching::book::edition),
        post("/rules/editions/{edition}/back", signs, matching::sign::go_back),
        post("/rules/begin", writes, matching::change::begin),
        get("/rules/draft/new", writes, matching::rule::new),
        post("/rules/draft/new", writes, matching::rule::create),
        get("/rules/draft/{rule}", writes, matching::rule::show),
        post("/rules/draft/{rule}", writes, matching::rule::save),
        post("/rules/draft/{rule}/move", writes, matching::change::move_rule),
        post("/rules/draft/{rule}/remove", writes, matching::change::remove_rule),
        get("/rules/cases/new", writes, matching::case::new),
        post("/rules/cases/new", writes, matching::case::create),
        get("/rules/cases/{case}", writes, matching::case::show),
        post("/rules/cases/{case}", writes, matching::case::save),
        post("/rules/cases/{case}/remove", writes, matching::change::remove_case),
        post("/rules/dry-run", writes, matching::run::begin),
        post("/rules/submit", writes, matching::sign::submit),
        post("/rules/drop", writes, matching::change::drop_draft),
        get("/rules/sign-off", signs, matching::sign::show),
        post("/rules/sign-off", signs, matching::sign::sign_off),
        post("/rules/give-back", signs, matching::sign::give_back),
        get("/rules/use", Access::Staff(Action::OverridesRead), matching::overrides::show),
    ]
}

fn content_rows() -> Vec<Route> {
    use content::{edit, sign, view};
    vec![
        get("/content", Access::Staff(Action::ContentRead), content::list::show),
        get("/content/new", Access::Staff(Action::ContentWrite), edit::new),
        post("/content/new", Access::Staff(Action::ContentWrite), edit::create),
        get("/content/{text}", Access::Staff(Action::ContentRead), view::show),
        get("/content/{text}/preview", Access::Staff(Action::ContentRead), view::preview),
        get("/content/{text}/editions/{number}", Access::Staff(Action::ContentRead), view::edition),
        get("/content/{text}/edit", Access::Staff(Action::ContentWrite), edit::show),
        post("/content/{text}/edit", Access::Staff(Action::ContentWrite), edit::save),
        post("/content/{text}/submit", Access::Staff(Action::ContentWrite), sign::submit),
        get("/content/{text}/sign-off", Access::Staff(Action::ContentSignOff), sign::show),
        post("/content/{text}/sign-off", Access::Staff(Action::ContentSignOff), sign::decide),
        post("/content/{text}/withdraw", Access::Staff(Action::ContentWithdraw), sign::withdraw),
    ]
}

fn directory_rows() -> Vec<Route> {
    use directory::{due, edit, find, imports, view};
    vec![
        get("/directory", Access::Staff(Action::ServiceRead), find::show),
        get("/directory/due", Access::Staff(Action::ServiceWrite), due::show),
        get("/directory/new", Access::Staff(Action::ServiceWrite), edit::new),
        post("/directory/new", Access::Staff(Action::ServiceWrite), edit::create),
        get("/directory/imports", Access::Staff(Action::ServiceImport), imports::list),
        get("/directory/imports/{import}", Access::Staff(Action::ServiceImport), imports::show),
        get("/directory/{service}", Access::Staff(Action::ServiceRead), view::show),
        get("/directory/{service}/edit", Access::Staff(Action::ServiceWrite), edit::show),
        post("/directory/{service}/edit", Access::Staff(Action::ServiceWrite), edit::save),
        get("/directory/{service}/check", Access::Staff(Action::ServiceWrite), view::check_form),
        post("/directory/{service}/check", Access::Staff(Action::ServiceWrite), view::check),
        post("/directory/{service}/listing", Access::Staff(Action::ServiceWrite), view::listing),
    ]
}

fn enter_rows() -> Vec<Route> {
    use enter::before;
    vec![
        get("/enter", Access::Staff(Action::EntryWrite), enter::begin::show),
        post("/enter", Access::Staff(Action::EntryWrite), enter::begin::submit),
        get(before::PATH, Access::Staff(Action::PersonFind), before::show),
        post(before::PATH, Access::Staff(Action::PersonFind), before::search),
        post("/enter/before/start", Access::Staff(Action::EntryWrite), before::start::submit),
        get("/enter/before/{referral}", Access::Staff(Action::PersonFind), before::known::show),
        get("/enter/{entry}", Access::Staff(Action::EntryWrite), enter::finish::whole),
        post("/enter/{entry}/danger", Access::Staff(Action::EntryWrite), enter::finish::danger),
        post("/enter/{entry}/send", Access::Staff(Action::EntryWrite), enter::finish::send),
        get("/enter/{entry}/done", Access::Staff(Action::EntryWrite), enter::slip::done),
        post("/enter/{entry}/phrase", Access::Staff(Action::EntryWrite), enter::slip::phrase),
        get("/enter/{entry}/files", Access::Staff(Action::EntryWrite), enter::files::show),
        upload("/enter/{entry}/files", Access::Staff(Action::EntryWrite), enter::files::add),
        post("/enter/{entry}/files/{file}/remove", Access::Staff(Action::EntryWrite), enter::files::remove),
        get("/enter/{entry}/{question}", Access::Staff(Action::EntryWrite), enter::question::show),
        post("/enter/{entry}/{question}", Access::Staff(Action::EntryWrite), enter::question::save),
    ]
}

fn list_rows() -> Vec<Route> {
    use worklist::saved;
    vec![
        get(task::my_day::PATH, Access::Staff(Action::MyDay), task::my_day::show),
        get(task::covered::PATH, Access::Staff(Action::MyDay), task::covered::show),
        get(task::handovers::QUEUE, Access::Staff(Action::HandoverAnswer), task::handovers::show),
        get(worklist::PATH, Access::Staff(Action::Worklist), worklist::list),
        get("/worklist/new", Access::Staff(Action::Worklist), worklist::new),
        post("/worklist/give", Access::Staff(Action::TaskGive), worklist::give::submit),
        get("/worklist/filters", Access::Staff(Action::Worklist), saved::list),
        get("/worklist/filters/new", Access::Staff(Action::Worklist), saved::new),
        post("/worklist/filters/new", Access::Staff(Action::Worklist), saved::keep),
        get("/worklist/filters/{filter}", Access::Staff(Action::Worklist), saved::show),
        post("/worklist/filters/{filter}", Access::Staff(Action::Worklist), saved::rename),
        post("/worklist/filters/{filter}/remove", Access::Staff(Action::Worklist), saved::remove),
        get(insight::PATH, Access::Staff(Action::ReportRead), insight::show),
        get("/reports/csv", Access::Staff(Action::ReportRead), insight::csv),
        get("/overdue", Access::Staff(Action::Worklist), worklist::overdue),
        get(care::queue::PATH, Access::Staff(Action::CaseloadRead), care::queue::show),
        get(duty::BOARD, Access::Staff(Action::DutyAcknowledge), duty::board),
        post("/duty/{page}/acknowledge", Access::Staff(Action::DutyAcknowledge), duty::acknowledge),
        get("/find", Access::Staff(Action::ReferralRead), referral::find::find),
        get(sent::LIST, Access::Staff(Action::SentRead), sent::show),
        get("/sent/keep/{id}/{token}", Access::Staff(Action::SentRead), sent::ask),
        post("/sent/keep/{id}/{token}", Access::Staff(Action::SentRead), sent::keep),
    ]
}

fn record_rows() -> Vec<Route> {
    use referral::same::{compare, list, undo};
    let matches = Access::Staff(Action::PersonMatch);
    let opens = Access::Staff(Action::FileOpenUnscanned);
    vec![
        get("/referrals/{id}", Access::Staff(Action::ReferralRead), referral::show::show),
        get("/referrals/{id}/status-link", Access::Staff(Action::StatusLink), referral::link::show),
        post("/referrals/{id}/status-link", Access::Staff(Action::StatusLink), referral::link::submit),
        get("/referrals/{id}/same", matches, list::show),
        post("/referrals/{id}/same", matches, list::nobody),
        get("/referrals/{id}/same/{other}", matches, compare::show),
        post("/referrals/{id}/same/{other}", matches, compare::confirm),
        get("/referrals/{id}/matches/{match}", matches, undo::show),
        post("/referrals/{id}/matches/{match}", matches, undo::submit),
        post("/referrals/{id}/open", Access::Staff(Action::ReferralScreen), referral::show::open),
        post("/referrals/{id}/new-read", Access::Staff(Action::NewRead), referral::show::new_read),
        post("/referrals/{id}/notices/{notice}", Access::Staff(Action::NoticeTell), parts::notice),
        get("/referrals/{id}/notices/{notice}/letter", Access::Staff(Action::NoticeTell), letter::show),
        get("/referrals/{id}/files/{file}", Access::Staff(Action::FileRead), file::record::save),
        get("/referrals/{id}/files/{file}/open", opens, file::record::ask),
        post("/referrals/{id}/files/{file}/open", opens, file::record::open),
        post("/referrals/{id}/tasks/{task}/end", Access::Staff(Action::TaskEnd), parts::end_task),
        post("/referrals/{id}/clocks/{clock}/explain", Access::Staff(Action::BreachExplain), parts::explain),
    ]
}

fn step_rows() -> Vec<Route> {
    let decide = Access::Staff(Action::ReferralDecide);
    let answer = Access::Staff(Action::HandoverAnswer);
    let rows = [
        step::<Triage>("/referrals/{id}/triage", Access::Staff(Action::ReferralTriage)),
        step::<AskOnce>("/referrals/{id}/ask-once", Access::Staff(Action::EnquiryMake)),
        step::<TakeAnswer>("/referrals/{id}/take-answer", Access::Staff(Action::EnquiryAnswer)),
        step::<Signs>("/referrals/{id}/signs", Access::Staff(Action::SignsRecord)),
        step::<Accept>("/referrals/{id}/accept", decide),
        step::<Advise>("/referrals/{id}/advise", decide),
        step::<HandOver>("/referrals/{id}/hand-over", decide),
        step::<Offer>("/referrals/{id}/offer", Access::Staff(Action::HandoverOffer)),
        step::<TakeOver>("/referrals/{id}/take-over", answer),
        step::<CannotTake>("/referrals/{id}/cannot-take", answer),
        step::<Introduce>("/referrals/{id}/introduce", Access::Staff(Action::HandoverCarry)),
        step::<HaveMet>("/referrals/{id}/have-met", Access::Staff(Action::HandoverCarry)),
        step::<TakeBack>("/referrals/{id}/take-back", decide),
        step::<HoldPanel>("/referrals/{id}/panel", Access::Staff(Action::PanelHold)),
        step::<Withdraw>("/referrals/{id}/withdraw", Access::Staff(Action::ReferralWithdraw)),
        step::<Duplicate>("/referrals/{id}/duplicate", decide),
        step::<Death>("/referrals/{id}/death", decide),
        step::<HoldBack>("/referrals/{id}/unsafe-to-tell", decide),
        step::<Waive>("/referrals/{id}/without-agreement", decide),
        step::<Contact>("/referrals/{id}/contact", Access::Staff(Action::ContactRecord)),
        step::<PracticeRead>("/referrals/{id}/gp-receipt", Access::Staff(Action::GpAnswer)),
        step::<FollowUp>("/referrals/{id}/follow-up", Access::Staff(Action::FollowUpRecord)),
        step::<Allocate>("/referrals/{id}/allocate", Access::Staff(Action::EpisodeAllocate)),
    ];
    rows.into_iter().flatten().collect()
}

fn care_rows() -> Vec<Route> {
    let names = Access::Staff(Action::EpisodeAllocate);
    let records = Access::Staff(Action::ContactRecord);
    let reads = Access::Staff(Action::CaseloadRead);
    let writes = Access::Staff(Action::WorkerWrite);
    let steps = [
        step::<ChangeWorker>("/referrals/{id}/change-worker", names),
        step::<WishWorker>("/referrals/{id}/wish-worker", records),
        step::<DoPart>("/referrals/{id}/four-weeks", records),
    ];
    let mut rows = vec![
        get(care::workers::PATH, reads, care::workers::list),
        get("/workers/{user}", writes, care::workers::show),
        get("/workers/{user}/edit", writes, care::edit::show),
        post("/workers/{user}/edit", writes, care::edit::save),
        get("/workers/{user}/away", writes, care::edit::away),
        post("/workers/{user}/away", writes, care::edit::save_away),
        post("/workers/{user}/back", writes, care::workers::back),
        post("/workers/{user}/looked-up", Access::Staff(Action::RegistrationCheck), care::workers::looked_up),
        get("/workers/{user}/people", reads, care::people::show),
        post("/workers/{user}/people", names, care::people::hand_over),
        get("/capacity", Access::Staff(Action::CapacityRead), care::capacity::show),
    ];
    rows.extend(steps.into_iter().flatten());
    rows
}

/// The router, built from the table and nothing else.
#[expect(clippy::disallowed_methods, reason = "this is the file that builds the router")]
pub fn router(app: &App, health: Health) -> Router {
    let mut router = Router::new();
    for row in table() {
        let gate = from_fn_with_state((app.clone(), row.access), gate::gate);
        router = router.route(row.path, row.handler.layer(gate));
    }
    router
        .with_state(app.clone())
        .layer(from_fn_with_state(app.clone(), gate::same_origin))
        .layer(CsrfLayer::new())
        // A panic is our mistake; the person still gets a page that says what to do.
        .layer(CatchPanicLayer::new())
        .layer(from_fn_with_state(app.clone(), gate::show_problems))
        .layer(from_fn_with_state(app.clone(), guard::headers))
        .layer(Extension(health))
}
