//! `/desk/rectifications`: what is to be put in order, what is late, what was reported, and what it costs.

use leptos::prelude::*;

use crate::{
    cases::export::Format,
    error::{Error, Result},
    http::{Cx, Req, Response},
    kernel::roles::Role,
    organizations::{self, model::Department},
    rectifications::{
        actions, form,
        model::{Filter, Rectification, State, Sums},
        pages::{file, money, state_pill},
    },
    ui::{self, desk_page, icon, time},
};

/// Rectifications that the page shows; the files have all of them.
const SHOWN: usize = 500;

/// `GET /desk/rectifications`; `?state=`, `?department=`, `?overdue=1` narrow it, `?format=csv` or `xlsx` gives a file.
pub async fn page(req: Req) -> Result<Response> {
    let (cx, actor) = (&req.cx, req.actor()?);
    let mut c = req.app.db.read().await?;
    let all = actions::list(&mut c, &actor).await?;
    let departments = organizations::actions::departments(&mut c, actor.organization_id).await?;
    drop(c);
    let filter = form::filter(&req.query);
    let found: Vec<&Rectification> = all.iter().filter(|one| filter.fits(one, cx.now)).collect();
    if let Some(format) = req.query.optional("format") {
        let format = Format::parse(format).ok_or(Error::NotFound)?;
        return file::respond(&req, &found, format).await;
    }
    let list = if all.is_empty() {
        view! {
            <div class="card empty">
                {icon::icon(icon::SHEET)}
                <h2>{cx.t("rectifications.none")}</h2>
                <p>{cx.t("rectifications.none_text")}</p>
            </div>
        }
        .into_any()
    } else if found.is_empty() {
        view! { <p class="empty">{cx.t("rectifications.none_found")}</p> }.into_any()
    } else {
        let costs = costs(cx, Sums::of(found.iter().copied()));
        view! { {table(cx, found.get(..SHOWN).unwrap_or(&found))}{more(cx, found.len())}{costs}{files(cx, filter)} }
            .into_any()
    };
    let by_department = matches!(actor.role, Role::Office | Role::Leader);
    let main = view! {
        <header class="page-head"><h1>{cx.t("rectifications.title")}</h1></header>
        <p>{cx.t("rectifications.lead")}</p>
        {(!all.is_empty()).then(|| numbers(cx, &all))}
        {(!all.is_empty()).then(|| filters(cx, filter, by_department.then_some(&departments[..])))}
        {list}
    };
    Ok(ui::respond(&req.app, cx, desk_page::admin_page(cx, cx.t("rectifications.title"), main)).await)
}

fn numbers(cx: &Cx, all: &[Rectification]) -> AnyView {
    let count = |fits: &dyn Fn(&Rectification) -> bool| all.iter().filter(|one| fits(one)).count();
    let late = count(&|one| one.is_late(cx.now));
    let class = if late > 0 { "stat late" } else { "stat" };
    view! {
        <div class="stat-row">
            <div class="stat"><b>{count(&|one| one.state.is_due())}</b><span>{cx.t("rectifications.due_count")}</span></div>
            <div class=class><b>{late}</b><span>{cx.t("rectifications.late")}</span></div>
            <div class="stat"><b>{count(&|one| one.state == State::Reported)}</b>
                <span>{cx.word("rectifications.state", State::Reported.code())}</span></div>
            <div class="stat"><b>{count(&|one| one.state == State::Fixed)}</b>
                <span>{cx.word("rectifications.state", State::Fixed.code())}</span></div>
        </div>
    }
    .into_any()
}

