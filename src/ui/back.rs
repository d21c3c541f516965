//! The way back to the list that a page came from: the same link everywhere, as high as a thumb needs.

use leptos::prelude::*;

use crate::ui::icon;

/// The link back, above the heading.
pub fn link(href: impl Into<String>, words: impl IntoAny) -> AnyView {
    let href: String = href.into();
    view! { <a class="pane-back" href=href>{icon::icon(icon::BACK)}{words.into_any()}</a> }.into_any()
}
