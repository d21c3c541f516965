//! `/desk/representatives/rechecks`: every draw with what the representatives found, and the form to draw.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::{
    error::Result,
    http::{Cx, Form, Req, Response, respond},
    i18n::Lang,
    kernel::roles::Role,
    representatives::{
        actions, form, lots,
        model::{Appointment, Draw, Finding, Standing},
        store::draws::Listed,
    },
    ui::{
        self, FormState, Page, back, desk_page,
        field::{self, Line},
        time,
    },
};

/// What is drawn unless another number is typed.
const USUAL: &str = "3";

/// `GET /desk/representatives/rechecks`.
pub async fn page(req: Req) -> Result<Response> {
    let state = FormState::of(Form::from_pairs([("wanted", USUAL)]));
    let page = view_of(&req, &state).await?;
    Ok(ui::respond(&req.app, &req.cx, page).await)
}

async fn serving(req: &Req) -> Result<Vec<Appointment>> {
    let all = actions::all(&mut req.app.db.read().await?, req.actor()?.organization_id).await?;
    Ok(all.into_iter().map(|(a, _)| a).filter(|a| a.standing(req.now()) == Standing::Active).collect())
}

/// `POST /desk/representatives/rechecks`: draws.
pub async fn draw(req: Req) -> Result<Response> {
    let ids: Vec<_> = serving(&req).await?.iter().map(|a| a.id).collect();
    let refused = match form::draw(&req.form, &ids, lots::MOST) {
        Ok((appointment, wanted)) => match lots::draw_for(&req.app, &*req.actor()?, appointment, wanted).await? {
            lots::Outcome::Drawn(id) => {
                return Ok(respond::see_other(&format!("/desk/representatives/draws/{id}")));
            }
            lots::Outcome::Nothing => {
                let mut state = FormState::of(req.form.clone());
                state.error("appointment", "representatives.error.nothing");
                state
            }
        },
        Err(state) => state,
    };
    let page = view_of(&req, &refused).await?.status(StatusCode::UNPROCESSABLE_ENTITY);
    Ok(ui::respond(&req.app, &req.cx, page).await)
}

async fn view_of(req: &Req, state: &FormState) -> Result<Page> {
    let (cx, actor) = (&req.cx, req.actor()?);
    let table = lots::table(&mut req.app.db.read().await?, &actor).await?;
    let may_draw = actor.role == Role::Office;
    let serving = if may_draw { serving(req).await? } else { Vec::new() };
    let listed = table.iter().flat_map(|(_, cases)| cases.iter().filter(|k| !k.is_over()));
    let results: Vec<Option<Finding>> = listed.map(|k| k.result).collect();
    let draws = if table.is_empty() {
        view! { <p class="empty">{cx.t("representatives.no_draws")}</p> }.into_any()
    } else {
        table.into_iter().map(|(draw, cases)| draw_card(cx, draw, cases)).collect_view().into_any()
    };
    let main = view! {
        {back::link("/desk/representatives", cx.t("representatives.title"))}
        <header class="page-head"><h1>{cx.t("representatives.rechecks")}</h1></header>
        <p>{cx.t("representatives.rechecks_lead")}</p>
        {(!results.is_empty()).then(|| numbers(cx, &results))}
        {field::error_summary(cx, state)}
        {may_draw.then(|| draw_form(cx, state, &serving))}
        {draws}
    };
    Ok(desk_page::admin_page(cx, cx.t("representatives.rechecks"), main))
}

fn numbers(cx: &Cx, results: &[Option<Finding>]) -> AnyView {
    let of = |found: Option<Finding>| results.iter().filter(|r| **r == found).count();
    let stat = |class: &'static str, number: usize, label: String| {
        view! { <div class=class><b>{number}</b><span>{label}</span></div> }.into_any()
    };
    let all = Finding::ALL.iter().map(|f| {
        let class = if *f == Finding::NotFixed { "stat late" } else { "stat" };
        stat(class, of(Some(*f)), cx.word("representatives.found", f.code()).into_owned())
    });
    let waiting = stat("stat", of(None), cx.t("representatives.waiting").into_owned());
    view! { <div class="stat-row">{all.collect_view()}{waiting}</div> }.into_any()
}

