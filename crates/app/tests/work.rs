//! The worker: who is rung and when, what leaves and what it says, what goes up, what is removed.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::missing_panics_doc,
    missing_docs,
    reason = "a test stops here, and is named for what it shows"
)]

#[path = "support/mail.rs"]
mod mail;
#[path = "work/paging.rs"]
mod paging;
#[path = "support/person.rs"]
mod person;
mod support;

use std::time::Duration;

use jiff::SignedDuration;
use mail::Sink;
use onedoor::notice::Post;
use onedoor::work::{Worker, run_due};
use onedoor_domain::access::Action;
use onedoor_domain::change::EventKind;
use onedoor_domain::door::Way;
use onedoor_domain::duty::{Channel, Hours, Opening, Page, Rang, Rota, Rung, Shift};
use onedoor_domain::notice::{NoticeState, NoticeStep};
use onedoor_domain::referral::StateKind;
use onedoor_domain::task::{Level, TaskKind};
use person::{Asked, by_email, by_letter, by_text};
use support::House;

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

/// A county with a rota of this test's own: Leo on duty day and night, Nadia his deputy, then the crisis team, then Ruth.
async fn house() -> House {
    let house = support::house().await;
    let user = |key: &str| house.demo.users[key];
    let at = |moment: &str| moment.parse().unwrap();
    let shift = Shift {
        id: onedoor::web::app::new_id().into(),
        from: at("2026-11-01T00:00:00Z"),
        to: at("2027-02-01T00:00:00Z"),
        duty: user("crisis-nurse"),
        deputy: Some(user("senior-nurse")),
    };
    let (fallback_team, service_manager) = (Some(house.demo.teams["crisis"]), Some(user("service-manager")));
    person::county(&house, |county| {
        county.hours = Hours::always();
        county.rota = Rota { shifts: vec![shift], fallback_team, service_manager };
        county.reply_number = "01632 960500".parse().ok();
    })
    .await;
    house
}

/// Who was rung so far, in order, with how often.
fn rung(page: &Page) -> Vec<(&'static str, String, u32)> {
    let name = |call: &onedoor_domain::duty::Call| {
        call.to.as_ref().map_or_else(|| "nobody".to_owned(), ToString::to_string)
    };
    let step = |rung: &Rung| match rung {
        Rung::Duty(_) => "duty",
        Rung::Deputy(_) => "deputy",
        Rung::FallbackTeam(_) => "fallback",
        Rung::ServiceManager(_) => "manager",
        Rung::CrisisLine => "crisis line",
    };
    page.calls.iter().map(|call| (step(&call.rung), name(call), call.times)).collect()
}

async fn page(house: &House, asked: &Asked) -> Page {
    asked.referral(house).await.page().map(|page| (**page).clone()).unwrap()
}

// seed: 128
#[tokio::test]
async fn nobody_answers_and_the_whole_ladder_is_rung_at_its_times() {
    let house = house().await;
    let sink = Sink::taking().await;
    let app = person::mailing(&house, &sink.url());
    let asked = Asked::flagged(&house, by_text()).await;
    let mut so_far = Vec::new();
    let (leo, nadia, ruth) = ("Leo Castellan", "Nadia Okonjo", "Ruth Levene");
    let ladder = [
        ("duty", vec![leo]),
        ("deputy", vec![nadia]),
        ("fallback", vec![leo, ruth]),
        ("manager", vec![ruth]),
    ];
    for (step, names) in ladder {
        run_due(&app).await;
        so_far.extend(names.into_iter().map(|name| (step, name.to_owned(), 1)));
        assert_eq!(rung(&page(&house, &asked).await), so_far, "at {}", house.app.clock.now());
        // One second early nobody else is rung.
        house.later(MINUTE * 5 - SignedDuration::from_secs(1));
        run_due(&app).await;
        assert_eq!(rung(&page(&house, &asked).await), so_far);
        house.later(SignedDuration::from_secs(1));
    }
    run_due(&app).await;
    so_far.last_mut().unwrap().2 = 2;
    assert_eq!(rung(&page(&house, &asked).await), so_far, "the last one is rung again and again");
    let to: Vec<String> = sink.messages().into_iter().flat_map(|message| message.to).collect();
    let keys = [
        "crisis-nurse",
        "senior-nurse",
        "crisis-nurse",
        "service-manager",
        "service-manager",
        "service-manager",
    ];
    let by_step = |mut to: Vec<String>| {
        to[2..4].sort_unstable();
        to
    };
    assert_eq!(by_step(to), keys.map(|key| format!("{key}@ashmere.example")));
    for message in sink.messages() {
        assert!(message.text.contains("somebody needs a call now") && message.text.contains("/duty"));
        for secret in ["Robin", asked.reference.to_string().as_str(), "900123"] {
            assert!(!message.text.contains(secret), "{secret} in {}", message.text);
        }
    }
    let calls = page(&house, &asked).await.calls;
    assert!(calls.iter().all(
        |call| matches!(&call.outcome, Rang::Handed { answer } if answer.as_str().contains("queued as"))
    ));
}

