//! What the tracking page offers to the person with the code: a copy of what is stored, and the wish to have it erased.

use leptos::prelude::*;

use crate::{
    cases::model::{Decision, Lane},
    error::{Error, Result},
    http::{Cx, Req, Response},
    kernel::{
        ids::{CaseId, SubmissionId},
        text::{char_count, normalize_text},
        tracking_code::TrackingCode,
    },
    personal_data::{
        copy,
        model::Basis,
        pages::of_case::handed,
        requests::{ask_by_code, last_of},
        store::requests::Request,
    },
    ui::{
        FormState,
        field::{self, Line},
        time,
    },
};

/// Most characters of what they say.
const LONGEST: usize = 1000;
const WORDS: Line =
    Line { kind: "", autocomplete: "off", max: LONGEST, required: false, hint: "personal_data.track.words_hint" };

/// The last wish about their own data, for [`offer`].
///
/// # Errors
/// The database's.
pub async fn standing(req: &Req, case: CaseId, mine: SubmissionId) -> Result<Option<Request>> {
    let last = last_of(&mut req.app.db.read().await?, case).await?;
    Ok(last.filter(|r| r.submission_id.is_none_or(|id| id == mine)))
}

/// The part of the tracking page.
pub fn offer(cx: &Cx, code: &TrackingCode, lane: Lane, state: &FormState, last: Option<Request>) -> AnyView {
    let copy = if lane == Lane::Safeguarding {
        view! { <p class="hint">{cx.t("personal_data.error.danger")}</p> }.into_any()
    } else {
        view! {
            <p>{cx.t("personal_data.track.copy")}</p>
            <form method="post" action=cx.href("/track")>
                {field::hidden("tracking_code", code.plain())}
                {field::hidden("action", "copy")}
                <p><button class="button" type="submit">{cx.t("personal_data.copy.take")}</button></p>
            </form>
        }
        .into_any()
    };
    let open = state.message(cx, "erase_sure").is_some() || state.message(cx, "erase_words").is_some();
    let said = last.as_ref().map(|r| standing_words(cx, r));
    let may = last.is_none_or(|r| r.decision != Decision::Pending);
    let form = may.then(|| {
        let bases =
            Basis::ALL.iter().map(|b| (b.code().to_string(), cx.word("personal_data.basis", b.code()).into_owned()));
        view! {
            <p>{cx.t("personal_data.track.erase")}</p>
            <form method="post" action=cx.href("/track")>
                {field::hidden("tracking_code", code.plain())}
                {field::hidden("action", "erase")}
                {field::select(cx, state, "erase_basis", "personal_data.basis", &bases.collect::<Vec<_>>(), true)}
                {field::text_area(cx, state, "erase_words", "personal_data.words", WORDS)}
                {field::switch(cx, state, "erase_sure", "personal_data.track.sure")}
                <p><button class="button danger" type="submit">{cx.t("personal_data.track.ask")}</button></p>
            </form>
        }
    });
    view! {
        <details class="fold" open=open><summary>{cx.t("personal_data.track.title")}</summary>
            {copy}
            {said}
            {form}
        </details>
    }
    .into_any()
}

fn standing_words(cx: &Cx, request: &Request) -> Option<AnyView> {
    let day = time::day(cx, request.decided_at.unwrap_or(request.asked_at));
    let words = match request.decision {
        Decision::Pending => cx.tf("personal_data.track.waits", &[("day", &day)]),
        Decision::Refused => cx.tf("personal_data.track.refused", &[("day", &day), ("words", &request.answer)]),
        _ => return None,
    };
    Some(view! { <p class="banner" role="status">{words}</p> }.into_any())
}

/// The submitter takes a copy along.
///
/// # Errors
/// `Bad` in danger.
pub async fn copy(req: &Req, case: CaseId, mine: SubmissionId) -> Result<Response> {
    Ok(handed(copy::by_code(&req.app, &req.cx, case, mine).await?))
}

/// The submitter asks for erasure; gives the key of the sentence that says it is asked.
///
/// # Errors
/// The database's.
pub async fn erase(req: &Req, case: CaseId, mine: SubmissionId, state: &mut FormState) -> Result<Option<&'static str>> {
    let words = normalize_text(req.form.text("erase_words"));
    if char_count(&words) > LONGEST {
        state.error_with("erase_words", "cases.error.too_long", &[("most", LONGEST.to_string())]);
    }
    if !req.form.has("erase_sure") {
        state.error("erase_sure", "personal_data.error.sure");
    }
    let Some(basis) = Basis::parse(req.form.text("erase_basis")) else {
        return Err(Error::Bad("error.bad_form"));
    };
    if !state.is_ok() {
        return Ok(None);
    }
    match ask_by_code(&req.app, case, mine, basis, &words).await {
        Ok(()) => Ok(Some("personal_data.track.asked")),
        Err(Error::Bad(key)) => {
            state.error("", key);
            Ok(None)
        }
        Err(other) => Err(other),
    }
}
