//! `/desk/representatives`: who is appointed now, who comes, who was.

use leptos::prelude::*;

use crate::{
    error::Result,
    http::{Cx, Req, Response},
    kernel::roles::Role,
    organizations::{self, model::Topic},
    representatives::{
        actions,
        model::{Appointment, Area, Standing},
        pages::{area_words, standing_pill, term},
    },
    ui::{self, desk_page, icon},
};

/// `GET /desk/representatives`.
pub async fn page(req: Req) -> Result<Response> {
    let (cx, actor) = (&req.cx, req.actor()?);
    let mut c = req.app.db.read().await?;
    let all = actions::all(&mut c, actor.organization_id).await?;
    let topics = organizations::actions::all_topics(&mut c, actor.organization_id).await?;
    drop(c);
    let is_empty = all.is_empty();
    let over = |a: &Appointment| matches!(a.standing(cx.now), Standing::Over | Standing::Ended);
    let (past, present): (Vec<_>, Vec<_>) = all.into_iter().partition(|(a, _)| over(a));
    let add = (actor.role == Role::Office).then(|| {
        view! { <a class="button main" href="/desk/representatives/new">{cx.t("representatives.new")}</a> }
    });
    let main = view! {
        <header class="page-head">
            <h1>{cx.t("representatives.title")}</h1>
            <a class="button quiet" href="/desk/representatives/rechecks">{cx.t("representatives.rechecks")}</a>
            {add}
        </header>
        <p>{cx.t("representatives.lead")}</p>
        {is_empty.then(|| none_yet(cx))}
        {table(cx, &topics, present, "representatives.present")}
        {table(cx, &topics, past, "representatives.past")}
    };
    Ok(ui::respond(&req.app, cx, desk_page::admin_page(cx, cx.t("representatives.title"), main)).await)
}

fn none_yet(cx: &Cx) -> AnyView {
    view! {
        <div class="card empty">
            {icon::icon(icon::PEOPLE)}
            <h2>{cx.t("representatives.none")}</h2>
            <p>{cx.t("representatives.none_text")}</p>
        </div>
    }
    .into_any()
}

fn table(cx: &Cx, topics: &[Topic], rows: Vec<(Appointment, Area)>, heading: &'static str) -> Option<AnyView> {
    if rows.is_empty() {
        return None;
    }
    let rows = rows
        .into_iter()
        .map(|(a, area)| {
            let href = format!("/desk/representatives/{}", a.id);
            let (days, pill) = (term(cx, &a), standing_pill(cx, &a));
            view! {
                <tr>
                    <td class="title"><a href=href>{a.name}</a><small>{cx.word("representatives.kind", a.kind.code())}</small></td>
                    <td data-label=cx.t("representatives.term")>{days}</td>
                    <td data-label=cx.t("representatives.area")>{area_words(cx, topics, &area)}</td>
                    <td data-label=cx.t("access_points.state")><span>{pill}</span></td>
                </tr>
            }
        })
        .collect_view();
    let table = view! {
        <h2>{cx.t(heading)}</h2>
        <table class="table">
            <thead><tr>
                <th>{cx.t("representatives.name")}</th>
                <th>{cx.t("representatives.term")}</th>
                <th>{cx.t("representatives.area")}</th>
                <th>{cx.t("access_points.state")}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table>
    };
    Some(table.into_any())
}
