//! The report as a document: headings, paragraphs, tables. Paper, DOCX and the page show the same.

use crate::{
    board::suppress::{Cell, Published, SMALLEST},
    http::Cx,
    reports::{
        model::Rate,
        pages::rates::plain,
        paper::{Line, Numbers, Paper},
    },
    ui::time,
};

/// A part of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading: 一、…
    Heading(String),
    /// A paragraph.
    Paragraph(String),
    /// A table: names of columns, rows.
    Table(Vec<String>, Vec<Vec<String>>),
}

/// A document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Who issues it, for the red head.
    pub issuer: String,
    /// Its title.
    pub title: String,
    /// The line below: days, and date and hash once it is issued.
    pub under: String,
    /// What it says.
    pub blocks: Vec<Block>,
    /// Who signs, and when.
    pub signature: Vec<String>,
}

/// The document of a report. `public`: what may be published (promise 11): no number below 5, none that could be worked
/// out, and nothing by department.
pub fn of(cx: &Cx, organization: &str, office: &str, paper: &Paper, public: bool) -> Document {
    let n = &paper.numbers;
    let days = cx
        .tf("reports.paper.days", &[("from", &paper.period.first.to_string()), ("to", &paper.period.last.to_string())]);
    let state = match (&paper.row.issued_at, &paper.row.hash) {
        (Some(at), Some(hash)) => cx
            .tf("reports.paper.issued", &[("day", &time::full_day(cx, *at)), ("hash", hash.get(..16).unwrap_or(hash))]),
        _ => cx.t("reports.paper.draft").into_owned(),
    };
    let mut blocks = Vec::new();
    let mut count = 0;
    let mut heading = |blocks: &mut Vec<Block>, key: &str| {
        count += 1;
        let number = cx.word("reports.paper.number", &count.to_string());
        blocks.push(Block::Heading(format!("{number}{}", cx.t(key))));
    };
    heading(&mut blocks, "reports.paper.overview");
    said(&mut blocks, &paper.texts.overview);
    if public {
        if let Some(published) = &n.public {
            public_numbers(cx, &mut blocks, published, n);
        }
    } else {
        blocks.push(Block::Paragraph(in_words(cx, n)));
        blocks.push(table(cx, "reports.by_channel", &n.channels));
        heading(&mut blocks, "reports.paper.matters");
        blocks.push(table(cx, "reports.by_topic", &n.topics));
        heading(&mut blocks, "reports.paper.departments");
        blocks.push(table(cx, "reports.by_department", &n.departments));
        heading(&mut blocks, "reports.paper.supervision");
        blocks.push(Block::Paragraph(supervision(cx, n)));
        heading(&mut blocks, "reports.paper.suggestions");
        blocks.push(Block::Paragraph(suggestions(cx, n)));
        said(&mut blocks, &paper.texts.proposals);
    }
    heading(&mut blocks, "reports.paper.problems");
    said_or_none(cx, &mut blocks, &paper.texts.problems);
    heading(&mut blocks, "reports.paper.measures");
    said_or_none(cx, &mut blocks, &paper.texts.measures);
    let when = paper.row.issued_at.unwrap_or(cx.now);
    Document {
        issuer: organization.to_string(),
        title: paper.row.title.clone(),
        under: format!("{days} · {state}"),
        blocks,
        signature: vec![format!("{organization}{office}"), time::full_day(cx, when)],
    }
}

fn said(blocks: &mut Vec<Block>, text: &str) {
    let lines = text.lines().map(str::trim).filter(|l| !l.is_empty());
    blocks.extend(lines.map(|l| Block::Paragraph(l.to_string())));
}

fn said_or_none(cx: &Cx, blocks: &mut Vec<Block>, text: &str) {
    if text.trim().is_empty() {
        blocks.push(Block::Paragraph(cx.t("reports.paper.none").into_owned()));
    }
    said(blocks, text);
}

const fn rate(of: u64, all: u64) -> Rate {
    Rate { of, all }
}

