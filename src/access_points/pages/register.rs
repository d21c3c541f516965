//! The register on paper: for a walk around the school, with a box to tick at each place.

use leptos::prelude::*;

use crate::{
    access_points::{
        pages::{
            list::{Filters, register},
            seen_words,
        },
        watch::Line,
    },
    error::Result,
    http::{Cx, Req, Response},
    ui::{self, Page, time},
};

/// Lines on a sheet of A4.
const LINES: usize = 12;

/// `GET /desk/access-points/register`: as the list is narrowed and sorted.
pub async fn print_page(req: Req) -> Result<Response> {
    let (cx, actor) = (&req.cx, req.actor()?);
    let filters = Filters::parse(&req.query);
    let (lines, _) = register(&mut req.app.db.read().await?, cx, actor.organization_id, &filters).await?;
    let title = format!("{} · {}", cx.t("access_points.register"), actor.organization_name);
    let sheets = lines.chunks(LINES).map(|some| sheet(cx, &actor.organization_name, some)).collect_view();
    let body = view! {
        <nav class="print-toolbar" aria-label=cx.t("access_points.print.label")>
            <span>{cx.t("access_points.print.how")}</span>
            <a href="/desk/access-points">{cx.t("access_points.back")}</a>
        </nav>
        <main id="main">{sheets}</main>
    };
    Ok(ui::respond(&req.app, cx, Page::print(title, body)).await)
}

fn sheet(cx: &Cx, organization: &str, lines: &[Line]) -> AnyView {
    let rows = lines
        .iter()
        .map(|line| {
            let flags: Vec<_> = line.flags.iter().map(|f| cx.word("access_points.flag", f.code())).collect();
            let (place, title) = (line.point.place.clone(), line.point.title.clone());
            let (code, keeper) = (line.point.code.clone(), line.point.keeper.clone());
            let numbers = format!("{} / {}", line.point.opens, line.point.submissions);
            view! {
                <tr>
                    <td><b>{place}</b><small>{title}</small></td>
                    <td class="mono">{code}</td>
                    <td>{keeper}</td>
                    <td>{seen_words(cx, line)}<small>{flags.join("、")}</small></td>
                    <td>{numbers}</td>
                    <td class="tick"></td>
                </tr>
            }
        })
        .collect_view();
    let head = format!("{organization} · {}", cx.t("access_points.register"));
    let day = time::day(cx, cx.now);
    let used = format!("{} / {}", cx.t("access_points.opens"), cx.t("access_points.submissions"));
    view! {
        <section class="sheet roll">
            <h1>{head}</h1>
            <p>{day}</p>
            <table tabindex="0">
                <thead><tr>
                    <th>{cx.t("access_points.place")}</th>
                    <th>{cx.t("access_points.code")}</th>
                    <th>{cx.t("access_points.keeper")}</th>
                    <th>{cx.t("access_points.last_seen")}</th>
                    <th>{used}</th>
                    <th>{cx.t("access_points.intact_today")}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
    .into_any()
}
