//! `/desk/reports/term`: reports of a term or a year: begun, written at, issued; as DOCX, CSV, XLSX.

use axum::{body::Body, http::StatusCode};
use leptos::prelude::*;

use crate::{
    cases::export::Format,
    error::{Error, Result},
    http::{Cx, Form, Req, Response, respond},
    kernel::{
        ids::TermReportId,
        roles::Role,
        text::{char_count, normalize_line, normalize_text},
    },
    reports::{
        document::{Block, Document},
        docx,
        pages::print::document_of,
        paper::{self, Paper, Texts},
        period::Period,
        sheet::{self, Cell, Sheet},
        terms,
    },
    ui::{
        self, FormState, back, desk_page,
        field::{self, Line},
        time,
    },
};

const HERE: &str = "/desk/reports/term";
/// Most characters of a title.
const MAX_TITLE: usize = 60;
/// Most characters of a text.
const MAX_TEXT: usize = 4_000;
/// The texts: the field, the key of its label, the key of its hint.
const TEXTS: [(&str, &str, &str); 4] = [
    ("overview", "reports.paper.overview", "reports.paper.overview_hint"),
    ("problems", "reports.paper.problems", "reports.paper.problems_hint"),
    ("proposals", "reports.paper.proposals", "reports.paper.proposals_hint"),
    ("measures", "reports.paper.measures", "reports.paper.measures_hint"),
];

/// `GET /desk/reports/term`.
pub async fn list(req: Req) -> Result<Response> {
    all(&req, &FormState::default(), StatusCode::OK).await
}

/// `POST /desk/reports/term`: begins one.
pub async fn begin(req: Req) -> Result<Response> {
    let mut state = FormState::of(req.form.clone());
    let title = title_of(&mut state);
    let day = |field: &str| req.form.text(field).trim().parse::<chrono::NaiveDate>().ok();
    let days = day("from").zip(day("to")).filter(|(from, to)| from < to && (*to - *from).num_days() <= 366);
    if days.is_none() {
        state.error("to", "reports.error.term_days");
    }
    match days {
        Some((first, last)) if state.is_ok() => {
            let id = paper::begin(&req.app, &*req.actor()?, &title, Period { first, last }).await?;
            Ok(respond::see_other(&format!("{HERE}/{id}")))
        }
        _ => all(&req, &state, StatusCode::UNPROCESSABLE_ENTITY).await,
    }
}

fn title_of(state: &mut FormState) -> String {
    let title = normalize_line(state.values.text("title"));
    if title.is_empty() || char_count(&title) > MAX_TITLE {
        state.error_with("title", "reports.error.title", &[("max", MAX_TITLE.to_string())]);
    }
    title
}

async fn all(req: &Req, state: &FormState, status: StatusCode) -> Result<Response> {
    let (cx, actor) = (&req.cx, req.actor()?);
    let mut c = req.app.db.read().await?;
    let reports = paper::list(&mut c, &actor).await?;
    let terms = terms::kept(&mut c, cx, &actor).await?;
    drop(c);
    let rows = reports
        .iter()
        .map(|row| {
            let (title, href) = (row.title.clone(), format!("{HERE}/{}", row.id));
            let state = match row.issued_at {
                Some(at) => cx.tf("reports.paper.issued_on", &[("day", &time::day(cx, at))]),
                None => cx.t("reports.paper.draft").into_owned(),
            };
            let days = format!("{} – {}", row.first_day, row.last_day);
            view! { <tr><td class="title"><a href=href>{title}</a></td><td data-label=cx.t("reports.days_of")>{days}</td>
                <td data-label=cx.t("reports.state")>{state}</td></tr> }
        })
        .collect_view();
    let mut state = state.clone();
    if let Some(term) = terms.first().filter(|_| state.is_ok()) {
        let title =
            cx.tf("reports.paper.title_of", &[("organization", &actor.organization_name), ("term", &term.name)]);
        let days = (term.period.first.to_string(), term.period.last.to_string());
        state = FormState::of(Form::from_pairs([("title", title), ("from", days.0), ("to", days.1)]));
    }
    let day = Line { kind: "date", autocomplete: "off", required: true, ..Line::default() };
    let title = Line { max: MAX_TITLE, required: true, autocomplete: "off", ..Line::default() };
    let main = view! {
        {back::link("/desk/reports", cx.t("reports.title"))}
        <header class="page-head"><h1>{cx.t("reports.papers")}</h1>
            <a class="button quiet" href="/desk/reports/terms">{cx.t("reports.terms")}</a></header>
        <p>{cx.t("reports.papers.lead")}</p>
        {field::error_summary(cx, &state)}
        {(!reports.is_empty()).then(|| view! {
            <table class="table"><thead><tr><th>{cx.t("reports.papers")}</th><th>{cx.t("reports.days_of")}</th><th>{cx.t("reports.state")}</th></tr></thead>
                <tbody>{rows}</tbody></table>
        })}
        {(actor.role == Role::Office).then(|| view! {
            <h2>{cx.t("reports.paper.begin")}</h2>
            <form method="post" action=HERE>
                {field::token(cx)}
                {field::line(cx, &state, "title", "reports.paper.title", title)}
                <div class="form-grid">
                    {field::line(cx, &state, "from", "reports.from", day)}
                    {field::line(cx, &state, "to", "reports.to", day)}
                </div>
                <p class="hint">{cx.t("reports.paper.year_hint")}</p>
                <p class="button-row"><button class="button main" type="submit">{cx.t("reports.paper.begin")}</button></p>
            </form>
        })}
    };
    let page = desk_page::admin_page(cx, cx.t("reports.papers"), main).status(status);
    Ok(ui::respond(&req.app, cx, page).await)
}

