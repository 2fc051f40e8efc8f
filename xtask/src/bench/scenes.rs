//! What people do all day, as requests: the pages that are measured, each asked for as the person who uses it, about
//! somebody else each time.

use super::drive::Ask;
use super::host::Host;
use super::wire::Wire;
use crate::sh::Outcome;

/// Different records, people and requests to ask about: more than the caches of a small county hold.
const SAMPLE: usize = 5000;

/// What there is to ask about in this county.
pub struct Around {
    /// Records with their whole history.
    records: Vec<String>,
    /// Name, day, month and year of somebody there.
    people: Vec<[String; 4]>,
    /// Requests that a senior may triage, with the version that is decided about.
    triage: Vec<[String; 2]>,
}

/// One kind of request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scene {
    /// The list of the single point of access.
    Worklist,
    /// A senior's first page.
    MyDay,
    /// Everything about one request for help.
    Record,
    /// "Have you contacted us before?", by name and date of birth.
    PersonSearch,
    /// A senior's decision how soon.
    TriageSave,
}

impl Scene {
    /// Every kind, those that change something last.
    pub const ALL: [Self; 5] =
        [Self::Worklist, Self::MyDay, Self::Record, Self::PersonSearch, Self::TriageSave];

    /// Its name in figures.
    pub fn name(self) -> &'static str {
        match self {
            Self::Worklist => "worklist",
            Self::MyDay => "my_day",
            Self::Record => "record",
            Self::PersonSearch => "person_search",
            Self::TriageSave => "triage_save",
        }
    }

    /// The most processor time that a request may take, in milliseconds, where that was promised.
    pub fn goal(self) -> Option<f64> {
        match self {
            Self::Worklist => Some(0.8),
            Self::PersonSearch => Some(1.5),
            Self::MyDay | Self::Record | Self::TriageSave => None,
        }
    }

    /// How often it can be asked before there is nothing new to ask about.
    pub fn most(self, around: &Around) -> usize {
        if self == Self::TriageSave { around.triage.len() } else { usize::MAX }
    }

    /// Asks once.
    pub fn ask(self, around: &Around, wire: &mut Wire, n: usize) -> Outcome {
        match self {
            Self::Worklist => page(wire, "/worklist"),
            Self::MyDay => page(wire, "/my-day"),
            Self::Record => {
                let id = pick(&around.records, n).ok_or("there is no record to open")?;
                page(wire, &format!("/referrals/{id}"))
            }
            Self::PersonSearch => {
                let [name, day, month, year] =
                    pick(&around.people, n).ok_or("there is nobody to look for")?;
                let fields = [
                    ("by", "person"),
                    ("name", name),
                    ("born-on[day]", day),
                    ("born-on[month]", month),
                    ("born-on[year]", year),
                ];
                let found = wire.post("/enter/before", &fields)?.expect(200, "the search")?;
                let surname = name.rsplit(' ').next().unwrap_or(name);
                if found.text().contains(surname) { Ok(()) } else { Err(format!("{name} was not found")) }
            }
            Self::TriageSave => {
                let [id, version] = around.triage.get(n).ok_or("there is nothing to triage")?;
                let fields = [
                    ("version", version.as_str()),
                    ("category", "E"),
                    (
                        "narrative",
                        "Spoke for half an hour. Wants somebody to talk to, and sleeps badly since the move.",
                    ),
                    (
                        "safety",
                        "No thoughts of ending life. Knows whom to ring. A friend comes every evening.",
                    ),
                    ("children", "none"),
                ];
                let path = format!("/referrals/{id}/triage");
                let got = wire.post(&path, &fields)?.expect(303, &path)?;
                let done =
                    got.location.is_some_and(|to| to.contains("done=") && !to.contains("not-from-here"));
                if done { Ok(()) } else { Err(format!("{path} went somewhere else")) }
            }
        }
    }
}

impl Around {
    /// Looks for them.
    pub fn of(host: &Host) -> Outcome<Self> {
        let whole = "(('x' || right(r.id::text, 8))::bit(32)::bigint % 5 = 0)";
        let records = host.rows(&format!(
            "SELECT id FROM referral r WHERE {whole} ORDER BY hashtext(id::text) LIMIT {SAMPLE}"
        ))?;
        let people = host.rows(&format!(
            "SELECT body #>> '{{identity,full_name}}', split_part(born, '-', 3), split_part(born, '-', 2),
                    split_part(born, '-', 1)
             FROM (SELECT id, body, body #>> '{{identity,born_on}}' AS born FROM person) AS p
             WHERE born IS NOT NULL AND body #>> '{{identity,full_name}}' IS NOT NULL
             ORDER BY hashtext(id::text) LIMIT {SAMPLE}"
        ))?;
        let triage = host.rows(
            "SELECT id, version FROM referral
             WHERE state IN ('screening', 'triaged') AND rank = 1 AND age_group = 'adult' AND source = 'me'
             ORDER BY hashtext(id::text)",
        )?;
        Ok(Self {
            records: records.into_iter().flatten().collect(),
            people: people.into_iter().filter_map(|row| row.try_into().ok()).collect(),
            triage: triage.into_iter().filter_map(|row| row.try_into().ok()).collect(),
        })
    }
}

/// Signs a persona of the demonstration in and gives the cookie.
pub fn sign_in(host: &Host, persona: &str) -> Outcome<String> {
    let got = Wire::new(host.addr()).post(&format!("/demo/{persona}"), &[])?.expect(303, "signing in")?;
    got.cookies
        .into_iter()
        .find(|cookie| cookie.starts_with("session="))
        .ok_or_else(|| "no session came".to_owned())
}

/// A question that a driver can ask.
pub fn asking(scene: Scene, around: &Around) -> impl Fn(&mut Wire, usize) -> Outcome + Sync + use<'_> {
    move |wire: &mut Wire, n: usize| scene.ask(around, wire, n)
}

/// As what [`super::drive`] takes.
pub fn as_ask<F: Fn(&mut Wire, usize) -> Outcome + Sync>(ask: &F) -> Ask<'_> {
    ask
}

fn page(wire: &mut Wire, path: &str) -> Outcome {
    wire.get(path)?.expect(200, path).map(drop)
}

/// Far apart each time, so that neighbours of one request are not warmed by the one before.
fn pick<T>(all: &[T], n: usize) -> Option<&T> {
    all.get(n.wrapping_mul(7919) % all.len().max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_has_a_turn() {
        let all: Vec<usize> = (0..50).collect();
        let picked: std::collections::BTreeSet<_> = (0..50).filter_map(|n| pick(&all, n)).collect();
        assert_eq!(picked.len(), 50);
        assert_eq!(pick::<usize>(&[], 3), None);
    }

    #[test]
    fn figures_of_different_kinds_have_different_names() {
        let names: std::collections::BTreeSet<_> = Scene::ALL.iter().map(|scene| scene.name()).collect();
        assert_eq!(names.len(), Scene::ALL.len());
    }
}
