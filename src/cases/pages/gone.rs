//! The page of a case whose content was erased: what stays for counting and the audit.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::{
    cases::model::Case,
    error::Result,
    http::{Req, Response},
    organizations,
    ui::{self, desk_page, icon, time},
};

/// The page.
pub async fn page(req: &Req, case: &Case, status: StatusCode) -> Result<Response> {
    let cx = &req.cx;
    let topics = organizations::actions::all_topics(&mut req.app.db.read().await?, case.organization_id).await?;
    let topic = topics.iter().find(|t| t.id == case.topic_id).map_or("", |t| t.label(cx.lang)).to_string();
    let day = time::full_day(cx, case.erased_at.unwrap_or(case.received_at));
    let (number, closed) = (case.number.clone(), case.closed_at.map(|at| time::full_day(cx, at)));
    let closed = closed.map(|day| view! { <dt>{cx.word("cases.step", "end")}</dt><dd>{day}</dd> });
    let main = view! {
        <small class="case-number">{number.clone()}</small>
        <h1>{cx.word("cases.event", "erased")}</h1>
        <div class="banner">{icon::icon(icon::LOCK)}<div><p>{cx.tf("personal_data.gone", &[("day", &day)])}</p></div></div>
        <section class="card"><dl class="facts">
            <dt>{cx.t("personal_data.copy.channel")}</dt><dd>{cx.word("channel", case.channel.code())}</dd>
            <dt>{cx.t("personal_data.copy.topic")}</dt><dd>{topic}</dd>
            <dt>{cx.t("personal_data.copy.state")}</dt><dd>{cx.word("cases.state", case.state.code())}</dd>
            <dt>{cx.t("personal_data.copy.received")}</dt><dd>{time::full_day(cx, case.received_at)}</dd>
            {closed}
        </dl></section>
    };
    Ok(ui::respond(&req.app, cx, desk_page::admin_page(cx, number, main).status(status)).await)
}
