//! The one-time code of a slip: it stands behind the `#` of the scanned address, which browsers send to nobody, and goes
//! from there into its field.

use std::rc::Rc;

use web_sys::HtmlInputElement;

use super::{Live, errors, steps};
use crate::browser::dom::{by_id, focus};

/// The name of the field.
pub const FIELD: &str = "response_code";
/// The id of the field.
const ID: &str = "f-response_code";

/// Takes the code out of the address, which then no longer shows it.
pub fn start() -> Option<()> {
    let field: HtmlInputElement = by_id(ID)?;
    let window = web_sys::window()?;
    let location = window.location();
    let code = location.hash().ok()?.strip_prefix("#c=")?.to_string();
    field.set_value(&code);
    let plain = [location.pathname().ok()?, location.search().ok()?].concat();
    let nothing = js_sys::Object::new();
    window.history().ok()?.replace_state_with_url(&nothing, "", Some(&plain)).ok()
}

/// Whether a code is asked for and was not given; leads to its field then.
pub fn is_missing(live: &Rc<Live>) -> bool {
    let missing = by_id::<HtmlInputElement>(ID).is_some_and(|field| field.value().trim().is_empty());
    if missing {
        steps::go_to_start(live);
        errors::mark(ID);
        focus(ID);
    }
    missing
}
