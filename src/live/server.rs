//! The markup that the browser's code reads.

use leptos::prelude::*;

use super::LivePart;

/// Which form, which part of the page, where it is drawn, and the button that is not needed then. All but the address are
/// ids.
pub fn live(form: &'static str, part: &'static str, address: String, button: &'static str) -> AnyView {
    view! {
        <div id="live" hidden data-form=form data-part=part data-address=address data-button=button></div>
        <LivePart/>
    }
    .into_any()
}
