//! A workbook. Every cell is text, written as such: nothing that was sent can become a formula (promise 23).

use axum::body::Body;
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use crate::{
    cases::export::{COLUMNS, Export, header},
    error::{Error, Result},
    http::{Response, respond::download},
};

/// Most rows that a sheet holds, its head included.
const MOST_ROWS: u32 = 1_048_576;
/// The widths of the columns, in characters.
const WIDTHS: [f64; COLUMNS] =
    [14.0, 10.0, 12.0, 16.0, 10.0, 10.0, 10.0, 14.0, 17.0, 17.0, 17.0, 17.0, 8.0, 8.0, 16.0, 80.0];

/// The file. Rows go to a temporary file while they are read, so that a large one does not fill the memory.
pub async fn respond(export: Export) -> Result<Response> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet_with_constant_memory().map_err(Error::internal)?;
    begin(sheet, &header(&export.cx)).map_err(Error::internal)?;
    let (mut at, mut rest) = (1, Some(export));
    while let Some(export) = rest {
        let (rows, left) = export.stretch().await?;
        for row in rows.iter().take(usize::try_from(MOST_ROWS - at).unwrap_or(0)) {
            write(sheet, at, row).map_err(Error::internal)?;
            at += 1;
        }
        rest = left.filter(|_| at < MOST_ROWS);
    }
    let bytes = tokio::task::spawn_blocking(move || book.save_to_buffer()).await;
    let bytes = bytes.map_err(Error::internal)?.map_err(Error::internal)?;
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    Ok(download(kind, "cases.xlsx", Body::from(bytes)))
}

fn begin(sheet: &mut Worksheet, names: &[String; COLUMNS]) -> std::result::Result<(), XlsxError> {
    for (column, width) in (0..).zip(WIDTHS) {
        sheet.set_column_width(column, width)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    let bold = Format::new().set_bold();
    for (column, name) in (0..).zip(names) {
        sheet.write_string_with_format(0, column, name, &bold)?;
    }
    Ok(())
}

fn write(sheet: &mut Worksheet, row: u32, cells: &[String; COLUMNS]) -> std::result::Result<(), XlsxError> {
    for (column, text) in (0..).zip(cells) {
        sheet.write_string(row, column, text)?;
    }
    Ok(())
}
