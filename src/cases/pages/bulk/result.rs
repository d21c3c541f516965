//! `/desk/bulk/{id}`: what was done, and what was refused and why. Only who did it reads it.

use leptos::prelude::*;

use crate::{
    cases::{
        bulk::{self, DONE},
        list::Filters,
        store::bulk::{Done, Run},
    },
    error::{Error, Result},
    http::{Cx, Req, Response},
    kernel::ids::BulkRunId,
    ui::{self, desk_page},
};

/// `GET /desk/bulk/{id}`.
pub async fn page(req: Req) -> Result<Response> {
    let cx = &req.cx;
    let id = BulkRunId::parse(req.param("id")).ok_or(Error::NotFound)?;
    let (run, items) = bulk::result(&mut req.app.db.read().await?, &*req.actor()?, id).await?;
    let back = Filters::of_query(req.query.text("back")).href(None);
    let page = desk_page::admin_page(cx, title(cx, &run), main(cx, &run, &items, back));
    Ok(ui::respond(&req.app, cx, page).await)
}

fn title(cx: &Cx, run: &Run) -> String {
    let kind = cx.word("bulk.kind", &run.deed);
    if run.words.is_empty() { kind.into_owned() } else { format!("{kind} · {}", run.words) }
}

fn main(cx: &Cx, run: &Run, items: &[Done], back: String) -> AnyView {
    let (done, refused): (Vec<&Done>, Vec<&Done>) = items.iter().partition(|item| item.outcome == DONE);
    // What the person may not know of, or never could, is only counted.
    let (refused, unseen): (Vec<&Done>, Vec<&Done>) = refused.into_iter().partition(|item| item.state.is_some());
    let failed = refused.len() + unseen.len();
    let counts = cx.tf("bulk.counts", &[("done", &done.len().to_string()), ("refused", &failed.to_string())]);
    let seen: Vec<&Done> = done.into_iter().filter(|item| item.state.is_some()).collect();
    let class = if failed == 0 { "banner ok" } else { "banner warn" };
    view! {
        <header class="page-head"><h1>{title(cx, run)}</h1>
            <a class="button main" href=back>{cx.t("bulk.back")}</a></header>
        <p class=class role="status">{counts}</p>
        {(failed > 0).then(|| view! { <h2>{cx.t("bulk.refused")}</h2> })}
        {(!refused.is_empty()).then(|| table(cx, &refused))}
        {(!unseen.is_empty()).then(|| view! { <p>{cx.tf("bulk.unseen", &[("count", &unseen.len().to_string())])}</p> })}
        {(!seen.is_empty()).then(|| view! { <h2>{cx.t("bulk.done")}</h2>{table(cx, &seen)} })}
    }
    .into_any()
}

fn table(cx: &Cx, items: &[&Done]) -> AnyView {
    let why = items.iter().any(|item| item.outcome != DONE);
    let rows = items
        .iter()
        .map(|item| {
            let (href, number) = (format!("/desk/cases/{}", item.number), item.number.clone());
            let what = [item.place.clone(), item.excerpt.clone()].into_iter().flatten().filter(|t| !t.is_empty());
            let what = what.collect::<Vec<_>>().join(" · ");
            let state = item.state.map(|s| cx.word("cases.state", s.code()).into_owned());
            view! {
                <tr>
                    <td class="title"><a class="case-number" href=href>{number}</a></td>
                    <td>{what}</td>
                    <td data-label=cx.t("bulk.state")>{state}</td>
                    {why.then(|| view! { <td data-label=cx.t("bulk.why")>{cx.t(&item.outcome)}</td> })}
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="table">
            <thead><tr>
                <th>{cx.t("desk_list.column.number")}</th>
                <th>{cx.t("desk_list.column.excerpt")}</th>
                <th>{cx.t("bulk.state")}</th>
                {why.then(|| view! { <th>{cx.t("bulk.why")}</th> })}
            </tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}
