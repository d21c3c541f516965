//! `GET /desk/reports/conduct`: what makes rates look better than they are, by department. A number here is a question, not a
//! verdict: the office looks at the cases.

use leptos::prelude::*;

use crate::{
    cases::export::Format,
    error::{Error, Result},
    http::{Cx, Form, Req, Response},
    reports::{
        actions,
        measure::{By, Choice, Measure},
        pages::{
            Names,
            rates::{Row, number_cell, rate_cell},
        },
        period::Period,
        sheet::{self, Cell, Sheet},
    },
    ui::{self, FormState, back, desk_page, field, time},
};

/// The columns.
const COLUMNS: [Measure; 9] = [
    Measure::NoContact,
    Measure::Transferred,
    Measure::Returned,
    Measure::Upheld,
    Measure::TopicChanged,
    Measure::Merged,
    Measure::Reopened,
    Measure::ShortAnswer,
    Measure::SameAnswer,
];

/// `GET /desk/reports/conduct`.
pub async fn page(req: Req) -> Result<Response> {
    let (cx, actor) = (&req.cx, req.actor()?);
    let period = Period::parse(&req.query, time::date(cx.now));
    let short = super::short(&req);
    let mut c = req.app.db.read().await?;
    let facts = actions::facts(&mut c, &actor, period, short).await?;
    drop(c);
    let names = Names::of(cx, &[], &actor.organization_name);
    let all = Row { name: cx.t("reports.column.all").into_owned(), period, choice: Choice::default(), facts: &facts };
    let groups = By::Department.groups(&facts).into_iter().map(|group| Row {
        name: names.department(&group),
        period,
        choice: By::Department.choice(&group, None),
        facts: &facts,
    });
    let rows: Vec<Row<'_>> = std::iter::once(all).chain(groups).collect();
    if let Some(format) = req.query.optional("format") {
        let format = Format::parse(format).ok_or(Error::NotFound)?;
        return sheet::file("conduct", vec![sheet_of(cx, &rows)], format).await;
    }
    let here = format!("/desk/reports/conduct?from={}&to={}&short={short}", period.first, period.last);
    let main = view! {
        {back::link("/desk/reports", cx.t("reports.title"))}
        <header class="page-head"><h1>{cx.t("reports.conduct")}</h1></header>
        <p>{cx.t("reports.conduct.lead")}</p>
        {filters(cx, period, short)}
        {table(cx, &rows, short)}
        {super::files(cx, &here)}
        {explained(cx, short)}
    };
    Ok(ui::respond(&req.app, cx, desk_page::admin_page(cx, cx.t("reports.conduct"), main)).await)
}

fn filters(cx: &Cx, period: Period, short: usize) -> AnyView {
    let values = Form::from_pairs([
        ("from", period.first.to_string()),
        ("to", period.last.to_string()),
        ("short", short.to_string()),
    ]);
    let state = FormState::of(values);
    let line = |kind| field::Line { kind, autocomplete: "off", max: 0, required: true, hint: "" };
    view! {
        <form method="get" action="/desk/reports/conduct" class="form-grid">
            {field::line(cx, &state, "from", "reports.from", line("date"))}
            {field::line(cx, &state, "to", "reports.to", line("date"))}
            {field::line(cx, &state, "short", "reports.short", line("number"))}
            <p class="button-row"><button class="button" type="submit">{cx.t("reports.show")}</button></p>
        </form>
    }
    .into_any()
}

fn table(cx: &Cx, rows: &[Row<'_>], short: usize) -> AnyView {
    let head =
        COLUMNS.iter().map(|m| view! { <th class="num">{cx.word("reports.measure", m.code())}</th> }).collect_view();
    let body = rows
        .iter()
        .map(|row| {
            let name = row.name.clone();
            let cells = COLUMNS
                .iter()
                .map(|m| {
                    let label = cx.word("reports.measure", m.code());
                    view! { <td class="num" data-label=label>{number_cell(cx, row, *m, short)}</td> }
                })
                .collect_view();
            view! {
                <tr><td class="title">{name}</td>{cells}
                    <td class="num" data-label=cx.t("reports.measure.asked")>{rate_cell(cx, row, Measure::Asked, Measure::Askable)}</td></tr>
            }
        })
        .collect_view();
    view! {
        <div class="table-scroll" role="region" tabindex="0" aria-label=cx.t("reports.numbers")>
            <table class="table numbers">
                <thead><tr><th class="title">{cx.t("reports.department")}</th>{head}<th class="num">{cx.t("reports.measure.asked")}</th></tr></thead>
                <tbody>{body}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn explained(cx: &Cx, short: usize) -> AnyView {
    view! {
        <details class="fold">
            <summary>{cx.t("reports.how")}</summary>
            <ul>
                <li>{cx.t("reports.conduct.no_contact")}</li>
                <li>{cx.t("reports.conduct.transferred")}</li>
                <li>{cx.t("reports.conduct.returned")}</li>
                <li>{cx.tf("reports.conduct.short", &[("count", &short.to_string())])}</li>
                <li>{cx.t("reports.conduct.same")}</li>
                <li>{cx.t("reports.conduct.asked")}</li>
            </ul>
        </details>
    }
    .into_any()
}

fn sheet_of(cx: &Cx, rows: &[Row<'_>]) -> Sheet {
    let measures = COLUMNS.iter().chain(&[Measure::Asked, Measure::Askable]);
    let head = std::iter::once(cx.t("reports.department").into_owned())
        .chain(measures.clone().map(|m| cx.word("reports.measure", m.code()).into_owned()))
        .collect();
    let rows = rows
        .iter()
        .map(|row| {
            let numbers = measures.clone().map(|m| Cell::Number(row.choice.count(*m, row.facts, cx.now)));
            std::iter::once(Cell::Words(row.name.clone())).chain(numbers).collect()
        })
        .collect();
    Sheet { title: cx.t("reports.conduct").into_owned(), head, rows }
}
