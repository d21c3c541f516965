//! A table as a file: comma-separated, or a workbook with numbers as numbers.

use axum::body::Body;
use rust_xlsxwriter::{Workbook, XlsxError};

use crate::{
    cases::export::{Format, csv_line},
    error::{Error, Result},
    http::{Response, respond::download},
};

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Words.
    Words(String),
    /// A number.
    Number(u64),
    /// A number with a point, as it is written: money.
    Decimal(String),
}

/// A table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Its title; names the sheet of a workbook.
    pub title: String,
    /// Names of the columns.
    pub head: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
}

/// Tables as a file: one below the other, or a sheet each.
pub async fn file(name: &str, sheets: Vec<Sheet>, format: Format) -> Result<Response> {
    match format {
        Format::Csv => {
            let mut text = String::from("\u{FEFF}");
            for (i, sheet) in sheets.into_iter().enumerate() {
                if i > 0 {
                    text.push_str(&csv_line([sheet.title]));
                }
                text.push_str(&csv_line(sheet.head));
                for row in sheet.rows {
                    text.push_str(&csv_line(row.into_iter().map(|cell| match cell {
                        Cell::Words(words) | Cell::Decimal(words) => words,
                        Cell::Number(n) => n.to_string(),
                    })));
                }
            }
            Ok(download("text/csv; charset=utf-8", &format!("{name}.csv"), Body::from(text)))
        }
        Format::Xlsx => {
            let built = tokio::task::spawn_blocking(move || workbook(&sheets)).await.map_err(Error::internal)?;
            let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
            Ok(download(kind, &format!("{name}.xlsx"), Body::from(built.map_err(Error::internal)?)))
        }
    }
}

fn workbook(sheets: &[Sheet]) -> std::result::Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let money = rust_xlsxwriter::Format::new().set_num_format("0.00");
    for one in sheets {
        let sheet = book.add_worksheet();
        // A sheet's name takes 31 characters.
        sheet.set_name(one.title.chars().filter(|c| !"[]:*?/\\".contains(*c)).take(31).collect::<String>())?;
        sheet.set_freeze_panes(1, 1)?;
        for (column, name) in (0..).zip(&one.head) {
            sheet.write_string(0, column, name)?;
        }
        for (at, row) in (1..).zip(&one.rows) {
            for (column, cell) in (0..).zip(row) {
                match cell {
                    Cell::Words(words) => sheet.write_string(at, column, words)?,
                    Cell::Number(n) => sheet.write_number(at, column, *n as f64)?,
                    Cell::Decimal(text) => match text.parse::<f64>() {
                        Ok(n) => sheet.write_number_with_format(at, column, n, &money)?,
                        Err(_) => sheet.write_string(at, column, text)?,
                    },
                };
            }
        }
    }
    book.save_to_buffer()
}
