//! Writing a letter, with a look at it before it is saved; correcting a published one.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::{
    error::{Error, Result},
    http::{Cx, Form, Req, Response, respond},
    kernel::ids::LetterId,
    letters::{
        actions::{self, write},
        form::{self, MAX_BODY, MAX_LINE, MAX_STATEMENT},
        model::{Content, Letter, Stage},
        pages::{asked_for, letter_text},
    },
    ui::{
        self, FormState, Page, back, desk_page,
        field::{self, Line},
        time,
    },
};

/// What is being written: a new letter, a draft, a correction.
struct Desk<'a> {
    /// The letter as it lies in the database; `None` for a new one.
    letter: Option<&'a Letter>,
    /// What was typed and what is wrong with it.
    state: &'a FormState,
    /// What the look shows, when somebody asked for one.
    look: Option<&'a Content>,
    /// Whether somebody else changed it meanwhile.
    conflict: bool,
}

impl Desk<'_> {
    fn address(&self) -> String {
        self.letter.map_or_else(|| "/desk/letters/new".to_string(), |l| format!("/desk/letters/{}/edit", l.id))
    }

    fn is_correction(&self) -> bool {
        self.letter.is_some_and(|l| l.form_id.is_some())
    }
}

/// `GET /desk/letters/new`.
pub async fn new_page(req: Req) -> Result<Response> {
    let actor = req.actor()?;
    let mut c = req.app.db.read().await?;
    let today = time::date(req.now());
    let start = actions::beginning(&mut c, actor.organization_id, today, &actor.organization_name).await?;
    drop(c);
    let desk = Desk { letter: None, state: &form::filled(&start), look: None, conflict: false };
    Ok(ui::respond(&req.app, &req.cx, view_of(&req.cx, &desk)).await)
}

/// `POST /desk/letters/new`: a look, or a new draft.
pub async fn create(req: Req) -> Result<Response> {
    let mut state = FormState::of(req.form.clone());
    let content = form::content(&mut state, req.now());
    if looks(&req.form) || !state.is_ok() {
        return shown_again(&req, None, &state, &content).await;
    }
    let id = write::create(&req.app, &*req.actor()?, &content).await?;
    Ok(respond::see_other(&format!("/desk/letters/{id}")))
}

/// `GET /desk/letters/{id}/edit`.
pub async fn edit_page(req: Req) -> Result<Response> {
    let letter = read(&req, asked_for(&req)?).await?;
    let mut state = form::filled(&letter.content);
    state.values.set("version", letter.version.to_string());
    let desk = Desk { letter: Some(&letter), state: &state, look: None, conflict: false };
    Ok(ui::respond(&req.app, &req.cx, view_of(&req.cx, &desk)).await)
}

/// `POST /desk/letters/{id}/edit`: a look, a changed draft, or a correction.
pub async fn save(req: Req) -> Result<Response> {
    let id = asked_for(&req)?;
    let letter = read(&req, id).await?;
    let mut state = FormState::of(req.form.clone());
    let content = form::content(&mut state, req.now());
    let published = letter.stage(req.now()) != Stage::Draft;
    let note = if published && !looks(&req.form) { form::note(&mut state) } else { String::new() };
    if looks(&req.form) || !state.is_ok() {
        return shown_again(&req, Some(&letter), &state, &content).await;
    }
    let seen = req.form.text("version").trim().parse().unwrap_or(0);
    let actor = req.actor()?;
    let done = if published {
        write::correct(&req.app, &actor, id, seen, content, &note).await
    } else {
        write::save(&req.app, &actor, id, seen, &content).await
    };
    match done {
        Ok(()) => Ok(respond::see_other(&format!("/desk/letters/{id}"))),
        Err(Error::Conflict) => conflict(&req, id, state).await,
        Err(other) => Err(other),
    }
}

/// Somebody else changed it: 409 with what was typed, and what the other one wrote beside it. Pressing again keeps this one.
async fn conflict(req: &Req, id: LetterId, mut state: FormState) -> Result<Response> {
    let theirs = read(req, id).await?;
    state.values.set("version", theirs.version.to_string());
    let desk = Desk { letter: Some(&theirs), state: &state, look: Some(&theirs.content), conflict: true };
    Ok(ui::respond(&req.app, &req.cx, view_of(&req.cx, &desk).status(StatusCode::CONFLICT)).await)
}

async fn read(req: &Req, id: LetterId) -> Result<Letter> {
    let mut c = req.app.db.read().await?;
    actions::by_id(&mut c, req.actor()?.organization_id, id).await
}

fn looks(posted: &Form) -> bool {
    posted.text("do") == "look"
}

/// The form with everything that was typed, and the look. Looking at something unfinished is no mistake.
async fn shown_again(req: &Req, letter: Option<&Letter>, state: &FormState, content: &Content) -> Result<Response> {
    let looked = FormState::of(state.values.clone());
    let (state, status) =
        if looks(&req.form) { (&looked, StatusCode::OK) } else { (state, StatusCode::UNPROCESSABLE_ENTITY) };
    let desk = Desk { letter, state, look: Some(content), conflict: false };
    Ok(ui::respond(&req.app, &req.cx, view_of(&req.cx, &desk).status(status)).await)
}

