//! The receipt: the answer to the POST itself, so that the code stands in no address.

use leptos::prelude::*;

use crate::{
    access_points::model::AccessPoint,
    cases::model::Lane,
    http::Cx,
    intake::{
        islands::server,
        model::Receipt,
        pages::{emergency_numbers, footer},
    },
    organizations::model::Organization,
    ui::{
        Page, field, icon,
        page::{self, Bundle},
        qr, time,
    },
};

/// A check mark.
const DONE: &str = "M5 12.5l4.5 4.5L19 7";

/// The form by which the receipt comes in another language or size: a link would leave it for the empty form.
const AGAIN_FORM: &str = "receipt-again";

/// What `POST /track` is asked for then.
pub const SHOW_RECEIPT: &str = "receipt";

/// The page. `mail` asks whether they want to hear by e-mail. `base_url` is what the QR of the tracking page carries; the code itself is not in it.
pub fn view(
    cx: &Cx,
    org: &Organization,
    point: &AccessPoint,
    receipt: &Receipt,
    base_url: &str,
    mail: AnyView,
) -> Page {
    let groups = receipt.tracking_code.groups().map(|g| g.to_string());
    let spans = groups.into_iter().map(|g| view! { <span>{g}</span>" " }).collect_view();
    let number = receipt.case_number.clone();
    let due = time::day(cx, receipt.due_at);
    let acceptance = time::day(cx, receipt.acceptance_by);
    let received = time::day(cx, receipt.received_at);
    let ordinary = receipt.lane != Lane::Safeguarding;
    let danger = (receipt.lane == Lane::Safeguarding).then(|| {
        view! {
            <div class="danger-panel"><h2>{cx.t("intake.danger.after")}</h2>{emergency_numbers(cx)}</div>
        }
    });
    // Without the picture the receipt is still whole.
    let tracking_qr = qr::svg(&format!("{base_url}/track"), cx.t("intake.receipt.qr")).ok();
    let body = view! {
        <main class="page" id="main">
            {page::masthead_of_form(cx, [&org.emblem, &org.name, &point.title], AGAIN_FORM, "/track")}
            <form id=AGAIN_FORM method="post" action=cx.href("/track")>
                {field::hidden("tracking_code", receipt.tracking_code.plain())}
                {field::hidden("action", SHOW_RECEIPT)}
            </form>
            {danger}
            <section class="receipt" id="receipt" tabindex="-1">
                <span class="receipt-mark">{icon::icon(DONE)}</span>
                <h1>{cx.t("intake.receipt.title")}</h1>
                <p class="lead">{cx.t("intake.receipt.number")}" "<span class="case-number" id="case-number">{number}</span></p>
                <p class="label">{cx.t("intake.receipt.code")}</p>
                <p class="code" id="code">{spans}</p>
                <p class="hint">{cx.t("intake.receipt.keep")}</p>
                {server::receipt(cx, format!("/q/{}", point.code))}
                <p class="promise"><small>{cx.t("intake.receipt.due")}</small><b id="due">{due.clone()}</b></p>
                <figure class="qr">{tracking_qr}
                    <figcaption class="hint">{cx.t("intake.receipt.qr")}</figcaption></figure>
            </section>
            <div class="section"><h2>{cx.t("intake.next.title")}</h2>
                {(!ordinary).then(|| view! {
                    <ol class="timeline">
                        <li class="done"><b>{cx.t("intake.next.received")}</b><time>{received.clone()}</time></li>
                        <li class="now"><b>{cx.t("intake.next.lead")}</b></li>
                        <li class="next"><b>{cx.t("intake.next.answer")}</b><time>{cx.tf("intake.next.by", &[("day", &due)])}</time></li>
                    </ol>
                })}
                {ordinary.then(|| view! { <ol class="timeline">
                    <li class="done"><b>{cx.t("intake.next.received")}</b><time>{received}</time></li>
                    <li class="now"><b>{cx.tf("intake.next.accept", &[("office", &org.office_name)])}</b>
                        <time>{cx.tf("intake.next.by", &[("day", &acceptance)])}</time></li>
                    <li class="next"><b>{cx.t("intake.next.department")}</b></li>
                    <li class="next"><b>{cx.t("intake.next.answer")}</b><time>{cx.tf("intake.next.by", &[("day", &due)])}</time></li>
                    <li class="next"><b>{cx.t("intake.next.ask")}</b></li>
                </ol> })}
            </div>
            <div class="section">
                <a class="button main wide" href=cx.href("/track")>{cx.t("intake.receipt.track")}</a>
                {mail}
                <p class="button-row"><a class="button quiet" href=format!("{}#new", cx.href(&format!("/q/{}", point.code)))>{cx.t("intake.receipt.another")}</a></p>
            </div>
        </main>
        {footer(cx, org)}
    };
    Page::public(format!("{} · {}", cx.t("intake.receipt.title"), org.name), body).with_islands(Bundle::Intake)
}
