//! Pages of results.

mod files;
mod participation;
mod questions;
pub mod texts;

use leptos::prelude::*;

use crate::{
    error::{Error, Result},
    http::{Cx, Req, Response, respond},
    kernel::{ids::QuestionnaireId, roles::Role},
    questionnaires::{
        self,
        results::{
            actions::{self, Results},
            fields::{By, Gate, Shape},
            stages, words,
        },
    },
    ui::{self, Page, back, desk_page, field},
};

/// What stands before a lane in the address: the lane of those who gave no answer has no name.
const LANE: &str = "v:";

/// Which results, and how they are looked at.
struct Look {
    results: Results,
    /// Another questionnaire beside it.
    with: Option<Results>,
    /// The lane whose rows alone are shown.
    lane: Option<String>,
    /// On paper: tables lie open.
    print: bool,
}

fn asked_id(req: &Req) -> Result<QuestionnaireId> {
    QuestionnaireId::parse(req.param("id")).ok_or(Error::NotFound)
}

async fn look(req: &Req, print: bool) -> Result<Look> {
    let org = req.actor()?.organization_id;
    let mut c = req.app.db.read().await?;
    let results = actions::read(&req.app, &mut c, org, asked_id(req)?).await?;
    let with = match QuestionnaireId::parse(req.query.text("with")) {
        Some(id) if id != results.questionnaire.id => Some(actions::read(&req.app, &mut c, org, id).await?),
        _ => None,
    };
    let lane = req.query.text("lane").strip_prefix(LANE).map(str::to_string);
    Ok(Look { results, with, lane, print })
}

/// `GET /desk/questionnaires/{id}/results`; `?format=csv|xlsx` gives a file.
pub async fn results(req: Req) -> Result<Response> {
    match req.query.text("format") {
        "" => {}
        format => return files::respond(&req, format).await,
    }
    let look = look(&req, false).await?;
    let mut c = req.app.db.read().await?;
    let others = questionnaires::actions::list(&mut c, req.actor()?.organization_id).await?;
    let people = participation::read(&mut c, &look.results).await?;
    drop(c);
    let others: Vec<(String, String)> = others
        .into_iter()
        .filter(|q| q.id != look.results.questionnaire.id && q.state != questionnaires::model::State::Draft)
        .map(|q| (q.id.to_string(), q.title))
        .collect();
    let page = view_of(&req.cx, &look, &others, participation::view_of(&req.cx, &look.results, &people));
    Ok(ui::respond(&req.app, &req.cx, page).await)
}

/// `GET /desk/questionnaires/{id}/results/print`.
pub async fn print(req: Req) -> Result<Response> {
    let look = look(&req, true).await?;
    let cx = &req.cx;
    let title = look.results.questionnaire.title.clone();
    let back = address(&look.results);
    let counted = counted(cx, &look.results);
    let view = view! {
        <nav class="print-toolbar" aria-label=cx.t("results.print")>
            <span>{cx.t("results.print_how")}</span>
            <a href=back>{cx.t("results.back")}</a>
        </nav>
        <main id="main"><section class="sheet report">
            <h1>{title.clone()}</h1>
            <p>{counted}</p>
            <p>{cx.t("results.how")}</p>
            {questions::all(cx, &look)}
        </section></main>
    };
    Ok(ui::respond(&req.app, cx, Page::print(title, view)).await)
}

/// `POST /desk/questionnaires/{id}/results/count`.
pub async fn count(req: Req) -> Result<Response> {
    let id = asked_id(&req)?;
    actions::count_now(&req.app, &*req.actor()?, id).await?;
    Ok(respond::see_other(&format!("/desk/questionnaires/{id}/results")))
}

/// `POST /desk/questionnaires/{id}/results/by`.
pub async fn choose(req: Req) -> Result<Response> {
    let id = asked_id(&req)?;
    actions::choose(&req.app, &*req.actor()?, id, &By::parse(req.form.text("by"))).await?;
    Ok(respond::see_other(&format!("/desk/questionnaires/{id}/results")))
}

fn address(results: &Results) -> String {
    format!("/desk/questionnaires/{}/results", results.questionnaire.id)
}

/// How many came and how many of them are in the numbers below.
fn counted(cx: &Cx, of: &Results) -> String {
    let (received, counted) = (of.received.to_string(), of.counted().to_string());
    cx.tf("results.counted", &[("received", &received), ("counted", &counted)])
}

