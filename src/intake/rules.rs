//! What both the browser and the server check of a submission. The server never trusts the browser's result; it runs
//! the same code again.

use crate::kernel::text::char_count;

/// Most characters of "what happened".
pub const MAX_BODY_CHARS: usize = 4_000;
/// Most files.
pub const MAX_FILES: usize = 6;
/// Most characters of a contact or a name.
pub const MAX_CONTACT_CHARS: usize = 100;

/// What is wrong with "what happened": the key of the sentence; `None` when it is fine.
pub fn check_body(body: &str) -> Option<&'static str> {
    if body.trim().is_empty() {
        Some("intake.error.body_empty")
    } else if char_count(body) > MAX_BODY_CHARS {
        Some("intake.error.body_long")
    } else {
        None
    }
}
