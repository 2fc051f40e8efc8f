//! Choosing services from the directory inside a form about a referral: what was looked for, what was found with contact,
//! opening hours and whom it helps, and which of it was chosen. Works without JavaScript: looking sends the form, and every
//! word that was typed stands there again.

use onedoor_domain::county::County;
use onedoor_domain::directory::entry::Entry;
use onedoor_domain::directory::{Listing, Search, Service};
use onedoor_domain::ids::ServiceId;
use onedoor_domain::value::Text;
use onedoor_store::{StoreError, Tx};

use super::step::Asked;
use crate::directory::words;
use crate::ui::{Button, Checkboxes, Choice, Markup};
use crate::web::form::RawForm;
use crate::words::Lang;

/// The field of what was chosen.
pub const CHOSEN: &str = "service";
/// The name of the button that looks.
pub const LOOK: &str = "look";
/// So many are shown: more words find fewer.
const MOST: usize = 10;
/// What a service says of itself is long enough to choose by.
const ABOUT: usize = 300;

/// The services of a form: those that were found, and those that were chosen before.
///
/// # Errors
/// [`StoreError::Refused`].
pub async fn found(tx: &mut Tx, county: &County, raw: &RawForm) -> Result<Vec<Service>, StoreError> {
    let short = |name: &str| raw.text(name).chars().take(200).collect::<String>();
    let search = Search { words: short("find"), place: short("find-place"), need: None, open_now: false };
    let mut services = Vec::new();
    if !(search.words.is_empty() && search.place.is_empty()) {
        services = tx.services(&search, &county.calendar, None).await?.services;
        services.truncate(MOST);
    }
    let chosen: Vec<ServiceId> = raw.all(CHOSEN).filter_map(|id| id.parse().ok()).take(MOST).collect();
    for id in chosen {
        if services.iter().all(|service| service.id != id) {
            match tx.service_view(id).await {
                Ok(service) => services.push(service),
                // A made-up id chooses nothing.
                Err(StoreError::Hidden) => {}
                Err(error) => return Err(error),
            }
        }
    }
    services.retain(|service| service.listing() == Listing::Live);
    Ok(services)
}

/// Whether the form was sent to look, and not to save.
pub fn looks(raw: &RawForm) -> bool {
    raw.text(LOOK) == "1"
}

/// Where to type what is looked for, and the button.
fn search(asked: &Asked<'_>) -> Markup {
    let button = Button {
        name: Some(LOOK),
        value: Some("1".to_owned()),
        ..Button::secondary(asked.lang.t("choose-look"))
    };
    Markup::all([
        asked.line("find", "choose-find", "choose-find-hint"),
        asked.short("find-place", "choose-place", ("choose-place-hint", 20)),
        Markup::of(&button),
    ])
}

fn nothing(asked: &Asked<'_>) -> Markup {
    let typed = !asked.raw.text("find").is_empty() || !asked.raw.text("find-place").is_empty();
    let said = typed.then(|| asked.lang.t("choose-nothing"));
    Markup::paragraphs(said)
}

/// The search, and one of what was found to choose.
pub fn one(asked: &Asked<'_>) -> Markup {
    let found = if asked.around.services.is_empty() {
        nothing(asked)
    } else {
        asked.radios(CHOSEN, "choose-one", choices(asked))
    };
    Markup::all([search(asked), found])
}

/// The search, and any of what was found to choose.
pub fn several(asked: &Asked<'_>) -> Markup {
    let found = if asked.around.services.is_empty() {
        nothing(asked)
    } else {
        Markup::of(&Checkboxes {
            field: asked.field(CHOSEN, "choose-several"),
            choices: choices(asked),
            values: asked.raw.all(CHOSEN).map(str::to_owned).collect(),
            small: false,
        })
    };
    Markup::all([search(asked), found])
}

fn choices(asked: &Asked<'_>) -> Vec<Choice> {
    let (lang, around) = (asked.lang, asked.around);
    let choice = |service: &Service| {
        let entry = service.entry();
        let open = words::open_words(lang, entry, around.now, &around.county.calendar);
        let mut lines = vec![Markup::from(open)];
        lines.extend(facts(lang, entry).into_iter().map(Markup::from));
        lines.push(words::checked_words(lang, service).into());
        lines.extend(words::mark(lang, service, around.now).map(|tag| Markup::of(&tag)));
        Choice::new(&service.id.to_string(), entry.name.as_str()).hint(crate::task::rows::stack(lines))
    };
    around.services.iter().map(choice).collect()
}

/// What the directory says of a service now, line by line: what it does, for whom, when and where, and how to reach it.
fn facts(lang: Lang, entry: &Entry) -> Vec<String> {
    let mut lines = Vec::new();
    let short = |text: &Text| {
        let text = text.as_str();
        let cut: String = text.chars().take(ABOUT).collect();
        if cut.len() < text.len() { format!("{cut}…") } else { cut }
    };
    lines.extend(entry.description.as_ref().map(short));
    let mut add = |key: &str, value: String| {
        if !value.is_empty() {
            lines.push(lang.tr("choose-fact", &[("what", lang.t(key)), ("value", value)]));
        }
    };
    let whom = words::ages(lang, entry).into_iter().chain(entry.eligibility.as_ref().map(short));
    add("directory-fact-for", whom.collect::<Vec<_>>().join(" "));
    let phones: Vec<String> = entry.all_phones().take(2).map(|phone| phone.number.to_string()).collect();
    add("directory-fact-phone", phones.join(", "));
    add("directory-fact-email", entry.email.as_ref().map(ToString::to_string).unwrap_or_default());
    add("directory-fact-url", entry.url.as_ref().map(ToString::to_string).unwrap_or_default());
    let there: Vec<String> = entry.service_at_locations.iter().take(2).map(words::place).collect();
    add("directory-fact-where", there.join("; "));
    let times: Vec<String> =
        entry.all_schedules().take(7).map(|schedule| words::schedule(lang, schedule)).collect();
    add("directory-fact-times", times.join("; "));
    lines
}

/// Those that were chosen.
pub fn chosen<'a>(raw: &RawForm, services: &'a [Service]) -> Vec<&'a Service> {
    let ids: Vec<&str> = raw.all(CHOSEN).collect();
    services.iter().filter(|service| ids.contains(&service.id.to_string().as_str())).collect()
}

/// What a letter says of those that were chosen, as the directory has it now.
pub fn written(lang: Lang, services: &[&Service]) -> Option<Text> {
    let one = |service: &&Service| {
        let entry = service.entry();
        let name = std::iter::once(entry.name.to_string());
        name.chain(facts(lang, entry)).collect::<Vec<_>>().join("\n")
    };
    services.iter().map(one).collect::<Vec<_>>().join("\n\n").parse().ok()
}
