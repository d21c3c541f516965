//! A questionnaire comes from a file: first it is shown with what could not be carried over, then it becomes a draft.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::{
    error::{Error, Result},
    forms::{
        model::{Definition, Question},
        view::condition,
    },
    http::{Cx, Req, Response, respond},
    questionnaires::{
        actions,
        exchange::{Imported, own, pages::losses, read},
    },
    ui::{
        self, FormState, Page, back, desk_page,
        field::{self, Line},
    },
};

/// Choices of a question that the outline names.
const SHOWN_CHOICES: usize = 12;

/// `GET /desk/questionnaires/import`.
pub async fn import_page(req: Req) -> Result<Response> {
    let page = form_view(&req.cx, &FormState::default());
    Ok(ui::respond(&req.app, &req.cx, page).await)
}

/// `POST /desk/questionnaires/import`: a file is read and shown; nothing is saved.
pub async fn look(req: Req) -> Result<Response> {
    let file = req.form.files.iter().find(|f| f.field == "file");
    let pasted = req.form.text("text");
    let read = match file {
        Some(file) => read(&file.bytes).map_err(|key| ("file", key)),
        None if pasted.trim().is_empty() => Err(("file", "exchange.error.nothing")),
        None => read(pasted.as_bytes()).map_err(|key| ("text", key)),
    };
    let page = match read {
        Ok(imported) => look_view(&req.cx, &imported),
        Err((field, key)) => {
            let mut state = FormState::of(req.form.clone());
            state.error(field, key);
            form_view(&req.cx, &state).status(StatusCode::UNPROCESSABLE_ENTITY)
        }
    };
    Ok(ui::respond(&req.app, &req.cx, page).await)
}

/// `POST /desk/questionnaires/import/draft`: what was shown becomes a draft.
pub async fn make(req: Req) -> Result<Response> {
    // What comes back is read as any other file: it is the browser's word.
    let value = serde_json::from_str(req.form.text("definition")).map_err(|_| Error::Bad("exchange.error.json"))?;
    let imported = own::read(value).map_err(Error::Bad)?;
    let made = actions::create(&req.app, &*req.actor()?, imported.definition).await?;
    Ok(respond::see_other(&format!("/desk/questionnaires/{}/edit", made.id)))
}

fn form_view(cx: &Cx, state: &FormState) -> Page {
    let line = |kind: &'static str, hint: &'static str| Line { kind, hint, autocomplete: "off", ..Line::default() };
    let main = view! {
        {back::link("/desk/questionnaires", cx.t("questionnaires.title"))}
        <header class="page-head"><h1>{cx.t("exchange.import")}</h1></header>
        <p>{cx.t("exchange.import.lead")}</p>
        {field::error_summary(cx, state)}
        <form method="post" action="/desk/questionnaires/import" enctype="multipart/form-data">
            {field::token(cx)}
            {field::line(cx, state, "file", "exchange.import.file", line("file", "exchange.import.file_hint"))}
            {field::text_area(cx, state, "text", "exchange.import.text", line("", "exchange.import.text_hint"))}
            <p class="button-row"><button class="button main" type="submit">{cx.t("exchange.import.look")}</button></p>
        </form>
    };
    desk_page::admin_page(cx, cx.t("exchange.import"), main)
}

fn look_view(cx: &Cx, imported: &Imported) -> Page {
    let definition = &imported.definition;
    let title = definition.title.get(cx.lang).to_string();
    let count = definition.questions().count().to_string();
    let sections = definition.sections.len().to_string();
    let format = cx.word("exchange.format", imported.format.code());
    let counted =
        cx.tf("exchange.look.counted", &[("format", &format), ("sections", &sections), ("questions", &count)]);
    let lost = if imported.losses.is_empty() {
        view! { <p class="banner ok" role="status">{cx.t("exchange.look.whole")}</p> }.into_any()
    } else {
        let number = imported.losses.len().to_string();
        view! {
            <section class="card" id="losses">
                <h2>{cx.tf("exchange.look.losses", &[("count", &number)])}</h2>
                <p>{cx.t("exchange.look.losses_lead")}</p>
                {losses(cx, &imported.losses)}
            </section>
        }
        .into_any()
    };
    let main = view! {
        {back::link("/desk/questionnaires/import", cx.t("exchange.look.other"))}
        <header class="page-head"><h1>{title}</h1></header>
        <p>{counted}</p>
        {lost}
        <form method="post" action="/desk/questionnaires/import/draft" enctype="multipart/form-data">
            {field::token(cx)}
            {field::hidden("definition", own::write(definition))}
            <p class="button-row"><button class="button main" id="make" type="submit">{cx.t("exchange.look.make")}</button></p>
            <p class="hint">{cx.t("exchange.look.make_hint")}</p>
        </form>
        {outline(cx, definition)}
    };
    desk_page::admin_page(cx, cx.t("exchange.look"), main)
}

/// The questions as they were understood.
fn outline(cx: &Cx, definition: &Definition) -> AnyView {
    let sections = definition
        .sections
        .iter()
        .enumerate()
        .map(|(i, section)| {
            let title = section.title.get(cx.lang);
            let number = (i + 1).to_string();
            let title = match title {
                "" => cx.tf("questionnaires.section.title", &[("number", &number)]),
                title => title.to_string(),
            };
            let when = section.show_if.as_ref().map(|c| only_if(cx, definition, c));
            let questions = section.questions.iter().map(|q| line(cx, definition, q)).collect_view();
            view! {
                <section class="card">
                    <h3>{title}</h3>
                    {when}
                    <ol class="outline">{questions}</ol>
                </section>
            }
        })
        .collect_view();
    view! { <h2>{cx.t("exchange.look.outline")}</h2>{sections} }.into_any()
}

fn only_if(cx: &Cx, definition: &Definition, c: &crate::forms::model::Condition) -> AnyView {
    let words = cx.tf("forms.only_if", &[("condition", &condition(cx, definition, c))]);
    view! { <p class="condition">{words}</p> }.into_any()
}

fn line(cx: &Cx, definition: &Definition, q: &Question) -> AnyView {
    let label = q.label.get(cx.lang).to_string();
    let kind = cx.word("questionnaires.kind", q.kind.code());
    let list = |list: &[crate::forms::model::Choice]| {
        let mut words: Vec<&str> = list.iter().take(SHOWN_CHOICES).map(|c| c.label.get(cx.lang)).collect();
        words.extend((list.len() > SHOWN_CHOICES).then_some("…"));
        words.join(" · ")
    };
    let mut choices = list(&q.choices);
    if q.other {
        choices = format!("{choices} · {}", cx.t("forms.other"));
    }
    let rows = (!q.rows.is_empty()).then(|| view! { <p class="hint">{list(&q.rows)}</p> });
    let choices = (!choices.is_empty()).then(|| view! { <p class="hint">{choices}</p> });
    let when = q.show_if.as_ref().map(|c| only_if(cx, definition, c));
    let required = q.required.then(|| view! { " "<span class="pill">{cx.t("exchange.look.required")}</span> });
    view! { <li><p>{label}" "<span class="pill soft">{kind}</span>{required}</p>{rows}{choices}{when}</li> }.into_any()
}