fn filters(cx: &Cx, filter: Filter, departments: Option<&[Department]>) -> AnyView {
    let select = |name: &'static str, label: &'static str, chosen: String, options: Vec<(String, String)>| {
        let options = options
            .into_iter()
            .map(|(value, words)| {
                let selected = value == chosen;
                view! { <option value=value selected=selected>{words}</option> }
            })
            .collect_view();
        view! { <select name=name aria-label=cx.t(label)>{options}</select> }.into_any()
    };
    let every = |key: &str| std::iter::once((String::new(), cx.t(key).into_owned()));
    let states =
        State::ALL.iter().map(|s| (s.code().to_string(), cx.word("rectifications.state", s.code()).into_owned()));
    let states = every("rectifications.every_state").chain(states).collect();
    let departments = departments.map(|all| {
        let names = all.iter().map(|d| (d.id.to_string(), d.name.clone()));
        let options = every("rectifications.every_department").chain(names).collect();
        let chosen = filter.department.map(|d| d.to_string()).unwrap_or_default();
        select("department", "rectifications.department", chosen, options)
    });
    let times = every("rectifications.every_due")
        .chain([("1".to_string(), cx.t("rectifications.late").into_owned())])
        .collect();
    let late = if filter.overdue { "1" } else { "" };
    view! {
        <form class="toolbar" method="get" action="/desk/rectifications">
            {select("state", "rectifications.state", filter.state.map_or("", State::code).to_string(), states)}
            {departments}
            {select("overdue", "rectifications.due", late.to_string(), times)}
            <button class="button quiet" type="submit">{cx.t("rectifications.filter")}</button>
        </form>
    }
    .into_any()
}

fn table(cx: &Cx, shown: &[&Rectification]) -> AnyView {
    let rows = shown
        .iter()
        .map(|one| {
            let href = format!("/desk/rectifications/{}", one.id);
            let (measure, place) = (one.measure.clone(), one.place.clone());
            let who = [Some(one.department.clone()), one.person.clone()].into_iter().flatten().collect::<Vec<_>>();
            let why = one.withdrawn_because.clone().map(|why| view! { <small>{why}</small> });
            let cost = one.actual_fen.or(one.planned_fen).map(|fen| money(cx, fen));
            view! {
                <tr>
                    <td class="title"><a href=href>{measure}</a><small>{place}</small></td>
                    <td data-label=cx.t("rectifications.department")>{who.join(" · ")}</td>
                    <td data-label=cx.t("rectifications.due")>{time::day(cx, one.due_at)}</td>
                    <td data-label=cx.t("rectifications.state")><span>{state_pill(cx, one)}{why}</span></td>
                    <td class="num" data-label=cx.t("rectifications.cost")>{cost}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="table">
            <thead><tr>
                <th>{cx.t("rectifications.measure")}</th>
                <th>{cx.t("rectifications.department")}</th>
                <th>{cx.t("rectifications.due")}</th>
                <th>{cx.t("rectifications.state")}</th>
                <th class="num">{cx.t("rectifications.cost")}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

/// That the page does not show all.
fn more(cx: &Cx, found: usize) -> Option<AnyView> {
    let words = || cx.tf("rectifications.more", &[("shown", &SHOWN.to_string()), ("count", &found.to_string())]);
    (found > SHOWN).then(|| view! { <p class="hint">{words()}</p> }.into_any())
}

/// Links to the same list as a file.
fn files(cx: &Cx, filter: Filter) -> AnyView {
    let href = |format: Format| {
        let department = filter.department.map(|d| d.to_string()).unwrap_or_default();
        let (state, overdue) = (filter.state.map_or("", State::code), if filter.overdue { "1" } else { "" });
        format!("/desk/rectifications?state={state}&department={department}&overdue={overdue}&format={format}")
    };
    view! {
        <p class="button-row">
            <a class="button quiet small" href=href(Format::Xlsx)>{cx.t("desk_list.xlsx")}</a>
            <a class="button quiet small" href=href(Format::Csv)>{cx.t("desk_list.csv")}</a>
        </p>
    }
    .into_any()
}

/// What the list adds up to (专项经费).
fn costs(cx: &Cx, sums: Sums) -> Option<AnyView> {
    if sums == Sums::default() {
        return None;
    }
    let (planned, actual) = (money(cx, sums.planned), money(cx, sums.actual));
    let words = cx.tf("rectifications.sums", &[("planned", &planned), ("actual", &actual)]);
    Some(view! { <p class="hint">{words}</p> }.into_any())
}
