//! `GET /desk/reports/rates`: contacted, solved, satisfied, answered in time, with numerators, denominators and silence, by
//! department, topic, channel or term; as a file with `?format=csv` or `xlsx`.

use leptos::prelude::*;

use crate::{
    cases::{export::Format, model::Source},
    error::{Error, Result},
    http::{Cx, Form, Req, Response},
    organizations,
    reports::{
        actions, address,
        measure::{By, Choice, Measure},
        model::{Fact, Rate},
        pages::{Names, tables::percent},
        period::Period,
        sheet::{self, Cell, Sheet},
        terms,
    },
    ui::{self, FormState, back, desk_page, field, time},
};

/// The rates, each of which as a share of which.
pub const RATES: [(Measure, Measure); 4] = [
    (Measure::Contacted, Measure::Judged),
    (Measure::Solved, Measure::Judged),
    (Measure::Satisfied, Measure::Judged),
    (Measure::OnTime, Measure::Due),
];

/// A row: its name, what it counts, of which cases.
pub struct Row<'a> {
    /// Its name.
    pub name: String,
    /// When.
    pub period: Period,
    /// Which.
    pub choice: Choice,
    /// What it is counted from.
    pub facts: &'a [Fact],
}

/// `GET /desk/reports/rates`.
pub async fn page(req: Req) -> Result<Response> {
    let (cx, actor) = (&req.cx, req.actor()?);
    let period = Period::parse(&req.query, time::date(cx.now));
    let source = req.query.optional("source").and_then(Source::parse);
    let by_term = req.query.text("by") == "term";
    let by = By::parse(req.query.text("by")).unwrap_or(By::Department);
    let mut c = req.app.db.read().await?;
    let topics = organizations::actions::all_topics(&mut c, actor.organization_id).await?;
    let names = Names::of(cx, &topics, &actor.organization_name);
    let mut of_terms = Vec::new();
    if by_term {
        for term in terms::kept(&mut c, cx, &actor).await? {
            let facts = actions::facts(&mut c, &actor, term.period, actions::SHORT).await?;
            of_terms.push((term, facts));
        }
    }
    let facts = if by_term { Vec::new() } else { actions::facts(&mut c, &actor, period, actions::SHORT).await? };
    drop(c);
    let everything = Choice { source, ..Choice::default() };
    let rows: Vec<Row<'_>> = if by_term {
        of_terms
            .iter()
            .map(|(term, facts)| Row {
                name: term.name.clone(),
                period: term.period,
                choice: everything.clone(),
                facts,
            })
            .collect()
    } else {
        let all = Row { name: cx.t("reports.column.all").into_owned(), period, choice: everything, facts: &facts };
        let groups = by.groups(&facts).into_iter().map(|group| Row {
            name: group_name(&names, by, &group),
            period,
            choice: by.choice(&group, source),
            facts: &facts,
        });
        std::iter::once(all).chain(groups).collect()
    };
    if let Some(format) = req.query.optional("format") {
        let format = Format::parse(format).ok_or(Error::NotFound)?;
        return sheet::file("rates", vec![sheet_of(cx, &rows)], format).await;
    }
    let here = format!(
        "/desk/reports/rates?from={}&to={}&by={}{}",
        period.first,
        period.last,
        if by_term { "term" } else { by.code() },
        source.map(|s| format!("&source={s}")).unwrap_or_default()
    );
    let main = view! {
        {back::link("/desk/reports", cx.t("reports.title"))}
        <header class="page-head"><h1>{cx.t("reports.rates")}</h1></header>
        <p>{cx.t("reports.rates.lead")}</p>
        {filters(cx, period, by, by_term, source)}
        {table(cx, &rows)}
        {super::files(cx, &here)}
        <p class="hint">{cx.t("reports.rates.silence")}</p>
    };
    Ok(ui::respond(&req.app, cx, desk_page::admin_page(cx, cx.t("reports.rates"), main)).await)
}

fn group_name(names: &Names, by: By, group: &str) -> String {
    match by {
        By::Department => names.department(group),
        By::Topic => names.topic(group),
        By::Channel => names.channel(group),
    }
}

