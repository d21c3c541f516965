//! Visits of representatives, as the office and leaders read them.

use leptos::prelude::*;

use crate::{
    error::Result,
    http::{Req, Response},
    kernel::roles::Role,
    ui::{self, desk_page, time},
    visits::{actions, model::VisitKind, pages::findings_pill},
};

/// `GET /desk/visits`.
pub async fn list_page(req: Req) -> Result<Response> {
    let (cx, actor) = (&req.cx, req.actor()?);
    let visits =
        actions::newest(&mut req.app.db.read().await?, actor.organization_id, VisitKind::Representative).await?;
    let rows = visits
        .iter()
        .map(|v| {
            let href = format!("/desk/visits/{}", v.id);
            let (label, place) = (v.label(cx.lang).to_string(), v.place.clone());
            view! {
                <tr>
                    <td class="title"><a href=href>{label}</a><small>{place}</small></td>
                    <td data-label=cx.t("visits.when")>{time::moment(cx, v.ended_at)}</td>
                    <td data-label=cx.t("visits.found")><span>{findings_pill(cx, v)}</span></td>
                </tr>
            }
        })
        .collect_view();
    let table = if visits.is_empty() {
        view! { <p class="empty">{cx.t("visits.desk.none")}</p> }.into_any()
    } else {
        view! {
            <table class="table">
                <thead><tr>
                    <th>{cx.t("visits.checklist")}</th>
                    <th>{cx.t("visits.when")}</th>
                    <th>{cx.t("visits.found")}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any()
    };
    let keep = (actor.role == Role::Office)
        .then(|| view! { <a class="button" href="/desk/checklists">{cx.t("visits.checklists")}</a> });
    let title = cx.word("visits.desk", VisitKind::Representative.code());
    let main = view! {
        <header class="page-head"><h1>{title.clone()}</h1>{keep}</header>
        {table}
    };
    Ok(ui::respond(&req.app, cx, desk_page::admin_page(cx, title, main)).await)
}
