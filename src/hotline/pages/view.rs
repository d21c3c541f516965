//! What the screen looks like: what is said on the left, who says it on the right, everything in the order of Tab.

use leptos::prelude::*;

use crate::{
    cases::model::{Identity, Person},
    forms,
    hotline::{
        drafts::Draft,
        islands::server,
        model::{CallKind, Duty, Urgency},
        pages::{fields, log_of, screen, screen::Beside, similar, word_of},
        roster::half_at,
    },
    http::Cx,
    intake::{
        open::Open,
        pages::{emergency_numbers, taken::said},
        rules::MAX_CONTACT_CHARS,
    },
    ui::{
        FormState, Page, desk_page,
        field::{self, Line},
        page::Bundle,
        time,
    },
};

/// The page.
pub(super) fn page(cx: &Cx, kind: CallKind, open: &Open, state: &FormState, beside: &Beside) -> Page {
    let title = cx.word("intake.taken", word_of(kind)).into_owned();
    let log = cx.word("hotline.log", word_of(kind));
    let main = view! {
        <header class="page-head">
            <h1>{title.clone()}</h1>
            {server::clock(cx)}
            <a class="button quiet small" href=log_of(kind)>{log}</a>
        </header>
        {(kind == CallKind::Call).then(|| on_duty(cx, open, beside))}
        {unsaved(cx, kind, beside)}
        {field::error_summary(cx, state)}
        {form(cx, kind, open, state, beside)}
    };
    desk_page::admin_page(cx, title, main).with_islands(Bundle::Desk)
}

fn form(cx: &Cx, kind: CallKind, open: &Open, state: &FormState, beside: &Beside) -> AnyView {
    let hidden = ["idempotency_key", "draft", "started_at"]
        .map(|name| field::hidden(name, state.values.text(name)))
        .collect_view();
    view! {
        <form class="call" id="call" method="post" action=screen(kind) enctype="multipart/form-data">
            // What Enter in a line presses: the first button of a form.
            <button class="visually-hidden" type="submit" tabindex="-1" aria-hidden="true">{cx.t("intake.taken.save")}</button>
            {field::token(cx)}
            {hidden}
            <div class="call-said">{what(cx, kind, open, state, beside)}</div>
            <div class="call-who">{similar::section(cx, kind, state, beside.similar.as_deref())}{who(cx, kind, state, beside)}</div>
            <p class="call-foot button-row">
                <button class="button main" type="submit" id="call-save">{cx.t("intake.taken.save")}" "<kbd>"Ctrl + Enter"</kbd></button>
                <button class="button quiet" type="submit" id="call-keep" formnovalidate=true
                    formaction=format!("{}/drafts", log_of(kind))>{cx.t("hotline.keep")}</button>
                <span class="draft-state" id="draft-state" role="status"></span>
            </p>
            {server::screen(cx, kind)}
        </form>
    }
    .into_any()
}

/// What is said: words, topic, place, how much it presses, what becomes of it.
fn what(cx: &Cx, kind: CallKind, open: &Open, state: &FormState, beside: &Beside) -> AnyView {
    let urgencies = words(cx, "hotline.urgency", Urgency::ALL.iter().map(|u| u.code()));
    let thens = [("case", "hotline.then.case"), ("answered", "hotline.then.answered")]
        .map(|(code, key)| (code.to_string(), cx.t(key).into_owned()));
    let answer = Line { hint: "hotline.answer.hint", ..Line::default() };
    view! {
        {said(cx, word_of(kind), state)}
        {fields::topic(cx, state, &open.topics)}
        {fields::place(cx, state, &beside.places)}
        {field::chips(cx, state, "urgency", "hotline.urgency", &urgencies, true)}
        <details class="danger-fold" id="danger-words" open=state.values.text("urgency") == "danger">
            <summary class="danger-entry"><span><b>{cx.t("intake.taken.danger.say")}</b></span></summary>
            <div class="danger-panel"><p>{cx.t("intake.taken.danger.words")}</p>{emergency_numbers(cx)}</div>
        </details>
        {questions(cx, open, state)}
        {field::chips(cx, state, "then", "hotline.then", &thens, true)}
        <div id="answer-part">{field::text_area(cx, state, "answer", "hotline.answer", answer)}</div>
    }
    .into_any()
}

/// What the access point's own form asks: folded, unless something must be answered, was answered or is wrong.
fn questions(cx: &Cx, open: &Open, state: &FormState) -> Option<AnyView> {
    let definition = &open.version.definition;
    definition.questions().next()?;
    let wanted = definition.questions().any(|q| q.required)
        || state.values.pairs().any(|(name, value)| name.starts_with("answer.") && !value.trim().is_empty())
        || state.errors.iter().any(|e| e.field.starts_with("answer."));
    let view = view! {
        <details class="fold" open=wanted><summary>{cx.t("hotline.questions")}</summary>
            <div>{forms::view::sections(cx, state, definition, &[])}</div></details>
    };
    Some(view.into_any())
}

