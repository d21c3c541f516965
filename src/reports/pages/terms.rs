//! `/desk/reports/terms`: the school's terms, by which rates and reports are counted.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::{
    error::{Error, Result},
    http::{Req, Response, respond},
    kernel::{ids::TermId, roles::Role},
    reports::terms::{self, MAX_NAME},
    ui::{
        self, FormState, back, desk_page,
        field::{self, Line},
    },
};

const HERE: &str = "/desk/reports/terms";

/// `GET /desk/reports/terms`.
pub async fn page(req: Req) -> Result<Response> {
    show(&req, &FormState::default(), StatusCode::OK).await
}

/// `POST /desk/reports/terms`: adds one.
pub async fn add(req: Req) -> Result<Response> {
    let actor = req.actor()?;
    let others = terms::kept(&mut req.app.db.read().await?, &req.cx, &actor).await?;
    match terms::form(&req.form, &others) {
        Ok(term) => {
            terms::add(&req.app, &actor, &term).await?;
            Ok(respond::see_other(HERE))
        }
        Err(state) => show(&req, &state, StatusCode::UNPROCESSABLE_ENTITY).await,
    }
}

/// `POST /desk/reports/terms/{id}/remove`.
pub async fn remove(req: Req) -> Result<Response> {
    let id = TermId::parse(req.param("id")).ok_or(Error::NotFound)?;
    terms::remove(&req.app, &*req.actor()?, id).await?;
    Ok(respond::see_other(HERE))
}

async fn show(req: &Req, state: &FormState, status: StatusCode) -> Result<Response> {
    let (cx, actor) = (&req.cx, req.actor()?);
    let all = terms::kept(&mut req.app.db.read().await?, cx, &actor).await?;
    let keeps = actor.role == Role::Office;
    let usual = all.iter().all(|t| t.id.is_none());
    let rows = all
        .iter()
        .map(|term| {
            let (name, first, last) = (term.name.clone(), term.period.first.to_string(), term.period.last.to_string());
            let remove = term.id.filter(|_| keeps).map(|id| {
                let label = cx.tf("reports.terms.remove_named", &[("name", &term.name)]);
                view! {
                    <form method="post" action=format!("{HERE}/{id}/remove")>
                        {field::token(cx)}
                        <button class="button small quiet" type="submit" aria-label=label>{cx.t("reports.terms.remove")}</button>
                    </form>
                }
            });
            view! {
                <tr><td class="title">{name}</td>
                    <td data-label=cx.t("reports.first_day")>{first}</td>
                    <td data-label=cx.t("reports.last_day")>{last}</td>
                    <td class="actions">{remove}</td></tr>
            }
        })
        .collect_view();
    let day = Line { kind: "date", autocomplete: "off", required: true, ..Line::default() };
    let name = Line { max: MAX_NAME, required: true, autocomplete: "off", ..Line::default() };
    let main = view! {
        {back::link("/desk/reports/term", cx.t("reports.papers"))}
        <header class="page-head"><h1>{cx.t("reports.terms")}</h1></header>
        {usual.then(|| view! { <p>{cx.t("reports.terms.usual")}</p> })}
        {field::error_summary(cx, state)}
        <table class="table">
            <thead><tr><th>{cx.t("reports.terms.name")}</th><th>{cx.t("reports.first_day")}</th><th>{cx.t("reports.last_day")}</th>
                <th><span class="visually-hidden">{cx.t("reports.terms.remove")}</span></th></tr></thead>
            <tbody>{rows}</tbody>
        </table>
        {keeps.then(|| view! {
            <h2>{cx.t("reports.terms.new")}</h2>
            <form method="post" action=HERE>
                {field::token(cx)}
                <div class="form-grid">
                    {field::line(cx, state, "name", "reports.terms.name", name)}
                    {field::line(cx, state, "first_day", "reports.first_day", day)}
                    {field::line(cx, state, "last_day", "reports.last_day", day)}
                </div>
                <p class="button-row"><button class="button main" type="submit">{cx.t("reports.terms.add")}</button></p>
            </form>
        })}
    };
    let page = desk_page::admin_page(cx, cx.t("reports.terms"), main).status(status);
    Ok(ui::respond(&req.app, cx, page).await)
}
