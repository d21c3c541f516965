//! Charts as SVG from the server, each with a table of the same numbers for those who read rather than look.

use leptos::prelude::*;

use crate::http::Cx;

/// The width on which charts are drawn.
const WIDTH: u64 = 360;
/// The height of a bar with its words.
const STEP: u64 = 40;
/// Where bars end.
const FULL: u64 = 290;
/// Where they end when each has a base of its own, which stands beside it.
const FULL_WITH_BASE: u64 = 260;

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

impl Bar {
    /// How many, and of how many when that is not said of all bars at once.
    fn people(&self, alike: bool) -> String {
        if alike { self.n.to_string() } else { format!("{}/{}", self.n, self.base) }
    }
}

/// Whether all bars have the same base.
fn are_alike(bars: &[Bar]) -> bool {
    bars.windows(2).all(|pair| pair[0].base == pair[1].base)
}

/// Horizontal bars with their words above them.
pub fn bars(cx: &Cx, title: &str, bars: &[Bar], open: bool) -> AnyView {
    let alike = are_alike(bars);
    let full = if alike { FULL } else { FULL_WITH_BASE };
    let drawn = bars
        .iter()
        .zip(0u64..)
        .map(|(bar, at)| {
            let y = at * STEP;
            let width = percent(bar.n, bar.base) * full / 100;
            let value = format!("{} · {}%", bar.people(alike), percent(bar.n, bar.base));
            view! {
                <text x="0" y=y + 14>{short(&bar.label)}</text>
                <rect class="chart-track" x="0" y=y + 20 width=full height="12" rx="3"></rect>
                <rect class="chart-bar" x="0" y=y + 20 width=width height="12" rx="3"></rect>
                <text class="chart-value" x=WIDTH y=y + 31 text-anchor="end">{value}</text>
            }
        })
        .collect_view();
    let height = bars.len() as u64 * STEP;
    let words: Vec<String> = bars.iter().map(|b| format!("{} {}", b.label, b.people(alike))).collect();
    let box_of = format!("0 0 {WIDTH} {height}");
    view! {
        <svg role="img" viewBox=box_of aria-label=words.join("; ")>{drawn}</svg>
        {table(cx, title, bars, open)}
    }
    .into_any()
}

fn table(cx: &Cx, title: &str, bars: &[Bar], open: bool) -> AnyView {
    let alike = are_alike(bars);
    let rows = bars
        .iter()
        .map(|bar| {
            let base = (!alike).then(|| format!(" ({})", cx.tf("results.n", &[("n", &bar.base.to_string())])));
            let share = format!("{}%{}", percent(bar.n, bar.base), base.unwrap_or_default());
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
