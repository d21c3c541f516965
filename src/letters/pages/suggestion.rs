//! One suggestion: who wants it, what is decided, and why.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::{
    error::{Error, Result},
    http::{Cx, Form, Req, Response, respond},
    kernel::ids::{DepartmentId, SuggestionId},
    letters::{
        actions::{
            self,
            replies::{self, Replies},
            sort, table,
        },
        form::{self, MAX_STATEMENT},
        model::{CommentId, Decision, Suggestion},
    },
    organizations::model::Department,
    ui::{
        self, FormState, Page, back, desk_page,
        field::{self, Line},
    },
};

/// What the page shows.
struct Seen {
    suggestion: Suggestion,
    replies: Replies,
    departments: Vec<Department>,
}

fn asked_for(req: &Req) -> Result<SuggestionId> {
    SuggestionId::parse(req.param("id")).ok_or(Error::NotFound)
}

async fn read(req: &Req) -> Result<Seen> {
    let actor = req.actor()?;
    let mut c = req.app.db.read().await?;
    let suggestion = sort::suggestion_by_id(&mut c, &actor, asked_for(req)?).await?;
    let letter = actions::by_id(&mut c, actor.organization_id, suggestion.letter_id).await?;
    let replies = replies::read(&mut c, &actor, &letter).await?;
    let departments = table::departments(&mut c, &actor).await?;
    Ok(Seen { suggestion, replies, departments })
}

/// `GET /desk/letter-suggestions/{id}`.
pub async fn suggestion_page(req: Req) -> Result<Response> {
    let seen = read(&req).await?;
    let state = filled(&seen.suggestion);
    Ok(ui::respond(&req.app, &req.cx, view_of(&req.cx, &seen, &state, false)).await)
}

/// `POST /desk/letter-suggestions/{id}`: the decision, or comments that are taken out.
pub async fn decide(req: Req) -> Result<Response> {
    let seen = read(&req).await?;
    let actor = req.actor()?;
    if req.form.text("do") == "out" {
        let ids: Vec<CommentId> = req.form.all("comment").filter_map(CommentId::parse).collect();
        sort::take_out(&req.app, &actor, seen.suggestion.id, &ids).await?;
        return Ok(respond::see_other(&format!("/desk/letter-suggestions/{}", seen.suggestion.id)));
    }
    let departments: Vec<DepartmentId> = seen.departments.iter().map(|d| d.id).collect();
    let refused = match form::decision(&req.form, &seen.suggestion, &departments) {
        Ok(decided) => match sort::decide(&req.app, &actor, &decided).await {
            Ok(()) => return Ok(respond::see_other(&format!("/desk/letters/{}#table", decided.letter_id))),
            Err(Error::Conflict) => None,
            Err(other) => return Err(other),
        },
        Err(state) => Some(state),
    };
    match refused {
        Some(state) => {
            let page = view_of(&req.cx, &seen, &state, false).status(StatusCode::UNPROCESSABLE_ENTITY);
            Ok(ui::respond(&req.app, &req.cx, page).await)
        }
        None => {
            // Somebody else decided meanwhile: what was typed stays, theirs is shown; pressing again keeps this one.
            let theirs = read(&req).await?;
            let mut state = FormState::of(req.form.clone());
            state.values.set("version", theirs.suggestion.version.to_string());
            let page = view_of(&req.cx, &theirs, &state, true).status(StatusCode::CONFLICT);
            Ok(ui::respond(&req.app, &req.cx, page).await)
        }
    }
}

/// `POST /desk/letter-suggestions/{id}/remove`.
pub async fn remove(req: Req) -> Result<Response> {
    let seen = read(&req).await?;
    sort::remove(&req.app, &*req.actor()?, seen.suggestion.id).await?;
    Ok(respond::see_other(&format!("/desk/letters/{}#comments", seen.suggestion.letter_id)))
}

fn filled(s: &Suggestion) -> FormState {
    FormState::of(Form::from_pairs([
        ("title", s.title.clone()),
        ("decision", s.decision.map(|d| d.code().to_string()).unwrap_or_default()),
        ("reason", s.reason.clone()),
        ("department", s.department_id.map(|id| id.to_string()).unwrap_or_default()),
        ("day", s.day.map(|d| d.to_string()).unwrap_or_default()),
        ("version", s.version.to_string()),
    ]))
}