/// `GET /desk/reports/term/{id}`; as a file with `?format=docx`, `csv` or `xlsx`.
pub async fn page(req: Req) -> Result<Response> {
    let (paper, document) = document_of(&req).await?;
    match req.query.optional("format") {
        None => show(&req, &paper, &document, FormState::of(values(&paper)), StatusCode::OK).await,
        Some("docx") => {
            let bytes = docx::bytes(&document).map_err(Error::internal)?;
            Ok(respond::download(docx::KIND, "report.docx", Body::from(bytes)))
        }
        Some(format) => {
            let format = Format::parse(format).ok_or(Error::NotFound)?;
            sheet::file("report", sheets(&document), format).await
        }
    }
}

/// The tables of a document.
fn sheets(document: &Document) -> Vec<Sheet> {
    let tables = document.blocks.iter().filter_map(|block| match block {
        Block::Table(head, rows) => Some((head, rows)),
        _ => None,
    });
    let cell = |text: &String| text.parse().map_or_else(|_| Cell::Words(text.clone()), Cell::Number);
    tables
        .map(|(head, rows)| Sheet {
            title: head.first().cloned().unwrap_or_default(),
            head: head.clone(),
            rows: rows.iter().map(|row| row.iter().map(cell).collect()).collect(),
        })
        .collect()
}

/// `POST /desk/reports/term/{id}`: saves, or issues with `do=issue`.
pub async fn save(req: Req) -> Result<Response> {
    let (cx, actor) = (&req.cx, req.actor()?);
    let id = TermReportId::parse(req.param("id")).ok_or(Error::NotFound)?;
    let mut state = FormState::of(req.form.clone());
    let title = title_of(&mut state);
    let mut text = |field: &'static str| {
        let clean = normalize_text(state.values.text(field));
        if char_count(&clean) > MAX_TEXT {
            state.error_with(field, "reports.error.text", &[("max", MAX_TEXT.to_string())]);
        }
        clean
    };
    let texts = Texts {
        overview: text("overview"),
        problems: text("problems"),
        proposals: text("proposals"),
        measures: text("measures"),
    };
    let version = req.form.text("version").parse().unwrap_or(-1);
    if state.is_ok() {
        let mut done = paper::save(&req.app, &actor, id, version, &title, &texts).await;
        if done.is_ok() && req.form.text("do") == "issue" {
            done = paper::issue(&req.app, cx, &actor, id, version + 1).await;
        }
        match done {
            Ok(()) => return Ok(respond::see_other(&format!("{HERE}/{id}"))),
            Err(Error::Conflict) => state.error("", "error.conflict"),
            Err(other) => return Err(other),
        }
    }
    let status = if state.message(cx, "").is_some() { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
    let (paper, document) = document_of(&req).await?;
    show(&req, &paper, &document, state, status).await
}

fn values(paper: &Paper) -> Form {
    let texts = &paper.texts;
    Form::from_pairs(
        [
            ("title", &paper.row.title),
            ("overview", &texts.overview),
            ("problems", &texts.problems),
            ("proposals", &texts.proposals),
            ("measures", &texts.measures),
        ]
        .map(|(k, v)| (k, v.clone())),
    )
}

