//! Macros: `/desk/macros`, where the office keeps them, and their use on the page of a case.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::{
    cases::{
        case_data::CaseData,
        form::{self, LONGEST},
        macros::{self, Change, Macro, Steps},
        model::Verb,
        pages::{case_page::hidden_fields, tags::choices},
        tags::{self, Tag},
    },
    error::{Error, Result},
    http::{Access, Cx, Form, Req, Response, Route, respond},
    kernel::{
        ids::{DepartmentId, MacroId, TagId, TemplateId},
        roles::Role,
        text::{char_count, normalize_line},
    },
    organizations::{self, model::Department},
    templates::{self, model::Template},
    ui::{
        self, FormState, desk_page,
        field::{self, Line},
    },
};

const HERE: &str = "/desk/macros";
const OFFICE: Access = Access::Roles(&[Role::Office]);
/// Most characters of a name.
const LONGEST_NAME: usize = 30;

/// Routes.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get(HERE, OFFICE, list),
        Route::get("/desk/macros/new", OFFICE, new),
        Route::post("/desk/macros/new", OFFICE, create),
        Route::get("/desk/macros/{id}", OFFICE, edit),
        Route::post("/desk/macros/{id}", OFFICE, save),
    ]
}

/// What steps speak of.
struct Names {
    tags: Vec<Tag>,
    departments: Vec<Department>,
    templates: Vec<Template>,
}

impl Names {
    async fn read(req: &Req) -> Result<Self> {
        let org = req.actor()?.organization_id;
        let mut c = req.app.db.read().await?;
        Ok(Self {
            tags: tags::in_use(&mut c, org).await?,
            departments: organizations::actions::departments(&mut c, org).await?,
            templates: templates::actions::of_everybody(&mut c, org).await?,
        })
    }
}

/// The steps in words: `标签 要复查 → 交办 食堂 → 写信 已转办`.
fn words(cx: &Cx, steps: &Steps, tags: &[Tag], departments: &[Department], templates: &[Template]) -> String {
    let mut all = Vec::new();
    if !steps.tags.is_empty() {
        let names: Vec<&str> = tags.iter().filter(|t| steps.tags.contains(&t.id)).map(|t| t.name.as_str()).collect();
        all.push(cx.tf("macros.step.tag", &[("what", &names.join("、"))]));
    }
    if !steps.note.is_empty() {
        all.push(cx.t("macros.step.note").into_owned());
    }
    if let Some(department) = departments.iter().find(|d| Some(d.id) == steps.department) {
        all.push(cx.tf("macros.step.assign", &[("what", &department.name)]));
    }
    if let Some(template) = templates.iter().find(|t| Some(t.id) == steps.template) {
        let key = if steps.answers() { "macros.step.answer" } else { "macros.step.message" };
        all.push(cx.tf(key, &[("what", &template.title)]));
    }
    if steps.close {
        all.push(cx.t("macros.step.close").into_owned());
    }
    all.join(" → ")
}

async fn list(req: Req) -> Result<Response> {
    let cx = &req.cx;
    let names = Names::read(&req).await?;
    let all = macros::all(&mut req.app.db.read().await?, req.actor()?.organization_id).await?;
    let rows = all
        .iter()
        .map(|m| {
            let (href, name) = (format!("{HERE}/{}", m.row.id), m.row.name.clone());
            let out = m
                .row
                .disabled_at
                .map(|_| view! { " "<span class="pill soft">{cx.t("organizations.out_of_use")}</span> });
            let steps = words(cx, &m.steps, &names.tags, &names.departments, &names.templates);
            view! { <tr><td class="title"><a href=href>{name}</a>{out}</td><td>{steps}</td></tr> }
        })
        .collect_view();
    let table = (!all.is_empty()).then(|| {
        view! {
            <table class="table">
                <thead><tr><th>{cx.t("macros.name")}</th><th>{cx.t("macros.steps")}</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        }
    });
    let main = view! {
        <header class="page-head"><h1>{cx.t("macros.title")}</h1>
            <a class="button main" href="/desk/macros/new">{cx.t("macros.new")}</a></header>
        <p class="soft">{cx.t("macros.explain")}</p>
        {all.is_empty().then(|| view! { <p class="empty">{cx.t("macros.none")}</p> })}
        {table}
    };
    Ok(ui::respond(&req.app, cx, desk_page::admin_page(cx, cx.t("macros.title"), main)).await)
}

