//! What the navigation of staff pages holds: entries in groups, each for its roles, and the few that a phone shows as
//! tabs. To add a page to it, add an [`Entry`] to a group; to make it a tab, name its address in [`TABS`].

use crate::{
    accounts::model::Actor,
    callbacks,
    cases::{
        break_glass::{BREAKERS, REVIEWERS},
        identity::SECOND,
    },
    kernel::roles::Role,
    personal_data::{KEEPERS, RETENTION},
    rectifications, supervision,
    ui::{desk_page::CASE_ROLES, icon},
};

/// An entry of the navigation.
#[derive(Debug)]
pub struct Entry {
    /// The address of its page.
    pub href: &'static str,
    /// The key of its words.
    pub label: &'static str,
    /// The path of its icon.
    pub icon: &'static str,
    /// Who has it.
    pub whose: Whose,
}

/// Who has an entry.
#[derive(Debug)]
pub enum Whose {
    /// Everybody of these roles.
    Roles(&'static [Role]),
    /// Everybody of these roles, and whoever is the teacher of a class that patrols look at.
    RolesAndClassTeachers(&'static [Role]),
}

use Whose::{Roles, RolesAndClassTeachers};

/// Entries that belong together, under a heading.
#[derive(Debug)]
pub struct Group {
    /// The key of its heading.
    pub label: &'static str,
    /// Its entries.
    pub entries: &'static [Entry],
}

/// Roles that take down what people say.
const LISTENERS: &[Role] = &[Role::HotlineOperator, Role::Office];
/// Roles that read what representatives and student inspectors saw, and how it all goes.
const READERS: &[Role] = &[Role::Office, Role::Leader];
/// Roles that ask people something.
const ASKERS: &[Role] = &[Role::Office, Role::Admin];

/// Roles that write answers.
const ANSWERERS: &[Role] = &[Role::Office, Role::Handler, Role::DepartmentHead, Role::SafeguardingLead];

/// The whole navigation.
pub const GROUPS: &[Group] = &[
    Group { label: "desk.nav.group.cases", entries: CASES },
    Group { label: "desk.nav.group.channels", entries: CHANNELS },
    Group { label: "desk.nav.group.asking", entries: ASKING },
    Group { label: "desk.nav.group.overview", entries: OVERVIEW },
    Group { label: "desk.nav.group.keeping", entries: KEEPING },
];

/// What is to be done about cases.
const CASES: &[Entry] = &[
    Entry { href: "/desk", label: "desk.nav.cases", icon: icon::INBOX, whose: Roles(CASE_ROLES) },
    Entry { href: "/desk/notices", label: "desk.nav.notices", icon: icon::BELL, whose: Roles(CASE_ROLES) },
    Entry { href: "/desk/tasks", label: "todos.title", icon: icon::LIST, whose: Roles(CASE_ROLES) },
    Entry { href: "/desk/calendar", label: "month.title", icon: icon::SHEET, whose: Roles(CASE_ROLES) },
    Entry { href: "/desk/orders", label: "supervision.title", icon: icon::CLOCK, whose: Roles(supervision::READERS) },
    Entry {
        href: "/desk/rectifications",
        label: "rectifications.title",
        icon: icon::WRENCH,
        whose: Roles(rectifications::READERS),
    },
    Entry { href: "/desk/callbacks", label: "callbacks.title", icon: icon::SPEECH, whose: Roles(callbacks::READERS) },
    Entry { href: "/desk/identity-requests", label: "cases.identity.second", icon: icon::PERSON, whose: Roles(SECOND) },
    Entry { href: "/desk/erasures", label: "personal_data.erasures", icon: icon::LOCK, whose: Roles(KEEPERS) },
    Entry {
        href: "/desk/safeguarding",
        label: "safeguarding.title",
        icon: icon::FLAG,
        whose: Roles(&[Role::SafeguardingLead]),
    },
    Entry { href: "/desk/break-glass", label: "cases.glass.title", icon: icon::EYE, whose: Roles(BREAKERS) },
    Entry { href: "/desk/glass-reviews", label: "cases.glass.reviews", icon: icon::LIST, whose: Roles(REVIEWERS) },
];

/// The ways by which something comes in.
const CHANNELS: &[Entry] = &[
    Entry { href: "/desk/hotline/new", label: "desk.nav.hotline", icon: icon::PHONE, whose: Roles(LISTENERS) },
    Entry { href: "/desk/walk-in/new", label: "desk.nav.walk_in", icon: icon::SPEECH, whose: Roles(LISTENERS) },
    Entry { href: "/desk/hotline", label: "hotline.log.hotline", icon: icon::LIST, whose: Roles(LISTENERS) },
    Entry { href: "/desk/boxes", label: "boxes.title", icon: icon::BOX, whose: Roles(&[Role::Office]) },
    Entry { href: "/desk/visits", label: "desk.nav.visits", icon: icon::EYE, whose: Roles(READERS) },
    Entry { href: "/desk/patrols", label: "desk.nav.patrols", icon: icon::FLAG, whose: RolesAndClassTeachers(READERS) },
    Entry {
        href: "/rep",
        label: "representatives.own.title",
        icon: icon::HOUSE,
        whose: Roles(&[Role::Representative]),
    },
    Entry { href: "/rep/visits", label: "desk.nav.visits", icon: icon::SHEET, whose: Roles(&[Role::Representative]) },
    Entry { href: "/patrol", label: "desk.nav.patrols", icon: icon::SHEET, whose: Roles(&[Role::StudentInspector]) },
    Entry { href: "/desk/access-points", label: "desk.nav.access_points", icon: icon::QR, whose: Roles(ASKERS) },
];

/// Where the office asks, and listens to what comes back.
const ASKING: &[Entry] = &[
    Entry { href: "/desk/questionnaires", label: "questionnaires.title", icon: icon::SHEET, whose: Roles(ASKERS) },
    Entry {
        href: "/desk/letters",
        label: "letters.title",
        icon: icon::LETTER,
        whose: Roles(&[Role::Office, Role::Admin, Role::Leader]),
    },
];

/// How it all goes.
const OVERVIEW: &[Entry] =
    &[Entry { href: "/desk/reports", label: "desk.nav.reports", icon: icon::CHART, whose: Roles(READERS) }];

/// What is kept up, now and then.
const KEEPING: &[Entry] = &[
    Entry { href: "/desk/routing", label: "routing.title", icon: icon::ROUTE, whose: Roles(&[Role::Office]) },
    Entry { href: "/desk/templates", label: "templates.title", icon: icon::ENVELOPE, whose: Roles(ANSWERERS) },
    Entry { href: "/desk/macros", label: "macros.title", icon: icon::LIST, whose: Roles(&[Role::Office]) },
    Entry { href: "/desk/tags", label: "tags.title", icon: icon::FLAG, whose: Roles(&[Role::Office]) },
    Entry { href: "/desk/representatives", label: "representatives.title", icon: icon::PEOPLE, whose: Roles(READERS) },
    Entry { href: "/admin", label: "desk.nav.organization", icon: icon::HOUSE, whose: Roles(&[Role::Admin]) },
    Entry { href: "/admin/staff", label: "desk.nav.staff", icon: icon::PEOPLE, whose: Roles(&[Role::Admin]) },
    Entry {
        href: "/admin/retention",
        label: "personal_data.retention.title",
        icon: icon::CLOCK,
        whose: Roles(RETENTION),
    },
    Entry { href: "/admin/audit", label: "desk.nav.audit", icon: icon::LIST, whose: Roles(&[Role::Auditor]) },
    Entry { href: "/account", label: "desk.nav.account", icon: icon::PERSON, whose: Roles(Role::ALL) },
];

/// Tabs of a phone: the pages that a role opens most, at most four. A role that is not named has its first four entries.
const TABS: &[(Role, &[&str])] = &[
    (Role::Office, &["/desk", "/desk/notices", "/desk/hotline/new", "/desk/reports"]),
    (Role::Leader, &["/desk", "/desk/orders", "/desk/notices", "/desk/reports"]),
    (Role::SafeguardingLead, &["/desk/safeguarding", "/desk", "/desk/notices", "/desk/callbacks"]),
    (Role::Admin, &["/admin", "/admin/staff", "/desk/access-points", "/desk/questionnaires"]),
];

/// Most tabs beside "more".
const MOST_TABS: usize = 4;

/// The entries that a person has.
pub fn entries(actor: &Actor) -> impl Iterator<Item = &'static Entry> {
    GROUPS.iter().flat_map(|g| g.entries).filter(move |e| has(actor, e))
}

/// The groups that a person has something in, with what they have.
pub fn groups(actor: &Actor) -> impl Iterator<Item = (&'static Group, Vec<&'static Entry>)> {
    GROUPS
        .iter()
        .map(move |g| (g, g.entries.iter().filter(|e| has(actor, e)).collect::<Vec<_>>()))
        .filter(|(_, entries)| !entries.is_empty())
}

/// The tabs of a person's phone.
pub fn tabs(actor: &Actor) -> Vec<&'static Entry> {
    match TABS.iter().find(|(role, _)| *role == actor.role) {
        Some((_, hrefs)) => hrefs.iter().filter_map(|h| entries(actor).find(|e| e.href == *h)).collect(),
        None => entries(actor).take(MOST_TABS).collect(),
    }
}

