//! `GET /desk/reports/departments`: for leaders, their departments: what is late, what repeats, the rates of this term and of
//! the terms before.

use leptos::prelude::*;

use crate::{
    error::Result,
    http::{Cx, Req, Response},
    kernel::roles::Role,
    organizations::{self, model::Department},
    reports::{
        actions, address,
        measure::{By, Choice, Measure},
        model::Fact,
        pages::{
            Names,
            rates::{RATES, Row, number_cell, rate_cell},
        },
        terms::{self, Term},
    },
    ui::{self, back, desk_page},
};

/// Terms that are compared.
const COMPARED: usize = 3;
/// The same matter at the same place so often repeats.
const REPEATS: u64 = 2;

/// `GET /desk/reports/departments`.
pub async fn page(req: Req) -> Result<Response> {
    let (cx, actor) = (&req.cx, req.actor()?);
    let mut c = req.app.db.read().await?;
    let mut departments = organizations::actions::departments(&mut c, actor.organization_id).await?;
    let own: Vec<Department> = departments.iter().filter(|d| d.leader_id == Some(actor.staff_id)).cloned().collect();
    // A leader sees the departments in their charge; who has none, and the office, sees all.
    if actor.role == Role::Leader && !own.is_empty() {
        departments = own;
    }
    let topics = organizations::actions::all_topics(&mut c, actor.organization_id).await?;
    let names = Names::of(cx, &topics, &actor.organization_name);
    let mut of_terms = Vec::new();
    for term in terms::kept(&mut c, cx, &actor).await?.into_iter().take(COMPARED) {
        let facts = actions::facts(&mut c, &actor, term.period, actions::SHORT).await?;
        of_terms.push((term, facts));
    }
    drop(c);
    let cards = departments.iter().map(|d| card(cx, &names, d, &of_terms)).collect_view();
    let main = view! {
        {back::link("/desk/reports", cx.t("reports.title"))}
        <header class="page-head"><h1>{cx.t("reports.departments")}</h1></header>
        <p>{cx.t("reports.departments.lead")}</p>
        {cards}
    };
    Ok(ui::respond(&req.app, cx, desk_page::admin_page(cx, cx.t("reports.departments"), main)).await)
}

fn card(cx: &Cx, names: &Names, department: &Department, of_terms: &[(Term, Vec<Fact>)]) -> AnyView {
    let choice = By::Department.choice(&department.name, None);
    let rows: Vec<Row<'_>> = of_terms
        .iter()
        .map(|(term, facts)| Row { name: term.name.clone(), period: term.period, choice: choice.clone(), facts })
        .collect();
    let late = rows.first().map(|row| number_cell(cx, row, Measure::Late, 0));
    let name = department.name.clone();
    view! {
        <section class="card">
            <h2>{name}</h2>
            <p>{cx.t("reports.late")}"："{late}</p>
            {repeats(cx, names, &choice, of_terms.first())}
            {compared(cx, &rows)}
        </section>
    }
    .into_any()
}

/// The same matter at the same place, more than once this term.
fn repeats(cx: &Cx, names: &Names, choice: &Choice, of_term: Option<&(Term, Vec<Fact>)>) -> Option<AnyView> {
    let (term, facts) = of_term?;
    let mut spots: std::collections::BTreeMap<(&str, &str), u64> = std::collections::BTreeMap::new();
    for fact in facts.iter().filter(|f| choice.counts(Measure::Received, f, cx.now) && !f.place.is_empty()) {
        *spots.entry((fact.place.as_str(), fact.topic.as_str())).or_default() += 1;
    }
    let mut spots: Vec<_> = spots.into_iter().filter(|(_, n)| *n >= REPEATS).collect();
    spots.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    if spots.is_empty() {
        return None;
    }
    let items = spots
        .into_iter()
        .take(5)
        .map(|((place, topic), n)| {
            let choice = Choice { place: Some(place.into()), topic: Some(topic.into()), ..choice.clone() };
            let href = address::cases(term.period, Measure::Received, &choice, 0);
            view! { <li>{place.to_string()}" · "{names.topic(topic)}" "<a href=href>{n}</a></li> }
        })
        .collect_view();
    Some(view! { <p>{cx.t("reports.departments.repeats")}</p><ul class="plain-list">{items}</ul> }.into_any())
}

fn compared(cx: &Cx, rows: &[Row<'_>]) -> AnyView {
    let head = RATES
        .iter()
        .map(|(of, _)| view! { <th class="num">{cx.word("reports.rate_of", of.code())}</th> })
        .collect_view();
    let counts = [Measure::Received, Measure::Silent, Measure::Reopened, Measure::Supervised];
    let more =
        counts.iter().map(|m| view! { <th class="num">{cx.word("reports.measure", m.code())}</th> }).collect_view();
    let body = rows
        .iter()
        .map(|row| {
            let name = row.name.clone();
            let rates = RATES
                .iter()
                .map(|(of, all)| {
                    let label = cx.word("reports.rate_of", of.code());
                    view! { <td class="num" data-label=label>{rate_cell(cx, row, *of, *all)}</td> }
                })
                .collect_view();
            let numbers = counts
                .iter()
                .map(|m| {
                    let label = cx.word("reports.measure", m.code());
                    view! { <td class="num" data-label=label>{number_cell(cx, row, *m, 0)}</td> }
                })
                .collect_view();
            view! { <tr><td class="title">{name}</td>{numbers}{rates}</tr> }
        })
        .collect_view();
    view! {
        <div class="table-scroll" role="region" tabindex="0" aria-label=cx.t("reports.numbers")>
            <table class="table numbers"><thead><tr><th class="title">{cx.t("reports.term")}</th>{more}{head}</tr></thead><tbody>{body}</tbody></table>
        </div>
    }
    .into_any()
}
