//! The questionnaires of the organisation.

use leptos::prelude::*;

use crate::{
    error::Result,
    http::{Cx, Req, Response},
    questionnaires::{
        actions,
        model::{Listed, State, Window},
        pages::state_pill,
    },
    ui::{self, desk_page, time},
};

/// `GET /desk/questionnaires`.
pub async fn list_page(req: Req) -> Result<Response> {
    let cx = &req.cx;
    let all = actions::list(&mut req.app.db.read().await?, req.actor()?.organization_id).await?;
    let main = view! {
        <header class="page-head">
            <h1>{cx.t("questionnaires.title")}</h1>
            <a class="button main" href="/desk/questionnaires/new">{cx.t("questionnaires.new")}</a>
        </header>
        <p>{cx.t("questionnaires.lead")}</p>
        {if all.is_empty() { empty(cx) } else { table(cx, &all) }}
    };
    Ok(ui::respond(&req.app, cx, desk_page::admin_page(cx, cx.t("questionnaires.title"), main)).await)
}

fn empty(cx: &Cx) -> AnyView {
    view! { <p class="empty">{cx.t("questionnaires.none")}</p> }.into_any()
}

fn table(cx: &Cx, all: &[Listed]) -> AnyView {
    let rows = all.iter().map(|q| row(cx, q)).collect_view();
    view! {
        <table class="table">
            <thead><tr>
                <th>{cx.t("questionnaires.column.title")}</th>
                <th>{cx.t("questionnaires.column.state")}</th>
                <th class="num">{cx.t("questionnaires.column.responses")}</th>
                <th>{cx.t("questionnaires.column.times")}</th>
                <th>{cx.t("questionnaires.column.made")}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn row(cx: &Cx, q: &Listed) -> AnyView {
    let href = format!("/desk/questionnaires/{}", q.id);
    let (title, responses) = (q.title.clone(), q.responses);
    view! {
        <tr>
            <td class="title"><a href=href>{title}</a></td>
            <td data-label=cx.t("questionnaires.column.state")><span>{state_pill(cx, q.state, window(cx, q))}</span></td>
            <td class="num" data-label=cx.t("questionnaires.column.responses")>{responses}</td>
            <td data-label=cx.t("questionnaires.column.times")>{times(cx, q)}</td>
            <td data-label=cx.t("questionnaires.column.made")>{time::day(cx, q.created_at)}</td>
        </tr>
    }
    .into_any()
}

fn window(cx: &Cx, q: &Listed) -> Window {
    match (q.state, q.opens_at, q.closes_at) {
        (State::Draft, ..) => Window::NotYet(None),
        (State::Open, Some(opens), _) if cx.now < opens => Window::NotYet(Some(opens)),
        (State::Open, _, closes) if closes.is_none_or(|at| cx.now < at) => Window::Open,
        _ => Window::Closed,
    }
}

fn times(cx: &Cx, q: &Listed) -> String {
    let moment = |at: Option<_>| at.map(|at| time::moment(cx, at)).unwrap_or_default();
    match (q.opens_at, q.closes_at) {
        (None, None) => cx.t("questionnaires.times.always").into_owned(),
        (opens, closes) => format!("{} – {}", moment(opens), moment(closes)),
    }
}
