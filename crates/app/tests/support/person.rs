//! A person who asked for help, and what staff and the worker do about it, through the same seam as the pages.
#![allow(dead_code, reason = "each test file uses its part")]

use onedoor::secret::Secret;
use onedoor::settings::{Settings, Sources};
use onedoor::web::App;
use onedoor::web::app::{new_id, random};
use onedoor_domain::access::Action;
use onedoor_domain::actor::{Actor, Ctx, SystemScope, VisitorKey};
use onedoor_domain::change::{Changes, EventKind};
use onedoor_domain::county::County;
use onedoor_domain::door::{
    Answers, Danger, Identity, Needs, Permissions, SafeContact, SelfReferral, Told, Way,
};
use onedoor_domain::ids::{DraftId, ReferralId};
use onedoor_domain::referral::{Acceptance, Category, Children, Referral, TriageForm};
use onedoor_domain::refused::Refused;
use onedoor_domain::section::Section;
use onedoor_domain::task::TaskKind;
use onedoor_domain::value::Reference;

use super::support::House;

const VISITOR: VisitorKey = [9; 32];

pub fn by_text() -> Way {
    Way::Text { phone: "07700 900123".parse().unwrap() }
}

pub fn by_email() -> Way {
    Way::Email { email: "robin@post.example".parse().unwrap() }
}

pub fn by_letter() -> Way {
    Way::Letter { address: "1 Invented Row\nAshmere".parse().unwrap() }
}

/// The same installation, with a mail server and not as a demonstration.
pub fn mailing(house: &House, smtp_url: &str) -> App {
    let old = &house.app.settings;
    let variable = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let sources = Sources {
        file: None,
        environment: vec![
            variable("ONEDOOR_SMTP_URL", smtp_url),
            variable("ONEDOOR_MAIL_FROM", "Ashmere NHS <post@ashmere.example>"),
        ],
        data: Some(old.data.clone()),
        serve: onedoor::cli::Serve::default(),
    };
    let settings = Settings::from_sources(sources).unwrap();
    let secret = Secret::load_or_create(&settings.secret_file).unwrap();
    App::new(house.app.db.clone(), settings, secret, house.app.clock.clone())
}

/// Changes the county's settings.
pub async fn county(house: &House, change: impl FnOnce(&mut County)) {
    let ctx = house.app.system(house.demo.tenant, SystemScope::Command);
    let mut tx = house.app.db.begin(&ctx).await.unwrap();
    let (county, version) = tx.county().await.unwrap();
    let mut county = County::clone(&county);
    change(&mut county);
    tx.commit(county.change(&ctx, version)).await.unwrap();
}

/// What lies in the spool under this name.
pub fn spooled(house: &House, file: &str) -> String {
    let text = std::fs::read_to_string(house.app.settings.spool_dir.join(file)).unwrap();
    text.replace("=\r\n", "")
}

/// Nothing in it names a service, a subject or a request.
pub fn assert_neutral(text: &str, asked: &Asked) {
    let body = text.split_once("\r\n\r\n").or_else(|| text.split_once("\n\n")).map_or(text, |(_, body)| body);
    let lower = body.to_lowercase();
    for word in ["nhs", "ashmere", "health", "mental", "crisis", "help", "team", "referral", "request", "111"]
    {
        assert!(!lower.contains(word), "\"{word}\" in {body}");
    }
    assert!(!text.contains(&asked.reference.to_string()) && !text.contains("Ashmere NHS"), "{text}");
}

/// Saves a draft as a visitor does.
pub async fn draft(house: &House) -> DraftId {
    let id: DraftId = new_id().into();
    let ctx = visitor(house);
    let mut tx = house.app.db.begin(&ctx).await.unwrap();
    let draft = tx.draft_or_new(id, VISITOR).await.unwrap();
    let changes = draft.save(&ctx, Answers::default()).unwrap();
    tx.commit(changes).await.unwrap();
    id
}

/// Whether the visitor still finds the draft.
pub async fn has_draft(house: &House, id: DraftId) -> bool {
    let mut tx = house.app.db.begin(&visitor(house)).await.unwrap();
    let found = tx.draft(id, Action::DraftRead).await.is_ok();
    tx.close().await.unwrap();
    found
}

/// A persona as an actor.
async fn staff(house: &House, persona: &str) -> Ctx {
    let sign_in = house.app.system(house.demo.tenant, SystemScope::SignIn);
    let mut tx = house.app.db.begin(&sign_in).await.unwrap();
    let member = tx.user(house.demo.users[persona], Action::OwnSession).await.unwrap().member();
    tx.close().await.unwrap();
    house.app.ctx(house.demo.tenant, Actor::Staff(member))
}

fn visitor(house: &House) -> Ctx {
    house.app.ctx(house.demo.tenant, Actor::Public(Some(VISITOR)))
}

/// A request for help that arrived.
pub struct Asked {
    pub id: ReferralId,
    pub reference: Reference,
}

impl Asked {
    /// With a danger question answered yes.
    pub async fn flagged(house: &House, way: Way) -> Self {
        Self::send(house, way, false, vec![Danger::NotSafeFrom]).await
    }

    pub async fn by(house: &House, way: Way, say_nhs: bool) -> Self {
        Self::send(house, way, say_nhs, Vec::new()).await
    }

