//! The builder: sections and questions as cards. Every button saves and comes back to the same place.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::{
    error::{Error, Result},
    forms::{
        self,
        model::{Question, QuestionKind, Section},
    },
    http::{Cx, Req, Response, respond},
    questionnaires::{
        actions,
        model::{Questionnaire, edit::Step},
        pages::{asked_for, back, draft_token, draft_version, save, taken},
    },
    ui::{self, FormState, Page, desk_page, field, icon},
};

const UP: &str = "M6 14.5l6-6 6 6";
const DOWN: &str = "M6 9.5l6 6 6-6";
const COPY: &str = "M9 9h11v11H9zM15 9V4H4v11h5";
const BIN: &str = "M5 7h14M10 7V4.5h4V7M7 7l1 13h8l1-13";

/// `GET /desk/questionnaires/{id}/edit`.
pub async fn edit_page(req: Req) -> Result<Response> {
    let questionnaire = asked_for(&req).await?;
    let page = view_of(&req, &questionnaire, &FormState::default());
    Ok(ui::respond(&req.app, &req.cx, page).await)
}

/// `POST /desk/questionnaires/{id}/edit`: one button was pressed.
pub async fn press(req: Req) -> Result<Response> {
    let questionnaire = asked_for(&req).await?;
    let here = format!("/desk/questionnaires/{}", questionnaire.id);
    if req.form.text("do") == "undo" {
        return match actions::undo(&req.app, &*req.actor()?, questionnaire.id, draft_version(&req)).await {
            Ok(()) => Ok(respond::see_other(&format!("{here}/edit?done=undone"))),
            Err(Error::Conflict) => changed(&req).await,
            Err(other) => Err(other),
        };
    }
    let step = Step::parse(req.form.text("do")).ok_or(Error::Bad("error.bad_form"))?;
    let (mut draft, mut state) = (questionnaire.draft.clone(), FormState::default());
    let mut taken = taken(&req, &questionnaire).await?;
    let Some(key) = step.apply(&mut draft, &mut taken) else {
        return if draft_version(&req) == questionnaire.draft_version {
            Ok(respond::see_other(&format!("{here}/edit")))
        } else {
            changed(&req).await
        };
    };
    if !save(&req, &questionnaire, &draft, &mut state).await? {
        return changed(&req).await;
    }
    Ok(respond::see_other(&match step {
        // A new question wants its words first.
        Step::Add(..) => format!("{here}/questions/{key}"),
        Step::Delete(_) => format!("{here}/edit?done=deleted#{key}"),
        _ => format!("{here}/edit#{key}"),
    }))
}

/// The draft as it is now, and that somebody else changed it.
async fn changed(req: &Req) -> Result<Response> {
    let mut state = FormState::default();
    state.error("", "questionnaires.error.changed_look");
    let page = view_of(req, &asked_for(req).await?, &state).status(StatusCode::CONFLICT);
    Ok(ui::respond(&req.app, &req.cx, page).await)
}

fn view_of(req: &Req, questionnaire: &Questionnaire, state: &FormState) -> Page {
    let cx = &req.cx;
    let here = format!("/desk/questionnaires/{}", questionnaire.id);
    let done = match req.query.text("done") {
        "deleted" if questionnaire.can_undo => Some("questionnaires.edit.deleted"),
        "undone" => Some("questionnaires.edit.undone"),
        _ => None,
    };
    let undo = || {
        questionnaire.can_undo.then(|| {
            view! { <button class="button quiet" type="submit" name="do" value="undo">{cx.t("questionnaires.edit.undo")}</button> }
        })
    };
    let mut number = 0;
    let sections = questionnaire
        .draft
        .sections
        .iter()
        .enumerate()
        .map(|(at, s)| {
            let first = number + 1;
            number += s.questions.len();
            section(cx, questionnaire, s, at + 1, first)
        })
        .collect_view();
    let main = view! {
        {back(cx, here.clone(), "questionnaires.overview.back")}
        <header class="page-head">
            <h1>{questionnaire.title.clone()}</h1>
            <a class="button" href=format!("{here}/preview")>{cx.t("questionnaires.preview")}</a>
            <a class="button quiet" href=format!("{here}/words")>{cx.t("questionnaires.words")}</a>
        </header>
        {field::error_summary(cx, state)}
        <form method="post" action=format!("{here}/edit")>
            {draft_token(cx, questionnaire)}
            {done.map(|key| view! { <p class="banner ok" role="status">{cx.t(key)}" "{undo()}</p> })}
            {sections}
            <p class="button-row">
                <button class="button" type="submit" name="do" value="section">{cx.t("questionnaires.edit.add_section")}</button>
                {done.is_none().then(undo)}
                <a class="button main" href=here.clone()>{cx.t("questionnaires.edit.done")}</a>
            </p>
        </form>
    };
    desk_page::admin_page(cx, questionnaire.title.clone(), main)
}