/// Who says it, and how to reach them.
fn who(cx: &Cx, kind: CallKind, state: &FormState, beside: &Beside) -> AnyView {
    let people = words(cx, "intake.person", Person::ALL.iter().map(|p| p.code()));
    let identities = words(cx, "intake.identity", Identity::ALL.iter().map(|i| i.code()));
    let line = |kind: &'static str| Line { kind, autocomplete: "off", max: MAX_CONTACT_CHARS, ..Line::default() };
    let later = Line { kind: "datetime-local", autocomplete: "off", ..Line::default() };
    let by_phone = (kind == CallKind::Call).then(|| fields::recording(cx, state, beside.recording.as_ref()));
    view! {
        {field::line(cx, state, "contact_name", "hotline.name", line(""))}
        {field::line(cx, state, "contact", "hotline.number", line("tel"))}
        {field::chips(cx, state, "role", "intake.taken.person", &people, true)}
        {field::chips(cx, state, "identity", "hotline.appear", &identities, true)}
        {field::switch(cx, state, "guardian", "intake.taken.guardian")}
        {field::switch(cx, state, "call_back", "hotline.call_back")}
        <div id="call-back-part">{field::line(cx, state, "call_back_at", "hotline.call_back_at", later)}</div>
        {by_phone}
    }
    .into_any()
}

fn words(cx: &Cx, prefix: &str, codes: impl Iterator<Item = &'static str>) -> Vec<(String, String)> {
    codes.map(|code| (code.to_string(), cx.word(prefix, code).into_owned())).collect()
}

/// Who is on the line now; whoever sits there can write all the same.
fn on_duty(cx: &Cx, open: &Open, beside: &Beside) -> AnyView {
    let half = half_at(cx.now);
    let name = |duty: &Duty| beside.people.iter().find(|p| p.id == duty.staff_id).map(|p| p.display_name.clone());
    let today: Vec<String> = beside
        .duties
        .iter()
        .filter_map(|duty| Some(format!("{} {}", cx.word("hotline.half", duty.half.code()), name(duty)?)))
        .collect();
    let me = cx.actor.as_ref().map(|a| a.staff_id);
    let calendar = &open.org.calendar;
    let (day, now) = (calendar.local_date(cx.now), cx.now);
    let outside = !calendar.is_working_day(day) || now < calendar.opening(day) || now >= calendar.closing(day);
    let hint = if outside {
        Some("hotline.duty.outside")
    } else if beside.duties.iter().any(|d| d.half == half && Some(d.staff_id) != me) {
        Some("hotline.duty.other")
    } else {
        None
    };
    let line = if today.is_empty() { cx.t("hotline.duty.nobody").into_owned() } else { today.join(" · ") };
    view! {
        <p class="call-duty"><b>{cx.t("hotline.duty.today")}</b>" "{line}
            {hint.map(|key| view! { " "<span class="pill warn">{cx.t(key)}</span> })}</p>
    }
    .into_any()
}

/// What was not saved: on the screen already, or to be chosen.
fn unsaved(cx: &Cx, kind: CallKind, beside: &Beside) -> AnyView {
    let restored = beside.restored.then(|| {
        let fresh = format!("{}?fresh=1", screen(kind));
        view! {
            <div class="banner ok"><p>{cx.t("hotline.draft.restored")}" "<a href=fresh>{cx.t("hotline.draft.fresh")}</a></p></div>
        }
    });
    let others = beside.drafts.iter().map(|draft| other(cx, kind, draft)).collect_view();
    let list = (!beside.drafts.is_empty()).then(|| {
        view! {
            <section class="card"><h2>{cx.t("hotline.draft.others")}</h2><ul class="file-list">{others}</ul></section>
        }
    });
    view! { {restored}{list} }.into_any()
}

fn other(cx: &Cx, kind: CallKind, draft: &Draft) -> AnyView {
    let go_on = format!("{}?draft={}", screen(kind), draft.id);
    let drop = format!("/desk/hotline/drafts/{}/drop", draft.id);
    let (when, words) = (time::moment(cx, draft.kept_at), draft.excerpt());
    view! {
        <li>
            <span>{words}</span><small>{when}</small>
            <a class="button small quiet" href=go_on>{cx.t("hotline.draft.go_on")}</a>
            <form method="post" action=drop>{field::token(cx)}{field::hidden("kind", kind.code())}
                <button class="button small quiet" type="submit">{cx.t("hotline.draft.drop")}</button></form>
        </li>
    }
    .into_any()
}
