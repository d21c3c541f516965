//! The audit page: the log of the organisation, newest first.

use leptos::prelude::*;

use crate::{
    audit,
    error::Result,
    http::{Req, Response},
    ui::{self, desk_page, time},
};

const PAGE: i64 = 50;

/// `GET /admin/audit`.
pub async fn audit_page(req: Req) -> Result<Response> {
    let (cx, actor) = (&req.cx, req.actor()?);
    let before = req.query.text("before").parse::<i64>().unwrap_or(i64::MAX);
    let rows = audit::page_before(&mut req.app.db.read().await?, &actor, before, PAGE).await?;
    let older = rows.last().filter(|_| rows.len() as i64 == PAGE).map(|r| format!("/admin/audit?before={}", r.seq));
    let body = rows
        .into_iter()
        .map(|row| {
            let who = row.actor_name.unwrap_or_else(|| cx.t("audit.nobody").into_owned());
            let what = row.action;
            view! {
                <tr>
                    <td data-label=cx.t("audit.at")>{time::moment(cx, row.at)}</td>
                    <td data-label=cx.t("audit.who")>{who}</td>
                    <td data-label=cx.t("audit.what")><code>{what}</code>" "{row.case_number}</td>
                    <td data-label=cx.t("audit.detail")>{row.detail}</td>
                </tr>
            }
        })
        .collect_view();
    let main = view! {
        <h1>{cx.t("desk.nav.audit")}</h1>
        <p class="hint">{cx.t("audit.explain")}</p>
        <table class="table">
            <thead><tr>
                <th>{cx.t("audit.at")}</th><th>{cx.t("audit.who")}</th>
                <th>{cx.t("audit.what")}</th><th>{cx.t("audit.detail")}</th>
            </tr></thead>
            <tbody>{body}</tbody>
        </table>
        {older.map(|href| view! { <nav class="pager"><a class="button" href=href>{cx.t("ui.older")}</a></nav> })}
    };
    Ok(ui::respond(&req.app, cx, desk_page::admin_page(cx, cx.t("desk.nav.audit"), main)).await)
}