    async fn send(house: &House, way: Way, say_nhs: bool, dangers: Vec<Danger>) -> Self {
        let ctx = visitor(house);
        let mut tx = house.app.db.begin(&ctx).await.unwrap();
        let (county, _) = tx.county().await.unwrap();
        let draft = tx.draft_or_new(new_id().into(), VISITOR).await.unwrap();
        let sent = SelfReferral {
            identity: Identity::called("Robin".parse().unwrap()),
            contact: SafeContact { say_nhs, ..SafeContact::by(way) },
            why_now: Some("I cannot sleep.".parse().unwrap()),
            dangers,
            safe_for_now: false,
            permissions: Permissions::default(),
            needs: Needs::default(),
            told: Told::default(),
            origin: onedoor_domain::door::Origin::Own,
        };
        let reference = Reference::from_bytes(random());
        let id = ReferralId(draft.id.into());
        let spoa = county.spoa_team.unwrap();
        let arrival = Referral::receive(&ctx, draft, sent, reference.clone(), (&county, spoa)).unwrap();
        tx.commit(arrival.changes).await.unwrap();
        Self { id, reference }
    }

    /// As the worker reads it.
    pub async fn referral(&self, house: &House) -> Referral {
        let ctx = house.app.system(house.demo.tenant, SystemScope::Worker);
        let mut tx = house.app.db.begin(&ctx).await.unwrap();
        let referral = tx.referral(self.id, Action::ReferralRead).await.unwrap();
        tx.close().await.unwrap();
        referral
    }

    pub async fn open_tasks(&self, house: &House) -> Vec<TaskKind> {
        let referral = self.referral(house).await;
        referral.tasks().iter().filter(|task| task.is_open()).map(|task| task.kind).collect()
    }

    /// What happened to it, the newest first.
    pub async fn events(&self, house: &House) -> Vec<EventKind> {
        let ctx = house.app.system(house.demo.tenant, SystemScope::Worker);
        let mut tx = house.app.db.begin(&ctx).await.unwrap();
        let view = tx.referral_view(self.id).await.unwrap();
        tx.close().await.unwrap();
        let history = view.revealed.shown.iter().find_map(|section| match &**section {
            Section::History(events) => Some(events.iter().map(|event| event.kind).collect()),
            _ => None,
        });
        history.unwrap()
    }

    /// A persona takes one step.
    pub async fn acts(
        &self,
        house: &House,
        persona: &str,
        action: Action,
        step: impl FnOnce(&Ctx, Referral, &County) -> Result<Changes, Refused>,
    ) {
        self.steps(house, &staff(house, persona).await, action, step).await;
    }

    /// How many duty pages a persona's screen shows.
    pub async fn on_screens_of(&self, house: &House, persona: &str) -> usize {
        self.on_screen(house, &staff(house, persona).await).await
    }

    /// How many of them somebody's screen shows.
    pub async fn on_screen(&self, house: &House, ctx: &Ctx) -> usize {
        let mut tx = house.app.db.begin(ctx).await.unwrap();
        let pages = tx.open_pages(None).await.unwrap();
        tx.close().await.unwrap();
        pages.referrals.iter().filter(|referral| **referral == self.id).count()
    }

    /// The worker takes one step.
    pub async fn worker(
        &self,
        house: &House,
        step: impl FnOnce(&Ctx, Referral, &County) -> Result<Changes, Refused>,
    ) {
        let ctx = house.app.system(house.demo.tenant, SystemScope::Worker);
        self.steps(house, &ctx, Action::NoticeSend, step).await;
    }

    async fn steps(
        &self,
        house: &House,
        ctx: &Ctx,
        action: Action,
        step: impl FnOnce(&Ctx, Referral, &County) -> Result<Changes, Refused>,
    ) {
        let mut tx = house.app.db.begin(ctx).await.unwrap();
        let (county, _) = tx.county().await.unwrap();
        let referral = tx.referral(self.id, action).await.unwrap();
        let changes = step(ctx, referral, &county).unwrap();
        tx.commit(changes).await.unwrap();
    }

    /// Opened, triaged and accepted by the senior nurse.
    pub async fn accepted(&self, house: &House) {
        self.acts(house, "senior-nurse", Action::ReferralScreen, |ctx, it, _| it.open(ctx)).await;
        let form = TriageForm {
            category: Category::E,
            narrative: "Low for months.".parse().unwrap(),
            safety: "Has somebody to be with tonight.".parse().unwrap(),
            children: Children::None,
            emergency: None,
            competence: None,
        };
        self.acts(house, "senior-nurse", Action::ReferralTriage, |ctx, it, county| {
            it.triage(ctx, form, county)
        })
        .await;
        let ctx = house.app.system(house.demo.tenant, SystemScope::Command);
        let mut tx = house.app.db.begin(&ctx).await.unwrap();
        let teams = tx.teams().await.unwrap();
        tx.close().await.unwrap();
        let team = teams.iter().find(|team| team.id == house.demo.teams["north"]).unwrap().clone();
        let acceptance = Acceptance {
            team,
            contact_name: "Marcus".parse().unwrap(),
            next_step: "Marcus rings you.".parse().unwrap(),
            next_on: onedoor_domain::calendar::local_date(ctx.now).tomorrow().unwrap(),
        };
        self.acts(house, "senior-nurse", Action::ReferralDecide, |ctx, it, county| {
            it.accept(ctx, acceptance, county)
        })
        .await;
    }
}
