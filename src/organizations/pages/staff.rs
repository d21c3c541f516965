//! `/admin/staff`: the list, and one person.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::{
    accounts,
    cases::list::escape,
    error::{Error, Result},
    http::{Cx, Form, Req, Response, respond},
    kernel::{ids::StaffId, roles::Role},
    organizations::{
        departments, form,
        model::{Checked, Department, Staff, refusal},
        pages::{REQUIRED, answer, department_name, sign_in, staff_new},
        staff,
    },
    ui::{FormState, field, icon, pager::Pages},
};

/// People on a page.
const ON_A_PAGE: usize = 30;

/// `GET /admin/staff`.
pub async fn page(req: Req) -> Result<Response> {
    let (cx, org) = (&req.cx, req.actor()?.organization_id);
    let mut c = req.app.db.read().await?;
    let (all, departments) = (staff::all(&mut c, org).await?, departments::all(&mut c, org).await?);
    let found: Vec<&Staff> = all.iter().filter(|s| matches(&req.query, s)).collect();
    let pages = Pages::of(&req.query, found.len(), ON_A_PAGE);
    let content = if found.is_empty() { empty(cx) } else { table(cx, pages.cut(&found), &departments) };
    let rest = view! {
        {search(cx, &req.query)}
        {content}
        {pages.links(cx, |to| page_href(&req.query, to))}
    };
    Ok(answer(&req, cx.t("organizations.staff").into_owned(), &FormState::default(), StatusCode::OK, rest.into_any())
        .await)
}

/// The address of a page, with what is looked for.
fn page_href(query: &Form, page: usize) -> String {
    let asked = ["q", "role", "state"].into_iter().filter(|name| query.has(name));
    let asked: String = asked.map(|name| format!("{name}={}&", escape(query.text(name)))).collect();
    format!("/admin/staff?{asked}page={page}")
}

/// Whether a person is looked for: by words in the name, by role, by access. Closed accounts only when asked for.
fn matches(query: &Form, person: &Staff) -> bool {
    let words = query.text("q").trim().to_lowercase();
    let named = person.display_name.to_lowercase().contains(&words) || person.username.contains(&words);
    let role = Role::parse(query.text("role")).is_none_or(|r| r == person.role);
    let access = match query.text("state") {
        "disabled" => person.disabled_at.is_some(),
        "invited" => person.disabled_at.is_none() && !person.has_password,
        _ => person.disabled_at.is_none(),
    };
    named && role && access
}

fn search(cx: &Cx, query: &Form) -> AnyView {
    let words = query.text("q").to_string();
    let roles = Role::ALL.iter().map(|r| {
        let selected = query.text("role") == r.code();
        view! { <option value=r.code() selected=selected>{cx.word("role", r.code())}</option> }
    });
    let states = [
        ("", "organizations.staff.with_access"),
        ("invited", "organizations.staff.invited"),
        ("disabled", "organizations.staff.disabled"),
    ];
    let states = states.into_iter().map(|(value, key)| {
        let selected = query.text("state") == value;
        view! { <option value=value selected=selected>{cx.t(key)}</option> }
    });
    view! {
        <form class="toolbar" method="get" action="/admin/staff" role="search">
            <p class="search">
                {icon::icon(icon::SEARCH)}
                <input type="search" enterkeyhint="search" name="q" value=words aria-label=cx.t("organizations.search") placeholder=cx.t("organizations.search")/>
            </p>
            <select name="role" aria-label=cx.t("organizations.role")>
                <option value="">{cx.t("organizations.every_role")}</option>
                {roles.collect_view()}
            </select>
            <select name="state" aria-label=cx.t("organizations.state")>{states.collect_view()}</select>
            <button class="button" type="submit">{cx.t("organizations.find")}</button>
            <a class="button main" href="/admin/staff/new">{cx.t("organizations.staff.new")}</a>
        </form>
    }
    .into_any()
}

fn empty(cx: &Cx) -> AnyView {
    view! {
        <div class="card empty">
            {icon::icon(icon::PEOPLE)}
            <h2>{cx.t("organizations.staff.empty")}</h2>
            <p>{cx.t("organizations.staff.empty.text")}</p>
        </div>
    }
    .into_any()
}

