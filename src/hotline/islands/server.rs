//! The markup that the browser's code works on; hidden until it does.

use leptos::prelude::*;

use super::{CallScreen, PrintButton};
use crate::{hotline::model::CallKind, http::Cx};

/// Which digit goes to which field, with Alt.
const SHORTCUTS: &str =
    "1:f-body,2:f-topic-find,3:f-place,4:f-urgency,5:f-then,6:f-contact_name,7:f-contact,8:f-identity,9:similar";

/// How long the call has lasted.
pub fn clock(cx: &Cx) -> AnyView {
    let now = cx.now.timestamp_millis().to_string();
    view! {
        <p class="call-clock" id="clock" hidden data-now=now>
            <span id="clock-time">"0:00"</span>
            <button class="button quiet small" type="button" id="clock-restart">{cx.t("hotline.clock.restart")}" "<kbd>"Alt 0"</kbd></button>
        </p>
    }
    .into_any()
}

/// What the island reads; stands in the form.
pub fn screen(cx: &Cx, kind: CallKind) -> AnyView {
    let base = if kind == CallKind::Visit { "/desk/walk-in" } else { "/desk/hotline" };
    view! {
        <div id="call-island" hidden
            data-drafts=format!("{base}/drafts")
            data-similar=format!("{base}/similar")
            data-shortcuts=SHORTCUTS
            data-kept=cx.t("hotline.island.kept")
            data-failed=cx.t("hotline.island.failed")></div>
        <CallScreen/>
    }
    .into_any()
}

/// A button that prints; without scripts the browser's own menu does.
pub fn print_button(cx: &Cx) -> AnyView {
    view! {
        <button class="button quiet" type="button" id="print" hidden>{cx.t("hotline.island.print")}</button>
        <PrintButton/>
    }
    .into_any()
}
