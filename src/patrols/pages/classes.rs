//! The list of classes: the office types them in, and says who teaches each.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::{
    error::{Error, Result},
    http::{Cx, Form, Req, Response, respond},
    kernel::{
        ids::{PatrolClassId, StaffId},
        roles::Role,
        text::{char_count, normalize_line},
    },
    organizations::{self, model::Staff},
    ui::{
        self, FormState, Page, back, desk_page,
        field::{self, Line},
    },
    visits::{classes, model::PatrolClass},
};

/// Most characters of a class's name.
const MOST_CHARS: usize = 20;
/// Most classes that are typed in at once.
const MOST: usize = 200;

struct Shown {
    classes: Vec<PatrolClass>,
    teachers: Vec<Staff>,
}

impl Shown {
    async fn read(req: &Req) -> Result<Self> {
        let org = req.actor()?.organization_id;
        let mut c = req.app.db.read().await?;
        let classes = classes::all(&mut c, org).await?;
        let mut teachers = organizations::actions::staff(&mut c, org).await?;
        // Who can open the sheets of a class.
        teachers.retain(|s| matches!(s.role, Role::Handler | Role::DepartmentHead | Role::Office | Role::Leader));
        Ok(Self { classes, teachers })
    }
}

/// `GET /desk/patrols/classes`.
pub async fn list_page(req: Req) -> Result<Response> {
    let shown = Shown::read(&req).await?;
    Ok(ui::respond(&req.app, &req.cx, view_of(&req.cx, &shown, &FormState::default())).await)
}

/// `POST /desk/patrols/classes`: classes by name, one a line.
pub async fn add(req: Req) -> Result<Response> {
    match parse(&req.form) {
        Ok(names) => {
            classes::add(&req.app, &*req.actor()?, &names).await?;
            Ok(respond::see_other("/desk/patrols/classes"))
        }
        Err(state) => {
            let shown = Shown::read(&req).await?;
            let page = view_of(&req.cx, &shown, &state).status(StatusCode::UNPROCESSABLE_ENTITY);
            Ok(ui::respond(&req.app, &req.cx, page).await)
        }
    }
}

fn parse(posted: &Form) -> Result<Vec<String>, FormState> {
    let mut state = FormState::of(posted.clone());
    let names: Vec<String> = posted.text("names").lines().map(normalize_line).filter(|name| !name.is_empty()).collect();
    if names.is_empty() || names.len() > MOST || names.iter().any(|name| char_count(name) > MOST_CHARS) {
        state.error_with("names", "patrols.error.names", &[("max", MOST_CHARS.to_string())]);
        return Err(state);
    }
    Ok(names)
}

/// `POST /desk/patrols/classes/{id}`.
pub async fn change(req: Req) -> Result<Response> {
    let id = PatrolClassId::parse(req.param("id")).ok_or(Error::NotFound)?;
    let teacher = StaffId::parse(req.form.text("teacher"));
    classes::change(&req.app, &*req.actor()?, id, teacher, req.form.text("use") != "0").await?;
    Ok(respond::see_other("/desk/patrols/classes"))
}

fn view_of(cx: &Cx, shown: &Shown, state: &FormState) -> Page {
    let names = Line { required: true, hint: "patrols.classes.hint", ..Line::default() };
    let rows = shown.classes.iter().map(|class| row(cx, class, &shown.teachers)).collect_view();
    let list = (!shown.classes.is_empty()).then(|| view! { <div class="class-list">{rows}</div> });
    let main = view! {
        {back::link("/desk/patrols", cx.t("patrols.title"))}
        <header class="page-head"><h1>{cx.t("patrols.classes")}</h1></header>
        <p>{cx.t("patrols.classes.lead")}</p>
        {field::error_summary(cx, state)}
        {list}
        <form method="post" action="/desk/patrols/classes">
            {field::token(cx)}
            {field::text_area(cx, state, "names", "patrols.classes.add", names)}
            <p class="button-row"><button class="button main" type="submit">{cx.t("patrols.classes.add")}</button></p>
        </form>
    };
    desk_page::admin_page(cx, cx.t("patrols.classes"), main)
}

fn row(cx: &Cx, class: &PatrolClass, teachers: &[Staff]) -> AnyView {
    let action = format!("/desk/patrols/classes/{}", class.id);
    let select_id = format!("teacher-{}", class.id);
    let options = teachers
        .iter()
        .map(|s| {
            let (value, name, selected) = (s.id.to_string(), s.display_name.clone(), class.teacher_id == Some(s.id));
            view! { <option value=value selected=selected>{name}</option> }
        })
        .collect_view();
    let label = cx.tf("patrols.classes.teacher_of", &[("class", &class.name)]);
    let in_use = class.disabled_at.is_none();
    let (other, word) = if in_use { ("0", "visits.switch_off") } else { ("1", "visits.switch_on") };
    let name = class.name.clone();
    let (save_name, switch_name) = (format!("{}：{name}", cx.t("ui.save")), format!("{}：{name}", cx.t(word)));
    let off = (!in_use).then(|| view! { <span class="pill soft">{cx.t("visits.off")}</span> });
    let now = if in_use { "1" } else { "0" };
    view! {
        <form method="post" action=action class="class-row">
            {field::token(cx)}
            <b>{name.clone()}" "{off}</b>
            <select name="teacher" id=select_id aria-label=label><option value="">{cx.t("patrols.classes.no_teacher")}</option>{options}</select>
            <button class="button small" type="submit" name="use" value=now aria-label=save_name>{cx.t("ui.save")}</button>
            <button class="button small quiet" type="submit" name="use" value=other aria-label=switch_name>{cx.t(word)}</button>
        </form>
    }
    .into_any()
}
