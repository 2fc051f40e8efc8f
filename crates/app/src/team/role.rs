//! The words for roles.

use onedoor_domain::actor::Role;

use crate::words::Lang;

fn keys(role: Role) -> (&'static str, &'static str) {
    match role {
        Role::SpoaAdmin => ("role-spoa-admin", "role-spoa-admin-does"),
        Role::SpoaSenior => ("role-spoa-senior", "role-spoa-senior-does"),
        Role::KeyWorker => ("role-key-worker", "role-key-worker-does"),
        Role::CrisisTeam => ("role-crisis-team", "role-crisis-team-does"),
        Role::VcsWorker => ("role-vcs-worker", "role-vcs-worker-does"),
        Role::CafeHost => ("role-cafe-host", "role-cafe-host-does"),
        Role::Gp => ("role-gp", "role-gp-does"),
        Role::TeamManager => ("role-team-manager", "role-team-manager-does"),
        Role::ServiceManager => ("role-service-manager", "role-service-manager-does"),
        Role::Caldicott => ("role-caldicott", "role-caldicott-does"),
        Role::ContentEditor => ("role-content-editor", "role-content-editor-does"),
        Role::DirectoryEditor => ("role-directory-editor", "role-directory-editor-does"),
        Role::Sysadmin => ("role-sysadmin", "role-sysadmin-does"),
    }
}

/// What people call it.
pub fn role_name(lang: Lang, role: Role) -> String {
    lang.t(keys(role).0)
}

/// What it opens, in a sentence.
pub fn role_does(lang: Lang, role: Role) -> String {
    lang.t(keys(role).1)
}
