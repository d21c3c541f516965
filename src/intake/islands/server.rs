//! The markup that the browser's code works on; hidden until it does.

use leptos::prelude::*;

use super::{IntakeForm, IntakeReceipt};
use crate::{http::Cx, intake::rules::MAX_BODY_CHARS};

/// What waits to be sent; stands before the form.
pub fn queue(cx: &Cx) -> AnyView {
    view! {
        <p class="banner" id="earlier" hidden>
            {cx.t("intake.island.earlier")}" "
            <button class="button small" type="button" id="earlier-show">{cx.t("intake.island.earlier.show")}</button>
        </p>
        <section class="offline-queue" id="queue" hidden tabindex="-1" aria-live="polite">
            <h2 id="queue-title" data-waiting=cx.t("intake.island.waiting") data-sending=cx.t("intake.island.sending")>
                {cx.t("intake.island.sending")}
            </h2>
            <p>{cx.t("intake.island.waiting.hint")}</p>
            <p class="button-row">
                <button class="button" type="button" id="queue-retry">{cx.t("intake.island.retry")}</button>
                <button class="button quiet" type="button" id="queue-edit">{cx.t("intake.island.edit")}</button>
                <button class="button quiet" type="button" id="queue-new">{cx.t("intake.island.new")}</button>
            </p>
        </section>
    }
    .into_any()
}

/// What is kept on the phone, and how not to keep it; stands inside the form, with the sentences of the island.
pub fn local(cx: &Cx) -> AnyView {
    let too_long = cx.tf("intake.island.too_long", &[("max", &MAX_BODY_CHARS.to_string())]);
    view! {
        <div class="field" id="local" hidden
            data-saved=cx.t("intake.island.saved")
            data-restored=cx.t("intake.island.restored")
            data-erase=cx.t("intake.island.erase.confirm")
            data-too-long=too_long
            data-remove=cx.t("intake.island.remove")
            data-retry=cx.t("intake.island.photo.retry")
            data-kept=cx.t("intake.island.photo.kept")
            data-full=cx.t("intake.island.photo.full")
            data-sending=cx.t("intake.island.sending")
            data-failed=cx.t("intake.island.failed")
            data-unsent=cx.t("intake.island.unsent")>
            <div class="choice-list"><label class="choice">
                <input type="checkbox" id="shared"/>
                <span class="choice-body"><b>{cx.t("intake.island.shared")}</b><small>{cx.t("intake.island.shared.hint")}</small></span>
            </label></div>
            <p class="button-row"><button class="button quiet small" type="button" id="erase">{cx.t("intake.island.erase")}</button></p>
        </div>
        <p class="banner warn" id="trouble" role="alert" hidden></p>
        <IntakeForm/>
    }
    .into_any()
}

/// How to keep the receipt. `form` is the address of the form that it belongs to.
pub fn receipt(cx: &Cx, form: String) -> AnyView {
    view! {
        <div id="receipt-actions" hidden data-form=form data-copied=cx.t("intake.island.copied") data-kept=cx.t("intake.island.kept")>
            <p class="button-row">
                <button class="button" type="button" id="copy">{cx.t("intake.island.copy")}</button>
                <button class="button" type="button" id="save">{cx.t("intake.island.save")}</button>
                <button class="button quiet" type="button" id="print">{cx.t("intake.island.print")}</button>
            </p>
            <p id="picture" hidden><img alt=cx.t("intake.island.picture")/><small class="hint">{cx.t("intake.island.picture.hint")}</small></p>
            <p><button class="button main wide" type="button" id="kept">{cx.t("intake.island.keep")}</button></p>
        </div>
        <IntakeReceipt/>
    }
    .into_any()
}
