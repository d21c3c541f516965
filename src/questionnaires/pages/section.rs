//! One section of a draft: its words, when it is shown, where it goes on.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::{
    error::{Error, Result},
    forms::model::{Definition, END, Section},
    http::{Cx, Req, Response, respond},
    questionnaires::{
        form::{
            condition::{earlier, up_to_end_of},
            section::{self as form, KEPT, MOST_JUMPS, jump_look, jump_to, jump_value},
        },
        model::Questionnaire,
        pages::{
            asked_for, back,
            condition::{self, Shown},
            draft_token, save,
        },
    },
    ui::{
        self, FormState, Page, desk_page,
        field::{self, Line},
    },
};

/// The section of the address, and its place.
fn section_of<'a>(req: &Req, questionnaire: &'a Questionnaire) -> Result<(usize, &'a Section)> {
    let key = req.param("key");
    questionnaire.draft.sections.iter().enumerate().find(|(_, s)| s.key == key).ok_or(Error::NotFound)
}

/// `GET /desk/questionnaires/{id}/sections/{key}`.
pub async fn section_page(req: Req) -> Result<Response> {
    let questionnaire = asked_for(&req).await?;
    let (state, _) = form::filled(&questionnaire.draft, section_of(&req, &questionnaire)?.1);
    let page = view_of(&req, &questionnaire, &state)?;
    Ok(ui::respond(&req.app, &req.cx, page).await)
}

/// `POST /desk/questionnaires/{id}/sections/{key}`.
pub async fn save_section(req: Req) -> Result<Response> {
    let questionnaire = asked_for(&req).await?;
    let (at, before) = section_of(&req, &questionnaire)?;
    let (state, status) = match form::parse(&req.form, &questionnaire.draft, before) {
        Ok(section) => {
            let (mut draft, mut state) = (questionnaire.draft.clone(), FormState::of(req.form.clone()));
            let key = section.key.clone();
            draft.sections[at] = section;
            if save(&req, &questionnaire, &draft, &mut state).await? {
                return Ok(respond::see_other(&format!("/desk/questionnaires/{}/edit#{key}", questionnaire.id)));
            }
            (state, StatusCode::CONFLICT)
        }
        Err(state) => (state, StatusCode::UNPROCESSABLE_ENTITY),
    };
    let page = view_of(&req, &asked_for(&req).await?, &state)?.status(status);
    Ok(ui::respond(&req.app, &req.cx, page).await)
}

fn view_of(req: &Req, questionnaire: &Questionnaire, state: &FormState) -> Result<Page> {
    let (cx, draft) = (&req.cx, &questionnaire.draft);
    let (at, section) = section_of(req, questionnaire)?;
    let title = cx.tf("questionnaires.section.title", &[("number", &(at + 1).to_string())]);
    let href = format!("/desk/questionnaires/{}/edit#{}", questionnaire.id, section.key);
    let earlier = earlier(draft, &section.key);
    let is_simple = form::filled(draft, section).1;
    let shown = Shown { draft, earlier: &earlier, before: section.show_if.as_ref(), is_simple };
    let line = |hint: &'static str| Line { autocomplete: "off", hint, ..Line::default() };
    let has_english = ["title_en", "text_en"].iter().any(|f| state.values.has(f));
    let main = view! {
        {back(cx, href, "questionnaires.edit.back")}
        <header class="page-head"><h1>{title.clone()}</h1></header>
        {field::error_summary(cx, state)}
        <form method="post">
            {draft_token(cx, questionnaire)}
            {field::line(cx, state, "title", "questionnaires.section.name", line("questionnaires.section.name_hint"))}
            {field::text_area(cx, state, "text", "questionnaires.section.text", line(""))}
            {condition::fields(cx, state, &shown)}
            {jumps(cx, state, draft, section)}
            <details class="fold" open=has_english>
                <summary>{cx.t("questionnaires.english")}</summary>
                {field::line(cx, state, "title_en", "questionnaires.section.name_en", line(""))}
                {field::text_area(cx, state, "text_en", "questionnaires.section.text_en", line(""))}
            </details>
            <p class="button-row"><button class="button main" type="submit">{cx.t("ui.save")}</button></p>
        </form>
    };
    Ok(desk_page::admin_page(cx, title, main))
}

/// Where a section goes on: each jump is one look and one target.
fn jumps(cx: &Cx, state: &FormState, draft: &Definition, section: &Section) -> AnyView {
    let asked = up_to_end_of(draft, &section.key);
    let used = (0..MOST_JUMPS).filter(|at| state.values.has(&jump_to(*at))).max().map_or(0, |at| at + 1);
    let rows = (0..MOST_JUMPS.max(section.jumps.len()).min(used + 1))
        .map(|at| {
            let mut first = vec![("", "questionnaires.jump.always")];
            if state.values.text(&jump_look(at)) == KEPT {
                first.push((KEPT, "questionnaires.jump.kept"));
            }
            let label = cx.tf("questionnaires.jump.number", &[("number", &(at + 1).to_string())]);
            view! {
                <div class="look" role="group" aria-label=label>
                    {condition::select(cx, state, &jump_look(at), &asked, &first)}
                    {condition::takes_value(&asked).then(|| condition::typed(cx, state, &jump_value(at)))}
                    {target(cx, state, draft, section, at)}
                </div>
            }
        })
        .collect_view();
    view! {
        <details class="fold" id="jumps" open=!section.jumps.is_empty() || used != 0>
            <summary>{cx.t("questionnaires.jump")}</summary>
            <p class="hint">{cx.t("questionnaires.jump.hint")}</p>
            {rows}
        </details>
    }
    .into_any()
}

fn target(cx: &Cx, state: &FormState, draft: &Definition, section: &Section, at: usize) -> AnyView {
    let name = jump_to(at);
    let chosen = state.values.text(&name).to_string();
    let error = state.message(cx, &name);
    let class = if error.is_some() { "has-error" } else { "" };
    let later = draft
        .sections
        .iter()
        .enumerate()
        .skip_while(|(_, s)| s.key != section.key)
        .skip(1)
        .map(|(i, s)| {
            let number = cx.tf("questionnaires.section.title", &[("number", &(i + 1).to_string())]);
            (s.key.clone(), format!("{number} {}", s.title.get(cx.lang)))
        })
        .chain([(END.to_string(), cx.t("questionnaires.jump.end").into_owned())]);
    let options = later
        .map(|(key, words)| {
            let selected = key == chosen;
            view! { <option value=key selected=selected>{words}</option> }
        })
        .collect_view();
    view! {
        <div class=class>
            {error.map(|e| view! { <p class="error">{e}</p> })}
            <select id=field::field_id(&name) name=name aria-label=cx.t("questionnaires.jump.to")>
                <option value="">{cx.t("questionnaires.jump.none")}</option>
                {options}
            </select>
        </div>
    }
    .into_any()
}
