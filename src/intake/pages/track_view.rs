//! The tracking page: where the case stands, what was said, what its owner may do now. It shows status and messages,
//! never the original text (promise 9).

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::{
    attachments::staged::Staged,
    cases::{
        model::{Lane, State},
        submitter::Track,
    },
    http::Cx,
    intake::{
        pages::{emergency_numbers, footer, kept_files, track_parts},
        rules::MAX_BODY_CHARS,
    },
    kernel::{ids::AttachmentId, tracking_code::TrackingCode},
    organizations::model::Organization,
    ui::{
        FormState, Page,
        field::{self, Line},
        page, time,
    },
};

/// The page that asks for the code.
pub fn ask(cx: &Cx, state: &FormState) -> Page {
    let error = state.message(cx, "tracking_code");
    let body = view! {
        <main class="page" id="main">
            {page::masthead(cx, "回", &cx.t("ui.product"), &cx.t("track.title"))}
            <h1>{cx.t("track.title")}</h1>
            <p class="lead">{cx.t("track.lead")}</p>
            {field::error_summary(cx, state)}
            <form method="post" action=cx.href("/track")>
                <div class=if error.is_some() { "field has-error" } else { "field" }>
                    <label class="label" for="f-tracking_code">{cx.t("track.code")}</label>
                    {error.clone().map(|e| view! { <p class="error" id="f-tracking_code-error">{e}</p> })}
                    <input class="input-code" id="f-tracking_code" name="tracking_code" autocomplete="off" autocapitalize="characters"
                        spellcheck="false" enterkeyhint="go" placeholder="XXXX-XXXX-XXXX-XXXX" maxlength="40" required/>
                </div>
                <div class="bar"><div class="bar-inner"><button class="button main" type="submit">{cx.t("track.show")}</button></div></div>
            </form>
        </main>
    };
    Page::public(cx.t("track.title"), body)
}

/// The page of a case; `more` is about hearing of it by e-mail, and about what is stored. The code goes along in the forms, so that no address and no cookie carries it.
pub fn case(
    cx: &Cx,
    org: &Organization,
    code: &TrackingCode,
    view: &Track,
    (state, staged): (&FormState, &[Staged]),
    done: Option<&'static str>,
    more: AnyView,
) -> Page {
    let number = view.number.clone();
    let pill = match view.state {
        State::Answered | State::Closed => "pill ok",
        State::Declined | State::Withdrawn | State::Transferred => "pill soft",
        _ => "pill",
    };
    let department =
        view.department.clone().map(|d| format!(" · {}", cx.tf("track.department", &[("department", d.as_str())])));
    let due = time::day(cx, view.promised_at);
    let body = view! {
        <main class="page" id="main">
            {page::masthead_of_form(cx, [&org.emblem, &org.name, &cx.t("track.title")], AGAIN_FORM, "/track")}
            {(!view.can_message).then(|| view! {
                <form id=AGAIN_FORM method="post" action=cx.href("/track")>{field::hidden("tracking_code", code.plain())}</form>
            })}
            {(view.lane == Lane::Safeguarding).then(|| view! {
                <div class="danger-panel"><h2>{cx.t("intake.danger.after")}</h2>{emergency_numbers(cx)}</div>
            })}
            <h1><span class="case-number">{number}</span></h1>
            <p class="lead"><span class=pill>{cx.word("track.state", view.state.code())}</span>
                {department}</p>
            {view.together.then(|| view! { <p class="notice">{cx.t("track.together")}</p> })}
            {view.state.is_open().then(|| view! { <p class="hint">{cx.tf("track.due", &[("day", &due)])}</p> })}
            {view.paused_until.map(|until| {
                let until = time::day(cx, until);
                view! { <p class="banner warn">{cx.tf("clocks.track.paused", &[("day", &until)])}</p> }
            })}
            {done.map(|key| view! { <p class="notice" role="status">{cx.t(key)}</p> })}
            {field::error_summary(cx, state)}
            {timeline(cx, view)}
            {messages(cx, org, code, view)}
            {track_parts::parts(cx, org, code, view)}
            {track_parts::to_rate(view).map(|part| rate(cx, code, state, part))}
            {view.can_message.then(|| message(cx, code, state, track_parts::choices(cx, view), staged))}
            {(view.can_urge || view.can_withdraw).then(|| urge_and_withdraw(cx, code, view, None))}
            {more}
        </main>
        {footer(cx, org)}
    };
    Page::public(format!("{} · {}", cx.t("track.title"), org.name), body)
}

