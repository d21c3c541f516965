//! One letter at the desk: a draft before it goes out; then its replies, their sorting, the table.

use std::collections::HashSet;

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::{
    access_points::{self, model::AccessPoint},
    cases::{self, model::Lane},
    error::{Error, Result},
    forms::{self, codes::CohortCodes, model::Text},
    http::{Cx, Form, Req, Response, respond},
    kernel::{ids::SuggestionId, random},
    letters::{
        actions::{
            self,
            replies::{self, Replies},
            sort::{self, Sorting},
            table, write,
        },
        form::{self, last_day},
        model::{CommentId, Letter, Mark, Stage, Table, Version, Way},
        pages::{asked_for, codes, comments, letter_text, results_view, stage_pill, writes},
    },
    organizations::model::Department,
    ui::{
        self, FormState, Page, back, desk_page,
        field::{self, Line},
        qr, time,
    },
};

/// Everything that the page shows.
pub(super) struct Seen {
    pub letter: Letter,
    pub replies: Replies,
    pub point: Option<AccessPoint>,
    pub versions: Vec<Version>,
    pub table: Option<Table>,
    pub departments: Vec<Department>,
    /// One-time codes by class.
    pub codes: Vec<CohortCodes>,
    /// The key of a press that makes codes.
    pub key: String,
    /// Numbers of cases made of comments that this person may see.
    pub visible_cases: HashSet<String>,
    /// The address from outside.
    pub base_url: String,
}

impl Seen {
    async fn read(req: &Req) -> Result<Self> {
        let actor = req.actor()?;
        let (letter, replies) = replies::open(&req.app, &actor, asked_for(req)?).await?;
        let mut c = req.app.db.read().await?;
        let point = match letter.access_point_id {
            Some(id) => Some(access_points::actions::by_id(&mut c, actor.organization_id, id).await?),
            None => None,
        };
        let mut visible_cases = HashSet::new();
        for (mark, number) in replies.marks.values() {
            if *mark == Mark::Case && cases::visibility::case_for(&mut c, &actor, number).await.is_ok() {
                visible_cases.insert(number.clone());
            }
        }
        let codes = match letter.form_id.filter(|_| letter.with_codes) {
            Some(form) => forms::codes::by_class(&mut c, actor.organization_id, form).await?,
            None => Vec::new(),
        };
        Ok(Self {
            point,
            codes,
            key: random::secret(&*req.app.random),
            versions: actions::versions(&mut c, letter.id).await?,
            table: actions::table_of(&mut c, letter.id).await?,
            departments: table::departments(&mut c, &actor).await?,
            visible_cases,
            base_url: req.app.config.base_url(),
            letter,
            replies,
        })
    }
}

/// `GET /desk/letters/{id}`.
pub async fn letter_page(req: Req) -> Result<Response> {
    show(&req, &FormState::default(), StatusCode::OK).await
}

pub(super) async fn show(req: &Req, state: &FormState, status: StatusCode) -> Result<Response> {
    let seen = Seen::read(req).await?;
    let page = view_of(&req.cx, &seen, state, &req.query)?;
    Ok(ui::respond(&req.app, &req.cx, page.status(status)).await)
}

