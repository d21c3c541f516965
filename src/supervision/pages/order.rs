//! `/desk/orders/{id}`: one order, its reply, its verdict.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::{
    error::{Error, Result},
    http::{Cx, Req, Response, respond},
    kernel::ids::SupervisionOrderId,
    supervision::{
        SUPERVISORS, actions,
        form::{self, LONGEST},
        model::{Order, OrderState, OrderedCase, issuer},
        pages::{number_of, state_pill},
    },
    ui::{
        self, FormState, Page, back, desk_page,
        field::{self, Line},
        time,
    },
};

/// The order that was asked for, with its cases.
pub async fn asked_for(req: &Req) -> Result<(Order, Vec<OrderedCase>)> {
    let id = SupervisionOrderId::parse(req.param("id")).ok_or(Error::NotFound)?;
    let mut c = req.app.db.read().await?;
    let order = actions::by_id(&mut c, &*req.actor()?, id).await?;
    let cases = actions::cases_of(&mut c, id).await?;
    Ok((order, cases))
}

/// `GET /desk/orders/{id}`.
pub async fn order_page(req: Req) -> Result<Response> {
    show(&req, &FormState::default(), StatusCode::OK).await
}

async fn show(req: &Req, state: &FormState, status: StatusCode) -> Result<Response> {
    let (order, cases) = asked_for(req).await?;
    let page = view_of(&req.cx, &order, &cases, state)?.status(status);
    Ok(ui::respond(&req.app, &req.cx, page).await)
}

/// `POST /desk/orders/{id}/reply`.
pub async fn reply(req: Req) -> Result<Response> {
    let (order, _) = asked_for(&req).await?;
    let mut state = FormState::of(req.form.clone());
    let words = form::words(&mut state, "reply");
    if !state.is_ok() {
        return show(&req, &state, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    finish(&req, state, actions::reply(&req.app, &*req.actor()?, order.id, &words).await).await
}

/// `POST /desk/orders/{id}/judge`.
pub async fn judge(req: Req) -> Result<Response> {
    let (order, _) = asked_for(&req).await?;
    match form::verdict(&req.form) {
        Ok((accepted, words)) => {
            let done = actions::judge(&req.app, &*req.actor()?, order.id, accepted, &words).await;
            finish(&req, FormState::of(req.form.clone()), done).await
        }
        Err(state) => show(&req, &state, StatusCode::UNPROCESSABLE_ENTITY).await,
    }
}

async fn finish(req: &Req, mut state: FormState, done: Result<()>) -> Result<Response> {
    match done {
        Ok(()) => Ok(respond::see_other(&format!("/desk/orders/{}", req.param("id")))),
        Err(Error::Conflict) => {
            state.error("", "error.conflict");
            show(req, &state, StatusCode::CONFLICT).await
        }
        Err(other) => Err(other),
    }
}

fn view_of(cx: &Cx, order: &Order, cases: &[OrderedCase], state: &FormState) -> Result<Page> {
    let actor = cx.actor.clone().ok_or(Error::SignIn)?;
    let title = number_of(cx, order);
    let here = format!("/desk/orders/{}", order.id);
    let listed = cases
        .iter()
        .map(|c| {
            let (href, number, excerpt) = (format!("/desk/cases/{}", c.number), c.number.clone(), c.excerpt.clone());
            view! { <li><a href=href>{number}</a>" "{excerpt}</li> }
        })
        .collect_view();
    let replies = actor.department_id == Some(order.department_id) && order.state == OrderState::Open;
    let judges = SUPERVISORS.contains(&actor.role) && order.state == OrderState::Replied;
    let (department, basis, demand) = (order.department_name.clone(), order.basis.clone(), order.demand.clone());
    let main = view! {
        {back::link("/desk/orders", cx.t("supervision.title"))}
        <header class="page-head">
            <h1>{title.clone()}</h1>
            <a class="button quiet" href=format!("{here}/print")>{cx.t("supervision.print")}</a>
        </header>
        <p>{state_pill(cx, order)}" "{cx.word("supervision.level", order.level.code())}</p>
        {field::error_summary(cx, state)}
        <dl class="facts">
            <dt>{cx.t("supervision.department")}</dt><dd>{department}</dd>
            <dt>{cx.t("supervision.issuer")}</dt><dd>{issuer(order, &cx.t("supervision.ladder"))}" · "{time::day(cx, order.issued_at)}</dd>
            <dt>{cx.t("supervision.basis")}</dt><dd>{basis}</dd>
            <dt>{cx.t("supervision.demand")}</dt><dd>{demand}</dd>
            <dt>{cx.t("supervision.due")}</dt><dd>{time::moment(cx, order.due_at)}</dd>
            <dt>{cx.t("supervision.cases")}</dt><dd><ul class="plain-list">{listed}</ul></dd>
        </dl>
        {said(cx, order)}
        {replies.then(|| reply_form(cx, &here, state))}
        {judges.then(|| judge_form(cx, &here, state))}
    };
    Ok(desk_page::admin_page(cx, title, main))
}

/// The last reply and what was said of it.
fn said(cx: &Cx, order: &Order) -> Option<AnyView> {
    if order.reply.is_empty() {
        return None;
    }
    let (reply, who) = (order.reply.clone(), order.replier_name.clone());
    let when = order.replied_at.map(|at| time::day(cx, at));
    let verdict = (!order.verdict.is_empty()).then(|| {
        let (words, when) = (order.verdict.clone(), order.judged_at.map(|at| time::day(cx, at)));
        view! { <dt>{cx.t("supervision.verdict")}</dt><dd>{words}<small>{when}</small></dd> }
    });
    let view = view! {
        <section class="card"><dl class="facts">
            <dt>{cx.t("supervision.reply")}</dt><dd>{reply}<small>{who}" "{when}</small></dd>
            {verdict}
        </dl></section>
    };
    Some(view.into_any())
}

fn reply_form(cx: &Cx, here: &str, state: &FormState) -> AnyView {
    let text = Line { max: LONGEST, required: true, hint: "supervision.reply_hint", ..Line::default() };
    view! {
        <form method="post" action=format!("{here}/reply")>
            {field::token(cx)}
            {field::text_area(cx, state, "reply", "supervision.reply", text)}
            <p class="button-row"><button class="button main" type="submit">{cx.t("supervision.send_reply")}</button></p>
        </form>
    }
    .into_any()
}

fn judge_form(cx: &Cx, here: &str, state: &FormState) -> AnyView {
    let options =
        ["accepted", "rejected"].map(|code| (code.to_string(), cx.word("supervision.verdict", code).into_owned()));
    let text = Line { max: LONGEST, required: true, ..Line::default() };
    view! {
        <form method="post" action=format!("{here}/judge")>
            {field::token(cx)}
            {field::chips(cx, state, "verdict", "supervision.verdict", &options, true)}
            {field::text_area(cx, state, "verdict_words", "supervision.verdict_words", text)}
            <p class="button-row"><button class="button main" type="submit">{cx.t("supervision.judge")}</button></p>
        </form>
    }
    .into_any()
}