fn view_of(cx: &Cx, desk: &Desk<'_>) -> Page {
    let title = match desk.letter {
        None => cx.t("letters.new"),
        Some(_) if desk.is_correction() => cx.t("letters.correct"),
        Some(_) => cx.t("letters.write"),
    };
    let back = desk.letter.map_or_else(|| "/desk/letters".to_string(), |l| format!("/desk/letters/{}", l.id));
    let conflict = desk.conflict.then(|| {
        view! { <div class="banner warn" role="alert" tabindex="-1" autofocus><div><p>{cx.t("letters.conflict")}</p></div></div> }
    });
    let main = view! {
        {back::link(back, cx.t("access_points.back"))}
        <header class="page-head"><h1>{title.clone()}</h1></header>
        {conflict}
        {field::error_summary(cx, desk.state)}
        <div class="letter-desk">
            <form method="post" action=desk.address()>
                {field::token(cx)}
                {desk.letter.map(|_| field::hidden("version", desk.state.values.text("version")))}
                {words(cx, desk)}
                {english(cx, desk)}
                {asks(cx, desk)}
                <p class="button-row">
                    <button class="button" type="submit" name="do" value="look" formnovalidate>{cx.t("letters.look")}</button>
                    <button class="button main" type="submit" name="do" value="save">{
                        if desk.is_correction() { cx.t("letters.publish_correction") } else { cx.t("letters.save") }
                    }</button>
                </p>
            </form>
            {look(cx, desk)}
        </div>
    };
    desk_page::admin_page(cx, title, main)
}

fn line(required: bool, hint: &'static str) -> Line {
    Line { required, hint, autocomplete: "off", max: MAX_LINE, ..Line::default() }
}

fn words(cx: &Cx, desk: &Desk<'_>) -> AnyView {
    let state = desk.state;
    let day = Line { kind: "date", autocomplete: "off", required: true, ..Line::default() };
    let note = desk.is_correction().then(|| {
        let note = Line { required: true, hint: "letters.note_hint", max: MAX_STATEMENT, ..Line::default() };
        field::line(cx, state, "note", "letters.note", note)
    });
    view! {
        {note}
        {field::line(cx, state, "title", "letters.field.title", line(true, ""))}
        {field::line(cx, state, "greeting", "letters.field.greeting", line(false, "letters.field.greeting_hint"))}
        {body(cx, state, "body", "letters.field.body", "letters.field.body_hint")}
        {help(cx)}
        {field::line(cx, state, "signature", "letters.field.signature", line(true, ""))}
        {field::line(cx, state, "day", "letters.day", day)}
    }
    .into_any()
}

/// The text, in a tall field.
fn body(cx: &Cx, state: &FormState, name: &'static str, label: &str, hint: &'static str) -> AnyView {
    let settings = Line { required: name == "body", hint, ..Line::default() };
    let max = MAX_BODY.to_string();
    let over = crate::kernel::text::char_count(state.values.text(name)) > MAX_BODY;
    view! {
        <div class="letter-body">
            {field::text_area(cx, state, name, label, settings)}
            {over.then(|| view! { <p class="soft">{cx.tf("letters.error.long", &[("max", &max)])}</p> })}
        </div>
    }
    .into_any()
}

/// What the marks mean: short, beside the field.
fn help(cx: &Cx) -> AnyView {
    let row = |mark: &'static str, what: &str| {
        let what = cx.t(what);
        view! { <li><code>{mark}</code>" "{what}</li> }
    };
    view! {
        <details class="fold">
            <summary>{cx.t("letters.help.title")}</summary>
            <ul class="letter-help">
                {row("# ", "letters.help.heading")}
                {row("- ", "letters.help.bullet")}
                {row("1. ", "letters.help.number")}
                {row("** **", "letters.help.bold")}
                <li>{cx.t("letters.help.paragraph")}</li>
            </ul>
        </details>
    }
    .into_any()
}

fn english(cx: &Cx, desk: &Desk<'_>) -> AnyView {
    let state = desk.state;
    let used = ["title_en", "greeting_en", "body_en", "signature_en"]
        .iter()
        .any(|f| state.values.has(f) || state.message(cx, f).is_some());
    view! {
        <details class="fold" open=used>
            <summary>{cx.t("letters.english")}</summary>
            {field::line(cx, state, "title_en", "letters.field.title_en", line(false, ""))}
            {field::line(cx, state, "greeting_en", "letters.field.greeting_en", line(false, ""))}
            {body(cx, state, "body_en", "letters.field.body_en", "")}
            {field::line(cx, state, "signature_en", "letters.field.signature_en", line(false, ""))}
        </details>
    }
    .into_any()
}

/// The reply slip: classes, and statements as long as nobody could answer them.
fn asks(cx: &Cx, desk: &Desk<'_>) -> AnyView {
    let state = desk.state;
    let area = |hint| Line { hint, ..Line::default() };
    let statements = if desk.is_correction() {
        view! { <p class="soft">{cx.t("letters.statements_frozen")}</p>{field::hidden("statements", "")} }.into_any()
    } else {
        field::text_area(cx, state, "statements", "letters.field.statements", area("letters.field.statements_hint"))
    };
    view! {
        <h2>{cx.t("letters.slip.title")}</h2>
        {field::text_area(cx, state, "classes", "letters.field.classes", area("letters.field.classes_hint"))}
        {statements}
    }
    .into_any()
}

/// The letter as it will look; on a conflict, what the other person wrote.
fn look(cx: &Cx, desk: &Desk<'_>) -> Option<AnyView> {
    let content = desk.look?;
    let heading = if desk.conflict { "letters.theirs" } else { "letters.look_title" };
    let (title, statements) = (content.title.zh.clone(), content.statements.clone());
    let statements = statements.into_iter().map(|s| view! { <li>{s.zh}</li> }).collect_view();
    Some(
        view! {
            <section class="letter-look card" id="look">
                <h2>{cx.t(heading)}</h2>
                <article class="letter-page"><h3 class="letter-title">{title}</h3>{letter_text(cx, content)}</article>
                <ul>{statements}</ul>
            </section>
        }
        .into_any(),
    )
}
