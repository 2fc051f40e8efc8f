//! The personas: one for every kind of work the product knows so far.

use onedoor_domain::actor::Role;

/// A persona of the demonstration.
#[derive(Clone, Copy, Debug)]
pub struct Persona {
    /// Short name, for scripts and tests.
    pub key: &'static str,
    /// Invented name.
    pub name: &'static str,
    /// What they are, in words.
    pub profession: &'static str,
    /// Employer, a key of the county's organisations.
    pub org: &'static str,
    /// Roles.
    pub roles: &'static [Role],
    /// Teams, keys of the county's teams.
    pub teams: &'static [&'static str],
}

impl Persona {
    /// The sign-in name.
    pub fn email(&self) -> String {
        format!("{}@ashmere.example", self.key)
    }
}

/// Every persona with an account. The person, the carer and the GP practice use the public door.
pub const PERSONAS: [Persona; 18] = [
    Persona {
        key: "senior-nurse",
        name: "Nadia Okonjo",
        profession: "Senior mental health nurse",
        org: "trust",
        roles: &[Role::SpoaSenior],
        teams: &["spoa"],
    },
    Persona {
        key: "senior-social-worker",
        name: "Tom Brindle",
        profession: "Senior social worker",
        org: "council",
        roles: &[Role::SpoaSenior],
        teams: &["spoa"],
    },
    Persona {
        key: "administrator",
        name: "Priya Lal",
        profession: "Access administrator",
        org: "trust",
        roles: &[Role::SpoaAdmin],
        teams: &["spoa"],
    },
    Persona {
        key: "key-worker",
        name: "Marcus Webb",
        profession: "Occupational therapist",
        org: "trust",
        roles: &[Role::KeyWorker],
        teams: &["north"],
    },
    Persona {
        key: "peer-worker",
        name: "Anya Kowalska",
        profession: "Peer support worker",
        org: "trust",
        roles: &[Role::KeyWorker],
        teams: &["north"],
    },
    Persona {
        key: "community-nurse",
        name: "Joseph Mensah",
        profession: "Community nurse",
        org: "trust",
        roles: &[Role::KeyWorker],
        teams: &["north"],
    },
    Persona {
        key: "social-worker",
        name: "Ffion Rees",
        profession: "Social worker",
        org: "council",
        roles: &[Role::KeyWorker],
        teams: &["south", "young"],
    },
    Persona {
        key: "crisis-nurse",
        name: "Leo Castellan",
        profession: "Crisis nurse",
        org: "trust",
        roles: &[Role::CrisisTeam],
        teams: &["crisis", "spoa"],
    },
    Persona {
        key: "voluntary-worker",
        name: "Grace Amadi",
        profession: "Early help worker",
        org: "lantern",
        roles: &[Role::VcsWorker],
        teams: &["lantern"],
    },
    Persona {
        key: "harbour-host",
        name: "Sam Pennock",
        profession: "Crisis café host",
        org: "lantern",
        roles: &[Role::CafeHost],
        teams: &["harbour-cafe"],
    },
    Persona {
        key: "orchard-host",
        name: "Ines Duarte",
        profession: "Crisis café host",
        org: "lantern",
        roles: &[Role::CafeHost],
        teams: &["orchard-cafe"],
    },
    Persona {
        key: "gp",
        name: "Dr Hanna Voss",
        profession: "General practitioner",
        org: "practice",
        roles: &[Role::Gp],
        teams: &[],
    },
    Persona {
        key: "team-manager",
        name: "Colin Ashdown",
        profession: "Team manager",
        org: "trust",
        roles: &[Role::TeamManager],
        teams: &["spoa", "north", "young"],
    },
    Persona {
        key: "service-manager",
        name: "Ruth Levene",
        profession: "Service manager",
        org: "trust",
        roles: &[Role::ServiceManager],
        teams: &["spoa", "crisis", "north", "south", "young"],
    },
    Persona {
        key: "caldicott",
        name: "Dr Amir Sandhu",
        profession: "Caldicott guardian",
        org: "trust",
        roles: &[Role::Caldicott],
        teams: &[],
    },
    Persona {
        key: "content-editor",
        name: "Jo Penhale",
        profession: "Content editor",
        org: "trust",
        roles: &[Role::ContentEditor],
        teams: &[],
    },
    Persona {
        key: "directory-editor",
        name: "Bryn Maddox",
        profession: "Directory editor",
        org: "council",
        roles: &[Role::DirectoryEditor],
        teams: &[],
    },
    Persona {
        key: "system-administrator",
        name: "Kit Marlowe",
        profession: "System administrator",
        org: "trust",
        roles: &[Role::Sysadmin],
        teams: &[],
    },
];
