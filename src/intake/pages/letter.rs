//! Letters of a wooden box, typed in (`/desk/box-openings/{id}/letter`), with a scan or photo of the paper. The receipt is
//! printed as a slip when the letter has an address.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::{
    access_points,
    attachments::staged::{self, Staged},
    boxes,
    cases::model::{Identity, Person},
    error::{Error, Result},
    forms,
    http::{Cx, Form, Req, Response},
    intake::{
        open::Open,
        pages::{
            FILES,
            taken::{Given, receipt_page, said},
        },
        rules::{MAX_CONTACT_CHARS, MAX_FILES},
        submit::TakenDown,
        taken_down::{Taken, take_down},
    },
    kernel::{ids::OpeningId, random},
    ui::{
        self, FormState, Page, desk_page,
        field::{self, Line},
        icon,
    },
};

/// The box of an opening, whether it still hangs there or not.
async fn asked_for(req: &Req) -> Result<(Open, OpeningId)> {
    let id = OpeningId::parse(req.param("id")).ok_or(Error::NotFound)?;
    let org = req.actor()?.organization_id;
    let mut c = req.app.db.read().await?;
    let opening = boxes::actions::by_id(&mut c, org, id).await?;
    let point = access_points::actions::by_id(&mut c, org, opening.access_point_id).await?;
    Ok((Open::of(&mut c, point).await?, id))
}

/// `GET /desk/box-openings/{id}/letter`.
pub async fn letter_page(req: Req) -> Result<Response> {
    let (open, id) = asked_for(&req).await?;
    let values = Form::from_pairs([
        ("idempotency_key", random::secret(&*req.app.random).as_str()),
        ("role", Person::Parent.code()),
        ("identity", Identity::Anonymous.code()),
    ]);
    let page = form_page(&req.cx, &open, id, &FormState::of(values), &[]);
    Ok(ui::respond(&req.app, &req.cx, page).await)
}

/// `POST /desk/box-openings/{id}/letter`.
pub async fn letter(req: Req) -> Result<Response> {
    let (open, id) = asked_for(&req).await?;
    let actor = req.actor()?;
    let mut state = FormState::of(req.form.clone());
    let staged = staged::files_of(&req.app, &req.form, FILES, &mut state).await?;
    let files = staged.iter().map(|s| s.file.clone()).collect();
    let taken = TakenDown { by: &actor, opening: Some(id), call: None };
    let page = match take_down(&req.app, &open, &req.form, files, taken, &mut state).await? {
        Taken::Down(receipt) => {
            let given = Given {
                org: &open.org,
                receipt: &receipt,
                kind: "letter",
                another: format!("/desk/box-openings/{id}"),
                role: actor.role,
                instead: None,
                base_url: req.app.config.base_url(),
            };
            receipt_page(&req.cx, &given).status(StatusCode::CREATED)
        }
        Taken::Refused => form_page(&req.cx, &open, id, &state, &staged).status(StatusCode::UNPROCESSABLE_ENTITY),
        Taken::Later => form_page(&req.cx, &open, id, &state, &staged).status(StatusCode::SERVICE_UNAVAILABLE),
    };
    Ok(ui::respond(&req.app, &req.cx, page).await)
}

fn form_page(cx: &Cx, open: &Open, id: OpeningId, state: &FormState, staged: &[Staged]) -> Page {
    let title = cx.t("intake.taken.letter").into_owned();
    let words = |prefix: &str, codes: Vec<&'static str>| -> Vec<(String, String)> {
        codes.into_iter().map(|code| (code.to_string(), cx.word(prefix, code).into_owned())).collect()
    };
    let people = words("intake.person", Person::ALL.iter().map(|p| p.code()).collect());
    let identities = words("intake.identity", Identity::ALL.iter().map(|i| i.code()).collect());
    let topics: Vec<(String, String)> =
        open.topics.iter().map(|t| (t.code.clone(), t.label(cx.lang).to_string())).collect();
    let questions = forms::view::sections(cx, state, &open.version.definition, &[]);
    let line = |kind: &'static str| Line { kind, autocomplete: "off", max: MAX_CONTACT_CHARS, ..Line::default() };
    let main = view! {
        <header class="page-head"><h1>{title.clone()}</h1></header>
        <p>{cx.t("intake.taken.lead.letter")}</p>
        {field::error_summary(cx, state)}
        <form method="post" action=format!("/desk/box-openings/{id}/letter") enctype="multipart/form-data">
            {field::token(cx)}
            {field::hidden("idempotency_key", state.values.text("idempotency_key"))}
            {said(cx, "letter", state)}
            {scans(cx, state, staged)}
            {field::chips(cx, state, "topic", "intake.about", &topics, false)}
            {questions}
            {field::chips(cx, state, "role", "intake.taken.person", &people, true)}
            {field::line(cx, state, "contact_name", "intake.taken.name", line(""))}
            {field::line(cx, state, "contact", "intake.taken.address", line(""))}
            {field::chips(cx, state, "identity", "intake.taken.appear", &identities, true)}
            {field::switch(cx, state, "guardian", "intake.taken.guardian")}
            {field::switch(cx, state, "danger", "intake.taken.danger")}
            <p class="button-row"><button class="button main" type="submit">{cx.t("intake.taken.save")}</button></p>
        </form>
    };
    desk_page::admin_page(cx, title, main)
}

/// Scans or photos of the letter; those that were accepted before an error beside them stay.
fn scans(cx: &Cx, state: &FormState, staged: &[Staged]) -> AnyView {
    let error = state.message(cx, "files");
    let max = MAX_FILES.to_string();
    let kept = staged.iter().enumerate().map(|(i, s)| {
        let (number, token) = ((i + 1).to_string(), s.token.clone());
        view! {
            <label class="choice">
                <input type="checkbox" name="staged" value=token checked/>
                <span class="choice-body"><b>{cx.tf("intake.files.kept", &[("number", &number)])}</b>
                <small>{cx.t("intake.files.kept.hint")}</small></span>
            </label>
        }
    });
    view! {
        <div class=if error.is_some() { "field has-error" } else { "field" }>
            <p class="label" id="scans-label">{cx.t("intake.taken.scans")}
                <span class="optional">{cx.tf("intake.files.hint", &[("max", &max)])}</span></p>
            {error.clone().map(|e| view! { <p class="error" id="f-files-error">{e}</p> })}
            <div class=if staged.is_empty() { "" } else { "choice-list" }>{kept.collect_view()}</div>
            <label class="photo-add">
                <input type="file" id="f-files" name="files" multiple aria-labelledby="scans-label"
                    accept="image/jpeg,image/png,image/webp,application/pdf"/>
                <span>{icon::icon(icon::CAMERA)}{cx.t("intake.files.add")}</span>
            </label>
        </div>
    }
    .into_any()
}
