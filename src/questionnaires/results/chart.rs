//! Charts as SVG from the server, each with a table of the same numbers for those who read rather than look.

use leptos::prelude::*;

use crate::http::Cx;

/// The width on which charts are drawn.
const WIDTH: u64 = 360;
/// The height of a bar with its words.
const STEP: u64 = 40;
/// Where numbers end.
const FULL: u64 = 290;

/// A bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// What it is.
    pub label: String,
    /// How many.
    pub n: u64,
    /// Of how many.
    pub base: u64,
}

/// Hundredths, rounded.
pub fn percent(n: u64, base: u64) -> u64 {
    if base == 0 { 0 } else { (n * 200 + base) / (2 * base) }
}

/// A text that fits above a bar.
fn short(text: &str) -> String {
    crate::kernel::text::excerpt(text, 26)
}

/// Horizontal bars with their words above them. Bars that stand for nobody's answer are pale.
pub fn bars(cx: &Cx, title: &str, bars: &[Bar], open: bool) -> AnyView {
    let drawn = bars
        .iter()
        .zip(0u64..)
        .map(|(bar, at)| {
            let y = at * STEP;
            let width = percent(bar.n, bar.base) * FULL / 100;
            let value = format!("{} · {}%", bar.n, percent(bar.n, bar.base));
            view! {
                <text x="0" y=y + 14>{short(&bar.label)}</text>
                <rect class="chart-track" x="0" y=y + 20 width=FULL height="12" rx="3"></rect>
                <rect class="chart-bar" x="0" y=y + 20 width=width height="12" rx="3"></rect>
                <text class="chart-value" x=WIDTH y=y + 31 text-anchor="end">{value}</text>
            }
        })
        .collect_view();
    let height = bars.len() as u64 * STEP;
    let words: Vec<String> = bars.iter().map(|b| format!("{} {}", b.label, b.n)).collect();
    let box_of = format!("0 0 {WIDTH} {height}");
    view! {
        <svg role="img" viewBox=box_of aria-label=words.join("; ")>{drawn}</svg>
        {table(cx, title, bars, open)}
    }
    .into_any()
}

fn table(cx: &Cx, title: &str, bars: &[Bar], open: bool) -> AnyView {
    let rows = bars
        .iter()
        .map(|bar| {
            let share = format!("{}%", percent(bar.n, bar.base));
            view! {
                <tr>
                    <th scope="row">{bar.label.clone()}</th>
                    <td class="num" data-label=cx.t("results.people")>{bar.n}</td>
                    <td class="num" data-label=cx.t("results.share")>{share}</td>
                </tr>
            }
        })
        .collect_view();
    let table = view! {
        <table class="table">
            <caption class="visually-hidden">{title.to_string()}</caption>
            <thead><tr>
                <th scope="col">{cx.t("results.answer")}</th>
                <th scope="col" class="num">{cx.t("results.people")}</th>
                <th scope="col" class="num">{cx.t("results.share")}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table>
    };
    folded(cx, open, table.into_any())
}

/// The table of a chart, folded away on the screen and open on paper.
fn folded(cx: &Cx, open: bool, table: AnyView) -> AnyView {
    view! { <details class="fold" open=open><summary>{cx.t("results.numbers")}</summary>{table}</details> }.into_any()
}

/// A row of a stacked chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stack {
    /// What it is.
    pub label: String,
    /// Its parts: what, how many.
    pub parts: Vec<(String, u64)>,
}

/// Stacked bars: each row is a whole of its own, and its parts get paler from left to right.
pub fn stacked(cx: &Cx, title: &str, rows: &[Stack], open: bool) -> AnyView {
    let drawn = rows
        .iter()
        .zip(0u64..)
        .map(|(row, at)| {
            let y = at * STEP;
            let whole: u64 = row.parts.iter().map(|(_, n)| n).sum();
            let steps = row.parts.len().max(1);
            let mut x = 0;
            let parts = row
                .parts
                .iter()
                .enumerate()
                .map(|(i, (_, n))| {
                    let width = percent(*n, whole) * WIDTH / 100;
                    let from = x;
                    x += width;
                    let shade = format!("{:.2}", 1.0 - 0.8 * i as f64 / steps as f64);
                    let words = (width > 28).then(|| {
                        let class = if i * 2 < steps { "chart-on" } else { "chart-value" };
                        let share = format!("{}%", percent(*n, whole));
                        view! { <text class=class x=from + width / 2 y=y + 32 text-anchor="middle">{share}</text> }
                    });
                    view! {
                        <rect class="chart-bar" fill-opacity=shade x=from y=y + 20 width=width height="16"></rect>
                        {words}
                    }
                })
                .collect_view();
            view! { <text x="0" y=y + 14>{short(&row.label)}</text>{parts} }
        })
        .collect_view();
    let height = rows.len() as u64 * STEP;
    let box_of = format!("0 0 {WIDTH} {height}");
    let lines = rows
        .iter()
        .map(|row| {
            let parts: Vec<String> = row.parts.iter().map(|(word, n)| format!("{word} {n}")).collect();
            let (label, parts) = (row.label.clone(), parts.join(" · "));
            view! { <tr><th scope="row">{label}</th><td data-label=cx.t("results.people")>{parts}</td></tr> }
        })
        .collect_view();
    let table = view! {
        <table class="table">
            <caption class="visually-hidden">{title.to_string()}</caption>
            <thead><tr><th scope="col">{cx.t("results.part")}</th><th scope="col">{cx.t("results.people")}</th></tr></thead>
            <tbody>{lines}</tbody>
        </table>
    };
    view! {
        <svg role="img" viewBox=box_of aria-label=title.to_string()>{drawn}</svg>
        {folded(cx, open, table.into_any())}
    }
    .into_any()
}