/// The words of an entry as a tab, a fifth of a phone wide.
pub fn tab_label(entry: &Entry) -> &'static str {
    match entry.label {
        "questionnaires.title" => "desk.nav.tab.questionnaires",
        "desk.nav.organization" => "desk.nav.tab.organization",
        label => label,
    }
}

/// The entry under which a page stands, among those that a person has: the longest address that the page's begins with.
pub fn current(actor: &Actor, path: &str) -> Option<&'static Entry> {
    let path = match path {
        p if p.starts_with("/desk/cases/") => "/desk",
        p if p.starts_with("/desk/checklists") => "/desk/visits",
        "/desk/walk-in" => "/desk/hotline",
        p => p,
    };
    let is_above = |href: &str| {
        // Every page of the desk begins with the address of the list.
        path == href || (href != "/desk" && path.strip_prefix(href).is_some_and(|rest| rest.starts_with('/')))
    };
    entries(actor).filter(|e| is_above(e.href)).max_by_key(|e| e.href.len())
}

fn has(actor: &Actor, entry: &Entry) -> bool {
    match entry.whose {
        Roles(roles) => roles.contains(&actor.role),
        RolesAndClassTeachers(roles) => roles.contains(&actor.role) || actor.teaches_class,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{http::router, kernel::ids, kernel::roles::Role};

    fn person(role: Role, teaches_class: bool) -> Actor {
        Actor {
            session_id: ids::SessionId(uuid::Uuid::nil()),
            staff_id: ids::StaffId(uuid::Uuid::nil()),
            organization_id: ids::OrganizationId(uuid::Uuid::nil()),
            organization_name: String::new(),
            organization_slug: String::new(),
            emblem: String::new(),
            department_id: None,
            role,
            display_name: String::new(),
            username: String::new(),
            lang: crate::i18n::Lang::ZhCn,
            teaches_class,
        }
    }

    #[test]
    fn every_entry_leads_to_a_page_that_its_people_may_open() {
        let table = router::table();
        for role in Role::ALL {
            for entry in entries(&person(*role, false)) {
                let route = table.iter().find(|r| r.path == entry.href && !r.mutating).unwrap();
                assert!(route.access.admits(Some(*role)), "{role:?} {}", entry.href);
            }
        }
    }

    #[test]
    fn every_tab_is_an_entry_and_everybody_has_some() {
        for role in Role::ALL {
            let tabs = tabs(&person(*role, false));
            assert!((1..=MOST_TABS).contains(&tabs.len()), "{role:?}");
            if let Some((_, hrefs)) = TABS.iter().find(|(r, _)| r == role) {
                assert_eq!(tabs.iter().map(|e| e.href).collect::<Vec<_>>(), *hrefs, "{role:?}");
            }
        }
    }

    #[test]
    fn class_teachers_alone_find_the_day_sheets_beside_those_who_read_them_all() {
        let finds = |actor: &Actor| entries(actor).any(|e| e.href == "/desk/patrols");
        assert!(finds(&person(Role::Handler, true)) && finds(&person(Role::DepartmentHead, true)));
        assert!(!finds(&person(Role::Handler, false)) && finds(&person(Role::Leader, false)));
        assert!(router::table().iter().any(|r| r.path == "/desk/patrols" && r.access.admits(Some(Role::Handler))));
    }

    #[test]
    fn a_page_stands_under_one_entry() {
        let office = person(Role::Office, false);
        let here = |path: &str| current(&office, path).map(|e| e.href);
        assert_eq!(here("/desk"), Some("/desk"));
        assert_eq!(here("/desk/cases/ABC"), Some("/desk"));
        assert_eq!(here("/desk/hotline/new"), Some("/desk/hotline/new"));
        assert_eq!(here("/desk/hotline/roster"), Some("/desk/hotline"));
        assert_eq!(here("/desk/checklists/new"), Some("/desk/visits"));
        assert_eq!(here("/desk/nothing"), None);
        assert_eq!(current(&person(Role::Representative, false), "/rep/visits").map(|e| e.href), Some("/rep/visits"));
    }
}
