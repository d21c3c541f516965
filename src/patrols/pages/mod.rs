//! Pages of patrols: the inspector's home, the day for the office, the sheet of a class, the list of classes.

pub mod classes;
pub mod day;
pub mod home;
pub mod sheet;

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::{
    http::{Cx, Req},
    patrols::model::Score,
    ui::time,
};

/// Below this a score is shown as a worry.
const LOW_PERCENT: i64 = 70;

/// The day that was asked for; today, when none or a day to come was.
fn asked_day(req: &Req) -> NaiveDate {
    let today = time::date(req.now());
    NaiveDate::parse_from_str(req.query.text("day"), "%Y-%m-%d").ok().filter(|day| *day <= today).unwrap_or(today)
}

/// A score as a pill.
fn score_pill(cx: &Cx, score: Score) -> AnyView {
    match score.percent() {
        None => view! { <span class="pill soft">"–"</span> }.into_any(),
        Some(percent) => {
            let class = if percent < LOW_PERCENT { "pill late" } else { "pill ok" };
            let words = cx.tf("patrols.score", &[("percent", &percent.to_string())]);
            view! { <span class=class>{words}</span> }.into_any()
        }
    }
}