async fn show(req: &Req, paper: &Paper, document: &Document, state: FormState, status: StatusCode) -> Result<Response> {
    let (cx, actor) = (&req.cx, req.actor()?);
    let here = format!("{HERE}/{}", paper.row.id);
    let issued = paper.row.issued_at.is_some();
    let title = paper.row.title.clone();
    let under = document.under.clone();
    let broken =
        (!paper::is_whole(&paper.row)).then(|| view! { <p class="banner late">{cx.t("reports.paper.broken")}</p> });
    let hash = paper.row.hash.clone().map(|hash| {
        let who = paper.row.issuer.clone();
        view! { <p class="hint">{cx.t("reports.paper.hash")}" "<code>{hash}</code>" · "{who}</p> }
    });
    let conflict = state.message(cx, "").map(|words| view! { <p class="banner warn">{words}</p> });
    let unsent = (issued && conflict.is_some()).then(|| field::unsent(cx, &state.values));
    let main = view! {
        {back::link(HERE, cx.t("reports.papers"))}
        <header class="page-head"><h1>{title.clone()}</h1></header>
        <p>{under}</p>
        {broken}{hash}{conflict}{unsent}
        <p class="button-row">
            <a class="button" href=format!("{here}/print")>{cx.t("supervision.print")}</a>
            <a class="button quiet" href=format!("{here}/print?public=1")>{cx.t("reports.paper.public")}</a>
            <a class="button quiet" href=format!("{here}?format=docx")>{cx.t("reports.paper.docx")}</a>
            <a class="button quiet" href=format!("{here}?format=xlsx")>{cx.t("desk_list.xlsx")}</a>
            <a class="button quiet" href=format!("{here}?format=csv")>{cx.t("desk_list.csv")}</a>
        </p>
        {(!issued && actor.role == Role::Office).then(|| editor(cx, &here, paper, &state))}
        {content(document)}
    };
    let page = desk_page::admin_page(cx, title, main).status(status);
    Ok(ui::respond(&req.app, cx, page).await)
}

fn editor(cx: &Cx, here: &str, paper: &Paper, state: &FormState) -> AnyView {
    let title = Line { max: MAX_TITLE, required: true, autocomplete: "off", ..Line::default() };
    let fields = FormState {
        values: state.values.clone(),
        errors: state.errors.iter().filter(|e| !e.field.is_empty()).cloned().collect(),
    };
    let texts = TEXTS
        .map(|(name, label, hint)| {
            let line = Line { max: MAX_TEXT, hint, ..Line::default() };
            field::text_area(cx, &fields, name, label, line)
        })
        .collect_view();
    view! {
        <section class="card">
            {field::error_summary(cx, &fields)}
            <form method="post" action=here.to_string()>
                {field::token(cx)}
                {field::hidden("version", paper.row.version.to_string())}
                {field::line(cx, &fields, "title", "reports.paper.title", title)}
                {texts}
                <p class="hint">{cx.t("reports.paper.issue_hint")}</p>
                <p class="button-row">
                    <button class="button main" type="submit" name="do" value="save">{cx.t("reports.paper.save")}</button>
                    <button class="button" type="submit" name="do" value="issue">{cx.t("reports.paper.issue")}</button>
                </p>
            </form>
        </section>
    }
    .into_any()
}

fn content(document: &Document) -> AnyView {
    let blocks = document
        .blocks
        .iter()
        .map(|block| match block {
            Block::Heading(text) => view! { <h2>{text.clone()}</h2> }.into_any(),
            Block::Paragraph(text) => view! { <p>{text.clone()}</p> }.into_any(),
            Block::Table(head, rows) => table(head, rows),
        })
        .collect_view();
    view! { <article>{blocks}</article> }.into_any()
}

fn table(head: &[String], rows: &[Vec<String>]) -> AnyView {
    let names = head.iter().map(|h| view! { <th>{h.clone()}</th> }).collect_view();
    let rows = rows
        .iter()
        .map(|row| {
            let cells = row
                .iter()
                .zip(head)
                .enumerate()
                .map(|(i, (cell, name))| {
                    let class = if i == 0 { "title" } else { "num" };
                    view! { <td class=class data-label=name.clone()>{cell.clone()}</td> }
                })
                .collect_view();
            view! { <tr>{cells}</tr> }
        })
        .collect_view();
    view! { <table class="table"><thead><tr>{names}</tr></thead><tbody>{rows}</tbody></table> }.into_any()
}
