//! The markup that the browser's code works on; hidden until it does.

use leptos::prelude::*;

use super::{FieldShell, FieldWalk};
use crate::{
    http::Cx,
    visits::{drawing, model::VisitKind},
};

/// What waits to be sent; stands where a walk begins, and on the home of those who walk.
pub fn waiting(cx: &Cx, kind: VisitKind, author: &str) -> AnyView {
    let author = author.to_string();
    view! {
        <section class="offline-queue" id="field-queue" hidden tabindex="-1" aria-live="polite"
            data-author=author data-shell=kind.address()
            data-count=cx.t("visits.island.waiting")
            data-state-waiting=cx.t("visits.island.state.waiting")
            data-state-sending=cx.t("visits.island.state.sending")
            data-state-signin=cx.t("visits.island.state.signin")
            data-state-other=cx.t("visits.island.state.other")
            data-state-over=cx.t("visits.island.state.over")
            data-state-refused=cx.t("visits.island.state.refused")
            data-edit=cx.t("visits.island.edit")
            data-sent=cx.t("visits.island.sent")>
            <h2 id="field-count"></h2>
            <p>{cx.t("visits.island.waiting_hint")}</p>
            <ul id="field-entries"></ul>
            <p class="button-row">
                <button class="button" type="button" id="field-retry">{cx.t("visits.island.retry")}</button>
                <a class="button" id="field-signin" href=format!("/login?next={}", kind.role().home()) hidden>{cx.t("visits.island.signin")}</a>
            </p>
        </section>
        <p class="banner ok" id="field-sent" role="status" hidden></p>
        <FieldShell/>
    }
    .into_any()
}

/// What the form of a walk needs; stands at its end.
pub fn walk(cx: &Cx, kind: VisitKind, author: &str) -> AnyView {
    let author = author.to_string();
    let size = format!("0 0 {} {}", drawing::WIDTH, drawing::HEIGHT);
    view! {
        <div id="field-walk" hidden data-author=author data-shell=kind.address()
            data-findings=cx.t("visits.island.findings")
            data-clean=cx.t("visits.island.clean")
            data-sending=cx.t("visits.island.sending")
            data-remove=cx.t("visits.island.remove")
            data-unkept=cx.t("visits.island.unkept")></div>
        <div class="field" id="signature-pad" hidden>
            <p class="label" id="signature-pad-label">{cx.t("visits.island.draw")}</p>
            <svg class="signature" id="signature-lines" role="img" aria-labelledby="signature-pad-label" viewBox=size><path d=""></path></svg>
            <p class="button-row"><button class="button small quiet" type="button" id="signature-clear">{cx.t("visits.island.draw_again")}</button></p>
        </div>
        <FieldWalk/>
    }
    .into_any()
}
