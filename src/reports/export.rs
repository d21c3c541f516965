//! The report as a file: one row a group.

use axum::body::Body;
use rust_xlsxwriter::{Workbook, XlsxError};

use crate::{
    cases::export::csv_line,
    error::{Error, Result},
    http::{Cx, Req, Response, respond::download},
    reports::{
        model::{Numbers, Rate, Report},
        pages::Names,
    },
};

pub use crate::cases::export::Format;

/// Columns of the file.
const COLUMNS: [&str; 13] = [
    "reports.group",
    "reports.received",
    "reports.answered",
    "reports.open",
    "reports.late",
    "reports.column.due",
    "reports.column.on_time",
    "reports.column.judged",
    "reports.column.solved",
    "reports.column.satisfied",
    "reports.silent",
    "reports.column.median_hours",
    "reports.column.p90_hours",
];

/// A cell: words or a number.
enum Cell {
    Words(String),
    Number(i64),
    Nothing,
}

/// The file.
pub async fn file(req: &Req, report: &Report, names: &Names, format: Format) -> Result<Response> {
    let rows = rows(&req.cx, report, names);
    let head = COLUMNS.map(|key| req.cx.t(key).into_owned());
    match format {
        Format::Csv => {
            let mut text = String::from("\u{FEFF}");
            text.push_str(&csv_line(head));
            for row in rows {
                text.push_str(&csv_line(row.map(|cell| match cell {
                    Cell::Words(words) => words,
                    Cell::Number(n) => n.to_string(),
                    Cell::Nothing => String::new(),
                })));
            }
            Ok(download("text/csv; charset=utf-8", "report.csv", Body::from(text)))
        }
        Format::Xlsx => {
            let built = tokio::task::spawn_blocking(move || workbook(&head, &rows)).await.map_err(Error::internal)?;
            let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
            Ok(download(kind, "report.xlsx", Body::from(built.map_err(Error::internal)?)))
        }
    }
}

fn workbook(head: &[String; 13], rows: &[[Cell; 13]]) -> std::result::Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_freeze_panes(1, 1)?;
    for (column, name) in (0..).zip(head) {
        sheet.write_string(0, column, name)?;
    }
    for (at, row) in (1..).zip(rows) {
        for (column, cell) in (0..).zip(row) {
            match cell {
                Cell::Words(words) => sheet.write_string(at, column, words)?,
                Cell::Number(n) => sheet.write_number(at, column, *n as f64)?,
                Cell::Nothing => sheet,
            };
        }
    }
    book.save_to_buffer()
}

fn rows(cx: &Cx, report: &Report, names: &Names) -> Vec<[Cell; 13]> {
    let mut rows = vec![row(cx.t("reports.column.all").into_owned(), &report.all)];
    rows.extend(report.departments.iter().map(|(key, n)| row(names.department(key), n)));
    rows.extend(report.topics.iter().map(|(key, n)| row(names.topic(key), n)));
    rows.extend(report.channels.iter().map(|(key, n)| row(names.channel(key), n)));
    rows
}

fn row(name: String, n: &Numbers) -> [Cell; 13] {
    let count = |n: u64| Cell::Number(i64::try_from(n).unwrap_or(i64::MAX));
    let of = |rate: Rate| count(rate.of);
    let hours = |percent| n.hours(percent).map_or(Cell::Nothing, Cell::Number);
    [
        Cell::Words(name),
        count(n.received),
        count(n.answered),
        count(n.open),
        count(n.late),
        count(n.on_time.all),
        of(n.on_time),
        count(n.solved.all),
        of(n.solved),
        of(n.satisfied),
        count(n.silent),
        hours(50),
        hours(90),
    ]
}
