//! The frame of staff pages: navigation by role on the side, tabs at the bottom of a phone.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::{
    accounts::model::Actor,
    http::Cx,
    kernel::roles::Role,
    supervision,
    ui::{Page, icon, page::Kind},
};

/// An entry of the navigation.
struct Entry {
    href: &'static str,
    label: &'static str,
    icon: &'static str,
    roles: &'static [Role],
}

/// Roles that work on cases.
pub const CASE_ROLES: &[Role] =
    &[Role::Office, Role::Handler, Role::DepartmentHead, Role::Leader, Role::SafeguardingLead];

/// Roles that take down what people say.
const LISTENERS: &[Role] = &[Role::HotlineOperator, Role::Office];

/// Roles that read what representatives and student inspectors saw.
const READERS: &[Role] = &[Role::Office, Role::Leader];

const ENTRIES: &[Entry] = &[
    Entry { href: "/desk", label: "desk.nav.cases", icon: icon::INBOX, roles: CASE_ROLES },
    Entry { href: "/desk/notices", label: "desk.nav.notices", icon: icon::BELL, roles: CASE_ROLES },
    Entry { href: "/desk/orders", label: "supervision.title", icon: icon::CLOCK, roles: supervision::READERS },
    Entry { href: "/desk/routing", label: "routing.title", icon: icon::ROUTE, roles: &[Role::Office] },
    Entry { href: "/desk/reports", label: "desk.nav.reports", icon: icon::CHART, roles: &[Role::Office, Role::Leader] },
    Entry { href: "/desk/hotline/new", label: "desk.nav.hotline", icon: icon::PHONE, roles: LISTENERS },
    Entry { href: "/desk/hotline", label: "hotline.log.hotline", icon: icon::CLOCK, roles: LISTENERS },
    Entry { href: "/desk/walk-in/new", label: "desk.nav.walk_in", icon: icon::SPEECH, roles: LISTENERS },
    Entry { href: "/desk/boxes", label: "boxes.title", icon: icon::LIST, roles: &[Role::Office] },
    Entry { href: "/desk/visits", label: "desk.nav.visits", icon: icon::PEOPLE, roles: READERS },
    Entry { href: "/desk/patrols", label: "desk.nav.patrols", icon: icon::SHEET, roles: READERS },
    Entry { href: "/rep", label: "representatives.own.title", icon: icon::HOUSE, roles: &[Role::Representative] },
    Entry { href: "/rep/visits", label: "desk.nav.visits", icon: icon::SHEET, roles: &[Role::Representative] },
    Entry { href: "/patrol", label: "desk.nav.patrols", icon: icon::SHEET, roles: &[Role::StudentInspector] },
    Entry {
        href: "/desk/letters",
        label: "letters.title",
        icon: icon::LETTER,
        roles: &[Role::Office, Role::Admin, Role::Leader],
    },
    Entry {
        href: "/desk/access-points",
        label: "desk.nav.access_points",
        icon: icon::QR,
        roles: &[Role::Office, Role::Admin],
    },
    Entry {
        href: "/desk/questionnaires",
        label: "questionnaires.title",
        icon: icon::SHEET,
        roles: &[Role::Office, Role::Admin],
    },
    Entry {
        href: "/desk/representatives",
        label: "representatives.title",
        icon: icon::PEOPLE,
        roles: &[Role::Office, Role::Leader],
    },
    Entry { href: "/admin", label: "desk.nav.organization", icon: icon::HOUSE, roles: &[Role::Admin] },
    Entry { href: "/admin/staff", label: "desk.nav.staff", icon: icon::PEOPLE, roles: &[Role::Admin] },
    Entry { href: "/admin/audit", label: "desk.nav.audit", icon: icon::LIST, roles: &[Role::Auditor] },
    Entry { href: "/account", label: "desk.nav.account", icon: icon::SPEECH, roles: Role::ALL },
];

/// A page for staff: a table, a form, a report. `main` is everything beside the navigation.
pub fn admin_page(cx: &Cx, title: impl Into<String>, main: impl IntoAny) -> Page {
    let main = main.into_any();
    framed(cx, title.into(), "admin", view! { <main class="admin-pane" id="main">{main}</main> }.into_any())
}

/// A page of the desk with panes of its own.
pub fn desk_page(cx: &Cx, title: impl Into<String>, class: &'static str, panes: impl IntoAny) -> Page {
    framed(cx, title.into(), class, panes.into_any())
}

fn framed(cx: &Cx, title: String, class: &'static str, panes: AnyView) -> Page {
    let actor = cx.actor.clone();
    let body = view! {
        {actor.as_ref().map(|a| side_nav(cx, a))}
        {panes}
        {actor.as_ref().map(|a| tab_bar(cx, a))}
    };
    Page { title, kind: Kind::Desk, class, bundle: None, status: StatusCode::OK, body: body.into_any() }
}

fn entries(actor: &Actor) -> impl Iterator<Item = &'static Entry> {
    let role = actor.role;
    ENTRIES.iter().filter(move |e| e.roles.contains(&role))
}

fn current(cx: &Cx, href: &str) -> Option<&'static str> {
    // The log of calls has the screen's address as its beginning.
    let is_log = href == "/desk/hotline" && cx.path.starts_with("/desk/hotline") && !cx.path.ends_with("/new");
    let here = if is_log {
        true
    } else if href == "/admin" || href == "/desk" || href == "/desk/hotline" {
        &*cx.path == href || (href == "/desk" && cx.path.starts_with("/desk/cases"))
    } else {
        // The home of a representative stands above their visits.
        cx.path.starts_with(href) && !(href == "/rep" && cx.path.starts_with("/rep/visits"))
    };
    here.then_some("page")
}

fn side_nav(cx: &Cx, actor: &Actor) -> AnyView {
    let items = entries(actor)
        .map(|e| {
            view! { <a href=e.href aria-current=current(cx, e.href)>{icon::icon(e.icon)}<span>{cx.t(e.label)}</span></a> }
        })
        .collect_view();
    let (organization, name) = (actor.organization_name.clone(), actor.display_name.clone());
    let csrf = cx.csrf.to_string();
    view! {
        <nav class="side-nav" id="nav" aria-label=cx.t("desk.nav.label")>
            <a class="nav-close" href="#main" aria-label=cx.t("ui.close")>"×"</a>
            <div class="brand"><img src="/icon.svg" alt="" width="28" height="28"/><span>{cx.t("ui.product")}</span></div>
            <p class="nav-heading">{organization}</p>
            {items}
            <div class="nav-foot">
                <p class="nav-heading">{name}" · "{cx.word("role", actor.role.code())}</p>
                <form method="post" action="/logout">
                    <input type="hidden" name="csrf" value=csrf/>
                    <button class="button quiet small" type="submit">{cx.t("accounts.sign_out")}</button>
                </form>
            </div>
        </nav>
    }
    .into_any()
}

fn tab_bar(cx: &Cx, actor: &Actor) -> AnyView {
    let items = entries(actor)
        .take(4)
        .map(|e| {
            view! { <a href=e.href aria-current=current(cx, e.href)>{icon::icon(e.icon)}<span>{cx.t(e.label)}</span></a> }
        })
        .collect_view();
    view! {
        <nav class="tab-bar" aria-label=cx.t("desk.nav.label")>
            {items}
            <a href="#nav">{icon::icon(icon::MENU)}<span>{cx.t("desk.nav.more")}</span></a>
        </nav>
    }
    .into_any()
}
