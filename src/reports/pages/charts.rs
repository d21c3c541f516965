//! Charts, drawn by the server, with the same numbers as a table below.

use chrono::Days;
use leptos::prelude::*;

use crate::{http::Cx, reports::model::Report};

/// Width of the drawing, in its own units (see `style/chart.css`).
const WIDTH: f64 = 360.0;
/// Height of the bars' field.
const HEIGHT: f64 = 110.0;

/// Received by week: a bar a week, weeks without anything too.
pub fn weeks(cx: &Cx, report: &Report) -> Option<AnyView> {
    let (first, last) = (*report.weeks.keys().next()?, *report.weeks.keys().last()?);
    let mut all = Vec::new();
    let mut week = first;
    while week <= last {
        all.push((week, report.weeks.get(&week).copied().unwrap_or(0)));
        week = week.checked_add_days(Days::new(7))?;
    }
    let most = all.iter().map(|(_, n)| *n).max()?.max(1);
    let step = WIDTH / all.len() as f64;
    let bars = all
        .iter()
        .enumerate()
        .map(|(i, (_, n))| {
            let height = *n as f64 / most as f64 * HEIGHT;
            let (x, y) = (i as f64 * step + step * 0.15, HEIGHT + 14.0 - height);
            let value = (*n > 0 && all.len() <= 26).then(|| {
                let (cx_, cy) = (format!("{:.1}", i as f64 * step + step / 2.0), format!("{:.1}", y - 4.0));
                view! { <text class="chart-value" x=cx_ y=cy text-anchor="middle">{*n}</text> }
            });
            view! {
                <rect class="chart-bar" x=format!("{x:.1}") y=format!("{y:.1}") width=format!("{:.1}", step * 0.7)
                    height=format!("{height:.1}") rx="2"></rect>
                {value}
            }
        })
        .collect_view();
    let label = |day: &chrono::NaiveDate| day.format("%-m/%-d").to_string();
    let rows =
        all.iter().map(|(day, n)| view! { <tr><td>{label(day)}</td><td class="num">{*n}</td></tr> }).collect_view();
    let (from, to) = (label(&first), label(&last));
    let base = format!("{:.1}", HEIGHT + 14.0);
    let below = format!("{:.1}", HEIGHT + 32.0);
    let figure = view! {
        <figure class="chart">
            <figcaption>{cx.t("reports.by_week")}</figcaption>
            <svg viewBox="0 0 360 150" role="img" aria-label=cx.t("reports.by_week")>
                <line class="chart-grid" x1="0" x2="360" y1=base.clone() y2=base></line>
                {bars}
                <text x="0" y=below.clone()>{from}</text>
                <text x="360" y=below text-anchor="end">{to}</text>
            </svg>
            <details class="fold"><summary>{cx.t("reports.as_table")}</summary>
                <table class="table">
                    <thead><tr><th>{cx.t("reports.week")}</th><th class="num">{cx.t("reports.received")}</th></tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </details>
        </figure>
    };
    Some(figure.into_any())
}