/// Reads a macro: `name`, `tag`, `note`, `department`, `instruction`, `template`, `close`.
fn read(form: &Form) -> std::result::Result<(String, Steps), FormState> {
    let mut state = FormState::of(form.clone());
    let name = normalize_line(form.text("name"));
    if name.is_empty() || char_count(&name) > LONGEST_NAME {
        state.error("name", "macros.error.name");
    }
    let mut text = |field: &str| match form::optional_words(form, field) {
        Ok(text) => text,
        Err(refused) => {
            state.errors.extend(refused.errors);
            String::new()
        }
    };
    let steps = Steps {
        tags: form.all("tag").filter_map(TagId::parse).collect(),
        note: text("note"),
        department: DepartmentId::parse(form.text("department")),
        instruction: text("instruction"),
        template: TemplateId::parse(form.text("template")),
        close: form.has("close"),
    };
    if state.is_ok() { Ok((name, steps)) } else { Err(state) }
}

async fn new(req: Req) -> Result<Response> {
    page(&req, &FormState::default(), None, StatusCode::OK).await
}

async fn create(req: Req) -> Result<Response> {
    let refused = match read(&req.form) {
        Ok((name, steps)) => {
            let saved = macros::create(&req.app, &*req.actor()?, name, &steps).await;
            field::again(&req.form, Form::default(), saved)?
        }
        Err(state) => Some((state, StatusCode::UNPROCESSABLE_ENTITY)),
    };
    match refused {
        Some((state, status)) => page(&req, &state, None, status).await,
        None => Ok(respond::see_other(HERE)),
    }
}

async fn present(req: &Req) -> Result<Macro> {
    let id = MacroId::parse(req.param("id")).ok_or(Error::NotFound)?;
    macros::one(&mut req.app.db.read().await?, req.actor()?.organization_id, id).await
}

fn values(m: &Macro) -> Form {
    let steps = &m.steps;
    let one = |on: bool| if on { "1".to_string() } else { String::new() };
    let pairs = [
        ("name", m.row.name.clone()),
        ("note", steps.note.clone()),
        ("department", steps.department.map(|id| id.to_string()).unwrap_or_default()),
        ("instruction", steps.instruction.clone()),
        ("template", steps.template.map(|id| id.to_string()).unwrap_or_default()),
        ("close", one(steps.close)),
        ("in_use", one(m.row.disabled_at.is_none())),
    ];
    Form::from_pairs(pairs.into_iter().chain(steps.tags.iter().map(|id| ("tag", id.to_string()))))
}

async fn edit(req: Req) -> Result<Response> {
    let found = present(&req).await?;
    page(&req, &FormState::of(values(&found)), Some(&found), StatusCode::OK).await
}

async fn save(req: Req) -> Result<Response> {
    let found = present(&req).await?;
    let refused = match read(&req.form) {
        Ok((name, steps)) => {
            let seen = req.form.text("version").parse().unwrap_or(0);
            let change = Change { seen, name, in_use: req.form.has("in_use") };
            let saved = macros::change(&req.app, &*req.actor()?, found.row.id, change, &steps).await;
            field::again(&req.form, values(&found), saved)?
        }
        Err(state) => Some((state, StatusCode::UNPROCESSABLE_ENTITY)),
    };
    match refused {
        Some((state, status)) => page(&req, &state, Some(&found), status).await,
        None => Ok(respond::see_other(HERE)),
    }
}

