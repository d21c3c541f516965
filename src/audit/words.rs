//! The words of entries: what was done, to what, and what more there is to say.

use crate::{
    audit::Listed,
    cases::model::{Identity, State},
    http::Cx,
    kernel::roles::Role,
};

/// What was done; an action that has no words yet is shown as it is written.
pub fn what_words(cx: &Cx, action: &str) -> String {
    or_code(cx.word("audit.action", action).into_owned(), action)
}

/// The thing: what it is and what it is called.
pub fn thing_words(cx: &Cx, row: &Listed) -> String {
    let kind = or_code(cx.word("audit.entity", &row.entity).into_owned(), &row.entity);
    row.label.as_ref().map_or(kind.clone(), |label| format!("{kind} {label}"))
}

/// What more there is to say: states, roles and the like in words, numbers as they are.
pub fn detail_words(cx: &Cx, row: &Listed) -> String {
    let detail = row.detail.as_str();
    if State::parse(detail).is_some() && row.entity == "case" {
        cx.word("cases.state", detail).into_owned()
    } else if Identity::parse(detail).is_some() {
        cx.word("intake.identity", detail).into_owned()
    } else if Role::parse(detail).is_some() && row.entity == "staff" {
        cx.word("role", detail).into_owned()
    } else if row.action == "account.signed_in" {
        or_code(cx.word("accounts.device", detail).into_owned(), detail)
    } else {
        detail.to_string()
    }
}

/// The words of a code, or the code: a missing sentence shows as its key, which nobody should read.
fn or_code(words: String, code: &str) -> String {
    if words.ends_with(&format!(".{code}")) { code.to_string() } else { words }
}
