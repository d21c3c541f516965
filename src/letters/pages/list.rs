//! The letters of the organisation, and the letter to the head.

use leptos::prelude::*;

use crate::{
    access_points::model::AccessPoint,
    error::{Error, Result},
    http::{Cx, Req, Response, respond},
    kernel::roles::Role,
    letters::{
        actions::{self, head, replies},
        model::{Letter, Table},
        pages::{day, stage_pill, writes},
    },
    ui::{self, Page, desk_page, field, qr, time},
};

/// A letter with what the list says of it.
struct Row {
    letter: Letter,
    replies: i64,
    table: Option<Table>,
}

/// `GET /desk/letters`.
pub async fn list_page(req: Req) -> Result<Response> {
    let actor = req.actor()?;
    let mut c = req.app.db.read().await?;
    let mut rows = Vec::new();
    for letter in actions::newest(&mut c, actor.organization_id).await? {
        let replies = replies::count(&mut c, &actor, &letter).await?;
        let table = actions::table_of(&mut c, letter.id).await?;
        rows.push(Row { letter, replies, table });
    }
    let head = head::point(&mut c, actor.organization_id).await?;
    drop(c);
    let page = view_of(&req.cx, &rows, head.as_ref(), &req.app.config.base_url())?;
    Ok(ui::respond(&req.app, &req.cx, page).await)
}

/// `POST /desk/letters/to-the-head`: opens the letter to the head. Somebody who was faster has done the same.
pub async fn open_head_box(req: Req) -> Result<Response> {
    match head::open(&req.app, &*req.actor()?).await {
        Ok(_) | Err(Error::Conflict) => Ok(respond::see_other("/desk/letters")),
        Err(other) => Err(other),
    }
}

fn view_of(cx: &Cx, rows: &[Row], head: Option<&AccessPoint>, base_url: &str) -> Result<Page> {
    let new = writes(cx).then(|| view! { <a class="button main" href="/desk/letters/new">{cx.t("letters.new")}</a> });
    let main = view! {
        <header class="page-head"><h1>{cx.t("letters.title")}</h1>{new}</header>
        <p>{cx.t("letters.lead")}</p>
        {letters(cx, rows)}
        {head_box(cx, head, base_url)?}
    };
    Ok(desk_page::admin_page(cx, cx.t("letters.title"), main))
}

fn letters(cx: &Cx, rows: &[Row]) -> AnyView {
    if rows.is_empty() {
        return view! { <p class="empty">{cx.t("letters.none")}</p> }.into_any();
    }
    let rows = rows
        .iter()
        .map(|row| {
            let (title, href) = (row.letter.content.title.zh.clone(), format!("/desk/letters/{}", row.letter.id));
            let table = row.table.as_ref().map_or_else(String::new, |t| time::day(cx, t.published_at));
            view! {
                <tr>
                    <td class="title"><a href=href>{title}</a></td>
                    <td data-label=cx.t("letters.day")>{day(cx, row.letter.content.day)}</td>
                    <td data-label=cx.t("access_points.state")><span>{stage_pill(cx, &row.letter)}</span></td>
                    <td class="num" data-label=cx.t("letters.replies")>{row.replies}</td>
                    <td data-label=cx.t("letters.table.title")>{table}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="table">
            <thead><tr>
                <th>{cx.t("letters.field.title")}</th>
                <th>{cx.t("letters.day")}</th>
                <th>{cx.t("access_points.state")}</th>
                <th class="num">{cx.t("letters.replies")}</th>
                <th>{cx.t("letters.table.title")}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

/// The letter to the head: its code, or the way to open it.
fn head_box(cx: &Cx, head: Option<&AccessPoint>, base_url: &str) -> Result<AnyView> {
    let role = cx.actor.as_ref().map(|a| a.role);
    let cases = matches!(role, Some(Role::Office | Role::Leader)).then(|| {
        view! { <a class="button quiet" href="/desk?view=all&channel=letter">{cx.t("letters.head.cases")}</a> }
    });
    let inside = match head {
        Some(point) => {
            let address = point.address(base_url);
            let code = qr::svg(&address, cx.tf("access_points.qr_label", &[("address", &address)]))?;
            let keep = writes(cx).then(|| {
                let href = format!("/desk/access-points/{}", point.id);
                view! { <a class="button" href=href>{cx.t("letters.head.paper")}</a> }
            });
            view! {
                <div class="qr-small">{code}</div>
                <div>
                    <h2>{cx.t("letters.head.title")}</h2>
                    <p>{cx.t("letters.head.open")}</p>
                    <p><a href=address.clone()>{address.clone()}</a></p>
                    <p class="button-row">{keep}{cases}</p>
                </div>
            }
            .into_any()
        }
        None => {
            let open = writes(cx).then(|| {
                view! {
                    <form method="post" action="/desk/letters/to-the-head">
                        {field::token(cx)}
                        <p class="button-row"><button class="button" type="submit">{cx.t("letters.head.make")}</button></p>
                    </form>
                }
            });
            view! { <div><h2>{cx.t("letters.head.title")}</h2><p>{cx.t("letters.head.closed")}</p>{open}</div> }
                .into_any()
        }
    };
    Ok(view! { <section class="card qr-card letter-head-box" id="to-the-head">{inside}</section> }.into_any())
}
