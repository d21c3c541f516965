//! Saved views: above the list, with their numbers; `/desk/views`, where they are saved and taken away.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::{
    accounts::model::Actor,
    cases::{
        list::Filters,
        views::{self, Counted, LONGEST, MANY, SavedView, is_own},
    },
    error::{Error, Result},
    http::{Access, Cx, Req, Response, Route, respond},
    kernel::{ids::SavedViewId, roles::Role},
    ui::{
        self, FormState,
        desk_page::{self, CASE_ROLES},
        field::{self, Line},
    },
};

const HERE: &str = "/desk/views";

/// Routes.
pub fn routes() -> Vec<Route> {
    let everybody = Access::Roles(CASE_ROLES);
    vec![
        Route::get(HERE, everybody, page),
        Route::post(HERE, everybody, save),
        Route::post("/desk/views/{id}/remove", everybody, remove),
    ]
}

/// The views above the list.
pub fn nav(cx: &Cx, all: &[Counted], here: &Filters) -> Option<AnyView> {
    let items = all
        .iter()
        .map(|one| {
            let (name, href, current) = (one.view.name.clone(), one.filters.href(None), one.filters == *here);
            let count = one.count.map(|n| view! { <span class="nav-count">{number(n)}</span> });
            view! { <a class="filter" href=href aria-current=current.then_some("true")>{name}{count}</a> }
        })
        .collect_view();
    (!all.is_empty()).then(|| {
        view! {
            <nav class="filters" aria-label=cx.t("views.title")>{items}
                <a class="filter" href=HERE>{cx.t("views.keep")}</a></nav>
        }
        .into_any()
    })
}

/// `12`, `99+`.
pub(super) fn number(count: i64) -> String {
    if count >= MANY { format!("{}+", MANY - 1) } else { count.to_string() }
}

/// The way to save the list that is shown; for lists that are narrowed.
pub fn offer(cx: &Cx, filters: &Filters) -> Option<AnyView> {
    filters.is_narrowed().then(|| {
        let href = format!("{HERE}?list={}", crate::cases::list::escape(&filters.query()));
        view! { <a class="button quiet small" href=href>{cx.t("views.save")}</a> }.into_any()
    })
}

async fn page(req: Req) -> Result<Response> {
    show(&req, &FormState::of(req.query.clone()), StatusCode::OK).await
}

async fn show(req: &Req, state: &FormState, status: StatusCode) -> Result<Response> {
    let (cx, actor) = (&req.cx, req.actor()?);
    let all = views::mine(&mut req.app.db.read().await?, &actor).await?;
    let rows = all.iter().map(|view| row(cx, &actor, view)).collect_view();
    let main = view! {
        <header class="page-head"><h1>{cx.t("views.title")}</h1>
            <a class="button quiet" href="/desk">{cx.t("bulk.back")}</a></header>
        <p class="soft">{cx.t("views.explain")}</p>
        {field::error_summary(cx, state)}
        {state.values.has("list").then(|| form(cx, &actor, state))}
        {all.is_empty().then(|| view! { <p class="empty">{cx.t("views.none")}</p> })}
        <ul class="plain-list">{rows}</ul>
    };
    let page = desk_page::admin_page(cx, cx.t("views.title"), main).status(status);
    Ok(ui::respond(&req.app, cx, page).await)
}

fn form(cx: &Cx, actor: &Actor, state: &FormState) -> AnyView {
    let name = Line { kind: "", autocomplete: "off", max: LONGEST, required: true, hint: "" };
    view! {
        <form class="card" method="post" action=HERE>
            {field::token(cx)}
            {field::hidden("list", state.values.text("list"))}
            {field::line(cx, state, "name", "views.name", name)}
            {(actor.role == Role::Office).then(|| field::switch(cx, state, "shared", "views.share"))}
            <p class="button-row"><button class="button main" type="submit">{cx.t("ui.save")}</button></p>
        </form>
    }
    .into_any()
}

fn row(cx: &Cx, actor: &Actor, view: &SavedView) -> AnyView {
    let (href, name) = (Filters::of_query(&view.query).href(None), view.name.clone());
    let label = cx.tf("views.remove_named", &[("name", &view.name)]);
    let shared = view.shared.then(|| view! { " "<span class="pill soft">{cx.t("views.shared")}</span> });
    let remove = is_own(actor, view).then(|| {
        view! {
            <form method="post" action=format!("{HERE}/{}/remove", view.id)>
                {field::token(cx)}
                <button class="button quiet small" type="submit" aria-label=label>{cx.t("views.remove")}</button>
            </form>
        }
    });
    view! { <li class="tag-row"><a href=href>{name}</a>{shared}{remove}</li> }.into_any()
}

async fn save(req: Req) -> Result<Response> {
    let filters = Filters::of_query(req.form.text("list"));
    let shared = req.form.has("shared");
    match views::save(&req.app, &*req.actor()?, req.form.text("name"), &filters, shared).await? {
        Ok(()) => Ok(respond::see_other(&filters.href(None))),
        Err(error) => {
            let state = FormState { values: req.form.clone(), errors: vec![error] };
            show(&req, &state, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

async fn remove(req: Req) -> Result<Response> {
    let id = SavedViewId::parse(req.param("id")).ok_or(Error::NotFound)?;
    views::remove(&req.app, &*req.actor()?, id).await?;
    Ok(respond::see_other(HERE))
}
