//! How somebody is reached, as their own page shows it and its form takes it. A number or an address is never shown in
//! full: somebody may look over a shoulder, or have found the phrase (hazard H05). What is not touched stays.

use onedoor_domain::door::{Answers, Question, SafeContact, Source, Told, Way, WayKind};
use onedoor_domain::value::Phone;

use crate::door::answers::{self, typed};
use crate::door::controls::way_field;
use crate::web::form::{FormErrors, RawForm};
use crate::words::Lang;

/// All of it, in lines: every way as much as tells it from another, and what goes with it.
pub(super) fn lines(lang: Lang, contact: &SafeContact) -> Vec<String> {
    let mut lines: Vec<String> = contact.ways().flat_map(|way| way_lines(lang, way)).collect();
    lines.push(lang.t(if contact.say_nhs { "door-row-nhs-yes" } else { "door-row-nhs-no" }));
    let more = [("door-row-times", &contact.safe_times), ("door-row-code-name", &contact.code_name)];
    lines.extend(
        more.into_iter()
            .filter_map(|(key, line)| Some(lang.tr(key, &[("value", line.as_ref()?.to_string())]))),
    );
    lines
}

fn way_lines(lang: Lang, way: &Way) -> Vec<String> {
    match way {
        Way::Call { phone, voicemail } => {
            let message = if *voicemail { "door-row-voicemail-yes" } else { "door-row-voicemail-no" };
            vec![lang.tr("track-reach-call", &[("end", ending(phone))]), lang.t(message)]
        }
        Way::Text { phone } => vec![lang.tr("track-reach-text", &[("end", ending(phone))])],
        Way::Email { email } => {
            let first: String = email.as_str().chars().take(1).collect();
            vec![lang.tr("track-reach-email", &[("start", first)])]
        }
        Way::Letter { .. } => vec![lang.t("track-reach-letter")],
        Way::InPerson { .. } => vec![lang.t("track-reach-person")],
    }
}

/// The last three digits.
fn ending(phone: &Phone) -> String {
    let digits: Vec<char> = phone.as_str().chars().collect();
    digits.iter().skip(digits.len().saturating_sub(3)).collect()
}

/// The ways that may stay as they are: those the person gave. What somebody else gave for them they type themselves, so
/// that nothing goes to an address that is another's.
fn theirs<'a>(contact: Option<&'a SafeContact>, told: Option<&Told>) -> Vec<&'a Way> {
    let given = told.and_then(|told| told.given_to(Question::Contact)).map(|given| given.source);
    let others = matches!(given, Some(Source::Carer | Source::Professional));
    let own = contact.filter(|contact| !contact.through_asker && !others);
    own.into_iter().flat_map(SafeContact::ways).collect()
}

/// How one is reached now, for the form.
pub(super) struct Known<'a> {
    contact: Option<&'a SafeContact>,
    ways: Vec<&'a Way>,
}

impl<'a> Known<'a> {
    /// Of what they told us.
    pub(super) fn of(answers: &'a Answers, told: Option<&Told>) -> Self {
        let contact = answers.contact.as_ref();
        Self { contact, ways: theirs(contact, told) }
    }

    fn has(&self, kind: WayKind) -> bool {
        self.ways.iter().any(|way| way.kind() == kind)
    }

    /// The form as it stands, without numbers and addresses.
    pub(super) fn form(&self, answers: &Answers) -> RawForm {
        let form = typed(Question::Contact, answers);
        let hidden = |name: &str| WayKind::ALL.into_iter().any(|kind| way_field(kind) == name);
        let kept = |name: &str, value: &str| match name {
            "contact" => WayKind::from_code(value).is_some_and(|kind| self.has(kind)),
            "voicemail" => self.has(WayKind::Call),
            _ => !hidden(name),
        };
        RawForm::of(form.fields().filter(|(name, value)| kept(name, value)))
    }

