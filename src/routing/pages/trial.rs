//! `/desk/routing/{id}/trial`: a version tried on past cases.

use leptos::prelude::*;

use crate::{
    cases::routed,
    error::{Error, Result},
    http::{Cx, Req, Response},
    kernel::ids::RoutingVersionId,
    routing::{
        actions,
        pages::{Names, title},
        trial::{Rules, Trial},
        words,
    },
    ui::{self, back, desk_page, field},
};

/// How many cases may be tried; the first is tried unasked.
const SIZES: [i64; 3] = [200, 50, 1000];
/// Changed cases that are listed.
const LISTED: usize = 100;

/// `GET /desk/routing/{id}/trial?cases=200`.
pub async fn page(req: Req) -> Result<Response> {
    let id = RoutingVersionId::parse(req.param("id")).ok_or(Error::NotFound)?;
    let asked = req.query.text("cases").parse().unwrap_or(SIZES[0]);
    let most = SIZES.into_iter().find(|n| *n == asked).unwrap_or(SIZES[0]);
    let (cx, actor) = (&req.cx, req.actor()?);
    let org = actor.organization_id;
    let mut c = req.app.db.read().await?;
    let (version, then) = actions::version(&mut c, org, id).await?;
    let now = actions::live(&req.app, &mut c, org).await?.map(|(_, rows)| rows).unwrap_or_default();
    let names = Names::read(&mut c, org).await?;
    let past = routed::past(&mut c, &actor, most).await?;
    drop(c);
    let usual: Vec<_> = names.topics.iter().filter_map(|t| Some((t.id, t.default_department_id?))).collect();
    let in_use: Vec<_> = names.departments.iter().map(|d| d.id).collect();
    let trial = Rules { now: &now, then: &then, usual: &usual, in_use: &in_use }.try_on(past);
    let here = format!("/desk/routing/{id}");
    let sizes: Vec<(String, String)> = SIZES.iter().map(|n| (n.to_string(), n.to_string())).collect();
    let main = view! {
        {back::link(here.clone(), title(cx, &version))}
        <header class="page-head"><h1>{cx.t("routing.trial.title")}</h1></header>
        <p>{cx.t("routing.trial.lead")}</p>
        <form class="toolbar" method="get" action=format!("{here}/trial")>
            {field::filter(cx, "cases", "routing.trial.most", &sizes, &most.to_string())}
            <button class="button" type="submit">{cx.t("routing.try")}</button>
        </form>
        {found(cx, &names, &trial)}
    };
    Ok(ui::respond(&req.app, cx, desk_page::admin_page(cx, cx.t("routing.trial.title"), main)).await)
}

fn stat(value: String, of: Option<String>, what: String) -> AnyView {
    view! { <div class="stat"><b>{value}{of.map(|of| view! { <small>{of}</small> })}</b><span>{what}</span></div> }
        .into_any()
}

fn found(cx: &Cx, names: &Names, trial: &Trial) -> AnyView {
    if trial.cases == 0 {
        return view! { <p class="empty">{cx.t("routing.trial.no_cases")}</p> }.into_any();
    }
    let of = |n: usize| Some(format!(" / {n}"));
    let say = |key: &str| cx.t(key).into_owned();
    view! {
        <div class="stat-row">
            {stat(trial.changed.len().to_string(), of(trial.cases), say("routing.trial.changed"))}
            {stat(trial.agrees_now.to_string(), of(trial.ended), say("routing.trial.agrees_now"))}
            {stat(trial.agrees_then.to_string(), of(trial.ended), say("routing.trial.agrees_then"))}
        </div>
        <p class="hint">{cx.t("routing.trial.ended_hint")}</p>
        {trial.changed.is_empty().then(|| view! { <p>{cx.t("routing.trial.same")}</p> })}
        {(!trial.changed.is_empty()).then(|| changes(cx, names, trial))}
    }
    .into_any()
}

fn changes(cx: &Cx, names: &Names, trial: &Trial) -> AnyView {
    let department = |id| words::department(cx, &names.departments, id);
    let way = |from, to| format!("{} → {}", department(from), department(to));
    let moves = trial
        .moves
        .iter()
        .map(|m| {
            view! {
                <tr>
                    <td class="title">{way(m.from, m.to)}</td>
                    <td class="num" data-label=cx.t("routing.trial.cases")>{m.cases}</td>
                </tr>
            }
        })
        .collect_view();
    let listed = trial
        .changed
        .iter()
        .take(LISTED)
        .map(|changed| {
            let (number, excerpt) = (changed.case.number.clone(), changed.case.excerpt.clone());
            let href = format!("/desk/cases/{number}");
            let ended = changed.case.ended_with.map_or_else(|| "–".to_string(), |d| department(Some(d)));
            let right = changed.case.ended_with.is_some() && changed.case.ended_with == changed.to;
            view! {
                <tr>
                    <td class="title"><a href=href>{number}</a><small>{excerpt}</small></td>
                    <td data-label=cx.t("routing.trial.from")>{department(changed.from)}</td>
                    <td data-label=cx.t("routing.trial.to")>{department(changed.to)}</td>
                    <td data-label=cx.t("routing.trial.ended")>
                        <span>{ended}{right.then(|| view! { " "<span class="pill">{cx.t("routing.trial.right")}</span> })}</span>
                    </td>
                </tr>
            }
        })
        .collect_view();
    let more = (trial.changed.len() > LISTED)
        .then(|| view! { <p class="hint">{cx.tf("routing.trial.more", &[("count", &LISTED.to_string())])}</p> });
    view! {
        <h2>{cx.t("routing.trial.moves")}</h2>
        <table class="table">
            <thead><tr><th>{cx.t("routing.way")}</th><th class="num">{cx.t("routing.trial.cases")}</th></tr></thead>
            <tbody>{moves}</tbody>
        </table>
        <h2>{cx.t("routing.trial.list")}</h2>
        {more}
        <table class="table">
            <thead><tr>
                <th>{cx.t("supervision.case")}</th>
                <th>{cx.t("routing.trial.from")}</th>
                <th>{cx.t("routing.trial.to")}</th>
                <th>{cx.t("routing.trial.ended")}</th>
            </tr></thead>
            <tbody>{listed}</tbody>
        </table>
    }
    .into_any()
}