fn filters(cx: &Cx, period: Period, by: By, by_term: bool, source: Option<Source>) -> AnyView {
    let values = Form::from_pairs([("from", period.first.to_string()), ("to", period.last.to_string())]);
    let state = FormState::of(values);
    let line = field::Line { kind: "date", autocomplete: "off", max: 0, required: true, hint: "" };
    let bys: Vec<(String, String)> = ["department", "topic", "channel", "term"]
        .map(|code| (code.to_string(), cx.word("reports.by", code).into_owned()))
        .into();
    let sources: Vec<(String, String)> = std::iter::once((String::new(), cx.t("reports.source.all").into_owned()))
        .chain(Source::ALL.iter().map(|s| (s.code().to_string(), cx.word("cases.rated.source", s.code()).into_owned())))
        .collect();
    view! {
        <form method="get" action="/desk/reports/rates" class="form-grid">
            {field::line(cx, &state, "from", "reports.from", line)}
            {field::line(cx, &state, "to", "reports.to", line)}
            {field::filter(cx, "by", "reports.by", &bys, if by_term { "term" } else { by.code() })}
            {field::filter(cx, "source", "reports.source", &sources, source.map_or("", Source::code))}
            <p class="button-row"><button class="button" type="submit">{cx.t("reports.show")}</button></p>
        </form>
    }
    .into_any()
}

/// A rate whose two numbers open their cases.
pub fn rate_cell(cx: &Cx, row: &Row<'_>, of: Measure, all: Measure) -> AnyView {
    let rate = row.choice.rate(of, all, row.facts, cx.now);
    if rate.all == 0 {
        return view! { "—" }.into_any();
    }
    let link = |measure| address::cases(row.period, measure, &row.choice, actions::SHORT);
    let (of_href, all_href) = (link(of), link(all));
    view! { <b>{percent(rate)}</b>" "<small><a href=of_href>{rate.of}</a>"/"<a href=all_href>{rate.all}</a></small> }
        .into_any()
}

/// A number that opens its cases.
pub fn number_cell(cx: &Cx, row: &Row<'_>, measure: Measure, short: usize) -> AnyView {
    let n = row.choice.count(measure, row.facts, cx.now);
    if n == 0 {
        return view! { "0" }.into_any();
    }
    let href = address::cases(row.period, measure, &row.choice, short);
    view! { <a href=href>{n}</a> }.into_any()
}

fn table(cx: &Cx, rows: &[Row<'_>]) -> AnyView {
    let head = RATES
        .iter()
        .map(|(of, _)| view! { <th class="num">{cx.word("reports.rate_of", of.code())}</th> })
        .collect_view();
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
            view! {
                <tr>
                    <td class="title">{name}</td>
                    <td class="num" data-label=cx.t("reports.received")>{number_cell(cx, row, Measure::Received, 0)}</td>
                    {rates}
                    <td class="num" data-label=cx.t("reports.silent")>{number_cell(cx, row, Measure::Silent, 0)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="table-scroll" role="region" tabindex="0" aria-label=cx.t("reports.numbers")>
            <table class="table numbers">
                <thead><tr><th class="title">{cx.t("reports.group")}</th><th class="num">{cx.t("reports.received")}</th>{head}<th class="num">{cx.t("reports.silent")}</th></tr></thead>
                <tbody>{body}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// The same as a file: numerators and denominators each in a column.
pub fn sheet_of(cx: &Cx, rows: &[Row<'_>]) -> Sheet {
    let measures = [
        Measure::Received,
        Measure::Answered,
        Measure::Judged,
        Measure::Contacted,
        Measure::Solved,
        Measure::Satisfied,
        Measure::Due,
        Measure::OnTime,
        Measure::Silent,
    ];
    let head = std::iter::once(cx.t("reports.group").into_owned())
        .chain(measures.iter().map(|m| cx.word("reports.measure", m.code()).into_owned()))
        .collect();
    let rows = rows
        .iter()
        .map(|row| {
            let numbers = measures.iter().map(|m| Cell::Number(row.choice.count(*m, row.facts, cx.now)));
            std::iter::once(Cell::Words(row.name.clone())).chain(numbers).collect()
        })
        .collect();
    Sheet { title: cx.t("reports.rates").into_owned(), head, rows }
}

/// A rate alone, for those who only read.
pub fn plain(rate: Rate) -> String {
    if rate.all == 0 { "—".into() } else { format!("{}（{}/{}）", percent(rate), rate.of, rate.all) }
}
