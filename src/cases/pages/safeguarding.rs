//! `/desk/safeguarding`: the lane of danger, and the record of one case: reports to the authorities, who else may look.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::{
    cases::{
        form::{self, LONGEST},
        safeguarding::{self, Duty, Record},
        store::safeguarding::{Guest, MandatoryReport, QueueItem},
    },
    error::{Error, Result},
    http::{Cx, Req, Response, respond},
    kernel::ids::StaffId,
    ui::{
        self, FormState, back, desk_page,
        field::{self, Line},
        icon, time,
    },
};

const SHORT: Line = Line { kind: "", autocomplete: "off", max: 200, required: true, hint: "" };
const RECIPIENT: Line = Line { hint: "safeguarding.recipient_hint", ..SHORT };
const WHEN: Line = Line { kind: "datetime-local", max: 0, ..SHORT };
const RECEIPT: Line = Line { required: false, hint: "safeguarding.receipt_hint", ..SHORT };
const WORDS: Line = Line { max: LONGEST, required: false, ..SHORT };
const REASON: Line = Line { max: LONGEST, ..SHORT };

/// `GET /desk/safeguarding`.
pub async fn queue_page(req: Req) -> Result<Response> {
    let (cx, now) = (&req.cx, req.app.now());
    let items = safeguarding::queue(&mut req.app.db.read().await?, &*req.actor()?).await?;
    let late = items.iter().filter(|i| matches!(i.duty(now), Duty::Late(_))).count();
    let warning = (late > 0).then(|| {
        let sentence = match late {
            1 => cx.t("safeguarding.late_one").into_owned(),
            n => cx.tf("safeguarding.late", &[("count", &n.to_string())]),
        };
        view! { <p class="banner late" role="status">{sentence}</p> }
    });
    let content = if items.is_empty() {
        view! { <div class="empty">{icon::icon(icon::FLAG)}<p>{cx.t("safeguarding.none")}</p></div> }.into_any()
    } else {
        table(cx, &items, now)
    };
    let main = view! {
        <h1>{cx.t("safeguarding.title")}</h1>
        <p>{cx.t("safeguarding.lead")}</p>
        {warning}
        {content}
    };
    Ok(ui::respond(&req.app, cx, desk_page::admin_page(cx, cx.t("safeguarding.title"), main)).await)
}