/// A section with its questions; `first` is the number of the first one.
fn section(cx: &Cx, questionnaire: &Questionnaire, s: &Section, number: usize, first: usize) -> AnyView {
    let name = cx.tf("questionnaires.section.title", &[("number", &number.to_string())]);
    let title = s.title.get(cx.lang).to_string();
    let href = format!("/desk/questionnaires/{}/sections/{}", questionnaire.id, s.key);
    let when = s.show_if.as_ref().map(|c| forms::view::condition(cx, &questionnaire.draft, c));
    let jumps = (!s.jumps.is_empty()).then(|| view! { <span class="pill">{cx.t("questionnaires.edit.jumps")}</span> });
    let questions = s.questions.iter().zip(first..).map(|(q, n)| question(cx, questionnaire, q, n)).collect_view();
    let several = questionnaire.draft.sections.len() > 1;
    view! {
        <section class="build-section" id=s.key.clone()>
            <header class="build-head">
                <h2>{name.clone()}" "{title}" "{jumps}</h2>
                <a class="button small" href=href>{cx.t("questionnaires.edit.section")}</a>
                {several.then(|| buttons(cx, &s.key, &name, false))}
            </header>
            {when.map(|words| view! { <p class="condition">{cx.tf("forms.only_if", &[("condition", &words)])}</p> })}
            {questions}
            {s.questions.is_empty().then(|| view! { <p class="empty">{cx.t("questionnaires.edit.no_question")}</p> })}
            {add(cx, &s.key, s.questions.is_empty())}
        </section>
    }
    .into_any()
}

fn question(cx: &Cx, questionnaire: &Questionnaire, q: &Question, number: usize) -> AnyView {
    let href = format!("/desk/questionnaires/{}/questions/{}", questionnaire.id, q.key);
    let label = match q.label.get(cx.lang) {
        "" => cx.t("questionnaires.edit.no_words").into_owned(),
        words => words.chars().take(120).collect(),
    };
    let label = format!("{number}. {label}");
    let choices: Vec<&str> = q.rows.iter().chain(&q.choices).map(|c| c.label.get(cx.lang)).collect();
    let when = q.show_if.as_ref().map(|c| forms::view::condition(cx, &questionnaire.draft, c));
    view! {
        <article class="card build-question" id=q.key.clone()>
            <h3><a href=href.clone()>{label.clone()}</a></h3>
            <p>
                <span class="pill">{cx.word("questionnaires.kind", q.kind.code())}</span>" "
                {q.required.then(|| view! { <span class="pill warn">{cx.t("questionnaires.edit.required")}</span> })}
            </p>
            {(!choices.is_empty()).then(|| view! { <p class="hint">{choices.join(" / ")}</p> })}
            {when.map(|words| view! { <p class="condition">{cx.tf("forms.only_if", &[("condition", &words)])}</p> })}
            <div class="build-buttons">
                <a class="button small" href=href>{cx.t("questionnaires.edit.change")}</a>
                {buttons(cx, &q.key, &label, true)}
            </div>
        </article>
    }
    .into_any()
}

/// Up, down, copy, delete. `of` says to screen readers of what.
fn buttons(cx: &Cx, key: &str, of: &str, copy: bool) -> AnyView {
    let button = |verb: &str, label: &str, icon: &'static str| {
        let (value, label) = (format!("{verb} {key}"), cx.tf(label, &[("what", of)]));
        view! {
            <button class="button quiet small icon-only" type="submit" name="do" value=value aria-label=label.clone() title=label>
                {icon::icon(icon)}
            </button>
        }
        .into_any()
    };
    view! {
        {button("up", "questionnaires.edit.up", UP)}
        {button("down", "questionnaires.edit.down", DOWN)}
        {copy.then(|| button("copy", "questionnaires.edit.copy", COPY))}
        {button("delete", "questionnaires.edit.delete", BIN)}
    }
    .into_any()
}

/// A button for every kind of question.
fn add(cx: &Cx, section: &str, open: bool) -> AnyView {
    let kinds = QuestionKind::ALL
        .iter()
        .map(|kind| {
            let value = format!("add {section} {kind}");
            view! {
                <button class="button small" type="submit" name="do" value=value>
                    {cx.word("questionnaires.kind", kind.code())}
                </button>
            }
        })
        .collect_view();
    view! {
        <details class="fold" open=open>
            <summary>{cx.t("questionnaires.edit.add")}</summary>
            <div class="button-row build-kinds">{kinds}</div>
        </details>
    }
    .into_any()
}
