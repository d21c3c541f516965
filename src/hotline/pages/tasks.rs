//! A call-back on the page, and what came of a try.

use axum::http::StatusCode;
use chrono::TimeDelta;
use leptos::prelude::*;

use crate::{
    error::{Error, Result},
    hotline::{
        form,
        tasks::{self, Shown},
    },
    http::{Cx, Form, Req, Response, respond},
    kernel::ids::TaskId,
    ui::{self, FormState, back, desk_page, field, time},
};

/// Who was not reached is tried again after this, unless the operator says otherwise.
const NEXT: TimeDelta = TimeDelta::hours(2);

/// `POST /desk/hotline/tasks/{id}`.
pub async fn tried(req: Req) -> Result<Response> {
    let actor = req.actor()?;
    let id = TaskId::parse(req.param("id")).ok_or(Error::NotFound)?;
    let shown = tasks::one(&req.app, &mut req.app.db.read().await?, &actor, id).await?;
    match form::tried(&req.form, req.now()) {
        Ok((outcome, note)) => {
            tasks::tried(&req.app, &actor, id, &outcome, &note).await?;
            Ok(respond::see_other("/desk/hotline"))
        }
        Err(state) => {
            let cx = &req.cx;
            let main = view! {
                {back::link("/desk/hotline", cx.t("hotline.task.title"))}
                <header class="page-head"><h1>{cx.t("hotline.task.tried")}</h1></header>
                {field::error_summary(cx, &state)}
                {facts(cx, &shown)}
                {try_form(cx, &shown, &state)}
            };
            let page = desk_page::admin_page(cx, cx.t("hotline.task.tried"), main);
            Ok(ui::respond(&req.app, cx, page.status(StatusCode::UNPROCESSABLE_ENTITY)).await)
        }
    }
}

/// A call-back with everything that it takes: whom, when, and what came of it.
pub fn card(cx: &Cx, shown: &Shown) -> AnyView {
    let values = Form::from_pairs([("next_at", form::shown(cx.now + NEXT))]);
    view! {
        <article class="card call-back">
            {facts(cx, shown)}
            <details class="fold"><summary>{cx.t("hotline.task.tried")}</summary>
                {try_form(cx, shown, &FormState::of(values))}</details>
        </article>
    }
    .into_any()
}

fn facts(cx: &Cx, shown: &Shown) -> AnyView {
    let task = &shown.task;
    let number = shown.number.clone();
    let digits: String = number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    let pill = if task.due_at <= cx.now { "pill late" } else { "pill" };
    let from = cx.word("hotline.task.from", task.kind.code());
    let tries = (task.tries > 0).then(|| cx.tf("hotline.task.tries", &[("count", &task.tries.to_string())]));
    let facts = [Some(from.into_owned()), task.case_number.clone(), Some(task.promiser.clone()), tries];
    let facts = facts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let note = (!task.note.is_empty()).then(|| task.note.clone());
    view! {
        <p class="call-back-head"><a class="call-back-number" href=format!("tel:{digits}")>{number}</a>" "
            <span class=pill>{time::moment(cx, task.due_at)}</span></p>
        <p><small>{facts}</small></p>
        {note.map(|n| view! { <p><small>{n}</small></p> })}
    }
    .into_any()
}

fn try_form(cx: &Cx, shown: &Shown, state: &FormState) -> AnyView {
    let action = format!("/desk/hotline/tasks/{}", shown.task.id);
    let id = shown.task.id.to_string();
    let note = state.values.text("note").to_string();
    let next = state.values.text("next_at").to_string();
    let chosen = state.values.text("outcome").to_string();
    let error = ["outcome", "next_at", "note"].iter().find_map(|f| state.message(cx, f));
    let choices = ["reached", "again", "dropped"].map(|code| {
        let checked = chosen == code;
        view! {
            <label class="chip"><input type="radio" name="outcome" value=code checked=checked required/>
                <span>{cx.word("hotline.task.outcome", code)}</span></label>
        }
    });
    // Many of these stand on one page: their ids differ.
    let (note_id, next_id) = (format!("f-note-{id}"), format!("f-next-{id}"));
    view! {
        <form method="post" action=action>
            {field::token(cx)}
            <fieldset class="field"><legend class="label">{cx.t("hotline.task.outcome")}</legend>
                {error.map(|e| view! { <p class="error" id="f-outcome">{e}</p> })}
                <div class="chips">{choices.collect_view()}</div></fieldset>
            <div class="field"><label class="label" for=next_id.clone()>{cx.t("hotline.task.next")}</label>
                <input id=next_id name="next_at" type="datetime-local" value=next/></div>
            <div class="field"><label class="label" for=note_id.clone()>{cx.t("hotline.task.note")}{field::optional(cx)}</label>
                <input id=note_id name="note" type="text" value=note autocomplete="off" maxlength=form::MAX_NOTE.to_string()/></div>
            <p class="button-row"><button class="button main" type="submit">{cx.t("hotline.task.save")}</button></p>
        </form>
    }
    .into_any()
}
