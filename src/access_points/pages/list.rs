//! The list of access points.

use leptos::prelude::*;

use crate::{
    access_points::{actions, model::AccessPoint, pages::state_pill},
    error::Result,
    http::{Cx, Req, Response},
    kernel::text,
    ui::{self, desk_page, icon},
};

/// `GET /desk/access-points`: all of an organisation's; `?q=` finds in place, title, code and keeper.
pub async fn list_page(req: Req) -> Result<Response> {
    let (cx, actor) = (&req.cx, req.actor()?);
    let points = actions::all_of(&mut req.app.db.read().await?, actor.organization_id).await?;
    let query = text::normalize_line(req.query.text("q"));
    let is_empty = points.is_empty();
    let found: Vec<AccessPoint> = points.into_iter().filter(|p| matches(p, &query)).collect();
    let list = if is_empty {
        none_yet(cx)
    } else if found.is_empty() {
        view! { <p class="empty">{cx.t("access_points.none_found")}</p> }.into_any()
    } else {
        table(cx, found)
    };
    let main = view! {
        <header class="page-head">
            <h1>{cx.t("desk.nav.access_points")}</h1>
            <a class="button main" href="/desk/access-points/new">{cx.t("access_points.add")}</a>
        </header>
        {(!is_empty).then(|| search(cx, query))}
        {list}
    };
    Ok(ui::respond(&req.app, cx, desk_page::admin_page(cx, cx.t("desk.nav.access_points"), main)).await)
}

fn matches(point: &AccessPoint, query: &str) -> bool {
    let query = query.to_lowercase();
    [&point.place, &point.title, &point.code, &point.keeper].iter().any(|field| field.to_lowercase().contains(&query))
}

fn search(cx: &Cx, query: String) -> AnyView {
    view! {
        <form class="toolbar" method="get" action="/desk/access-points" role="search">
            <p class="search">
                {icon::icon(icon::SEARCH)}
                <input type="search" name="q" value=query aria-label=cx.t("access_points.search") placeholder=cx.t("access_points.search")/>
            </p>
            <button class="button quiet" type="submit">{cx.t("access_points.search_button")}</button>
        </form>
    }
    .into_any()
}

fn none_yet(cx: &Cx) -> AnyView {
    view! {
        <div class="card empty">
            {icon::icon(icon::QR)}
            <h2>{cx.t("access_points.none")}</h2>
            <p>{cx.t("access_points.none_text")}</p>
        </div>
    }
    .into_any()
}

fn table(cx: &Cx, points: Vec<AccessPoint>) -> AnyView {
    let rows = points.into_iter().map(|p| row(cx, p)).collect_view();
    view! {
        <table class="table">
            <thead><tr>
                <th>{cx.t("access_points.place")}</th>
                <th>{cx.t("access_points.code")}</th>
                <th>{cx.t("access_points.channel")}</th>
                <th>{cx.t("access_points.keeper")}</th>
                <th>{cx.t("access_points.state")}</th>
                <th class="num">{cx.t("access_points.opens")}</th>
                <th class="num">{cx.t("access_points.submissions")}</th>
                <th><span class="visually-hidden">{cx.t("access_points.actions")}</span></th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn row(cx: &Cx, point: AccessPoint) -> AnyView {
    let href = format!("/desk/access-points/{}", point.id);
    let print = point.revoked_at.is_none().then(|| format!("{href}/print"));
    let state = state_pill(cx, &point);
    view! {
        <tr>
            <td class="title">{point.place}<small>{point.title}</small></td>
            <td data-label=cx.t("access_points.code")><code>{point.code}</code></td>
            <td data-label=cx.t("access_points.channel")>{cx.word("channel", point.channel.code())}</td>
            <td data-label=cx.t("access_points.keeper")>{point.keeper}</td>
            <td data-label=cx.t("access_points.state")><span>{state}</span></td>
            <td class="num" data-label=cx.t("access_points.opens")>{point.opens}</td>
            <td class="num" data-label=cx.t("access_points.submissions")>{point.submissions}</td>
            <td class="actions">
                {print.map(|print| view! { <a class="button small" href=print>{cx.t("access_points.poster")}</a> })}
                <a class="button small quiet" href=href>{cx.t("access_points.change")}</a>
            </td>
        </tr>
    }
    .into_any()
}