fn table(cx: &Cx, found: &[&Staff], departments: &[Department]) -> AnyView {
    let rows = found.iter().map(|s| row(cx, s, departments)).collect_view();
    view! {
        <table class="table pairs">
            <thead><tr>
                <th>{cx.t("organizations.display_name")}</th>
                <th>{cx.t("organizations.role")}</th>
                <th>{cx.t("organizations.department.name")}</th>
                <th>{cx.t("organizations.state")}</th>
                <th><span class="visually-hidden">{cx.t("organizations.act")}</span></th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn row(cx: &Cx, s: &Staff, departments: &[Department]) -> AnyView {
    let (name, username, href) = (s.display_name.clone(), s.username.clone(), format!("/admin/staff/{}", s.id));
    let department = department_name(departments, s.department_id);
    let department = if department.is_empty() { "—".to_string() } else { department };
    let label = cx.tf("organizations.edit_named", &[("name", &name)]);
    view! {
        <tr>
            <td class="title">{name}<small>{username}</small></td>
            <td data-label=cx.t("organizations.role")>{cx.word("role", s.role.code())}</td>
            <td data-label=cx.t("organizations.department.name")>{department}</td>
            <td data-label=cx.t("organizations.state")>{access_pill(cx, s)}</td>
            <td class="actions"><a class="button small quiet" href=href aria-label=label>{cx.t("organizations.edit")}</a></td>
        </tr>
    }
    .into_any()
}

fn access_pill(cx: &Cx, s: &Staff) -> AnyView {
    let (class, key) = match (s.disabled_at.is_some(), s.has_password) {
        (true, _) => ("pill soft", "organizations.staff.disabled"),
        (false, true) => ("pill ok", "organizations.staff.with_access"),
        (false, false) => ("pill warn", "organizations.staff.invited"),
    };
    view! { <span class=class>{cx.t(key)}</span> }.into_any()
}

fn id(req: &Req) -> Result<StaffId> {
    StaffId::parse(req.param("id")).ok_or(Error::NotFound)
}

/// `GET /admin/staff/{id}`.
pub async fn edit_page(req: Req) -> Result<Response> {
    let person = person(&req).await?;
    show(&req, &person, &FormState::of(values(&person)), StatusCode::OK).await
}

/// `POST /admin/staff/{id}`.
pub async fn save(req: Req) -> Result<Response> {
    let refused = match form::person(req.form.clone()) {
        Ok(input) => match staff::change(&req.app, &*req.actor()?, id(&req)?, input).await? {
            Ok(()) => return Ok(respond::see_other("/admin/staff?saved=1")),
            Err(error) => FormState { values: req.form.clone(), errors: vec![error] },
        },
        Err(state) => state,
    };
    show(&req, &person(&req).await?, &refused, StatusCode::UNPROCESSABLE_ENTITY).await
}

/// `POST /admin/staff/{id}/invitation`: the answer is the page with the new link.
pub async fn invite(req: Req) -> Result<Response> {
    let invited = staff::invite_again(&req.app, &*req.actor()?, id(&req)?).await?;
    Ok(staff_new::link(&req, invited, StatusCode::OK).await)
}

/// `POST /admin/staff/{id}/second-factor`.
pub async fn reset_second(req: Req) -> Result<Response> {
    let done = match staff::reset_second(&req.app, &*req.actor()?, id(&req)?).await {
        Ok(()) => Ok(()),
        Err(Error::Bad(key)) => Err(refusal("second", key)),
        Err(other) => return Err(other),
    };
    after_access(&req, done).await
}

/// `POST /admin/staff/{id}/disable`.
pub async fn disable(req: Req) -> Result<Response> {
    let done = staff::disable(&req.app, &*req.actor()?, id(&req)?).await?;
    after_access(&req, done).await
}

/// `POST /admin/staff/{id}/enable`.
pub async fn enable(req: Req) -> Result<Response> {
    let done = staff::enable(&req.app, &*req.actor()?, id(&req)?).await?;
    after_access(&req, done).await
}

async fn after_access(req: &Req, done: Checked<()>) -> Result<Response> {
    let Err(error) = done else { return Ok(respond::see_other("/admin/staff?saved=1")) };
    let person = person(req).await?;
    let state = FormState { values: values(&person), errors: vec![error] };
    show(req, &person, &state, StatusCode::UNPROCESSABLE_ENTITY).await
}

async fn person(req: &Req) -> Result<Staff> {
    staff::member(&mut req.app.db.read().await?, req.actor()?.organization_id, id(req)?).await
}

fn values(s: &Staff) -> Form {
    Form::from_pairs([
        ("display_name", s.display_name.clone()),
        ("role", s.role.code().to_string()),
        ("department_id", s.department_id.map(|d| d.to_string()).unwrap_or_default()),
    ])
}

async fn show(req: &Req, person: &Staff, state: &FormState, status: StatusCode) -> Result<Response> {
    let (cx, here) = (&req.cx, format!("/admin/staff/{}", person.id));
    let mut c = req.app.db.read().await?;
    let departments = departments::all(&mut c, req.actor()?.organization_id).await?;
    let has_second = accounts::second::is_set_up(&mut c, person.id).await?;
    drop(c);
    let username = person.username.clone();
    let rest = view! {
        <p class="soft">{username}" "{access_pill(cx, person)}</p>
        <form method="post" action=here.clone()>
            {field::token(cx)}
            <div class="form-grid">
                {field::line(cx, state, "display_name", "organizations.display_name", REQUIRED)}
                {staff_new::person_fields(cx, state, &departments)}
            </div>
            <p class="hint">{cx.t("organizations.staff.change.hint")}</p>
            <p class="button-row">
                <button class="button main" type="submit">{cx.t("ui.save")}</button>
                <a class="button quiet" href="/admin/staff">{cx.t("organizations.cancel")}</a>
            </p>
        </form>
        {has_second.then(|| sign_in::reset_section(cx, person, &here))}
        {access(cx, person, &here)}
    };
    Ok(answer(req, person.display_name.clone(), state, status, rest.into_any()).await)
}

/// New link and closing for those with access; opening for those without.
fn access(cx: &Cx, person: &Staff, here: &str) -> AnyView {
    if person.disabled_at.is_some() {
        return view! {
            <section class="card">
                <h2>{cx.t("organizations.enable.title")}</h2>
                <p>{cx.t("organizations.enable.text")}</p>
                <form method="post" action=format!("{here}/enable")>
                    {field::token(cx)}
                    <button class="button" type="submit">{cx.t("organizations.enable")}</button>
                </form>
            </section>
        }
        .into_any();
    }
    let question = cx.tf("organizations.disable.question", &[("name", &person.display_name)]);
    view! {
        <section class="card">
            <h2>{cx.t("organizations.invite.title")}</h2>
            <p>{cx.t("organizations.invite.text")}</p>
            <form method="post" action=format!("{here}/invitation")>
                {field::token(cx)}
                <button class="button" type="submit">{cx.t("organizations.invite")}</button>
            </form>
        </section>
        <section class="card" id="f-disable">
            <h2>{cx.t("organizations.disable.title")}</h2>
            <p>{cx.t("organizations.disable.text")}</p>
            <details class="dialog">
                <summary class="button danger">{cx.t("organizations.disable")}</summary>
                <form class="dialog-body" method="post" action=format!("{here}/disable")>
                    {field::token(cx)}
                    <h2>{question}</h2>
                    <p>{cx.t("organizations.disable.text")}</p>
                    <p class="dialog-foot">
                        <a class="button quiet" href=here.to_string()>{cx.t("organizations.cancel")}</a>
                        <button class="button danger" type="submit">{cx.t("organizations.disable")}</button>
                    </p>
                </form>
            </details>
        </section>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_of_people_keeps_what_is_looked_for() {
        let query = Form::from_pairs([("q", "王 &1"), ("role", "office"), ("state", ""), ("page", "7")]);
        assert_eq!(page_href(&query, 2), "/admin/staff?q=%E7%8E%8B%20%261&role=office&page=2");
        assert_eq!(page_href(&Form::default(), 3), "/admin/staff?page=3");
    }
}
