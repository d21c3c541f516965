//! `/desk/cases/{number}/personal-data`: the office takes a wish to erase down, or hands out a copy.

use axum::http::{HeaderValue, StatusCode, header};
use leptos::prelude::*;

use crate::{
    cases::model::{Decision, Identity},
    error::{Error, Result},
    http::{Cx, Req, Response, respond},
    kernel::{
        case_number,
        ids::SubmissionId,
        text::{char_count, normalize_text},
    },
    personal_data::{
        copy::{self, Copy},
        model::{Basis, Proof},
        requests::{self, OfCase, Wish},
        store::requests::Request,
    },
    ui::{
        self, FormState, back, desk_page,
        field::{self, Line},
        time,
    },
};

/// Most characters of what is typed.
const LONGEST: usize = 1000;
const WORDS: Line = Line { kind: "", autocomplete: "", max: LONGEST, required: true, hint: "" };
/// The whole case, as a choice.
const WHOLE: &str = "case";

/// `GET /desk/cases/{number}/personal-data`.
pub async fn page(req: Req) -> Result<Response> {
    show(&req, &FormState::default(), StatusCode::OK).await
}

async fn show(req: &Req, state: &FormState, status: StatusCode) -> Result<Response> {
    let cx = &req.cx;
    let data = requests::of_case(&req.app, &*req.actor()?, req.param("number")).await?;
    let number = data.case.number.clone();
    let (back, here) = (format!("/desk/cases/{number}"), format!("/desk/cases/{number}/personal-data"));
    let waits = data.last.as_ref().filter(|r| r.decision == Decision::Pending);
    let main = view! {
        {back::link(back, view! { <span class="case-number">{number}</span> })}
        <h1>{cx.t("personal_data.title")}</h1>
        {field::error_summary(cx, state)}
        <section class="card">
            <h2>{cx.t("personal_data.erase.title")}</h2>
            <p class="hint">{cx.t("personal_data.erase.hint")}</p>
            {data.last.as_ref().map(|r| standing(cx, r))}
            {data.stays.map(|key| view! { <p class="banner warn">{cx.t(key)}</p> })}
            {with_parts(cx, data.parts)}
            {waits.is_none().then(|| wish_form(cx, state, &data, &here))}
        </section>
        {copy_form(cx, state, &data, &here)}
    };
    let page = desk_page::admin_page(cx, cx.t("personal_data.title"), main).status(status);
    Ok(ui::respond(&req.app, cx, page).await)
}

/// That parts of the case go with it.
pub fn with_parts(cx: &Cx, parts: i64) -> Option<AnyView> {
    (parts > 0).then(|| {
        let words = cx.tf("personal_data.with_parts", &[("count", &parts.to_string())]);
        view! { <p class="banner warn">{words}</p> }.into_any()
    })
}

/// Where the last wish stands.
fn standing(cx: &Cx, request: &Request) -> AnyView {
    let when = time::moment(cx, request.decided_at.unwrap_or(request.asked_at));
    let who = request.decided_name.clone().unwrap_or_default();
    let words = match request.decision {
        Decision::Pending => cx.tf("personal_data.waits", &[("when", &when)]),
        Decision::Refused => {
            cx.tf("personal_data.was_refused", &[("who", &who), ("when", &when), ("words", &request.answer)])
        }
        _ => cx.tf("personal_data.was_granted", &[("who", &who), ("when", &when)]),
    };
    view! { <p class="banner" role="status">{words}</p> }.into_any()
}

/// Who speaks in the case, to choose from.
fn people(cx: &Cx, data: &OfCase, some: impl Fn(Identity) -> bool) -> Vec<(String, String)> {
    let each = data.submissions.iter().enumerate().filter(|(_, s)| some(s.identity));
    each.map(|(i, s)| {
        let who = cx.tf("merges.whose", &[("n", &(i + 1).to_string())]);
        let (person, identity) =
            (cx.word("intake.person", s.person.code()), cx.word("intake.identity", s.identity.code()));
        (s.id.to_string(), format!("{who} · {person} · {identity} · {}", time::day(cx, s.received_at)))
    })
    .collect()
}

