//! `/desk/rectifications/new?case=` or `?finding=`: somebody has something put in order.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::{
    attachments::staged::Staged,
    error::{Error, Result},
    http::{Cx, Form, Req, Response, respond},
    kernel::{ids::FindingId, random, roles::Role},
    organizations::{
        self,
        model::{Department, Staff},
    },
    rectifications::{
        actions::{self, Source},
        form::{self, LONGEST},
        pages::{photo_field, photos_of, stored},
    },
    ui::{
        self, FormState, Page, back, desk_page,
        field::{self, Line},
    },
};

/// What the page shows.
struct Shown {
    source: Source,
    /// The departments that may have it.
    departments: Vec<Department>,
    /// Their people.
    people: Vec<Staff>,
    kept: Vec<Staged>,
}

async fn read(req: &Req, asked: &Form) -> Result<Shown> {
    let actor = req.actor()?;
    let mut c = req.app.db.read().await?;
    let finding = match asked.optional("finding") {
        Some(id) => Some(FindingId::parse(id).ok_or(Error::NotFound)?),
        None => None,
    };
    let source = actions::source(&mut c, &actor, asked.text("case"), finding).await?;
    let own = |id| actor.role == Role::Office || actor.department_id == Some(id);
    let mut departments = organizations::actions::departments(&mut c, actor.organization_id).await?;
    departments.retain(|d| own(d.id));
    let mut people = organizations::actions::staff(&mut c, actor.organization_id).await?;
    people.retain(|s| s.role.has_department() && s.disabled_at.is_none() && s.department_id.is_some_and(own));
    Ok(Shown { source, departments, people, kept: Vec::new() })
}

/// `GET /desk/rectifications/new`.
pub async fn page(req: Req) -> Result<Response> {
    let shown = read(&req, &req.query).await?;
    let actor = req.actor()?;
    let department = shown.source.case().and_then(|c| c.department_id).or(actor.department_id);
    let department = department.map(|d| d.to_string()).unwrap_or_default();
    let said = shown.source.finding.as_ref().map(|(_, words)| words.clone()).unwrap_or_default();
    let values = Form::from_pairs([
        ("idempotency_key", random::secret(&*req.app.random)),
        ("department", department),
        ("measure", said),
        ("finding_photo", "1".to_string()),
    ]);
    Ok(ui::respond(&req.app, &req.cx, view_of(&req.cx, &shown, &FormState::of(values))).await)
}

/// `POST /desk/rectifications/new`.
pub async fn make(req: Req) -> Result<Response> {
    let mut shown = read(&req, &req.form).await?;
    let mut state = FormState::of(req.form.clone());
    let new = form::new(&mut state);
    shown.kept = photos_of(&req.app, &req, &mut state).await?;
    if let Some(new) = new.filter(|_| state.is_ok()) {
        let made = actions::make(&req.app, &*req.actor()?, &shown.source, &new, &stored(&shown.kept)).await;
        match made {
            Ok(id) => return Ok(respond::see_other(&format!("/desk/rectifications/{id}"))),
            Err(Error::Bad(key)) => state.error(
                match key {
                    "rectifications.error.due_passed" => "due_on",
                    "rectifications.error.person" => "person",
                    _ => "department",
                },
                key,
            ),
            Err(other) => return Err(other),
        }
    }
    let page = view_of(&req.cx, &shown, &state).status(StatusCode::UNPROCESSABLE_ENTITY);
    Ok(ui::respond(&req.app, &req.cx, page).await)
}

fn view_of(cx: &Cx, shown: &Shown, state: &FormState) -> Page {
    let source = &shown.source;
    let from = source.case().map(|case| {
        let (href, number) = (format!("/desk/cases/{}", case.number), case.number.clone());
        view! { <p><a href=href>{number}</a>" · "{source.place.clone()}</p> }.into_any()
    });
    let from = from.unwrap_or_else(|| view! { <p>{source.place.clone()}</p> }.into_any());
    let mut departments = Vec::new();
    if shown.departments.len() > 1 {
        departments.push((String::new(), cx.t("rectifications.choose").into_owned()));
    }
    departments.extend(shown.departments.iter().map(|d| (d.id.to_string(), d.name.clone())));
    let name_of = |s: &Staff| shown.departments.iter().find(|d| Some(d.id) == s.department_id).map(|d| d.name.clone());
    let mut people = vec![(String::new(), cx.t("rectifications.nobody").into_owned())];
    people.extend(
        shown
            .people
            .iter()
            .map(|s| (s.id.to_string(), format!("{} · {}", name_of(s).unwrap_or_default(), s.display_name))),
    );
    let line = |kind, hint, required| Line { kind, autocomplete: "off", max: 0, required, hint };
    let text = Line { max: LONGEST, required: true, hint: "rectifications.measure_hint", ..Line::default() };
    let finding = source.finding.as_ref().map(|(id, _)| field::hidden("finding", id.to_string()));
    let case = source.case().map(|case| field::hidden("case", case.number.clone()));
    let takes =
        source.photo.as_ref().map(|_| field::switch(cx, state, "finding_photo", "rectifications.finding_photo"));
    let key = state.values.text("idempotency_key").to_string();
    let main = view! {
        {back::link("/desk/rectifications", cx.t("rectifications.title"))}
        <header class="page-head"><h1>{cx.t("rectifications.new")}</h1></header>
        {from}
        {field::error_summary(cx, state)}
        <form method="post" action="/desk/rectifications/new" enctype="multipart/form-data">
            {field::token(cx)}
            {field::hidden("idempotency_key", key)}
            {case}{finding}
            {field::text_area(cx, state, "measure", "rectifications.measure", text)}
            <div class="form-grid">
                {field::select(cx, state, "department", "rectifications.department", &departments, true)}
                {field::select(cx, state, "person", "rectifications.person", &people, false)}
                {field::line(cx, state, "due_on", "rectifications.due_on", line("date", "", true))}
                {field::line(cx, state, "planned", "rectifications.planned", line("decimal", "rectifications.money_hint", false))}
            </div>
            {takes}
            {photo_field(cx, state, "rectifications.photos_before", false, &shown.kept)}
            <p class="button-row"><button class="button main" type="submit">{cx.t("rectifications.make")}</button></p>
        </form>
    };
    desk_page::admin_page(cx, cx.t("rectifications.new"), main)
}
