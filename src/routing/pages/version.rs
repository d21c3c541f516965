//! `/desk/routing/{id}`: a version. A draft is edited here, and published from a day on.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::{
    cases::{export::Format, model::Person},
    error::{Error, Result},
    http::{Cx, Req, Response, respond},
    kernel::ids::{RoutingRowId, RoutingVersionId},
    organizations::model::Checked,
    routing::{
        actions, form,
        model::{Row, Standing, Version},
        pages::{Names, file_of, pill, table, title},
        table as routing_table, words,
    },
    ui::{
        self, FormState, back, desk_page,
        field::{self, Line},
    },
};

fn id_of(req: &Req) -> Result<RoutingVersionId> {
    RoutingVersionId::parse(req.param("id")).ok_or(Error::NotFound)
}

/// `GET /desk/routing/{id}`.
pub async fn page(req: Req) -> Result<Response> {
    if req.query.text("format") == Format::Csv.code() {
        return file(&req).await;
    }
    show(&req, &FormState::default(), StatusCode::OK).await
}

/// The rows as a file.
async fn file(req: &Req) -> Result<Response> {
    let org = req.actor()?.organization_id;
    let mut c = req.app.db.read().await?;
    let (version, rows) = actions::version(&mut c, org, id_of(req)?).await?;
    let names = Names::read(&mut c, org).await?;
    let text = format!("\u{FEFF}{}", routing_table::write(&req.cx, &names.topics, &names.departments, &rows));
    Ok(respond::download("text/csv; charset=utf-8", &format!("routing-{}.csv", version.number), text))
}

async fn show(req: &Req, state: &FormState, status: StatusCode) -> Result<Response> {
    let (cx, org) = (&req.cx, req.actor()?.organization_id);
    let mut c = req.app.db.read().await?;
    let (version, rows) = actions::version(&mut c, org, id_of(req)?).await?;
    let versions = actions::versions(&mut c, org).await?;
    let standing = crate::routing::model::standing(&versions, &version, req.app.now());
    let names = Names::read(&mut c, org).await?;
    let places = actions::places(&mut c, org).await?;
    drop(c);
    let here = format!("/desk/routing/{}", version.id);
    let body = match standing {
        Standing::Draft => draft(cx, &here, &version, &rows, &names, &places, state),
        _ => frozen(cx, &here, &rows, &names, standing),
    };
    let main = view! {
        {back::link("/desk/routing", cx.t("routing.title"))}
        <header class="page-head"><h1>{title(cx, &version)}</h1></header>
        <p>{pill(cx, &version, standing)}" "{file_of(cx, &version)}</p>
        {field::error_summary(cx, state)}
        {body}
    };
    let page = desk_page::admin_page(cx, title(cx, &version), main).status(status);
    Ok(ui::respond(&req.app, cx, page).await)
}

fn frozen(cx: &Cx, here: &str, rows: &[Row], names: &Names, standing: Standing) -> AnyView {
    let back = (standing == Standing::Coming).then(|| {
        let to = format!("{here}/take-back");
        view! {
            <form method="post" action=to>
                {field::token(cx)}
                <button class="button quiet" type="submit">{cx.t("routing.take_back")}</button>
            </form>
        }
    });
    view! { <p class="hint">{cx.t("routing.frozen")}</p>{back}{table(cx, names, rows, |_| None)} }.into_any()
}

fn draft(
    cx: &Cx,
    here: &str,
    version: &Version,
    rows: &[Row],
    names: &Names,
    places: &[String],
    state: &FormState,
) -> AnyView {
    let (to_remove, to_publish, to_discard) =
        (format!("{here}/remove"), format!("{here}/publish"), format!("{here}/discard"));
    let act = |row: &Row| {
        let label = cx.tf("routing.remove_named", &[("row", &words::names(cx, &names.topics, &row.names))]);
        let (to, id) = (to_remove.clone(), row.id.to_string());
        Some(
            view! {
                <form method="post" action=to>
                    {field::token(cx)}
                    {field::hidden("row", id)}
                    <button class="button small quiet" type="submit" aria-label=label>{cx.t("routing.remove")}</button>
                </form>
            }
            .into_any(),
        )
    };
    let day = Line { kind: "date", autocomplete: "off", max: 0, required: true, hint: "routing.starts_hint" };
    view! {
        <h2>{cx.t("routing.rows")}</h2>
        <p class="hint">{cx.t("routing.order")}</p>
        {table(cx, names, rows, act)}
        <h2>{cx.t("routing.add")}</h2>
        {add_form(cx, here, names, places, state)}
        <h2>{cx.t("routing.publish")}</h2>
        <p>{cx.t("routing.try_first")}" "<a href=format!("{here}/trial")>{cx.t("routing.try")}</a></p>
        <form method="post" action=to_publish>
            {field::token(cx)}
            {field::hidden("version", version.edits.to_string())}
            {field::line(cx, state, "starts_on", "routing.starts_on", day)}
            <p class="button-row"><button class="button main" type="submit">{cx.t("routing.publish")}</button></p>
        </form>
        <form method="post" action=to_discard>
            {field::token(cx)}
            <p class="button-row"><button class="button quiet" type="submit">{cx.t("routing.discard")}</button></p>
        </form>
    }
    .into_any()
}

