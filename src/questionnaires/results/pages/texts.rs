//! The texts of a question, each alone; the office makes a case of one.

use leptos::prelude::*;

use crate::{
    cases,
    error::{Error, Result},
    http::{Cx, Req, Response, respond},
    kernel::roles::Role,
    organizations,
    questionnaires::results::{
        actions::{self, Results, ShownText},
        pages::{address, asked_id},
        words,
    },
    ui::{self, Page, back, desk_page, field},
};

/// Texts on a page.
const MOST: usize = 30;

/// `GET /desk/questionnaires/{id}/results/texts?question=…&page=…`.
pub async fn page(req: Req) -> Result<Response> {
    let actor = req.actor()?;
    let mut c = req.app.db.read().await?;
    let results = actions::read(&req.app, &mut c, actor.organization_id, asked_id(&req)?).await?;
    let name = req.query.text("question");
    let told = actions::told_texts(&results, name);
    if told.is_empty() {
        return Err(Error::NotFound);
    }
    let last = told.len().div_ceil(MOST);
    let number = req.query.text("page").parse::<usize>().unwrap_or(1).clamp(1, last);
    let chosen: Vec<_> = told.iter().skip((number - 1) * MOST).take(MOST).copied().collect();
    let shown = actions::texts(&mut c, &results, name, &chosen).await?;
    let mut listed = Vec::new();
    for text in shown {
        // A case that went to the safeguarding lead is out of the office's sight: that it exists is all that is said.
        let number = match text.case {
            Some(id) => cases::visibility::case_of_id(&mut c, &actor, id).await.ok().map(|case| case.number),
            None => None,
        };
        listed.push((text, number));
    }
    let topics = organizations::actions::topics(&mut c, actor.organization_id).await?;
    let topics: Vec<(String, String)> =
        topics.iter().map(|t| (t.code.clone(), t.label(req.cx.lang).to_string())).collect();
    drop(c);
    let page = view_of(&req.cx, &results, name, &listed, &topics, (number, last), actor.role == Role::Office);
    Ok(ui::respond(&req.app, &req.cx, page).await)
}

/// `POST /desk/questionnaires/{id}/results/case`.
pub async fn open_case(req: Req) -> Result<Response> {
    let (form, actor) = (&req.form, req.actor()?);
    let number = actions::open_case(
        &req.app,
        &actor,
        asked_id(&req)?,
        form.text("question"),
        form.text("text"),
        form.text("topic"),
    )
    .await?;
    Ok(respond::see_other(&format!("/desk/cases/{number}")))
}

fn view_of(
    cx: &Cx,
    of: &Results,
    name: &str,
    texts: &[(ShownText, Option<String>)],
    topics: &[(String, String)],
    (number, last): (usize, usize),
    office: bool,
) -> Page {
    let field = of.outline.fields.iter().find(|f| f.name == name);
    let title = field.map(|f| words::field(cx, &of.outline, f)).unwrap_or_default();
    let items =
        texts.iter().map(|(text, case)| item(cx, of, name, text, case.as_deref(), topics, office)).collect_view();
    let to = |n: usize| format!("{}/texts?question={name}&page={n}", address(of));
    let before = (number > 1).then(|| view! { <a href=to(number - 1)>{cx.t("results.texts.before")}</a> });
    let after = (number < last).then(|| view! { <a href=to(number + 1)>{cx.t("results.texts.after")}</a> });
    let state = cx.tf("results.texts.page", &[("page", &number.to_string()), ("pages", &last.to_string())]);
    let main = view! {
        {back::link(address(of), cx.t("results.title"))}
        <header class="page-head"><h1>{title}</h1></header>
        <p>{cx.t("results.texts.lead")}</p>
        <ul class="results-texts">{items}</ul>
        <nav class="pager" aria-label=cx.t("results.texts.pages")>
            {before}<span class="pager-state">{state}</span>{after}
        </nav>
    };
    desk_page::admin_page(cx, of.questionnaire.title.clone(), main)
}

fn item(
    cx: &Cx,
    of: &Results,
    name: &str,
    text: &ShownText,
    case: Option<&str>,
    topics: &[(String, String)],
    office: bool,
) -> AnyView {
    let words = text.words.clone();
    let below = match (case, text.case) {
        (Some(number), _) => {
            let href = format!("/desk/cases/{number}");
            view! { <p><span class="pill ok">{cx.t("results.texts.became")}</span>" "<a href=href>{number.to_string()}</a></p> }
                .into_any()
        }
        (None, Some(_)) => view! { <p><span class="pill ok">{cx.t("results.texts.became")}</span></p> }.into_any(),
        (None, None) if office => {
            let action = format!("{}/case", address(of));
            let options = topics
                .iter()
                .map(|(code, label)| view! { <option value=code.clone()>{label.clone()}</option> })
                .collect_view();
            view! {
                <form method="post" action=action class="toolbar">
                    {field::token(cx)}
                    {field::hidden("question", name)}
                    {field::hidden("text", text.token.clone())}
                    <select name="topic" aria-label=cx.t("results.texts.topic")>{options}</select>
                    <button class="button" type="submit">{cx.t("results.texts.open_case")}</button>
                </form>
            }
            .into_any()
        }
        (None, None) => ().into_any(),
    };
    view! { <li class="card"><p class="results-text">{words}</p>{below}</li> }.into_any()
}