// seed: 128
#[tokio::test]
async fn an_answer_by_name_stops_the_ladder() {
    let house = house().await;
    let sink = Sink::taking().await;
    let app = person::mailing(&house, &sink.url());
    let asked = Asked::flagged(&house, by_text()).await;
    run_due(&app).await;
    house.later(MINUTE * 2);
    asked.acts(&house, "crisis-nurse", Action::DutyAcknowledge, |ctx, it, _| it.acknowledge_page(ctx)).await;
    house.later(MINUTE * 60);
    run_due(&app).await;
    assert_eq!(sink.messages().len(), 1);
    let page = page(&house, &asked).await;
    assert_eq!(page.acknowledged.unwrap().name.as_str(), "Leo Castellan");
}

#[tokio::test]
async fn a_worker_that_was_late_passes_nobody_over() {
    let house = house().await;
    let asked = Asked::flagged(&house, by_text()).await;
    house.later(MINUTE * 47);
    run_due(&house.app).await;
    assert_eq!(rung(&page(&house, &asked).await), [("duty", "Leo Castellan".to_owned(), 1)]);
    house.later(MINUTE * 5);
    run_due(&house.app).await;
    assert_eq!(rung(&page(&house, &asked).await).last().unwrap().0, "deputy");
}

/// Weekdays from eight to eight.
async fn daytime_only(house: &House) {
    person::county(house, |county| {
        let day = |hour| jiff::civil::time(hour, 0, 0, 0);
        county.hours = Hours::weekdays(Opening { open: day(8), close: day(20) });
    })
    .await;
}

// seed: 128
#[tokio::test]
async fn at_night_the_crisis_line_is_told_until_the_duty_person_comes() {
    let house = house().await;
    daytime_only(&house).await;
    house.at("2026-11-25T02:30:00Z");
    let asked = Asked::flagged(&house, by_text()).await;
    run_due(&house.app).await;
    let first = page(&house, &asked).await;
    assert_eq!(rung(&first), [("crisis line", "nobody".to_owned(), 1)]);
    assert_eq!(first.calls[0].channel, Channel::Note);
    let Rang::Spooled { file } = &first.calls[0].outcome else { panic!("{:?}", first.calls) };
    let note = person::spooled(&house, file.as_str());
    assert!(note.contains("01632 960 555") && !note.contains("Robin"), "{note}");
    house.at("2026-11-25T07:58:00Z");
    run_due(&house.app).await;
    assert_eq!(rung(&page(&house, &asked).await), [("crisis line", "nobody".to_owned(), 2)]);
    house.at("2026-11-25T08:03:00Z");
    run_due(&house.app).await;
    assert_eq!(rung(&page(&house, &asked).await)[1], ("duty", "Leo Castellan".to_owned(), 1));
    house.later(MINUTE * 5);
    run_due(&house.app).await;
    assert_eq!(rung(&page(&house, &asked).await)[2].0, "deputy");
}

