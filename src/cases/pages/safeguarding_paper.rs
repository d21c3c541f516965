//! `/desk/safeguarding/{number}/print`: the record of mandatory reports, on A4.

use leptos::prelude::*;

use crate::{
    cases::{pages::safeguarding::duty_pill, safeguarding, store::safeguarding::MandatoryReport},
    error::Result,
    http::{Cx, Req, Response},
    organizations,
    ui::{self, Page, time},
};

/// `GET /desk/safeguarding/{number}/print`.
pub async fn page(req: Req) -> Result<Response> {
    let (cx, actor) = (&req.cx, req.actor()?);
    let record = safeguarding::open_record(&req.app, &actor, req.param("number")).await?;
    let org = organizations::actions::organization(&mut req.app.db.read().await?, actor.organization_id).await?;
    let (title, number) = (cx.t("safeguarding.paper"), record.case.number.clone());
    let tables = record.reports.iter().map(|r| table(cx, r)).collect_view();
    let body = view! {
        <nav class="print-toolbar" aria-label=cx.t("safeguarding.print.label")>
            <span>{cx.t("supervision.print.hint")}</span>
            <a href=format!("/desk/safeguarding/{number}")>{number.clone()}</a>
        </nav>
        <main id="main"><section class="sheet official">
            <h1>{org.name}{title.clone()}</h1>
            <p class="official-number">{number}</p>
            <p>{cx.t("safeguarding.received")}"："{time::moment(cx, record.case.received_at)}" "{duty_pill(cx, record.duty)}</p>
            {tables}
            <p class="official-foot">{org.office_name}<br/>{time::full_day(cx, cx.now)}</p>
        </section></main>
    };
    Ok(ui::respond(&req.app, cx, Page::print(title, body)).await)
}

fn table(cx: &Cx, r: &MandatoryReport) -> AnyView {
    let row = |label: &'static str, text: String| view! { <tr><th>{cx.t(label)}</th><td>{text}</td></tr> };
    let written = [("who", r.writer_name.clone()), ("when", time::moment(cx, r.written_at))];
    let written = cx.tf("safeguarding.written", &[("who", &written[0].1), ("when", &written[1].1)]);
    view! {
        <table class="official-table" tabindex="0"><tbody>
            {row("safeguarding.recipient", r.recipient.clone())}
            {row("safeguarding.reporter", r.reporter.clone())}
            {row("safeguarding.reported_at", time::moment(cx, r.reported_at))}
            {row("safeguarding.receipt", r.receipt.clone())}
            {row("safeguarding.words", r.words.clone())}
            {row("safeguarding.written_by", written)}
        </tbody></table>
    }
    .into_any()
}