async fn page(req: &Req, state: &FormState, found: Option<&Macro>, status: StatusCode) -> Result<Response> {
    let cx = &req.cx;
    let names = Names::read(req).await?;
    let nothing = |key: &str| (String::new(), cx.t(key).into_owned());
    let departments = names.departments.iter().map(|d| (d.id.to_string(), d.name.clone()));
    let departments: Vec<_> = std::iter::once(nothing("macros.no_department")).chain(departments).collect();
    let texts = names.templates.iter().map(|t| (t.id.to_string(), t.title.clone()));
    let texts: Vec<_> = std::iter::once(nothing("macros.no_template")).chain(texts).collect();
    let chosen: Vec<TagId> = state.values.all("tag").filter_map(TagId::parse).collect();
    let tags = (!names.tags.is_empty()).then(|| choices(cx, &names.tags, &chosen, state.message(cx, "tag")));
    let to = found.map_or_else(|| format!("{HERE}/new"), |m| format!("{HERE}/{}", m.row.id));
    let heading = if found.is_some() { "macros.edit" } else { "macros.new" };
    let name = Line { kind: "", autocomplete: "off", max: LONGEST_NAME, required: true, hint: "" };
    let text = Line { kind: "", autocomplete: "", max: LONGEST, required: false, hint: "" };
    let main = view! {
        <header class="page-head"><h1>{cx.t(heading)}</h1></header>
        <p class="soft">{cx.t("macros.order")}</p>
        {field::error_summary(cx, state)}
        {(status == StatusCode::CONFLICT).then(|| field::unsent(cx, &req.form))}
        <form method="post" action=to>
            {field::token(cx)}
            {found.map(|m| field::hidden("version", m.row.version.to_string()))}
            {field::line(cx, state, "name", "macros.name", name)}
            {tags}
            {field::text_area(cx, state, "note", "cases.note", text)}
            {field::select(cx, state, "department", "cases.assign.department", &departments, false)}
            {field::text_area(cx, state, "instruction", "cases.assign.instruction", Line { hint: "macros.instruction_hint", ..text })}
            {field::select(cx, state, "template", "macros.template", &texts, false)}
            <p class="hint">{cx.t("macros.template_hint")}</p>
            {field::switch(cx, state, "close", "macros.close")}
            {found.map(|_| field::switch(cx, state, "in_use", "templates.in_use"))}
            <p class="button-row">
                <button class="button main" type="submit">{cx.t("ui.save")}</button>
                <a class="button quiet" href=HERE>{cx.t("ui.cancel")}</a>
            </p>
        </form>
    };
    let page = desk_page::admin_page(cx, cx.t(heading), main).status(status);
    Ok(ui::respond(&req.app, cx, page).await)
}

/// Boxes for macros, each with its steps.
pub fn picks(
    cx: &Cx,
    all: &[Macro],
    tags: &[Tag],
    departments: &[Department],
    templates: &[Template],
    chosen: &str,
) -> AnyView {
    let items = all
        .iter()
        .enumerate()
        .map(|(i, m)| {
            let (value, name) = (m.row.id.to_string(), m.row.name.clone());
            let checked = value == chosen;
            let id = (i == 0).then(|| field::field_id("macro"));
            let steps = words(cx, &m.steps, tags, departments, templates);
            view! {
                <label class="choice"><input type="radio" id=id name="macro" value=value checked=checked required/>
                    <span class="choice-body"><b>{name}</b><small>{steps}</small></span></label>
            }
        })
        .collect_view();
    view! { <fieldset class="field"><legend class="label">{cx.t("macros.choose")}</legend><div class="choice-list">{items}</div></fieldset> }
        .into_any()
}

/// The macros on the page of a case, for those who can do anything to it.
pub fn on_case(cx: &Cx, data: &CaseData, may: bool) -> Option<AnyView> {
    (may && !data.macros.is_empty()).then(|| {
        let to = format!("/desk/cases/{}/macro", data.case.number);
        view! {
            <details class="dialog">
                <summary class="button quiet" data-key="m">{cx.t("macros.title")}</summary>
                <form class="dialog-body" method="post" action=to>
                    {hidden_fields(cx, data, Verb::Note)}
                    <h2>{cx.t("macros.title")}</h2>
                    {picks(cx, &data.macros, &data.all_tags, &data.departments, &data.macro_templates, "")}
                    <p class="hint">{cx.t("macros.all_or_none")}</p>
                    <p class="dialog-foot">
                        {field::cancel(cx, data.here())}
                        <button class="button main" type="submit">{cx.t("macros.use")}</button>
                    </p>
                </form>
            </details>
        }
        .into_any()
    })
}