// seed: 128
#[tokio::test]
async fn on_a_bank_holiday_and_with_an_empty_rota_the_crisis_line_is_told() {
    let house = house().await;
    daytime_only(&house).await;
    person::county(&house, |county| county.crisis_email = "line@crisis.example".parse().ok()).await;
    let sink = Sink::taking().await;
    let app = person::mailing(&house, &sink.url());
    house.at("2026-12-25T11:00:00Z");
    Asked::flagged(&house, by_text()).await;
    run_due(&app).await;
    assert_eq!(sink.messages()[0].to, ["line@crisis.example"]);
    house.at("2026-11-24T11:00:00Z");
    person::county(&house, |county| county.rota.shifts.clear()).await;
    let asked = Asked::flagged(&house, by_text()).await;
    for _ in 0..12 {
        run_due(&app).await;
        house.later(MINUTE * 5);
    }
    let page = page(&house, &asked).await;
    assert_eq!(rung(&page), [("crisis line", "nobody".to_owned(), 12)], "it never ends by itself");
}

// seed: 128
#[tokio::test]
async fn a_channel_that_is_down_is_recorded_tried_again_and_does_not_stop_the_ladder() {
    let house = house().await;
    let app = person::mailing(&house, &mail::closed_port().await);
    let asked = Asked::flagged(&house, by_text()).await;
    for _ in 0..3 {
        run_due(&app).await;
        house.later(MINUTE);
    }
    let early = page(&house, &asked).await;
    assert_eq!(rung(&early), [("duty", "Leo Castellan".to_owned(), 3)], "tried again each minute");
    assert!(matches!(early.calls[0].outcome, Rang::Failed { .. }));
    house.later(MINUTE * 2);
    run_due(&app).await;
    assert_eq!(rung(&page(&house, &asked).await)[1].0, "deputy");
    assert_eq!(asked.on_screens_of(&house, "crisis-nurse").await, 1, "screens need no mail server");
}

#[tokio::test]
async fn a_message_that_may_say_who_we_are_tells_the_decision_and_closes() {
    let house = house().await;
    let sink = Sink::taking().await;
    let app = person::mailing(&house, &sink.url());
    let asked = Asked::by(&house, by_email(), true).await;
    run_due(&app).await;
    let receipt = asked.referral(&house).await;
    let NoticeState::Handed { answer, .. } = &receipt.notices()[0].state else { panic!("{receipt:?}") };
    assert!(answer.as_str().starts_with("250") && answer.as_str().contains("queued as"), "{answer:?}");
    asked.accepted(&house).await;
    assert_eq!(asked.referral(&house).await.kind(), StateKind::Telling, "deciding is not telling");
    run_due(&app).await;
    assert_eq!(asked.referral(&house).await.kind(), StateKind::Closed);
    let sent = sink.messages();
    assert_eq!(sent.len(), 2);
    assert!(sent[0].text.contains(&asked.reference.to_string()) && sent[0].text.contains("call 111"));
    assert!(
        sent[1].text.contains("North Ashmere Community Team") && sent[1].text.contains("Marcus rings you")
    );
    assert!(
        sent[1].text.contains("Message-ID: <") && sent[1].text.contains("Auto-Submitted: auto-generated")
    );
    let id = asked.referral(&house).await.notices()[1].id;
    // Providers change their mind.
    let bounced = NoticeStep::Failed { answer: "550 5.1.1 No such user".parse().unwrap() };
    asked.worker(&house, |ctx, it, county| it.step_notice(ctx, id, bounced, county)).await;
    let tasks = asked.open_tasks(&house).await;
    assert!(tasks.contains(&TaskKind::NotTold), "{tasks:?}");
}

#[tokio::test]
async fn a_neutral_message_never_counts_as_telling_the_decision() {
    let house = house().await;
    let sink = Sink::taking().await;
    let app = person::mailing(&house, &sink.url());
    let asked = Asked::by(&house, by_email(), false).await;
    asked.accepted(&house).await;
    run_due(&app).await;
    let referral = asked.referral(&house).await;
    assert!(
        matches!(referral.notices()[0].state, NoticeState::Handed { .. }),
        "the receipt says all there is"
    );
    assert!(matches!(referral.notices()[1].state, NoticeState::Asked { .. }), "{:?}", referral.notices());
    assert_eq!(referral.kind(), StateKind::Telling);
    assert!(asked.open_tasks(&house).await.contains(&TaskKind::Tell));
    let decision = &sink.messages()[1].text;
    assert!(
        decision.contains("01632 960 500") && decision.contains("Subject: A message for you"),
        "{decision}"
    );
    person::assert_neutral(decision, &asked);
    let id = referral.notices()[1].id;
    asked
        .acts(&house, "senior-nurse", Action::NoticeTell, |ctx, it, county| {
            it.step_notice(ctx, id, NoticeStep::ToldByPhone { needs: None }, county)
        })
        .await;
    assert_eq!(asked.referral(&house).await.kind(), StateKind::Closed);
}

