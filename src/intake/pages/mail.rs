//! "Tell me by e-mail when there is an answer": on the receipt and on the tracking page. The code goes along in the form.

use leptos::prelude::*;

use crate::{
    http::Cx,
    kernel::tracking_code::TrackingCode,
    notify::submitters::{Offer, Standing},
    ui::{
        FormState,
        field::{self, Line},
    },
};

const EMAIL: Line = Line { kind: "email", autocomplete: "email", max: 254, required: true, hint: "" };

/// Asks for an address; nothing when it is not offered.
pub fn ask(cx: &Cx, code: &TrackingCode, state: &FormState, offer: Offer) -> AnyView {
    if offer == Offer::No {
        return ().into_any();
    }
    let open = state.message(cx, "email").is_some() || state.message(cx, "guardian").is_some();
    let warning =
        (offer == Offer::Warned).then(|| view! { <p class="banner warn">{cx.t("notify.submitter.warning")}</p> });
    let guardian =
        (offer == Offer::Guardian).then(|| field::switch(cx, state, "guardian", "notify.submitter.guardian"));
    view! {
        <details class="fold" open=open><summary>{cx.t("notify.submitter.title")}</summary>
            <p>{cx.t("notify.submitter.text")}</p>
            {warning}
            <form method="post" action=cx.href("/track")>
                {field::hidden("tracking_code", code.plain())}
                {field::hidden("action", "mail")}
                {field::line(cx, state, "email", "notify.submitter.email", EMAIL)}
                {guardian}
                <p><button class="button" type="submit">{cx.t("notify.submitter.send")}</button></p>
            </form>
        </details>
    }
    .into_any()
}

/// What the tracking page shows: the question, or where the wish stands with the way out.
pub fn on_track(cx: &Cx, code: &TrackingCode, state: &FormState, offer: Offer, standing: Standing) -> AnyView {
    let said = match standing {
        Standing::None => return ask(cx, code, state, offer),
        Standing::Asked => "notify.submitter.asked",
        Standing::Confirmed => "notify.submitter.confirmed",
    };
    view! {
        <div class="section">
            <p>{cx.t(said)}</p>
            <form method="post" action=cx.href("/track")>
                {field::hidden("tracking_code", code.plain())}
                {field::hidden("action", "mail-stop")}
                <button class="button" type="submit">{cx.t("notify.submitter.stop")}</button>
            </form>
        </div>
    }
    .into_any()
}
