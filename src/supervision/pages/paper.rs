//! `/desk/orders/{id}/print`: the order in official form, on A4.

use leptos::prelude::*;

use crate::{
    error::Result,
    http::{Req, Response},
    organizations,
    supervision::{
        model::issuer,
        pages::{number_of, order::asked_for},
    },
    ui::{self, Page, time},
};

/// `GET /desk/orders/{id}/print`.
pub async fn print_page(req: Req) -> Result<Response> {
    let (order, cases) = asked_for(&req).await?;
    let org = organizations::actions::organization(&mut req.app.db.read().await?, req.actor()?.organization_id).await?;
    let cx = &req.cx;
    let numbers = cases.iter().map(|c| c.number.clone()).collect::<Vec<_>>().join("、");
    let title = cx.t("supervision.paper_title");
    let reply = if order.reply.is_empty() { None } else { Some(order.reply.clone()) };
    let verdict = if order.verdict.is_empty() { None } else { Some(order.verdict.clone()) };
    let row = |label: &'static str, text: String| view! { <tr><th>{cx.t(label)}</th><td>{text}</td></tr> };
    let body = view! {
        <nav class="print-toolbar" aria-label=cx.t("supervision.print.label")>
            <span>{cx.t("supervision.print.hint")}</span>
            <a href=format!("/desk/orders/{}", order.id)>{number_of(cx, &order)}</a>
        </nav>
        <main id="main"><section class="sheet official">
            <h1>{org.name.clone()}{title.clone()}</h1>
            <p class="official-number">{number_of(cx, &order)}</p>
            <table class="official-table" tabindex="0"><tbody>
                {row("supervision.department", order.department_name.clone())}
                {row("supervision.level", cx.word("supervision.level", order.level.code()).into_owned())}
                {row("supervision.cases", numbers)}
                {row("supervision.basis", order.basis.clone())}
                {row("supervision.demand", order.demand.clone())}
                {row("supervision.due", time::moment(cx, order.due_at))}
                <tr class="official-tall"><th>{cx.t("supervision.reply")}</th><td>{reply}</td></tr>
                <tr class="official-tall"><th>{cx.t("supervision.verdict")}</th><td>{verdict}</td></tr>
            </tbody></table>
            <p class="official-foot">
                {cx.t("supervision.issuer")}"："{issuer(&order, &cx.t("supervision.ladder"))}<br/>
                {org.office_name.clone()}<br/>
                {time::full_day(cx, order.issued_at)}
            </p>
        </section></main>
    };
    Ok(ui::respond(&req.app, cx, Page::print(title, body)).await)
}