/// The page again, with what is wrong.
async fn refused(req: &Req, error: Error) -> Result<Response> {
    let mut state = FormState::of(req.form.clone());
    match error {
        Error::Bad(key) => {
            state.error("", key);
            show(req, &state, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Error::Conflict => {
            state.error("", "error.conflict");
            show(req, &state, StatusCode::CONFLICT).await
        }
        other => Err(other),
    }
}

async fn done(req: &Req, result: Result<()>, part: &str) -> Result<Response> {
    match result {
        Ok(()) => Ok(respond::see_other(&format!("/desk/letters/{}{part}", req.param("id")))),
        Err(error) => refused(req, error).await,
    }
}

/// `POST /desk/letters/{id}/publish`.
pub async fn publish(req: Req) -> Result<Response> {
    let (id, actor) = (asked_for(&req)?, req.actor()?);
    actions::by_id(&mut req.app.db.read().await?, actor.organization_id, id).await?;
    match form::end(&req.form, req.now()) {
        Ok(until) => {
            let seen = req.form.text("version").trim().parse().unwrap_or(0);
            let way = Way { until, with_codes: req.form.text("replies") == "code" };
            done(&req, write::publish(&req.app, &actor, id, seen, way).await.map(drop), "").await
        }
        Err(state) => show(&req, &state, StatusCode::UNPROCESSABLE_ENTITY).await,
    }
}

/// `POST /desk/letters/{id}/until`: another last day of replies, or none after now.
pub async fn set_end(req: Req) -> Result<Response> {
    let (id, actor) = (asked_for(&req)?, req.actor()?);
    actions::by_id(&mut req.app.db.read().await?, actor.organization_id, id).await?;
    let until = if req.form.text("do") == "close" { Ok(req.now()) } else { form::end(&req.form, req.now()) };
    match until {
        Ok(until) => done(&req, write::set_end(&req.app, &actor, id, until).await, "").await,
        Err(state) => show(&req, &state, StatusCode::UNPROCESSABLE_ENTITY).await,
    }
}

/// `POST /desk/letters/{id}/remove`: a draft is thrown away.
pub async fn remove(req: Req) -> Result<Response> {
    match write::remove(&req.app, &*req.actor()?, asked_for(&req)?).await {
        Ok(()) => Ok(respond::see_other("/desk/letters")),
        Err(error) => refused(&req, error).await,
    }
}

/// `POST /desk/letters/{id}/table`: the adoption table goes out.
pub async fn publish_table(req: Req) -> Result<Response> {
    let result = table::publish(&req.app, &*req.actor()?, asked_for(&req)?).await;
    done(&req, result, "#table").await
}

/// `POST /desk/letters/{id}/comments`: what becomes of the comments that were ticked.
pub async fn sort(req: Req) -> Result<Response> {
    let (id, actor) = (asked_for(&req)?, req.actor()?);
    actions::by_id(&mut req.app.db.read().await?, actor.organization_id, id).await?;
    let ids: Vec<CommentId> = req.form.all("comment").filter_map(CommentId::parse).collect();
    if ids.is_empty() {
        return refused(&req, Error::Bad("letters.error.no_comment")).await;
    }
    let result = match req.form.text("do") {
        "case" => sort::to_cases(&req.app, &actor, id, &ids, Lane::Ordinary).await,
        "danger" => sort::to_cases(&req.app, &actor, id, &ids, Lane::Safeguarding).await,
        _ => match sorting(&req.form) {
            Ok(to) => sort::sort(&req.app, &actor, id, &ids, &to).await,
            Err(state) => return show(&req, &state, StatusCode::UNPROCESSABLE_ENTITY).await,
        },
    };
    let view = Some(req.form.text("view")).filter(|v| !v.is_empty()).and_then(comments::View::parse);
    let part = view.map_or_else(|| "#comments".to_string(), |v| format!("?view={v}#comments"));
    done(&req, result, &part).await
}

fn sorting(posted: &Form) -> std::result::Result<Sorting, FormState> {
    match posted.text("do") {
        "nothing" => return Ok(Sorting::Nothing),
        "back" => return Ok(Sorting::Back),
        _ => {}
    }
    if !posted.has("new_title")
        && let Some(id) = SuggestionId::parse(posted.text("suggestion"))
    {
        return Ok(Sorting::Into(id));
    }
    let mut state = FormState::of(posted.clone());
    let title = form::suggestion_title(&mut state, "new_title");
    if state.is_ok() { Ok(Sorting::IntoNew(title)) } else { Err(state) }
}

fn view_of(cx: &Cx, seen: &Seen, state: &FormState, query: &Form) -> Result<Page> {
    let letter = &seen.letter;
    let title = letter.content.title.zh.clone();
    let here = format!("/desk/letters/{}", letter.id);
    let edit = writes(cx).then(|| {
        let word = if letter.form_id.is_some() { "letters.correct" } else { "letters.write" };
        view! { <a class="button" href=format!("{here}/edit")>{cx.t(word)}</a> }
    });
    let rest =
        if letter.stage(cx.now) == Stage::Draft { draft(cx, seen, state) } else { published(cx, seen, state, query)? };
    let main = view! {
        {back::link("/desk/letters", cx.t("letters.title"))}
        <header class="page-head"><h1>{title.clone()}</h1></header>
        <p>{stage_pill(cx, letter)}</p>
        {field::error_summary(cx, state)}
        <p class="button-row">{edit}<a class="button quiet" href=format!("{here}/print")>{cx.t("letters.paper")}</a></p>
        {rest}
    };
    Ok(desk_page::admin_page(cx, title, main))
}

/// A draft: how it looks, and the way out.
fn draft(cx: &Cx, seen: &Seen, state: &FormState) -> AnyView {
    let content = &seen.letter.content;
    let statements = content.statements.iter().map(|Text { zh, .. }| view! { <li>{zh.clone()}</li> }).collect_view();
    view! {
        <section class="card letter-look">
            <article class="letter-page">{letter_text(cx, content)}</article>
            <h2>{cx.t("letters.slip.title")}</h2>
            <p>{form::classes_as_typed(&content.classes).replace('\n', "、")}</p>
            <ul>{statements}</ul>
        </section>
        {writes(cx).then(|| way_out(cx, seen, state))}
    }
    .into_any()
}

fn way_out(cx: &Cx, seen: &Seen, state: &FormState) -> AnyView {
    let here = format!("/desk/letters/{}", seen.letter.id);
    let mut state = state.clone();
    if !state.values.has("until") {
        let usual = last_day(cx.now + chrono::TimeDelta::days(10));
        state.values.set("until", usual.to_string());
    }
    let ways = (!seen.letter.content.classes.is_empty()).then(|| {
        if !state.values.has("replies") {
            state.values.set("replies", "code");
        }
        let way = |value: &str, word| (value.to_string(), cx.t(word).into_owned());
        let ways = [way("code", "letters.replies.code"), way("free", "letters.replies.free")];
        let hint = cx.t("letters.replies.hint");
        let chips = field::chips(cx, &state, "replies", "letters.replies.how", &ways, true);
        view! { {chips}<p class="soft">{hint}</p> }
    });
    let day = Line { kind: "date", autocomplete: "off", required: true, hint: "letters.until_hint", ..Line::default() };
    view! {
        <section class="card">
            <h2>{cx.t("letters.publish_title")}</h2>
            <form method="post" action=format!("{here}/publish")>
                {field::token(cx)}
                {field::hidden("version", seen.letter.version.to_string())}
                {field::line(cx, &state, "until", "letters.until", day)}
                {ways}
                <p class="button-row"><button class="button main" type="submit">{cx.t("letters.publish")}</button></p>
            </form>
            <details class="fold">
                <summary>{cx.t("letters.remove_title")}</summary>
                <form method="post" action=format!("{here}/remove")>
                    {field::token(cx)}
                    <p class="button-row"><button class="button danger" type="submit">{cx.t("letters.remove")}</button></p>
                </form>
            </details>
        </section>
    }
    .into_any()
}

fn published(cx: &Cx, seen: &Seen, state: &FormState, query: &Form) -> Result<AnyView> {
    let corrected = seen
        .versions
        .iter()
        .filter(|v| !v.note.is_empty())
        .map(|v| {
            let day = time::day(cx, v.published_at);
            view! { <p>{cx.tf("letters.corrected", &[("day", &day), ("note", &v.note)])}</p> }
        })
        .collect_view();
    Ok(view! {
        {corrected}
        {results_view::stats(cx, seen)}
        {code(cx, seen)?}
        {results_view::classes(cx, seen)}
        {(writes(cx) && seen.letter.with_codes).then(|| codes::section(cx, seen, state))}
        {results_view::opinions(cx, seen)}
        {comments::section(cx, seen, state, query)}
        {results_view::table(cx, seen)}
        {writes(cx).then(|| end(cx, seen, state))}
    }
    .into_any())
}

/// The QR code, the address, and where replies on paper are typed in.
fn code(cx: &Cx, seen: &Seen) -> Result<Option<AnyView>> {
    let Some(point) = &seen.point else { return Ok(None) };
    let address = point.address(&seen.base_url);
    let code = qr::svg(&address, cx.tf("access_points.qr_label", &[("address", &address)]))?;
    let open = matches!(seen.letter.stage(cx.now), Stage::Open(_)).then(|| view! { <p>{cx.t("letters.type_in")}</p> });
    Ok(Some(
        view! {
            <section class="card qr-card">
                <div class="qr-small">{code}</div>
                <div><h2>{cx.t("letters.address")}</h2><p><a href=address.clone()>{address.clone()}</a></p>{open}</div>
            </section>
        }
        .into_any(),
    ))
}

/// When replies end, while they come in.
fn end(cx: &Cx, seen: &Seen, state: &FormState) -> Option<AnyView> {
    let Stage::Open(until) = seen.letter.stage(cx.now) else { return None };
    let mut state = state.clone();
    if !state.values.has("until") {
        state.values.set("until", last_day(until).to_string());
    }
    let day = Line { kind: "date", autocomplete: "off", required: true, ..Line::default() };
    Some(
        view! {
            <details class="fold" open=state.message(cx, "until").is_some()>
                <summary>{cx.t("letters.end_title")}</summary>
                <form method="post" action=format!("/desk/letters/{}/until", seen.letter.id)>
                    {field::token(cx)}
                    {field::line(cx, &state, "until", "letters.until", day)}
                    <p class="soft">{cx.t("letters.end_hint")}</p>
                    <p class="button-row">
                        <button class="button" type="submit" name="do" value="day">{cx.t("letters.end_day")}</button>
                        <button class="button quiet" type="submit" name="do" value="close">{cx.t("letters.end_now")}</button>
                    </p>
                </form>
            </details>
        }
        .into_any(),
    )
}
