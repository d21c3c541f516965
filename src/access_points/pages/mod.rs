//! Pages of access points: the list, one of them, its paper, and the page where a code is typed.

pub mod edit;
pub mod find;
pub mod list;
pub mod paper;
pub mod register;
pub mod seen;

use leptos::prelude::*;

use crate::{
    access_points::{
        actions,
        form::last_day,
        model::{AccessPoint, Liveness},
        watch::{Flag, Line},
    },
    error::{Error, Result},
    http::{Cx, Req},
    kernel::ids::AccessPointId,
    ui::time,
};

/// The access point that the address names.
async fn asked_for(req: &Req) -> Result<AccessPoint> {
    let id = AccessPointId::parse(req.param("id")).ok_or(Error::NotFound)?;
    actions::by_id(&mut req.app.db.read().await?, req.actor()?.organization_id, id).await
}

/// The state as a pill, with the day on which it changes.
fn state_pill(cx: &Cx, point: &AccessPoint) -> AnyView {
    let liveness = point.liveness(cx.now);
    let class = if liveness == Liveness::Live { "pill ok" } else { "pill soft" };
    let until = |to| cx.tf("access_points.until", &[("day", &time::day(cx, time::start_of(last_day(to))))]);
    let day = match liveness {
        Liveness::NotYet(from) => Some(cx.tf("access_points.since", &[("day", &time::day(cx, from))])),
        Liveness::Over(to) => Some(until(to)),
        Liveness::Live => point.valid_to.map(until),
        Liveness::Revoked(_) => None,
    };
    let word = cx.word("access_points.liveness", liveness.code());
    view! { <span class=class>{word}</span>{day.map(|d| view! { <small>{d}</small> })} }.into_any()
}

/// What is to be looked after, as pills.
fn flag_pills(cx: &Cx, flags: &[Flag]) -> AnyView {
    let pills = flags.iter().map(|flag| {
        let class = if *flag == Flag::Broken { "pill late" } else { "pill warn" };
        view! { <span class=class>{cx.word("access_points.flag", flag.code())}</span>" " }
    });
    pills.collect_view().into_any()
}

/// When it was last seen, and how.
fn seen_words(cx: &Cx, line: &Line) -> String {
    match &line.seen {
        None => cx.t("access_points.never_seen").into_owned(),
        Some(look) => {
            format!("{} {}", time::day(cx, look.at), cx.word("access_points.condition", look.state.code()))
        }
    }
}
