//! The questionnaire as a page, the thanks, and the page of one that is not open.

use leptos::prelude::*;

use crate::{
    forms::{
        self,
        form::Photos,
        islands::server::{Behaviour, logic, sent},
        model::{Definition, FormVersion, QuestionKind},
    },
    http::Cx,
    questionnaires::{
        model::{OneAnswer, Window},
        pages::{answer::Open, footer},
    },
    ui::{
        FormState, Page, field, icon,
        page::{self, Bundle},
        time,
    },
};

/// A check mark.
const DONE: &str = "M5 12.5l4.5 4.5L19 7";
/// Questions that people answer in a minute.
const A_MINUTE: usize = 5;

/// The page with all questions.
pub fn form(cx: &Cx, open: &Open, version: &FormVersion, state: &FormState, photos: &[Photos]) -> Page {
    let definition = &version.definition;
    let title = definition.title.get(cx.lang).to_string();
    let action = cx.href(&open.address());
    let left = format!("/q/{}/left?form_version={}", open.point.code, version.id);
    let next = if open.kiosk { action.clone() } else { String::new() };
    let behaviour = Behaviour { draft: open.draft(), left: &left, next: &next };
    let body = view! {
        <main class="page" id="main">
            {page::masthead_of_form(cx, [&open.org.emblem, &open.org.name, &open.point.title], "answers", &open.address())}
            {forms::view::error_summary(cx, state, definition)}
            <form id="answers" method="post" enctype="multipart/form-data" action=action>
                <div id="form-lead">
                    {lead(cx, definition)}
                    {notice(cx, open)}
                    {(open.questionnaire.settings.one_answer == OneAnswer::Code).then(|| forms::codes::code_field(cx, state))}
                </div>
                {field::hidden("idempotency_key", state.values.text("idempotency_key"))}
                {field::hidden("form_version", version.id.to_string())}
                {forms::view::sections(cx, state, definition, photos)}
                {logic(cx, definition, behaviour)}
                <div class="bar" id="send-bar"><div class="bar-inner">
                    <button class="button main" id="send" type="submit">{cx.t("questionnaires.answer.send")}</button>
                </div></div>
            </form>
        </main>
        {footer(cx, &open.org)}
    };
    Page::public(format!("{title} · {}", open.org.name), body).with_questions().with_islands(Bundle::Forms)
}

/// Title, introduction, how long it takes.
pub fn lead(cx: &Cx, definition: &Definition) -> AnyView {
    let (title, intro) = (definition.title.get(cx.lang).to_string(), definition.intro.get(cx.lang).to_string());
    let questions = definition.questions().filter(|q| q.kind != QuestionKind::Notice).count();
    let minutes = questions.div_ceil(A_MINUTE).max(1).to_string();
    let length = cx.tf("questionnaires.answer.length", &[("count", &questions.to_string()), ("minutes", &minutes)]);
    view! {
        <h1>{title}</h1>
        {(!intro.is_empty()).then(|| view! { <p class="form-text">{intro}</p> })}
        <p class="lead">{length}</p>
    }
    .into_any()
}

/// What is kept of a person who answers: said before they do.
fn notice(cx: &Cx, open: &Open) -> AnyView {
    let until = open.questionnaire.settings.closes_at.map(|at| {
        view! { <p>{cx.tf("questionnaires.answer.until", &[("moment", &time::moment(cx, at))])}</p> }
    });
    let with_code = open.questionnaire.settings.one_answer == OneAnswer::Code;
    view! {
        <div class="notice"><div>
            <p><b>{cx.t("questionnaires.answer.anonymous")}</b>" "{cx.t("questionnaires.answer.anonymous_text")}</p>
            {with_code.then(|| view! { <p>{cx.t("questionnaires.answer.code_text")}</p> })}
            {until}
        </div></div>
    }
    .into_any()
}

/// The answer to a sent form.
pub fn thanks(cx: &Cx, open: &Open, version: &FormVersion) -> Page {
    let words = match version.definition.thanks.get(cx.lang) {
        "" => cx.t("questionnaires.thanks.text").into_owned(),
        own => own.to_string(),
    };
    let start = cx.href(&format!("/{}", open.org.slug));
    let next = if open.kiosk {
        let again = cx.href(&open.address());
        view! {
            <p><a class="button main wide" id="next-person" href=again>{cx.t("questionnaires.thanks.next_person")}</a></p>
            <p class="hint">{cx.t("questionnaires.thanks.by_itself")}</p>
        }
        .into_any()
    } else {
        view! {
            <p>{cx.t("questionnaires.thanks.more")}</p>
            <p><a class="button" href=start>{cx.t("questionnaires.answer.start")}</a></p>
        }
        .into_any()
    };
    let body = view! {
        <main class="page" id="main">
            {page::masthead(cx, &open.org.emblem, &open.org.name, &open.point.title)}
            <section class="receipt" id="receipt" tabindex="-1">
                <span class="receipt-mark">{icon::icon(DONE)}</span>
                <h1>{cx.t("questionnaires.thanks.title")}</h1>
                <p class="form-text">{words}</p>
            </section>
            <div class="section">{next}</div>
            {sent(open.draft())}
        </main>
        {footer(cx, &open.org)}
    };
    let title = format!("{} · {}", cx.t("questionnaires.thanks.title"), open.org.name);
    Page::public(title, body).with_questions().with_islands(Bundle::Forms)
}

/// Why it can't be answered now.
pub fn not_open_words(cx: &Cx, window: Window) -> String {
    match window {
        Window::NotYet(Some(at)) => cx.tf("questionnaires.not_open.from", &[("moment", &time::moment(cx, at))]),
        Window::NotYet(None) => cx.t("questionnaires.not_open.not_yet").into_owned(),
        Window::Open | Window::Closed => cx.t("questionnaires.not_open.closed").into_owned(),
    }
}

/// The plain page of a questionnaire that is not open.
pub fn not_open(cx: &Cx, open: &Open, window: Window) -> Page {
    let title = cx.t(match window {
        Window::NotYet(_) => "questionnaires.not_open.not_yet_title",
        Window::Open | Window::Closed => "questionnaires.not_open.closed_title",
    });
    let start = cx.href(&format!("/{}", open.org.slug));
    let name = open.questionnaire.title.clone();
    let body = view! {
        <main class="page" id="main">
            {page::masthead(cx, &open.org.emblem, &open.org.name, &open.point.title)}
            <h1>{title.clone()}</h1>
            <p class="lead">{name}</p>
            <p>{not_open_words(cx, window)}</p>
            <p>{cx.t("questionnaires.not_open.other_ways")}</p>
            <p><a class="button main" href=start>{cx.t("questionnaires.answer.start")}</a></p>
        </main>
        {footer(cx, &open.org)}
    };
    Page::public(format!("{title} · {}", open.org.name), body)
}
