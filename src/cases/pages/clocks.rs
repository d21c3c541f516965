//! The clocks of a case as one strip: what each is for, until when, and where it stands.

use leptos::prelude::*;

use crate::{
    cases::{
        case_data::CaseData,
        clocks::{Clock, model::Standing},
    },
    http::Cx,
    ui::time,
};

/// The strip. What was needed no longer is left out.
pub fn strip(cx: &Cx, data: &CaseData) -> Option<AnyView> {
    let paused = data.case.paused_until.is_some();
    let items: Vec<AnyView> = data.clocks.iter().filter_map(|clock| item(cx, clock, paused)).collect();
    (!items.is_empty()).then(|| view! { <ul class="clocks" aria-label=cx.t("clocks.label")>{items}</ul> }.into_any())
}

fn item(cx: &Cx, clock: &Clock, paused: bool) -> Option<AnyView> {
    let standing = clock.standing(paused, cx.now);
    let class = match standing {
        Standing::Cancelled => return None,
        Standing::Overdue | Standing::Late => "pill late",
        Standing::Warned | Standing::Paused => "pill warn",
        Standing::Met => "pill ok",
        Standing::Running | Standing::Lapsed => "pill soft",
    };
    let until = cx.tf("cases.until", &[("when", &time::moment(cx, clock.due_at))]);
    let since = format!("{} – {}", time::moment(cx, clock.started_at), time::moment(cx, clock.due_at));
    Some(
        view! {
            <li title=since><b>{cx.word("clocks.stage", clock.stage.code())}</b>
                <span class=class>{cx.word("clocks.standing", standing.code())}</span><small>{until}</small></li>
        }
        .into_any(),
    )
}