fn add_form(cx: &Cx, here: &str, names: &Names, places: &[String], state: &FormState) -> AnyView {
    let any = |key: &str| vec![(String::new(), cx.t(key).into_owned())];
    let mut topics = any("routing.any_topic");
    let in_use = names.topics.iter().filter(|t| t.disabled_at.is_none());
    topics.extend(in_use.map(|t| (t.id.to_string(), t.label(cx.lang).to_string())));
    let mut spots = any("routing.any_place");
    spots.extend(places.iter().map(|p| (p.clone(), p.clone())));
    let mut people = any("routing.anybody");
    let person = |p: &Person| (p.code().to_string(), cx.word("intake.person", p.code()).into_owned());
    people.extend(actions::AUDIENCES.iter().map(person));
    let mut departments = any("cases.assign.choose");
    departments.extend(names.departments.iter().map(|d| (d.id.to_string(), d.name.clone())));
    view! {
        <form method="post" action=format!("{here}/add")>
            {field::token(cx)}
            <div class="form-grid">
                {field::select(cx, state, "topic", "routing.topic", &topics, false)}
                {field::select(cx, state, "place", "routing.place", &spots, false)}
                {field::select(cx, state, "person", "routing.person", &people, false)}
                {field::select(cx, state, "department", "routing.department", &departments, true)}
            </div>
            <p class="button-row"><button class="button" type="submit">{cx.t("routing.add")}</button></p>
        </form>
    }
    .into_any()
}

/// Back to the version, or the page again with what is wrong.
async fn finish(req: &Req, done: Result<Checked<()>>) -> Result<Response> {
    let mut state = FormState::of(req.form.clone());
    match done {
        Ok(Ok(())) => Ok(respond::see_other(&format!("/desk/routing/{}", req.param("id")))),
        Ok(Err(refusal)) => {
            state.errors.push(refusal);
            show(req, &state, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(Error::Conflict) => {
            state.error("", "error.conflict");
            show(req, &state, StatusCode::CONFLICT).await
        }
        Err(other) => Err(other),
    }
}

/// `POST /desk/routing/{id}/add`.
pub async fn add(req: Req) -> Result<Response> {
    let id = id_of(&req)?;
    match form::row(&req.form) {
        Ok((names, department)) => {
            let done = actions::add(&req.app, &*req.actor()?, id, names, department).await;
            finish(&req, done).await
        }
        Err(state) => show(&req, &state, StatusCode::UNPROCESSABLE_ENTITY).await,
    }
}

/// `POST /desk/routing/{id}/remove`.
pub async fn remove(req: Req) -> Result<Response> {
    let row = RoutingRowId::parse(req.form.text("row")).ok_or(Error::NotFound)?;
    let done = actions::remove(&req.app, &*req.actor()?, id_of(&req)?, row).await;
    finish(&req, done.map(Ok)).await
}

/// `POST /desk/routing/{id}/publish`.
pub async fn publish(req: Req) -> Result<Response> {
    let id = id_of(&req)?;
    match form::publication(&req.form) {
        Ok((edits, day)) => {
            let done = actions::publish(&req.app, &*req.actor()?, id, edits, day).await;
            finish(&req, done).await
        }
        Err(state) => show(&req, &state, StatusCode::UNPROCESSABLE_ENTITY).await,
    }
}

/// `POST /desk/routing/{id}/take-back`.
pub async fn take_back(req: Req) -> Result<Response> {
    let done = actions::take_back(&req.app, &*req.actor()?, id_of(&req)?).await;
    finish(&req, done.map(Ok)).await
}

/// `POST /desk/routing/{id}/discard`.
pub async fn discard(req: Req) -> Result<Response> {
    match actions::discard(&req.app, &*req.actor()?, id_of(&req)?).await {
        Ok(()) => Ok(respond::see_other("/desk/routing")),
        other => finish(&req, other.map(Ok)).await,
    }
}