fn draw_form(cx: &Cx, state: &FormState, serving: &[Appointment]) -> AnyView {
    if serving.is_empty() {
        return view! { <p class="notice">{cx.t("representatives.nobody_serves")}</p> }.into_any();
    }
    let people: Vec<(String, String)> = serving.iter().map(|a| (a.id.to_string(), a.name.clone())).collect();
    let wanted =
        Line { kind: "number", autocomplete: "off", max: 0, required: true, hint: "representatives.wanted_hint" };
    view! {
        <section class="card">
            <h2>{cx.t("representatives.draw_now")}</h2>
            <form method="post" action="/desk/representatives/rechecks">
                {field::token(cx)}
                <div class="form-grid">
                    {field::select(cx, state, "appointment", "representatives.for_whom", &people, true)}
                    {field::line(cx, state, "wanted", "representatives.wanted", wanted)}
                </div>
                <p class="button-row"><button class="button main" type="submit">{cx.t("representatives.draw")}</button></p>
            </form>
        </section>
    }
    .into_any()
}

/// What was found, as a pill.
pub fn found_pill(cx: &Cx, result: Option<Finding>) -> AnyView {
    let (class, word) = match result {
        None => ("pill soft", cx.t("representatives.waiting")),
        Some(Finding::Fixed) => ("pill ok", cx.word("representatives.found", "fixed")),
        Some(Finding::NotFixed) => ("pill late", cx.word("representatives.found", "not_fixed")),
        Some(Finding::Unclear) => ("pill warn", cx.word("representatives.found", "unclear")),
    };
    view! { <span class=class>{word}</span> }.into_any()
}

fn draw_card(cx: &Cx, draw: Draw, cases: Vec<Listed>) -> AnyView {
    let rows = cases.into_iter().map(|k| row(cx, k)).collect_view();
    let check = format!("/desk/representatives/draws/{}", draw.id);
    let by = draw.drawn_by.clone().unwrap_or_else(|| cx.t("representatives.by_program").into_owned());
    let words = cx.tf(
        "representatives.draw_words",
        &[("when", &time::moment(cx, draw.drawn_at)), ("by", &by), ("population", &draw.population.to_string())],
    );
    view! {
        <section>
            <h2>{draw.name}</h2>
            <p>{words}" "<a href=check>{cx.t("representatives.check_draw")}</a></p>
            <table class="table">
                <thead><tr>
                    <th>{cx.t("representatives.case")}</th>
                    <th>{cx.t("access_points.state")}</th>
                    <th>{cx.t("representatives.result")}</th>
                    <th>{cx.t("representatives.comment")}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
    .into_any()
}

fn row(cx: &Cx, k: Listed) -> AnyView {
    let (href, name) = k.link();
    let state = match (k.state, k.rectification_state) {
        (Some(state), _) => cx.word("cases.state", state.code()),
        (None, Some(state)) => cx.word("rectifications.state", state.code()),
        (None, None) => "".into(),
    };
    let kind = k.rectification_id.map(|_| format!("{} · ", cx.t("rectifications.one")));
    let pill = (!k.is_over()).then(|| found_pill(cx, k.result));
    let class = if k.rectification_id.is_none() { "case-number" } else { "" };
    let topic = if cx.lang == Lang::En && !k.topic_en.is_empty() { k.topic_en } else { k.topic };
    let day = k.checked_at.map(|at| view! { <small>{time::day(cx, at)}</small> });
    view! {
        <tr>
            <td class="title"><a href=href><span class=class>{name}</span></a><small>{kind}{k.place}" · "{topic}</small></td>
            <td data-label=cx.t("access_points.state")>{state}</td>
            <td data-label=cx.t("representatives.result")><span>{pill}{day}</span></td>
            <td data-label=cx.t("representatives.comment")>{k.comment}</td>
        </tr>
    }
    .into_any()
}
