//! The parts of a case 分案 on the tracking page: each with where it stands, its answer, and what its owner may do.

use leptos::prelude::*;

use crate::{
    cases::submitter::{Part, Track},
    http::Cx,
    intake::pages::track_view::{messages, timeline, urge_and_withdraw},
    kernel::tracking_code::TrackingCode,
    organizations::model::Organization,
    ui::time,
};

/// Every part.
pub fn parts(cx: &Cx, org: &Organization, code: &TrackingCode, view: &Track) -> Option<AnyView> {
    let items = view.parts.iter().map(|part| one(cx, org, code, part)).collect_view();
    (!view.parts.is_empty()).then(|| {
        view! { <p class="notice">{cx.tf("splits.track", &[("count", &view.parts.len().to_string())])}</p>{items} }
            .into_any()
    })
}

fn one(cx: &Cx, org: &Organization, code: &TrackingCode, part: &Part) -> AnyView {
    let (track, matter) = (&part.track, part.matter.clone());
    let number = track.number.clone();
    let department =
        track.department.clone().map(|d| format!(" · {}", cx.tf("track.department", &[("department", d.as_str())])));
    let due = time::day(cx, track.promised_at);
    view! {
        <section class="section part">
            <h2><span class="case-number">{number.clone()}</span></h2>
            <p class="text">{matter}</p>
            <p class="lead"><span class="pill">{cx.word("track.state", track.state.code())}</span>{department}</p>
            {track.state.is_open().then(|| view! { <p class="hint">{cx.tf("track.due", &[("day", &due)])}</p> })}
            {timeline(cx, track)}
            {messages(cx, org, code, track)}
            {(track.can_urge || track.can_withdraw).then(|| urge_and_withdraw(cx, code, track, Some(&number)))}
        </section>
    }
    .into_any()
}

/// What can be judged first: the answer of the case, else that of a part, by its number.
pub fn to_rate(view: &Track) -> Option<Option<&str>> {
    if view.can_rate {
        return Some(None);
    }
    view.parts.iter().find(|part| part.track.can_rate).map(|part| Some(part.track.number.as_str()))
}

/// What a message can be about; nothing to choose when there are no parts.
pub fn choices(cx: &Cx, view: &Track) -> Vec<(String, String)> {
    let mut choices: Vec<(String, String)> = Vec::new();
    let open = view.parts.iter().filter(|part| part.track.can_message);
    choices.extend(open.map(|part| (part.track.number.clone(), format!("{} {}", part.track.number, part.matter))));
    if !choices.is_empty() {
        choices.insert(0, (String::new(), cx.t("splits.whole").into_owned()));
    }
    choices
}
