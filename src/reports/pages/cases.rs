//! `GET /desk/reports/cases`: the cases that one number counts; as a file with `?format=csv` or `xlsx`.

use leptos::prelude::*;

use crate::{
    cases::export::Format,
    error::{Error, Result},
    http::{Cx, Req, Response},
    organizations,
    reports::{
        actions, address,
        measure::Measure,
        model::Fact,
        pages::Names,
        period::Period,
        sheet::{self, Cell, Sheet},
    },
    ui::{self, back, desk_page, time},
};

/// Cases that the page shows; the files have all of them.
const SHOWN: usize = 200;

/// `GET /desk/reports/cases`.
pub async fn page(req: Req) -> Result<Response> {
    let (cx, actor) = (&req.cx, req.actor()?);
    let measure = Measure::parse(req.query.text("measure")).ok_or(Error::NotFound)?;
    let period = Period::parse(&req.query, time::date(cx.now));
    let choice = address::choice(&req.query);
    let short = super::short(&req);
    let mut c = req.app.db.read().await?;
    let mut facts = actions::facts(&mut c, &actor, period, short).await?;
    let topics = organizations::actions::all_topics(&mut c, actor.organization_id).await?;
    drop(c);
    facts.retain(|fact| choice.counts(measure, fact, cx.now));
    facts.sort_by_key(|fact| std::cmp::Reverse(fact.received_at));
    let names = Names::of(cx, &topics, &actor.organization_name);
    if let Some(format) = req.query.optional("format") {
        let format = Format::parse(format).ok_or(Error::NotFound)?;
        return sheet::file("cases", vec![sheet_of(cx, &names, measure, &facts)], format).await;
    }
    let title = cx.word("reports.measure", measure.code());
    let words = [
        choice.department.as_deref().map(|d| names.department(d)),
        choice.topic.as_deref().map(|t| names.topic(t)),
        choice.channel.as_deref().map(|t| names.channel(t)),
        choice.place.clone(),
        choice.source.map(|s| cx.word("cases.rated.source", s.code()).into_owned()),
    ];
    let words: Vec<String> =
        std::iter::once(format!("{} – {}", period.first, period.last)).chain(words.into_iter().flatten()).collect();
    let here = address::cases(period, measure, &choice, short);
    let main = view! {
        {back::link("/desk/reports", cx.t("reports.title"))}
        <header class="page-head"><h1>{title.clone()}" · "{facts.len()}</h1></header>
        <p>{words.join(" · ")}</p>
        {table(cx, &names, &facts)}
        {super::files(cx, &here)}
    };
    Ok(ui::respond(&req.app, cx, desk_page::admin_page(cx, title, main)).await)
}

fn table(cx: &Cx, names: &Names, facts: &[Fact]) -> AnyView {
    if facts.is_empty() {
        return view! { <p class="hint">{cx.t("reports.cases.none")}</p> }.into_any();
    }
    let rows = facts
        .iter()
        .take(SHOWN)
        .map(|fact| {
            let (href, number) = (format!("/desk/cases/{}", fact.number), fact.number.clone());
            let title = if fact.place.is_empty() {
                names.topic(&fact.topic)
            } else {
                format!("{} · {}", names.topic(&fact.topic), fact.place)
            };
            view! {
                <tr>
                    <td class="title"><a href=href>{title}</a><small><span class="case-number">{number}</span></small></td>
                    <td data-label=cx.t("reports.department")>{names.department(&fact.department)}</td>
                    <td data-label=cx.t("reports.state")>{cx.word("cases.state", fact.state.code())}</td>
                    <td data-label=cx.t("reports.received")>{time::day(cx, fact.received_at)}</td>
                    <td data-label=cx.t("reports.answered")>{fact.answered_at.map_or_else(|| "—".into(), |at| time::day(cx, at))}</td>
                    <td data-label=cx.t("reports.said")>{said(cx, fact)}</td>
                </tr>
            }
        })
        .collect_view();
    let more = (facts.len() > SHOWN).then(|| view! { <p class="hint">{cx.t("reports.cases.more")}</p> });
    view! {
        <table class="table">
            <thead><tr>
                <th>{cx.t("reports.case")}</th><th>{cx.t("reports.department")}</th><th>{cx.t("reports.state")}</th>
                <th>{cx.t("reports.received")}</th><th>{cx.t("reports.answered")}</th><th>{cx.t("reports.said")}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table>
        {more}
    }
    .into_any()
}

/// What the submitter said, in words.
fn said(cx: &Cx, fact: &Fact) -> String {
    let Some(j) = fact.judged else { return "—".into() };
    [
        cx.t(if j.contacted { "cases.rated.contacted" } else { "cases.rated.not_contacted" }),
        cx.t(if j.solved { "cases.rated.solved" } else { "cases.rated.not_solved" }),
        cx.t(if j.satisfied { "cases.rated.satisfied" } else { "cases.rated.not_satisfied" }),
        cx.word("cases.rated.source", j.source.code()),
    ]
    .join(" · ")
}

fn sheet_of(cx: &Cx, names: &Names, measure: Measure, facts: &[Fact]) -> Sheet {
    let head = [
        "reports.case",
        "reports.by_topic",
        "reports.place",
        "reports.department",
        "reports.by_channel",
        "reports.state",
        "reports.received",
        "reports.answered",
        "reports.said",
    ];
    let day = |at: chrono::DateTime<chrono::Utc>| time::date(at).to_string();
    Sheet {
        title: cx.word("reports.measure", measure.code()).into_owned(),
        head: head.iter().map(|key| cx.t(key).into_owned()).collect(),
        rows: facts
            .iter()
            .map(|fact| {
                [
                    fact.number.clone(),
                    names.topic(&fact.topic),
                    fact.place.clone(),
                    names.department(&fact.department),
                    names.channel(&fact.channel),
                    cx.word("cases.state", fact.state.code()).into_owned(),
                    day(fact.received_at),
                    fact.answered_at.map(day).unwrap_or_default(),
                    said(cx, fact),
                ]
                .map(Cell::Words)
                .into()
            })
            .collect(),
    }
}