fn view_of(cx: &Cx, seen: &Seen, state: &FormState, conflict: bool) -> Page {
    let (s, here) = (&seen.suggestion, format!("/desk/letter-suggestions/{}", seen.suggestion.id));
    let title = s.title.clone();
    let theirs = conflict.then(|| {
        let decision = s.decision.map(|d| cx.word("letters.decision", d.code()).into_owned()).unwrap_or_default();
        let theirs = format!("{} · {decision} · {}", s.title, s.reason);
        view! {
            <div class="banner warn" role="alert" tabindex="-1" autofocus>
                <div><p>{cx.t("letters.conflict")}</p><p>{theirs}</p></div>
            </div>
        }
    });
    let main = view! {
        {back::link(format!("/desk/letters/{}#table", s.letter_id), cx.t("access_points.back"))}
        <header class="page-head"><h1>{title.clone()}</h1></header>
        {theirs}
        {field::error_summary(cx, state)}
        {decision(cx, seen, state, &here)}
        {comments(cx, seen, &here)}
        <details class="fold">
            <summary>{cx.t("letters.suggestion_remove_title")}</summary>
            <p>{cx.t("letters.suggestion_remove_hint")}</p>
            <form method="post" action=format!("{here}/remove")>
                {field::token(cx)}
                <p class="button-row"><button class="button danger" type="submit">{cx.t("letters.suggestion_remove")}</button></p>
            </form>
        </details>
    };
    desk_page::admin_page(cx, title, main)
}

fn decision(cx: &Cx, seen: &Seen, state: &FormState, here: &str) -> AnyView {
    let decisions: Vec<(String, String)> = Decision::ALL
        .iter()
        .map(|d| (d.code().to_string(), cx.word("letters.decision", d.code()).into_owned()))
        .collect();
    let nobody = (String::new(), cx.t("letters.no_department").into_owned());
    let in_use = seen.departments.iter().filter(|d| d.disabled_at.is_none());
    let departments: Vec<(String, String)> =
        std::iter::once(nobody).chain(in_use.map(|d| (d.id.to_string(), d.name.clone()))).collect();
    let title = Line { required: true, max: MAX_STATEMENT, hint: "letters.suggestion_hint", ..Line::default() };
    let day = Line { kind: "date", autocomplete: "off", ..Line::default() };
    view! {
        <form method="post" action=here.to_string()>
            {field::token(cx)}
            {field::hidden("version", state.values.text("version"))}
            {field::line(cx, state, "title", "letters.suggestion", title)}
            {field::chips(cx, state, "decision", "letters.decision_title", &decisions, false)}
            {field::text_area(cx, state, "reason", "letters.reason", Line { hint: "letters.reason_hint", ..Line::default() })}
            {field::select(cx, state, "department", "letters.department", &departments, false)}
            {field::line(cx, state, "day", "letters.done_by", day)}
            <p class="button-row"><button class="button main" type="submit">{cx.t("letters.decide")}</button></p>
        </form>
    }
    .into_any()
}

fn comments(cx: &Cx, seen: &Seen, here: &str) -> AnyView {
    let behind = seen
        .replies
        .behind(seen.suggestion.id)
        .map(|c| {
            let (value, text) = (c.id.to_string(), c.text.clone());
            view! {
                <label class="choice">
                    <input type="checkbox" name="comment" value=value/>
                    <span class="choice-body"><span class="letter-comment">{text}</span></span>
                </label>
            }
        })
        .collect_view();
    let voices = cx.tf("letters.voices", &[("count", &seen.replies.voices(seen.suggestion.id).to_string())]);
    view! {
        <div class="section">
            <h2>{cx.t("letters.behind")}</h2>
            <p>{voices}</p>
            <form method="post" action=here.to_string()>
                {field::token(cx)}
                <div class="choice-list letter-comments">{behind}</div>
                <p class="button-row"><button class="button quiet" type="submit" name="do" value="out">{cx.t("letters.take_out")}</button></p>
            </form>
        </div>
    }
    .into_any()
}
