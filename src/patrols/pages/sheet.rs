//! The day sheet of a class, for paper: to the class teacher.

use leptos::prelude::*;

use crate::{
    error::{Error, Result},
    http::{Req, Response},
    kernel::ids::PatrolClassId,
    patrols::{actions, model::PlaceDay, pages::asked_day},
    ui::{self, Page, time},
};

/// `GET /desk/patrols/sheets/{id}`.
pub async fn sheet_page(req: Req) -> Result<Response> {
    let (cx, actor) = (&req.cx, req.actor()?);
    let id = PatrolClassId::parse(req.param("id")).ok_or(Error::NotFound)?;
    let mut c = req.app.db.read().await?;
    let class = actions::classes_of(&mut c, &actor).await?.into_iter().find(|k| k.id == id).ok_or(Error::NotFound)?;
    let day = actions::day(&mut c, &actor, asked_day(&req), cx.lang).await?;
    drop(c);
    let place = day.places.iter().find(|p| p.class == Some(id));
    let score = place.and_then(|p: &PlaceDay| p.score.percent());
    let score = score.map_or_else(|| "–".to_string(), |p| cx.tf("patrols.score", &[("percent", &p.to_string())]));
    let count = place.map_or(0, |p| p.visits.len()).to_string();
    let rows = day
        .findings
        .iter()
        .filter(|(_, v, _)| v.class_id == Some(id))
        .map(|(f, v, item)| {
            let at = v.ended_at.with_timezone(&time::ZONE).format("%H:%M").to_string();
            let (item, comment) = (item.clone(), f.comment.clone());
            view! { <tr><td>{at}</td><td>{item}</td><td>{comment}</td></tr> }
        })
        .collect_view();
    let none = (place.is_none_or(|p| p.findings == 0)).then(|| view! { <p>{cx.t("visits.no_findings")}</p> });
    let title =
        cx.tf("patrols.sheet.title", &[("class", &class.name), ("day", &time::day(cx, time::start_of(day.date)))]);
    let (school, emblem) = (actor.organization_name.clone(), actor.emblem.clone());
    let body = view! {
        <nav class="print-toolbar" aria-label=cx.t("access_points.print.label")>
            <span>{cx.t("access_points.print.how")}</span>
            <a href=format!("/desk/patrols?day={}", day.date)>{cx.t("patrols.title")}</a>
        </nav>
        <main id="main">
            <section class="sheet day-sheet">
                <header class="poster-head"><span class="emblem" aria-hidden="true">{emblem}</span><div><b>{school}</b><small>{cx.t("patrols.title")}</small></div></header>
                <h1>{title.clone()}</h1>
                <p>{cx.tf("patrols.sheet.lead", &[("score", &score), ("count", &count)])}</p>
                {none}
                <table tabindex="0"><thead><tr>
                    <th>{cx.t("visits.when")}</th><th>{cx.t("patrols.item")}</th><th>{cx.t("patrols.seen")}</th>
                </tr></thead><tbody>{rows}</tbody></table>
                <p class="day-sheet-sign">{cx.t("patrols.sheet.sign")}</p>
            </section>
        </main>
    };
    Ok(ui::respond(&req.app, cx, Page::print(title, body)).await)
}