#[tokio::test]
async fn nothing_that_is_spooled_or_printed_counts_as_told() {
    let house = house().await;
    for (way, say_nhs) in [(by_email(), true), (by_text(), true), (by_text(), false), (by_letter(), true)] {
        let asked = Asked::by(&house, way.clone(), say_nhs).await;
        asked.accepted(&house).await;
        run_due(&house.app).await;
        let referral = asked.referral(&house).await;
        assert_eq!(referral.kind(), StateKind::Telling, "{way:?}");
        let state = &referral.notices()[1].state;
        match (&way, state) {
            (Way::Letter { .. }, NoticeState::Queued) => {}
            (_, NoticeState::Spooled { file, .. }) => {
                let text = person::spooled(&house, file.as_str());
                assert_eq!(text.contains("Ashmere"), say_nhs, "{text}");
                if !say_nhs {
                    person::assert_neutral(&text, &asked);
                }
            }
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn a_letter_is_told_when_a_named_person_has_posted_it() {
    let house = house().await;
    let asked = Asked::by(&house, by_letter(), true).await;
    asked.accepted(&house).await;
    let id = asked.referral(&house).await.notices()[1].id;
    let posted = NoticeStep::Posted { address_checked: true, needs: None };
    for (step, after) in [(NoticeStep::Printed, StateKind::Telling), (posted, StateKind::Closed)] {
        asked
            .acts(&house, "administrator", Action::NoticeTell, |ctx, it, county| {
                it.step_notice(ctx, id, step, county)
            })
            .await;
        assert_eq!(asked.referral(&house).await.kind(), after);
    }
}

#[tokio::test]
async fn a_refused_address_is_failed_at_once_and_a_human_is_asked() {
    let house = house().await;
    let sink = Sink::refusing().await;
    let app = person::mailing(&house, &sink.url());
    let asked = Asked::by(&house, by_email(), true).await;
    run_due(&app).await;
    let referral = asked.referral(&house).await;
    let NoticeState::Failed { answer, .. } = &referral.notices()[0].state else { panic!("{referral:?}") };
    assert!(answer.as_str().contains("No such user"), "the provider's own words: {answer:?}");
    assert!(asked.open_tasks(&house).await.contains(&TaskKind::NotTold));
}

#[tokio::test]
async fn a_server_that_hangs_is_tried_again_for_hours_and_then_a_human_is_asked() {
    let house = house().await;
    let sink = Sink::hanging().await;
    let app = person::mailing(&house, &sink.url());
    let worker = Worker::with_post(&app, Post::patient(&app.settings, Duration::from_millis(80)));
    let asked = Asked::by(&house, by_email(), true).await;
    for minutes in [1, 5, 15, 60, 180] {
        worker.run_due().await;
        let referral = asked.referral(&house).await;
        assert_eq!(referral.notices()[0].state, NoticeState::Queued, "not given up before {minutes} minutes");
        let tries = sink.calls();
        house.later(MINUTE * minutes - SignedDuration::from_secs(1));
        worker.run_due().await;
        assert_eq!(sink.calls(), tries, "not tried before {minutes} minutes have passed");
        house.later(SignedDuration::from_secs(1));
    }
    worker.run_due().await;
    let referral = asked.referral(&house).await;
    assert!(matches!(referral.notices()[0].state, NoticeState::Failed { .. }), "{:?}", referral.notices());
    assert!(asked.open_tasks(&house).await.contains(&TaskKind::NotTold));
}

#[tokio::test]
async fn the_spool_keeps_whole_files_for_our_eyes_only() {
    use std::os::unix::fs::PermissionsExt as _;
    let house = house().await;
    let asked = Asked::by(&house, by_email(), true).await;
    run_due(&house.app).await;
    let spool = &house.app.settings.spool_dir;
    let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(spool), 0o700);
    let files: Vec<_> = std::fs::read_dir(spool).unwrap().map(|file| file.unwrap().path()).collect();
    assert_eq!(files.len(), 1, "{files:?}");
    assert_eq!(mode(&files[0]), 0o600);
    let id = asked.referral(&house).await.notices()[0].id;
    assert_eq!(files[0].file_name().unwrap().to_str().unwrap(), format!("{id}.eml"));
    let text = std::fs::read_to_string(&files[0]).unwrap();
    assert!(text.contains("To: robin@post.example") && text.contains(&asked.reference.to_string()), "{text}");
}

#[tokio::test]
async fn a_demonstration_sends_nothing_even_with_a_mail_server() {
    let house = house().await;
    let sink = Sink::taking().await;
    let mut settings = person::mailing(&house, &sink.url()).settings.clone();
    settings.demo = true;
    let worker = Worker::with_post(&house.app, Post::of(&settings));
    let asked = Asked::by(&house, by_email(), true).await;
    worker.run_due().await;
    assert!(matches!(asked.referral(&house).await.notices()[0].state, NoticeState::Spooled { .. }));
    assert_eq!(sink.calls(), 0);
}

#[tokio::test]
async fn two_workers_never_send_twice() {
    let house = house().await;
    let sink = Sink::taking().await;
    let app = person::mailing(&house, &sink.url());
    run_due(&app).await; // what the county itself has to do
    for _ in 0..12 {
        Asked::by(&house, by_email(), true).await;
    }
    let (one, other) = tokio::join!(run_due(&app), run_due(&app));
    assert_eq!(one + other, 12);
    let mut to: Vec<String> = sink.messages().iter().map(mail::Mail::id).collect();
    to.sort_unstable();
    to.dedup();
    assert_eq!((to.len(), sink.messages().len()), (12, 12));
}

#[tokio::test]
async fn an_overdue_task_goes_up_to_the_manager_and_a_day_later_to_the_service_manager() {
    let house = house().await;
    let asked = Asked::by(&house, by_letter(), true).await;
    let level = async |kind| {
        let referral = asked.referral(&house).await;
        referral.tasks().iter().find(|task| task.kind == kind).unwrap().level
    };
    house.at("2026-11-25T10:00:00Z");
    run_due(&house.app).await;
    assert_eq!(level(TaskKind::Triage).await, Level::Owner, "due now is not late");
    house.later(SignedDuration::from_secs(1));
    run_due(&house.app).await;
    assert_eq!(level(TaskKind::Triage).await, Level::TeamManager);
    house.later(SignedDuration::from_hours(24) + SignedDuration::from_secs(1));
    run_due(&house.app).await;
    assert_eq!(level(TaskKind::Triage).await, Level::ServiceManager);
    house.later(SignedDuration::from_hours(24 * 14));
    assert_eq!(run_due(&house.app).await, 0, "there is nobody above");
    let ups = asked.events(&house).await.into_iter().filter(|kind| *kind == EventKind::TaskEscalated);
    assert_eq!(ups.count(), 2);
}

#[tokio::test]
async fn a_draft_is_kept_for_thirty_days_and_then_removed() {
    let house = house().await;
    let draft = person::draft(&house).await;
    house.later(SignedDuration::from_hours(24 * 30) - SignedDuration::from_secs(1));
    run_due(&house.app).await;
    assert!(person::has_draft(&house, draft).await);
    house.later(SignedDuration::from_secs(1));
    assert_eq!(run_due(&house.app).await, 1);
    assert!(!person::has_draft(&house, draft).await);
    assert_eq!(run_due(&house.app).await, 0, "nothing is left to do");
}

#[tokio::test]
async fn a_message_told_by_a_human_meanwhile_is_not_sent() {
    let house = house().await;
    let sink = Sink::taking().await;
    let app = person::mailing(&house, &sink.url());
    let asked = Asked::by(&house, by_email(), true).await;
    let id = asked.referral(&house).await.notices()[0].id;
    asked
        .acts(&house, "administrator", Action::NoticeTell, |ctx, it, county| {
            it.step_notice(ctx, id, NoticeStep::ToldByPhone { needs: None }, county)
        })
        .await;
    run_due(&app).await;
    assert_eq!(sink.calls(), 0);
}