    /// What stands at the box of each way that is known: empty keeps it.
    pub(super) fn hints(&self, lang: Lang) -> Vec<(WayKind, String)> {
        let hint = |kind: WayKind| {
            let of_kind = self.ways.iter().filter(|way| way.kind() == kind);
            let ends = |way: &&&Way| match **way {
                Way::Call { phone, .. } | Way::Text { phone } => Some(ending(phone)),
                Way::Email { email } => Some(email.as_str().chars().take(1).collect()),
                Way::Letter { .. } | Way::InPerson { .. } => None,
            };
            let known: Vec<String> = of_kind.filter_map(|way| ends(&way)).collect();
            let known = known.join(", ");
            let words = match kind {
                WayKind::Call | WayKind::Text => lang.tr("track-keep-number", &[("end", known)]),
                WayKind::Email => lang.tr("track-keep-email", &[("start", known)]),
                WayKind::Letter => lang.t("track-keep-address"),
                WayKind::InPerson => lang.t("track-keep-place"),
            };
            (kind, words)
        };
        WayKind::ALL.into_iter().filter(|kind| self.has(*kind)).map(hint).collect()
    }

    /// How one wants to be reached from here on: a way that is ticked and left empty stays as it is.
    pub(super) fn take(&self, raw: &RawForm) -> (Option<SafeContact>, FormErrors) {
        let chosen = |kind: WayKind| raw.all("contact").any(|code| code == kind.code());
        let left = |kind: &WayKind| self.has(*kind) && chosen(*kind) && raw.text(way_field(*kind)).is_empty();
        let kept: Vec<WayKind> = WayKind::ALL.into_iter().filter(left).collect();
        let stays = kept.iter().filter_map(|kind| {
            let known = self.ways.iter().find(|way| way.kind() == *kind)?;
            Some((way_field(*kind), number_of(known)))
        });
        let stays: Vec<(&str, String)> = stays.collect();
        let filled = |name: &str| stays.iter().any(|(field, _)| *field == name);
        let all = raw.fields().filter(|(name, _)| !filled(name));
        let full = RawForm::of(all.chain(stays.iter().map(|(name, value)| (*name, value.as_str()))));
        let mut answers = Answers::default();
        let errors = answers::take(Question::Contact, &full, &mut answers, jiff::civil::Date::MIN);
        (answers.contact.map(|contact| self.with_all(contact, &kept)), errors)
    }

    /// Of a way that stays, every number there is of it stays; and where all stay, so does their order.
    fn with_all(&self, taken: SafeContact, kept: &[WayKind]) -> SafeContact {
        let leaves = self.ways.iter().find_map(|way| voicemail(way));
        let asks = taken.ways().find_map(voicemail);
        let stays = |way: &&&Way| kept.contains(&way.kind());
        let as_it_is = |way: &Way| match (way, asks) {
            (Way::Call { phone, .. }, Some(voicemail)) if asks != leaves => {
                Way::Call { phone: phone.clone(), voicemail }
            }
            _ => way.clone(),
        };
        let untouched = self.ways.iter().all(|way| kept.contains(&way.kind()))
            && taken.ways().all(|way| kept.contains(&way.kind()));
        let mut ways: Vec<Way> = if untouched {
            self.ways.iter().map(|way| as_it_is(way)).collect()
        } else {
            let of = |way: &Way| -> Vec<Way> {
                if !kept.contains(&way.kind()) {
                    return vec![way.clone()];
                }
                let same = self.ways.iter().filter(stays).filter(|known| known.kind() == way.kind());
                same.map(|known| as_it_is(known)).collect()
            };
            taken.ways().flat_map(of).collect()
        };
        if ways.is_empty() {
            return taken;
        }
        let way = ways.remove(0);
        SafeContact { way, also: ways, ..taken }
    }

    /// In lines, as the page shows it.
    pub(super) fn lines(&self, lang: Lang) -> Vec<String> {
        let mut lines = self.contact.map(|contact| lines(lang, contact)).unwrap_or_default();
        if self.contact.is_some() && self.ways.is_empty() {
            lines.push(lang.t("track-reach-others"));
        }
        lines
    }
}

fn voicemail(way: &Way) -> Option<bool> {
    if let Way::Call { voicemail, .. } = way { Some(*voicemail) } else { None }
}

/// As it would be typed.
fn number_of(way: &Way) -> String {
    match way {
        Way::Call { phone, .. } | Way::Text { phone } => phone.to_string(),
        Way::Email { email } => email.to_string(),
        Way::Letter { address } => address.to_string(),
        Way::InPerson { place } => place.to_string(),
    }
}
