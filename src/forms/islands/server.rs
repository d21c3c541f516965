//! What the browser's code reads: the definition without its words, the sentences of errors, names of buttons.

use leptos::prelude::*;

use super::FormLogic;
use crate::{
    forms::{check::Reason, model::Definition, wire},
    http::Cx,
};

/// How a form behaves where scripts run.
#[derive(Clone, Copy, Debug, Default)]
pub struct Behaviour<'a> {
    /// Under which name answers are kept on the device until they are sent; not at all when it is empty.
    pub draft: &'a str,
    /// Where to tell at which question somebody left, without telling who; not at all when it is empty.
    pub left: &'a str,
    /// Where the empty form is, for a device that is handed around: what nobody goes on with is gone after a while.
    pub next: &'a str,
}

/// The holder of what the island reads, and the island; stands at the end of the form `#answers`, before the button to send,
/// which has the id `send`.
pub fn logic(cx: &Cx, definition: &Definition, behaviour: Behaviour<'_>) -> AnyView {
    view! {
        {holder(cx, definition, behaviour)}
        <FormLogic/>
    }
    .into_any()
}

/// The holder alone, for pages that bring an island of their own.
pub fn holder(cx: &Cx, definition: &Definition, behaviour: Behaviour<'_>) -> AnyView {
    let sentences: String = Reason::ALL.iter().map(|r| format!("{}\t{}\n", r.code(), cx.t(r.key()))).collect();
    let definition = wire::write(definition);
    let (draft, left, next) = (behaviour.draft.to_string(), behaviour.left.to_string(), behaviour.next.to_string());
    let idle = (!next.is_empty()).then(|| {
        view! { <p class="idle-note" id="idle-note" role="status" hidden data-words=cx.t("forms.island.idle")></p> }
    });
    view! {
        <div id="form-logic" data-definition=definition data-sentences=sentences data-draft=draft data-left=left data-next=next
            data-restored=cx.t("forms.island.restored")>
            <p class="draft-state" id="draft-state" role="status"></p>
            {idle}
            <div class="form-steps" id="form-steps" hidden>
                <button class="button" type="button" id="step-back">{cx.t("forms.island.back")}</button>
                <progress id="step-progress" max="1" value="0" aria-label=cx.t("forms.island.progress")></progress>
                <button class="button main" type="button" id="step-next">{cx.t("forms.island.next")}</button>
            </div>
        </div>
    }
    .into_any()
}

/// Tells the browser to forget what it kept of a form that was sent.
pub fn sent(draft: &str) -> AnyView {
    let draft = draft.to_string();
    view! { <div id="form-sent" hidden data-draft=draft></div><FormLogic/> }.into_any()
}
