//! Pages of import and export.

pub mod export;
pub mod import;

use leptos::prelude::*;

use crate::{http::Cx, questionnaires::exchange::Loss};

/// The list of what could not be carried over.
fn losses(cx: &Cx, losses: &[Loss]) -> AnyView {
    let items = losses
        .iter()
        .map(|loss| {
            let sentence = cx.tf(loss.key, &[("detail", &loss.detail)]);
            let at = (!loss.at.is_empty()).then(|| view! { <strong>{loss.at.clone()}</strong>" " });
            view! { <li>{at}{sentence}</li> }
        })
        .collect_view();
    view! { <ul class="losses">{items}</ul> }.into_any()
}