/// The form by which the page of a case comes in another language or size: no address holds the code. Where one can write
/// it is the form of the message, so that what was written stays.
const AGAIN_FORM: &str = "track-again";

pub(super) fn timeline(cx: &Cx, view: &Track) -> AnyView {
    let items = view
        .timeline
        .iter()
        .map(|item| {
            let (at, text) = (time::day(cx, item.at), item.text.clone());
            view! {
                <li class="done"><b>{cx.word("track.step", item.kind.code())}</b><time>{at}</time>
                    {(!text.is_empty()).then(|| view! { <p>{text}</p> })}</li>
            }
        })
        .collect_view();
    let next = view.state.is_open().then(|| view! { <li class="next"><b>{cx.t("track.next")}</b></li> });
    view! { <ol class="timeline">{items}{next}</ol> }.into_any()
}

/// What was said, by either side: messages and the answers that went out.
pub struct Said {
    /// When.
    pub at: DateTime<Utc>,
    /// By the office, or by the person with the code.
    pub from_office: bool,
    /// The text; an answer to a suggestion begins with what became of it.
    pub text: String,
    /// The files that came with it.
    pub files: Vec<AttachmentId>,
}

/// Messages and answers, oldest first.
pub fn conversation(cx: &Cx, view: &Track) -> Vec<Said> {
    let messages = view.messages.iter().map(|m| Said {
        at: m.at,
        from_office: m.from_office,
        text: m.text.clone(),
        files: m.files.clone(),
    });
    let answers = view.reply.iter().map(|a| Said {
        at: a.at,
        from_office: true,
        text: match a.outcome {
            Some(outcome) => format!("{}\n{}", cx.word("track.outcome", outcome.code()), a.text),
            None => a.text.clone(),
        },
        files: a.files.clone(),
    });
    let mut all: Vec<Said> = messages.chain(answers).collect();
    all.sort_by_key(|s| s.at);
    all
}

pub(super) fn messages(cx: &Cx, org: &Organization, code: &TrackingCode, view: &Track) -> Option<AnyView> {
    let said = conversation(cx, view);
    if said.is_empty() {
        return None;
    }
    let items = said
        .into_iter()
        .map(|m| {
            let class = if m.from_office { "message from-office" } else { "message from-you" };
            let who = if m.from_office { org.office_name.clone() } else { cx.t("track.you").into_owned() };
            let at = time::day(cx, m.at);
            let note = (!m.files.is_empty()).then(|| cx.tf("track.files", &[("count", &m.files.len().to_string())]));
            let files = if m.from_office { m.files } else { Vec::new() };
            let files = files.into_iter().enumerate().map(|(i, id)| office_file(cx, code, i + 1, id)).collect_view();
            view! {
                <li class=class><p class="message-head"><b>{who}</b><time>{at}</time></p><p class="text">{m.text}</p>
                    {note.map(|n| view! { <p class="hint">{n}</p> })}{files}</li>
            }
        })
        .collect_view();
    Some(
        view! { <div class="section"><h2>{cx.t("track.messages")}</h2><ul class="messages">{items}</ul></div> }
            .into_any(),
    )
}

/// The way to a file that the office sent.
fn office_file(cx: &Cx, code: &TrackingCode, n: usize, id: AttachmentId) -> AnyView {
    let words = cx.tf("redact.track.take", &[("n", &n.to_string())]);
    view! {
        <form method="post" action=cx.href("/track")>{secret(code, "file", None)}{field::hidden("file", id.to_string())}
            <button class="button small quiet" type="submit">{words}</button></form>
    }
    .into_any()
}