fn table(cx: &Cx, items: &[QueueItem], now: chrono::DateTime<chrono::Utc>) -> AnyView {
    let rows = items
        .iter()
        .map(|item| {
            let href = format!("/desk/safeguarding/{}", item.number);
            let (number, excerpt) = (item.number.clone(), item.excerpt.clone());
            view! {
                <tr>
                    <td class="title"><a href=href>{number}</a><small>{excerpt}</small></td>
                    <td data-label=cx.t("safeguarding.received")>{time::moment(cx, item.received_at)}</td>
                    <td data-label=cx.t("safeguarding.state")>{cx.word("cases.state", item.state.code())}</td>
                    <td data-label=cx.t("safeguarding.report")><span>{duty_pill(cx, item.duty(now))}</span></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="table">
            <thead><tr>
                <th>{cx.t("safeguarding.case")}</th>
                <th>{cx.t("safeguarding.received")}</th>
                <th>{cx.t("safeguarding.state")}</th>
                <th>{cx.t("safeguarding.report")}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

/// Where the duty to report stands, as a pill.
pub fn duty_pill(cx: &Cx, duty: Duty) -> AnyView {
    let (class, words) = match duty {
        Duty::Done => ("pill ok", cx.t("safeguarding.duty.done").into_owned()),
        Duty::Due(at) => ("pill warn", cx.tf("safeguarding.duty.due", &[("when", &time::moment(cx, at))])),
        Duty::Late(at) => ("pill late", cx.tf("safeguarding.duty.late", &[("when", &time::moment(cx, at))])),
    };
    view! { <span class=class>{words}</span> }.into_any()
}

/// `GET /desk/safeguarding/{number}`.
pub async fn page(req: Req) -> Result<Response> {
    show(&req, &FormState::default(), StatusCode::OK).await
}

async fn show(req: &Req, state: &FormState, status: StatusCode) -> Result<Response> {
    let (cx, actor) = (&req.cx, req.actor()?);
    let record = safeguarding::open_record(&req.app, &actor, req.param("number")).await?;
    let mut state = state.clone();
    if state.values.text("reporter").is_empty() {
        state.values.set("reporter", actor.display_name.clone());
    }
    let here = format!("/desk/safeguarding/{}", record.case.number);
    let title = format!("{} · {}", record.case.number, cx.t("safeguarding.title"));
    let (number, to_case) = (record.case.number.clone(), format!("/desk/cases/{}", record.case.number));
    let main = view! {
        {back::link("/desk/safeguarding", cx.t("safeguarding.title"))}
        <header class="page-head">
            <h1>{number}</h1>
            <a class="button main" href=to_case>{cx.t("safeguarding.to_case")}</a>
            <a class="button quiet" href=format!("{here}/print")>{cx.t("safeguarding.print")}</a>
        </header>
        {field::error_summary(cx, &state)}
        <section class="card">
            <h2>{cx.t("safeguarding.report")}</h2>
            <p>{duty_pill(cx, record.duty)}</p>
            <p class="hint">{cx.t("safeguarding.report_hint")}</p>
            {record.reports.iter().map(|r| report_view(cx, r)).collect_view()}
            {record.keeps.then(|| report_form(cx, &state, &here))}
        </section>
        {guests(cx, &state, &record, &here)}
    };
    let page = desk_page::admin_page(cx, title, main).status(status);
    Ok(ui::respond(&req.app, cx, page).await)
}

fn report_view(cx: &Cx, r: &MandatoryReport) -> AnyView {
    let (recipient, reporter, receipt, words) =
        (r.recipient.clone(), r.reporter.clone(), r.receipt.clone(), r.words.clone());
    let written = [("who", r.writer_name.clone()), ("when", time::moment(cx, r.written_at))];
    let written = cx.tf("safeguarding.written", &[("who", &written[0].1), ("when", &written[1].1)]);
    let receipt = (!receipt.is_empty()).then(|| view! { <dt>{cx.t("safeguarding.receipt")}</dt><dd>{receipt}</dd> });
    let words = (!words.is_empty()).then(|| view! { <dt>{cx.t("safeguarding.words")}</dt><dd>{words}</dd> });
    view! {
        <dl class="facts">
            <dt>{cx.t("safeguarding.recipient")}</dt><dd>{recipient}</dd>
            <dt>{cx.t("safeguarding.reporter")}</dt><dd>{reporter}</dd>
            <dt>{cx.t("safeguarding.reported_at")}</dt><dd>{time::moment(cx, r.reported_at)}<small>{written}</small></dd>
            {receipt}
            {words}
        </dl>
    }
    .into_any()
}

fn report_form(cx: &Cx, state: &FormState, here: &str) -> AnyView {
    let open = state.values.has("recipient") || !state.is_ok();
    view! {
        <details class="fold" open=open>
            <summary>{cx.t("safeguarding.write")}</summary>
            <form method="post" action=format!("{here}/report")>
                {field::token(cx)}
                {field::line(cx, state, "recipient", "safeguarding.recipient", RECIPIENT)}
                {field::line(cx, state, "reporter", "safeguarding.reporter", SHORT)}
                {field::line(cx, state, "reported_at", "safeguarding.reported_at", WHEN)}
                {field::line(cx, state, "receipt", "safeguarding.receipt", RECEIPT)}
                {field::text_area(cx, state, "words", "safeguarding.words", WORDS)}
                <p><button class="button main" type="submit">{cx.t("safeguarding.write")}</button></p>
            </form>
        </details>
    }
    .into_any()
}

fn guests(cx: &Cx, state: &FormState, record: &Record, here: &str) -> AnyView {
    let items = record.guests.iter().map(|g| guest_view(cx, g, record.keeps, here)).collect_view();
    let nobody = record.guests.is_empty().then(|| view! { <p class="soft">{cx.t("safeguarding.guests.none")}</p> });
    let add = record.keeps.then(|| {
        let mut options = vec![(String::new(), cx.t("safeguarding.guests.choose").into_owned())];
        options.extend(
            record
                .candidates
                .iter()
                .map(|s| (s.id.to_string(), format!("{} · {}", s.display_name, cx.word("role", s.role.code())))),
        );
        view! {
            <form method="post" action=format!("{here}/guests")>
                {field::token(cx)}
                {field::select(cx, state, "guest", "safeguarding.guests.who", &options, true)}
                {field::text_area(cx, state, "guest_reason", "cases.reason", REASON)}
                <p><button class="button" type="submit">{cx.t("safeguarding.guests.add")}</button></p>
            </form>
        }
    });
    view! {
        <section class="card">
            <h2>{cx.t("safeguarding.guests")}</h2>
            <p class="hint">{cx.t("safeguarding.guests.hint")}</p>
            {nobody}
            {items}
            {add}
        </section>
    }
    .into_any()
}

fn guest_view(cx: &Cx, guest: &Guest, keeps: bool, here: &str) -> AnyView {
    let (name, reason, id) = (guest.name.clone(), guest.reason.clone(), guest.staff_id.to_string());
    let since = [("who", guest.added_name.clone()), ("when", time::moment(cx, guest.added_at))];
    let since = cx.tf("safeguarding.written", &[("who", &since[0].1), ("when", &since[1].1)]);
    let label = cx.tf("safeguarding.guests.end_named", &[("name", &guest.name)]);
    let end = keeps.then(|| {
        view! {
            <form method="post" action=format!("{here}/guests/end")>
                {field::token(cx)}
                {field::hidden("guest", id)}
                <button class="button small" type="submit" aria-label=label>{cx.t("safeguarding.guests.end")}</button>
            </form>
        }
    });
    view! { <p><b>{name}</b>" "{reason}<small class="soft">" "{since}</small></p>{end} }.into_any()
}

async fn finish(req: &Req, field: &str, done: Result<()>) -> Result<Response> {
    let mut state = FormState::of(req.form.clone());
    let status = match done {
        Ok(()) => return Ok(respond::see_other(&format!("/desk/safeguarding/{}", req.param("number")))),
        Err(Error::Bad(key)) => {
            state.error(field, key);
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Err(Error::Conflict) => {
            state.error("", "error.conflict");
            StatusCode::CONFLICT
        }
        Err(other) => return Err(other),
    };
    show(req, &state, status).await
}

/// `POST /desk/safeguarding/{number}/report`.
pub async fn report(req: Req) -> Result<Response> {
    match form::mandatory_report(&req.form, req.app.now()) {
        Ok(made) => {
            let done = safeguarding::report(&req.app, &*req.actor()?, req.param("number"), &made).await;
            finish(&req, "reported_at", done).await
        }
        Err(state) => show(&req, &state, StatusCode::UNPROCESSABLE_ENTITY).await,
    }
}

/// `POST /desk/safeguarding/{number}/guests`.
pub async fn add_guest(req: Req) -> Result<Response> {
    match form::guest(&req.form) {
        Ok((guest, why)) => {
            let done = safeguarding::add_guest(&req.app, &*req.actor()?, req.param("number"), guest, &why).await;
            finish(&req, "guest", done).await
        }
        Err(state) => show(&req, &state, StatusCode::UNPROCESSABLE_ENTITY).await,
    }
}

/// `POST /desk/safeguarding/{number}/guests/end`.
pub async fn end_guest(req: Req) -> Result<Response> {
    let Some(guest) = StaffId::parse(req.form.text("guest")) else {
        let mut state = FormState::of(req.form.clone());
        state.error("guest", "safeguarding.error.guest");
        return show(&req, &state, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let done = safeguarding::end_guest(&req.app, &*req.actor()?, req.param("number"), guest).await;
    finish(&req, "guest", done).await
}
