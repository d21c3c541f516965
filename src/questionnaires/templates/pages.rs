//! Templates as they are offered, and each as it will look.

use leptos::prelude::*;

use crate::{
    error::{Error, Result},
    forms,
    http::{Cx, Req, Response},
    organizations::{self, model::Organization},
    questionnaires::{
        pages::lead,
        templates::{Template, all, by_code},
    },
    ui::{self, FormState, Page, field, page},
};

/// What stands before the code of a template where sources of a questionnaire are listed.
pub const SOURCE: &str = "template:";

/// Cards of all templates.
pub fn cards(cx: &Cx) -> AnyView {
    let cards = all()
        .iter()
        .map(|t| {
            let (title, about) = (t.title.get(cx.lang).to_string(), t.about.get(cx.lang).to_string());
            let count = cx.tf("exchange.templates.count", &[("count", &t.definition.questions().count().to_string())]);
            let href = format!("/desk/questionnaires/templates/{}", t.code);
            let label = cx.tf("exchange.templates.look_at", &[("title", &title)]);
            view! {
                <section class="card template">
                    <h3>{title}" "<span class="pill soft">{count}</span></h3>
                    <p>{about}</p>
                    <div class="button-row">
                        <a class="button quiet" href=href aria-label=label>{cx.t("exchange.templates.look")}</a>
                        {begin(cx, t, "button")}
                    </div>
                </section>
            }
        })
        .collect_view();
    view! {
        <h2 id="templates">{cx.t("exchange.templates")}</h2>
        <p>{cx.t("exchange.templates.lead")}</p>
        {cards}
    }
    .into_any()
}

/// The button that begins a questionnaire with a template.
fn begin(cx: &Cx, t: &Template, class: &'static str) -> AnyView {
    let title = t.title.get(cx.lang).to_string();
    let label = cx.tf("exchange.templates.begin_with", &[("title", &title)]);
    view! {
        <form method="post" action="/desk/questionnaires/new">
            {field::token(cx)}
            {field::hidden("source", [SOURCE, t.code].concat())}
            {field::hidden("title", title)}
            <button class=class type="submit" aria-label=label>{cx.t("exchange.templates.begin")}</button>
        </form>
    }
    .into_any()
}

/// `GET /desk/questionnaires/templates/{template}`: the template as people will see it. Nothing is sent.
pub async fn template_page(req: Req) -> Result<Response> {
    let template = by_code(req.param("template")).ok_or(Error::NotFound)?;
    let mut c = req.app.db.read().await?;
    let organization = organizations::actions::organization(&mut c, req.actor()?.organization_id).await?;
    drop(c);
    let page = view_of(&req.cx, &organization, template);
    Ok(ui::respond(&req.app, &req.cx, page).await)
}

fn view_of(cx: &Cx, org: &Organization, t: &Template) -> Page {
    let title = t.title.get(cx.lang).to_string();
    let state = FormState::default();
    let body = view! {
        <main class="page" id="main">
            {page::masthead(cx, &org.emblem, &org.name, &cx.t("exchange.templates.one"))}
            <p class="banner warn">{cx.t("exchange.templates.text")}" "<a href="/desk/questionnaires/new">{cx.t("exchange.templates.back")}</a></p>
            {begin(cx, t, "button main")}
            <div id="answers">
                <div id="form-lead">{lead(cx, &t.definition)}</div>
                {forms::view::sections(cx, &state, &t.definition, &[])}
            </div>
        </main>
    };
    Page::public(title, body).with_questions()
}
