//! The frame of staff pages: navigation by role and group on the side, tabs at the bottom of a phone.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::{
    accounts::model::Actor,
    http::Cx,
    i18n::Lang,
    kernel::roles::Role,
    ui::{
        Page, field, icon,
        nav::{self, Entry},
        page::Kind,
    },
};

/// Roles that work on cases.
pub const CASE_ROLES: &[Role] =
    &[Role::Office, Role::Handler, Role::DepartmentHead, Role::Leader, Role::SafeguardingLead];

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

fn side_nav(cx: &Cx, actor: &Actor) -> AnyView {
    let here = nav::current(actor, &cx.path).map(|e| e.href);
    let groups = nav::groups(actor)
        .map(|(group, entries)| {
            let items = entries.into_iter().map(|e| view! { <li>{link(cx, e, here)}</li> }).collect_view();
            let id = group.label.replace('.', "-");
            view! {
                <div class="nav-group">
                    <p class="nav-heading" id=id.clone()>{cx.t(group.label)}</p>
                    <ul aria-labelledby=id>{items}</ul>
                </div>
            }
        })
        .collect_view();
    let (organization, name) = (actor.organization_name.clone(), actor.display_name.clone());
    let csrf = cx.csrf.to_string();
    view! {
        <nav class="side-nav" id="nav" popover="auto" aria-label=cx.t("desk.nav.label")>
            <a class="nav-close by-address" href="#main" aria-label=cx.t("ui.close")>"×"</a>
            <button class="nav-close in-place" type="button" popovertarget="nav" popovertargetaction="hide" aria-label=cx.t("ui.close")>"×"</button>
            <div class="brand"><img src="/icon.svg" alt="" width="28" height="28"/><span>{cx.t("ui.product")}</span></div>
            <p class="nav-heading nav-organization">{organization}</p>
            <div class="nav-groups">{groups}</div>
            <div class="nav-foot">
                <p class="nav-heading">{name}" · "{cx.word("role", actor.role.code())}</p>
                {language(cx)}
                <form method="post" action="/logout">
                    <input type="hidden" name="csrf" value=csrf/>
                    <button class="button quiet small" type="submit">{cx.t("accounts.sign_out")}</button>
                </form>
            </div>
        </nav>
    }
    .into_any()
}

/// The other language, kept in the account; the page comes again in it.
fn language(cx: &Cx) -> AnyView {
    let (code, name) = match cx.lang {
        Lang::ZhCn => ("en", "English"),
        Lang::En => ("zh-CN", "中文"),
    };
    let here = if cx.query.is_empty() { cx.path.to_string() } else { format!("{}?{}", cx.path, cx.query) };
    view! {
        <form method="post" action="/account/language">
            {field::token(cx)}
            {field::hidden("lang", code)}
            {field::hidden("next", here)}
            <button class="button quiet small" type="submit" lang=code>{name}</button>
        </form>
    }
    .into_any()
}

fn tab_bar(cx: &Cx, actor: &Actor) -> AnyView {
    let here = nav::current(actor, &cx.path).map(|e| e.href);
    let tabs = nav::tabs(actor);
    let elsewhere = here.is_some_and(|h| tabs.iter().all(|e| e.href != h));
    let items = tabs.into_iter().map(|e| named(cx, e, nav::tab_label(e), here)).collect_view();
    let more = || view! { {icon::icon(icon::MENU)}<span>{cx.t("desk.nav.more")}</span> };
    let class = |how: &str| if elsewhere { format!("{how} is-here") } else { how.to_string() };
    view! {
        <nav class="tab-bar" aria-label=cx.t("desk.nav.tabs")>
            {items}
            // The menu opens and closes where the page stands; browsers that can't do that without scripts go to it.
            <a href="#nav" class=class("by-address")>{more()}</a>
            <button type="button" popovertarget="nav" class=class("in-place")>{more()}</button>
        </nav>
    }
    .into_any()
}

fn link(cx: &Cx, entry: &Entry, here: Option<&str>) -> AnyView {
    named(cx, entry, entry.label, here)
}

fn named(cx: &Cx, entry: &Entry, label: &str, here: Option<&str>) -> AnyView {
    let current = (here == Some(entry.href)).then_some("page");
    view! { <a href=entry.href aria-current=current>{icon::icon(entry.icon)}<span>{cx.t(label)}</span></a> }.into_any()
}