fn in_words(cx: &Cx, n: &Numbers) -> String {
    let all = &n.all;
    let days = |hours: Option<i64>| hours.map_or_else(|| "—".into(), |h| format!("{}.{}", h / 24, h % 24 * 10 / 24));
    cx.tf(
        "reports.paper.words",
        &[
            ("received", &all.received.to_string()),
            ("answered", &all.answered.to_string()),
            ("declined", &n.declined.to_string()),
            ("transferred", &n.transferred.to_string()),
            ("late", &all.late.to_string()),
            ("on_time", &plain(rate(all.on_time, all.due))),
            ("contacted", &plain(rate(all.contacted, all.judged))),
            ("solved", &plain(rate(all.solved, all.judged))),
            ("satisfied", &plain(rate(all.satisfied, all.judged))),
            ("silent", &all.silent.to_string()),
            ("median", &days(n.hours.0)),
            ("p90", &days(n.hours.1)),
        ],
    )
}

fn supervision(cx: &Cx, n: &Numbers) -> String {
    let orders: Vec<String> =
        n.orders.iter().map(|(level, n)| format!("{} {n}", cx.word("supervision.level", level))).collect();
    let orders = if orders.is_empty() { "0".to_string() } else { orders.join("、") };
    cx.tf(
        "reports.paper.supervised",
        &[
            ("assigned", &n.assigned.to_string()),
            ("returned", &n.returned.0.to_string()),
            ("upheld", &n.returned.1.to_string()),
            ("reopened", &n.reopened.to_string()),
            ("overdue", &(n.all.due - n.all.on_time.min(n.all.due)).to_string()),
            ("cases", &n.supervised.to_string()),
            ("orders", &orders),
        ],
    )
}

fn suggestions(cx: &Cx, n: &Numbers) -> String {
    cx.tf(
        "reports.paper.adopted",
        &[
            ("adopted", &n.suggestions.0.to_string()),
            ("partly", &n.suggestions.1.to_string()),
            ("declined", &n.suggestions.2.to_string()),
            ("letter_adopted", &n.letters.0.to_string()),
            ("letter_partly", &n.letters.1.to_string()),
            ("letter_declined", &n.letters.2.to_string()),
        ],
    )
}

/// Columns of the tables.
fn head(cx: &Cx, first: &str) -> Vec<String> {
    [
        first,
        "reports.received",
        "reports.answered",
        "reports.on_time",
        "reports.late",
        "reports.solved",
        "reports.satisfied",
        "reports.silent",
    ]
    .map(|key| cx.t(key).into_owned())
    .into()
}

fn table(cx: &Cx, first: &str, lines: &[Line]) -> Block {
    let rows = lines
        .iter()
        .map(|l| {
            vec![
                l.name.clone(),
                l.received.to_string(),
                l.answered.to_string(),
                plain(rate(l.on_time, l.due)),
                l.late.to_string(),
                plain(rate(l.solved, l.judged)),
                plain(rate(l.satisfied, l.judged)),
                l.silent.to_string(),
            ]
        })
        .collect();
    Block::Table(head(cx, first), rows)
}

fn cell(cx: &Cx, cell: Cell) -> String {
    match cell {
        Cell::Exact(n) => n.to_string(),
        Cell::Few => cx.tf("reports.paper.few", &[("count", &SMALLEST.to_string())]),
        Cell::AtLeast(n) => cx.tf("reports.paper.at_least", &[("count", &n.to_string())]),
        Cell::Untold => "—".into(),
    }
}

fn public_numbers(cx: &Cx, blocks: &mut Vec<Block>, published: &Published<usize>, n: &Numbers) {
    let words = [
        ("reports.received", published.received),
        ("reports.answered", published.answered),
        ("reports.late", published.overdue),
    ];
    let words: Vec<String> = words.iter().map(|(key, n)| format!("{} {}", cx.t(key), cell(cx, *n))).collect();
    blocks.push(Block::Paragraph(format!("{}{}", words.join("，"), cx.t("reports.paper.stop"))));
    if published.lines.is_empty() {
        return;
    }
    let name = |topic: Option<usize>| {
        let known = topic.and_then(|t| n.topics.get(t)).map(|l| l.name.clone());
        known.unwrap_or_else(|| cx.t("reports.paper.others").into_owned())
    };
    let told = |n: Option<u64>| n.map_or_else(|| "—".into(), |n| n.to_string());
    let rows = published.lines.iter().map(|l| vec![name(l.topic), l.received.to_string(), told(l.answered)]).collect();
    let head = ["reports.by_topic", "reports.received", "reports.answered"].map(|key| cx.t(key).into_owned());
    blocks.push(Block::Table(head.into(), rows));
}
