//! That a hold stands over the case, and the questions before it is set or lifted.

use leptos::prelude::*;

use crate::{
    accounts::model::Actor,
    cases::{
        case_data::CaseData,
        form::LONGEST,
        model::{Side, Verb},
        pages::dialogs::{self, Fields},
    },
    http::Cx,
    ui::{
        FormState,
        field::{self, Line},
        icon, time,
    },
};

const REASON: Line = Line { kind: "", autocomplete: "", max: LONGEST, required: true, hint: "" };

/// Says that the case must be kept, who said so and why; for those who may know.
pub fn banner(cx: &Cx, data: &CaseData) -> Option<AnyView> {
    data.hold.as_ref().map(|hold| {
        let said = [("who", hold.set_name.clone()), ("when", time::moment(cx, hold.set_at))];
        let said = cx.tf("holds.standing", &[("who", &said[0].1), ("when", &said[1].1)]);
        let reason = hold.reason.clone();
        view! {
            <div class="banner warn">{icon::icon(icon::LOCK)}<div><p><b>{said}</b></p><p>{reason}</p></div></div>
        }
        .into_any()
    })
}

/// The way to set or lift it, and to what people may ask about their data, for those who may.
pub fn dialog(cx: &Cx, actor: &Actor, data: &CaseData, state: &FormState) -> Option<AnyView> {
    let (verb, fields): (Verb, Fields) =
        if data.hold.is_some() { (Verb::LiftHold, lift_fields) } else { (Verb::LegalHold, set_fields) };
    verb.offered(actor, &data.case).then(|| {
        let keeps = Side::of(actor, &data.case) == Some(Side::Office);
        let href = format!("/desk/cases/{}/personal-data", data.case.number);
        let words = format!("/desk/cases/{}/redact-text", data.case.number);
        view! {
            <div class="button-row">
            {dialogs::dialog(cx, data, state, verb, "button small quiet", fields)}
            {keeps.then(|| view! { <a class="button small quiet" href=href>{cx.t("personal_data.title")}</a> })}
            {data.may_write.then(|| view! { <a class="button small quiet" href=words>{cx.t("redact.text")}</a> })}
            </div>
        }
        .into_any()
    })
}

/// The question before a hold.
fn set_fields(cx: &Cx, _: &CaseData, state: &FormState) -> AnyView {
    view! {
        <p class="hint">{cx.t("holds.what")}</p>
        {field::text_area(cx, state, "hold_reason", "cases.reason", Line { hint: "holds.reason_hint", ..REASON })}
    }
    .into_any()
}

/// The question before it is lifted.
fn lift_fields(cx: &Cx, data: &CaseData, state: &FormState) -> AnyView {
    let why = data.hold.as_ref().map(|h| h.reason.clone());
    view! {
        {why.map(|words| view! { <blockquote class="quote">{words}</blockquote> })}
        {field::text_area(cx, state, "lift_reason", "cases.reason", Line { hint: "holds.lift_hint", ..REASON })}
    }
    .into_any()
}
