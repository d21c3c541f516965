//! Pages of the opening log.

pub mod log;
pub mod opening;

use leptos::prelude::*;

use crate::{boxes::model::Opening, http::Cx};

/// What is missing of an opening, as a pill.
fn state_pill(cx: &Cx, opening: &Opening) -> AnyView {
    let missing = opening.missing().to_string();
    let (class, word) = match opening {
        o if o.missing() > 0 => ("pill late", cx.tf("boxes.missing", &[("count", &missing)])),
        o if o.takes_letters() => ("pill soft", cx.t("boxes.explained").into_owned()),
        _ => ("pill ok", cx.t("boxes.complete").into_owned()),
    };
    view! { <span class=class>{word}</span> }.into_any()
}