fn wish_form(cx: &Cx, state: &FormState, data: &OfCase, here: &str) -> AnyView {
    let mut whose = vec![(WHOLE.to_string(), cx.t("personal_data.what.case").into_owned())];
    if data.submissions.len() > 1 {
        whose.extend(people(cx, data, |_| true));
    }
    let bases =
        Basis::ALL.iter().map(|b| (b.code().to_string(), cx.word("personal_data.basis", b.code()).into_owned()));
    let proofs = Proof::ALL.iter().filter(|p| **p != Proof::Code);
    let proofs = proofs.map(|p| (p.code().to_string(), cx.word("personal_data.proof", p.code()).into_owned()));
    let words = Line { hint: "personal_data.words_hint", ..WORDS };
    view! {
        <form method="post" action=format!("{here}/erase")>
            {field::token(cx)}
            {field::select(cx, state, "whose", "personal_data.what", &whose, true)}
            {field::select(cx, state, "basis", "personal_data.basis", &bases.collect::<Vec<_>>(), true)}
            {field::select(cx, state, "proof", "personal_data.proof", &proofs.collect::<Vec<_>>(), true)}
            {field::text_area(cx, state, "words", "personal_data.words", words)}
            <p><button class="button danger" type="submit">{cx.t("personal_data.erase.ask")}</button></p>
        </form>
    }
    .into_any()
}

fn copy_form(cx: &Cx, state: &FormState, data: &OfCase, here: &str) -> AnyView {
    let whose = people(cx, data, |identity| identity != Identity::Anonymous);
    let content = if whose.is_empty() {
        view! { <p class="soft">{cx.t("personal_data.error.anonymous")}</p> }.into_any()
    } else {
        let reason = Line { hint: "personal_data.copy.reason_hint", ..WORDS };
        view! {
            <form method="post" action=format!("{here}/copy")>
                {field::token(cx)}
                {field::select(cx, state, "copy_of", "personal_data.copy.of", &whose, true)}
                {field::text_area(cx, state, "copy_reason", "cases.reason", reason)}
                <p><button class="button" type="submit">{cx.t("personal_data.copy.take")}</button></p>
            </form>
        }
        .into_any()
    };
    view! {
        <section class="card">
            <h2>{cx.t("personal_data.copy.title")}</h2>
            <p class="hint">{cx.t("personal_data.copy.hint")}</p>
            {content}
        </section>
    }
    .into_any()
}

/// A text that must be there.
fn needed(req: &Req, field: &str, state: &mut FormState) -> String {
    let text = normalize_text(req.form.text(field));
    if text.is_empty() {
        state.error(field, "cases.error.reason_missing");
    } else if char_count(&text) > LONGEST {
        state.error_with(field, "cases.error.too_long", &[("most", LONGEST.to_string())]);
    }
    text
}

/// `POST /desk/cases/{number}/personal-data/erase`.
pub async fn erase(req: Req) -> Result<Response> {
    let mut state = FormState::of(req.form.clone());
    let words = needed(&req, "words", &mut state);
    let whose = req.form.text("whose");
    let submission = SubmissionId::parse(whose);
    if submission.is_none() && whose != WHOLE {
        state.error("whose", "personal_data.error.choose");
    }
    let basis = Basis::parse(req.form.text("basis"));
    if basis.is_none() {
        state.error("basis", "personal_data.error.choose");
    }
    let proof = Proof::parse(req.form.text("proof")).filter(|p| *p != Proof::Code);
    if proof.is_none() {
        state.error("proof", "personal_data.error.choose");
    }
    let (Some(basis), Some(proof), true) = (basis, proof, state.is_ok()) else {
        return show(&req, &state, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let wish = Wish { submission, basis, proof, words };
    match requests::ask(&req.app, &*req.actor()?, req.param("number"), &wish).await {
        Ok(()) => Ok(respond::see_other(&format!("/desk/cases/{}/personal-data", req.param("number")))),
        Err(Error::Conflict) => {
            state.error("", "personal_data.error.waits");
            show(&req, &state, StatusCode::CONFLICT).await
        }
        Err(other) => Err(other),
    }
}

/// `POST /desk/cases/{number}/personal-data/copy`.
pub async fn copy(req: Req) -> Result<Response> {
    let mut state = FormState::of(req.form.clone());
    let why = needed(&req, "copy_reason", &mut state);
    let of = SubmissionId::parse(req.form.text("copy_of"));
    if of.is_none() {
        state.error("copy_of", "personal_data.error.choose");
    }
    let (Some(of), true) = (of, state.is_ok()) else {
        return show(&req, &state, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    match copy::by_office(&req.app, &*req.actor()?, &req.cx, req.param("number"), of, &why).await {
        Ok(made) => Ok(handed(made)),
        Err(Error::Bad(key)) => {
            state.error("copy_of", key);
            show(&req, &state, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(other) => Err(other),
    }
}

/// The file, kept nowhere on its way.
pub fn handed(made: Copy) -> Response {
    let name = format!("huiyin-{}.zip", case_number::parse(&made.number).unwrap_or_default());
    let mut response = respond::download(copy::KIND, &name, made.zip);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
