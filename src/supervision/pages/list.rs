//! `/desk/orders`: orders, and what waits for the next meeting.

use leptos::prelude::*;

use crate::{
    error::{Error, Result},
    http::{Cx, Req, Response, respond},
    kernel::ids::AgendaItemId,
    supervision::{
        SUPERVISORS, actions,
        model::{AgendaItem, Order},
        pages::{number_of, state_pill},
    },
    ui::{self, desk_page, field, time},
};

/// `GET /desk/orders`.
pub async fn list_page(req: Req) -> Result<Response> {
    let actor = req.actor()?;
    let mut c = req.app.db.read().await?;
    let orders = actions::list(&mut c, &actor).await?;
    let supervises = SUPERVISORS.contains(&actor.role);
    let agenda = if supervises { actions::agenda(&mut c, &actor).await? } else { Vec::new() };
    drop(c);
    let cx = &req.cx;
    let main = view! {
        <header class="page-head">
            <h1>{cx.t("supervision.title")}</h1>
            {supervises.then(|| view! { <a class="button main" href="/desk/orders/new">{cx.t("supervision.new")}</a> })}
        </header>
        {supervises.then(|| view! { <p>{cx.t("supervision.lead")}</p> })}
        {table(cx, &orders)}
        {(!agenda.is_empty()).then(|| agenda_list(cx, &agenda))}
    };
    Ok(ui::respond(&req.app, cx, desk_page::admin_page(cx, cx.t("supervision.title"), main)).await)
}

fn table(cx: &Cx, orders: &[Order]) -> AnyView {
    if orders.is_empty() {
        return view! { <p class="empty">{cx.t("supervision.none")}</p> }.into_any();
    }
    let rows = orders
        .iter()
        .map(|o| {
            let href = format!("/desk/orders/{}", o.id);
            let (department, demand) = (o.department_name.clone(), o.demand.clone());
            view! {
                <tr>
                    <td class="title"><a href=href>{number_of(cx, o)}</a><small>{demand}</small></td>
                    <td data-label=cx.t("supervision.level")>{cx.word("supervision.level", o.level.code())}</td>
                    <td data-label=cx.t("supervision.department")>{department}</td>
                    <td data-label=cx.t("supervision.due")>{time::day(cx, o.due_at)}</td>
                    <td data-label=cx.t("supervision.state")><span>{state_pill(cx, o)}</span></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="table">
            <thead><tr>
                <th>{cx.t("supervision.order")}</th>
                <th>{cx.t("supervision.level")}</th>
                <th>{cx.t("supervision.department")}</th>
                <th>{cx.t("supervision.due")}</th>
                <th>{cx.t("supervision.state")}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn agenda_list(cx: &Cx, items: &[AgendaItem]) -> AnyView {
    let rows = items
        .iter()
        .map(|item| {
            let href = format!("/desk/cases/{}", item.number);
            let (number, excerpt) = (item.number.clone(), item.excerpt.clone());
            let department = item.department_name.clone();
            let to = format!("/desk/agenda/{}", item.id);
            view! {
                <tr>
                    <td class="title"><a href=href>{number}</a><small>{excerpt}</small></td>
                    <td data-label=cx.t("supervision.department")>{department}</td>
                    <td data-label=cx.t("supervision.due")>{time::day(cx, item.due_at)}</td>
                    <td><form method="post" action=to>
                        {field::token(cx)}
                        <button class="button small" type="submit">{cx.t("supervision.agenda.done")}</button>
                    </form></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <h2>{cx.t("supervision.agenda")}</h2>
        <table class="table">
            <thead><tr>
                <th>{cx.t("supervision.case")}</th>
                <th>{cx.t("supervision.department")}</th>
                <th>{cx.t("supervision.due")}</th>
                <th><span class="visually-hidden">{cx.t("supervision.agenda.done")}</span></th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

/// `POST /desk/agenda/{id}`: a meeting dealt with it.
pub async fn dealt_with(req: Req) -> Result<Response> {
    let id = AgendaItemId::parse(req.param("id")).ok_or(Error::NotFound)?;
    actions::close_agenda(&req.app, &*req.actor()?, id).await?;
    Ok(respond::see_other("/desk/orders"))
}