/// The code, what is done, and with which part.
fn secret(code: &TrackingCode, action: &'static str, part: Option<&str>) -> AnyView {
    view! {
        {field::hidden("tracking_code", code.plain())}
        {field::hidden("action", action)}
        {part.map(|number| field::hidden("part", number))}
    }
    .into_any()
}

/// The three questions about the last answer of the case, or of a part of it.
fn rate(cx: &Cx, code: &TrackingCode, state: &FormState, part: Option<&str>) -> AnyView {
    let options = |yes: &str, no: &str| {
        vec![("yes".to_string(), cx.t(yes).into_owned()), ("no".to_string(), cx.t(no).into_owned())]
    };
    view! {
        <section class="ask"><h2>{cx.t("track.rate.title")}{part.map(|number| format!(" · {number}"))}</h2>
            <form method="post" action=cx.href("/track")>
                {secret(code, "rate", part)}
                {field::chips(cx, state, "contacted", "track.rate.contacted", &options("track.rate.contacted.yes", "track.rate.contacted.no"), true)}
                {field::chips(cx, state, "solved", "track.rate.solved", &options("track.rate.solved.yes", "track.rate.solved.no"), true)}
                {field::chips(cx, state, "satisfied", "track.rate.satisfied", &options("track.rate.satisfied.yes", "track.rate.satisfied.no"), true)}
                {field::text_area(cx, state, "comment", "track.rate.comment", Line { max: MAX_BODY_CHARS, ..Line::default() })}
                <div class="field"><button class="button main wide" type="submit">{cx.t("track.rate.send")}</button></div>
            </form>
            <p class="hint">{cx.t("track.rate.hint")}</p>
        </section>
    }
    .into_any()
}

fn message(
    cx: &Cx,
    code: &TrackingCode,
    state: &FormState,
    about: Vec<(String, String)>,
    staged: &[Staged],
) -> AnyView {
    let open = state.values.has("message");
    let error = state.message(cx, "files");
    let key = state.values.text("idempotency_key").to_string();
    view! {
        <details class="fold" open=open><summary>{cx.t("track.message.title")}</summary>
            <form id=AGAIN_FORM method="post" action=cx.href("/track") enctype="multipart/form-data">
                {secret(code, "message", None)}
                {field::hidden("idempotency_key", key)}
                {(!about.is_empty()).then(|| field::select(cx, state, "part", "splits.about", &about, false))}
                {field::text_area(cx, state, "message", "track.message.text", Line { required: true, ..Line::default() })}
                <div class=if error.is_some() { "field has-error" } else { "field" }>
                    <label class="label" for="f-files">{cx.t("intake.files")}{field::optional(cx)}</label>
                    {error.clone().map(|e| view! { <p class="error" id="f-files-error">{e}</p> })}
                    {(!staged.is_empty()).then(|| view! { <div class="choice-list">{kept_files(cx, staged)}</div> })}
                    <input type="file" id="f-files" name="files" multiple accept="image/jpeg,image/png,image/webp,image/gif,application/pdf"/></div>
                <p><button class="button main" type="submit">{cx.t("track.message.send")}</button></p>
            </form>
        </details>
    }
    .into_any()
}

/// What its owner may do with an open case, or a part of it.
pub(super) fn urge_and_withdraw(cx: &Cx, code: &TrackingCode, view: &Track, part: Option<&str>) -> AnyView {
    let urge = view.can_urge.then(|| {
        view! {
            <form method="post" action=cx.href("/track")>{secret(code, "urge", part)}
                <button class="button" type="submit">{cx.t("track.urge")}</button></form>
        }
    });
    let withdraw = view.can_withdraw.then(|| {
        view! {
            <details class="fold"><summary>{cx.t("track.withdraw.title")}</summary>
                <p>{cx.t("track.withdraw.text")}</p>
                <form method="post" action=cx.href("/track")>{secret(code, "withdraw", part)}
                    <button class="button danger" type="submit">{cx.t("track.withdraw.button")}</button></form>
            </details>
        }
    });
    view! { <div class="section">{urge}{withdraw}</div> }.into_any()
}
