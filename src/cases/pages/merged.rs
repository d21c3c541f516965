//! What is handled together: the cases that may be about the same matter, with the form that merges them; those that are
//! merged; and the way from a merged case to its lead.

use leptos::prelude::*;

use crate::{
    accounts::model::Actor,
    cases::{
        case_data::{CaseData, Merged},
        model::{State, Verb},
        pages::{
            case_page::{hidden_fields, kept},
            verbs::target,
        },
        similar::Similar,
    },
    http::Cx,
    ui::{
        FormState,
        field::{self, Line},
        icon, time,
    },
};

/// Says of a merged case where it is handled now.
pub fn lead(cx: &Cx, data: &CaseData) -> Option<AnyView> {
    (data.case.state == State::Merged).then(|| {
        let to = data.lead.clone().map(|number| {
            let href = format!("/desk/cases/{number}");
            view! { " "<a href=href>{cx.tf("merges.to_lead", &[("number", &number)])}</a> }
        });
        view! { <div class="banner">{icon::icon(icon::INBOX)}<div><p>{cx.t("merges.is_merged")}{to}</p></div></div> }
            .into_any()
    })
}

/// The numbers of the cases that are merged into this one, for the head of the page.
pub fn together(cx: &Cx, data: &CaseData) -> Option<AnyView> {
    let voices = data.all_submissions().count();
    (!data.merged.is_empty()).then(|| {
        let counts = [("cases", (data.merged.len() + 1).to_string()), ("people", voices.to_string())];
        let words = cx.tf("merges.together", &[("cases", &counts[0].1), ("people", &counts[1].1)]);
        view! { " "<span class="pill">{words}</span> }.into_any()
    })
}

/// The heading over what came as a merged case.
pub fn heading(cx: &Cx, merged: &Merged) -> AnyView {
    let href = format!("/desk/cases/{}", merged.number);
    let number = merged.number.clone();
    let people: Vec<String> = merged
        .submissions
        .iter()
        .map(|s| {
            let contact = s.contact.as_ref().map(|c| format!(" {} {}", c.name, c.contact)).unwrap_or_default();
            let who = cx.word("intake.person", s.person.code());
            format!("{who} · {}{contact}", cx.word("intake.identity", s.identity.code()))
        })
        .collect();
    let people = people.join("；");
    let day = merged.submissions.first().map(|s| time::day(cx, s.received_at));
    view! {
        <h2 class="merged-head"><a href=href><span class="case-number">{number}</span></a>" "
            <small>{cx.t("merges.came_as")}" · "{day}" · "{people}</small></h2>
    }
    .into_any()
}

/// The form that merges other cases into this one.
pub fn offer(cx: &Cx, actor: &Actor, data: &CaseData, state: &FormState) -> Option<AnyView> {
    if !Verb::Merge.offered(actor, &data.case) {
        return None;
    }
    let state = kept(state, Verb::Merge);
    let typed = !state.values.text("form").is_empty();
    let chosen: Vec<String> = state.values.all("other").map(str::to_string).collect();
    let items = data.similar.iter().map(|s| similar(cx, s, chosen.contains(&s.number))).collect_view();
    let some = !data.similar.is_empty();
    let summary = if some {
        cx.tf("merges.similar", &[("count", &data.similar.len().to_string())])
    } else {
        cx.word("cases.verb", Verb::Merge.code()).into_owned()
    };
    let more = Line { kind: "codes", autocomplete: "off", max: 1000, required: false, hint: "merges.numbers_hint" };
    Some(
        view! {
            <details class="fold" id="merge" open=typed>
                <summary>{summary}</summary>
                <form method="post" action=target(&data.case.number, Verb::Merge)>
                    {hidden_fields(cx, data, Verb::Merge)}
                    <p class="hint">{cx.t("merges.what")}</p>
                    {some.then(|| view! {
                        <fieldset class="field"><legend class="label">{cx.t("merges.choose")}</legend>
                            <div class="choice-list">{items}</div>{links(cx, data)}</fieldset>
                    })}
                    {field::line(cx, &state, "numbers", "merges.numbers", more)}
                    <p><button class="button main" type="submit">{cx.word("cases.verb", Verb::Merge.code())}</button></p>
                </form>
            </details>
        }
        .into_any(),
    )
}

fn similar(cx: &Cx, similar: &Similar, chosen: bool) -> AnyView {
    let (number, value) = (similar.number.clone(), similar.number.clone());
    let what = [similar.topic.as_str(), similar.place.as_str()].into_iter().filter(|t| !t.is_empty());
    let what = what.collect::<Vec<_>>().join(" · ");
    let excerpt = similar.excerpt.clone().unwrap_or_default();
    let state = cx.word("cases.state", similar.state.code());
    let day = time::day(cx, similar.received_at);
    let facts = format!("{number} · {state} · {day}");
    view! {
        <label class="choice"><input type="checkbox" name="other" value=value checked=chosen/>
            <span class="choice-body"><b>{what}" · "{excerpt}</b><small>{facts}</small></span></label>
    }
    .into_any()
}

/// The way to each of them, to read it first.
fn links(cx: &Cx, data: &CaseData) -> AnyView {
    let links = data
        .similar
        .iter()
        .map(|s| {
            let (href, number) = (format!("/desk/cases/{}", s.number), s.number.clone());
            view! { <a href=href><span class="case-number">{number}</span></a>" " }
        })
        .collect_view();
    view! { <p class="hint">{cx.t("merges.read")}" "{links}</p> }.into_any()
}

/// The question before a case is parted from its lead.
pub fn unmerge_fields(cx: &Cx, _: &CaseData, state: &FormState) -> AnyView {
    let reason = Line { kind: "", autocomplete: "", max: 400, required: true, hint: "merges.unmerge_hint" };
    field::text_area(cx, state, "unmerge_reason", "cases.reason", reason)
}