fn view_of(cx: &Cx, look: &Look, others: &[(String, String)], participation: AnyView) -> Page {
    let of = &look.results;
    let title = of.questionnaire.title.clone();
    let here = address(of);
    let office = cx.actor.as_ref().is_some_and(|a| a.role == Role::Office);
    let builder = cx.actor.as_ref().is_some_and(|a| matches!(a.role, Role::Office | Role::Admin));
    let overview = format!("/desk/questionnaires/{}", of.questionnaire.id);
    let href = |tail: &str| format!("{here}{tail}");
    let main = view! {
        {builder.then(|| back::link(overview, title.clone()))}
        <header class="page-head">
            <h1>{title.clone()}" · "{cx.t("results.title")}</h1>
            <a class="button" href=href("/print")>{cx.t("results.print")}</a>
            <a class="button quiet" href=href("?format=xlsx")>"Excel"</a>
            <a class="button quiet" href=href("?format=csv")>"CSV"</a>
        </header>
        <p class="results-count">{counted(cx, of)}</p>
        {waiting(cx, of, office)}
        <details class="fold"><summary>{cx.t("results.how_title")}</summary><p>{cx.t("results.how")}</p></details>
        {participation}
        {breakdown(cx, look, office)}
        {compare(cx, look, others)}
        <h2>{cx.t("results.questions")}</h2>
        {questions::all(cx, look)}
    };
    desk_page::admin_page(cx, title, main)
}

/// What waits to be counted, and the button that counts it.
fn waiting(cx: &Cx, of: &Results, office: bool) -> Option<AnyView> {
    let waiting = of.waiting();
    if waiting == 0 {
        return None;
    }
    let at = stages::FIRST.max(of.counted()).to_string();
    let words = cx.tf("results.waiting", &[("waiting", &waiting.to_string()), ("at", &at)]);
    let action = format!("{}/count", address(of));
    let button = (office && stages::may_count(waiting)).then(|| {
        view! {
            <form method="post" action=action>
                {field::token(cx)}
                <p class="hint">{cx.t("results.count_hint")}</p>
                <p class="button-row"><button class="button" type="submit">{cx.t("results.count_now")}</button></p>
            </form>
        }
    });
    Some(view! { <div class="card"><p>{words}</p>{button}</div> }.into_any())
}

/// The one breakdown: chosen once, then a filter.
fn breakdown(cx: &Cx, look: &Look, office: bool) -> Option<AnyView> {
    let of = &look.results;
    if of.by != By::Nothing {
        let mut lanes: Vec<String> = match &of.by {
            By::Answer(name) => {
                let at = of.outline.breaks_down(name).and_then(|at| of.outline.fields.get(at));
                at.map(|f| f.cells.iter().filter(|c| !f.required || !c.is_empty()).cloned().collect())
                    .unwrap_or_default()
            }
            _ => of
                .tables
                .iter()
                .flat_map(|t| t.fields.iter().flatten())
                .flat_map(|t| &t.rows)
                .flat_map(|r| r.lanes.clone())
                .collect(),
        };
        if of.by == By::Class {
            lanes.sort();
            lanes.dedup();
        }
        let name = words::by(cx, &of.outline, &of.by);
        let mut options = vec![(String::new(), cx.t("results.all_rows").into_owned())];
        options.extend(lanes.into_iter().map(|lane| {
            let label = words::lanes(cx, &of.outline, &of.by, std::slice::from_ref(&lane));
            ([LANE, &lane].concat(), label)
        }));
        let chosen = look.lane.as_ref().map(|lane| [LANE, lane].concat()).unwrap_or_default();
        let label = cx.tf("results.by.title", &[("by", &name)]);
        let view = view! {
            <section class="section">
                <h2>{label}</h2>
                <form method="get" action=address(of) class="toolbar">
                    {field::filter(cx, "lane", "results.by.lane", &options, &chosen)}
                    <button class="button" type="submit">{cx.t("results.by.show")}</button>
                </form>
            </section>
        };
        return Some(view.into_any());
    }
    if !office {
        return None;
    }
    let mut options = vec![("class".to_string(), cx.t("results.by.class").into_owned())];
    let fields = of.outline.fields.iter().filter(|f| f.shape == Shape::Value && f.gate == Gate::All);
    options.extend(fields.map(|f| (By::Answer(f.name.clone()).code(), words::field(cx, &of.outline, f))));
    let action = format!("{}/by", address(of));
    let view = view! {
        <details class="fold"><summary>{cx.t("results.by.choose_title")}</summary>
            <p>{cx.t("results.by.lead")}</p>
            <form method="post" action=action>
                {field::token(cx)}
                {field::filter(cx, "by", "results.by.label", &options, "class")}
                <p class="button-row"><button class="button" type="submit">{cx.t("results.by.choose")}</button></p>
            </form>
        </details>
    };
    Some(view.into_any())
}

/// Another round beside this one.
fn compare(cx: &Cx, look: &Look, others: &[(String, String)]) -> Option<AnyView> {
    if others.is_empty() {
        return None;
    }
    let mut options = vec![(String::new(), cx.t("results.compare.none").into_owned())];
    options.extend(others.iter().cloned());
    let chosen = look.with.as_ref().map(|w| w.questionnaire.id.to_string()).unwrap_or_default();
    let view = view! {
        <form method="get" action=address(&look.results) class="toolbar">
            {field::filter(cx, "with", "results.compare.label", &options, &chosen)}
            <button class="button" type="submit">{cx.t("results.compare.go")}</button>
        </form>
    };
    Some(view.into_any())
}
