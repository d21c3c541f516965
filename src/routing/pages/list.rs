//! `/desk/routing`: the matrix in force, its versions, and decisions against it.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::{
    cases::routed::{self, Override, Tally},
    error::{Error, Result},
    http::{Cx, Req, Response, respond},
    routing::{
        actions,
        model::{Standing, Version},
        pages::{Names, file_of, import, pill, table, title},
    },
    ui::{self, FormState, desk_page, field, time},
};

/// `GET /desk/routing`.
pub async fn page(req: Req) -> Result<Response> {
    show(&req, &FormState::default(), StatusCode::OK).await
}

/// The page, with what is wrong with a file.
pub async fn show(req: &Req, state: &FormState, status: StatusCode) -> Result<Response> {
    let (cx, actor) = (&req.cx, req.actor()?);
    let mut c = req.app.db.read().await?;
    let versions = actions::versions(&mut c, actor.organization_id).await?;
    let standings = actions::standings(&req.app, &versions);
    let live = actions::live(&req.app, &mut c, actor.organization_id).await?;
    let names = Names::read(&mut c, actor.organization_id).await?;
    let tallies = routed::tallies(&mut c, &actor).await?;
    let overrides = routed::overrides(&mut c, &actor).await?;
    drop(c);
    let draft = versions.iter().find(|v| v.published_at.is_none());
    let way = match draft {
        Some(draft) => {
            let href = format!("/desk/routing/{}", draft.id);
            view! { <a class="button main" href=href>{cx.t("routing.to_draft")}</a> }.into_any()
        }
        None => view! {
            <form method="post" action="/desk/routing">
                {field::token(cx)}
                <button class="button main" type="submit">{cx.t("routing.begin")}</button>
            </form>
        }
        .into_any(),
    };
    let in_force = live.map(|(version, rows)| {
        view! {
            <h2>{cx.t("routing.in_force")}</h2>
            <p>{title(cx, &version)}" "{pill(cx, &version, Standing::Live)}" "{file_of(cx, &version)}</p>
            {table(cx, &names, &rows, |_| None)}
        }
    });
    let main = view! {
        <header class="page-head"><h1>{cx.t("routing.title")}</h1>{way}</header>
        <p>{cx.t("routing.lead")}</p>
        {in_force.is_none().then(|| view! { <p class="empty">{cx.t("routing.none")}</p> })}
        {in_force}
        {(draft.is_none() || !state.is_ok()).then(|| import::form(cx, state))}
        {(!versions.is_empty()).then(|| versions_table(cx, &versions, &standings, &tallies))}
        {(!overrides.is_empty()).then(|| overrides_table(cx, &overrides))}
    };
    let page = desk_page::admin_page(cx, cx.t("routing.title"), main).status(status);
    Ok(ui::respond(&req.app, cx, page).await)
}

fn versions_table(cx: &Cx, versions: &[Version], standings: &[Standing], tallies: &[Tally]) -> AnyView {
    let rows = versions
        .iter()
        .zip(standings)
        .map(|(version, standing)| {
            let href = format!("/desk/routing/{}", version.id);
            let tally = tallies.iter().find(|t| t.version_id == version.id);
            let (decisions, overridden) = tally.map_or((0, 0), |t| (t.decisions, t.overridden));
            let by = version.publisher.clone().zip(version.published_at);
            let by = by.map(|(who, at)| format!("{who} · {}", time::moment(cx, at)));
            view! {
                <tr>
                    <td class="title"><a href=href>{title(cx, version)}</a></td>
                    <td data-label=cx.t("routing.standing")><span>{pill(cx, version, *standing)}</span></td>
                    <td data-label=cx.t("routing.published")>{by.unwrap_or_else(|| "–".to_string())}</td>
                    <td class="num" data-label=cx.t("routing.decisions")>{decisions}</td>
                    <td class="num" data-label=cx.t("routing.overridden")>{overridden}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <h2>{cx.t("routing.versions")}</h2>
        <table class="table">
            <thead><tr>
                <th>{cx.t("routing.matrix")}</th>
                <th>{cx.t("routing.standing")}</th>
                <th>{cx.t("routing.published")}</th>
                <th class="num">{cx.t("routing.decisions")}</th>
                <th class="num">{cx.t("routing.overridden")}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn overrides_table(cx: &Cx, overrides: &[Override]) -> AnyView {
    let rows = overrides
        .iter()
        .map(|o| {
            let (href, number, reason) = (format!("/desk/cases/{}", o.number), o.number.clone(), o.reason.clone());
            let way = format!("{} → {}", o.proposed, o.chosen);
            let by = format!("{} · {}", o.decider, time::moment(cx, o.decided_at));
            view! {
                <tr>
                    <td class="title"><a href=href>{number}</a></td>
                    <td data-label=cx.t("routing.way")>{way}</td>
                    <td data-label=cx.t("cases.reason")>{reason}</td>
                    <td data-label=cx.t("routing.decided")>{by}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <h2>{cx.t("routing.overrides")}</h2>
        <table class="table">
            <thead><tr>
                <th>{cx.t("supervision.case")}</th>
                <th>{cx.t("routing.way")}</th>
                <th>{cx.t("cases.reason")}</th>
                <th>{cx.t("routing.decided")}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

/// `POST /desk/routing`: begins a draft, or leads to the one that is there.
pub async fn begin(req: Req) -> Result<Response> {
    match actions::begin(&req.app, &*req.actor()?).await {
        Ok(id) => Ok(respond::see_other(&format!("/desk/routing/{id}"))),
        Err(Error::Conflict) => Ok(respond::see_other("/desk/routing")),
        Err(other) => Err(other),
    }
}
