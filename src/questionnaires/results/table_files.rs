//! Results as files: one row an answer, and yet no row is a person. Each column holds what the tables tell of its question, in an
//! order of its own, so that the file says nothing that the pages don't.

use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};

use crate::{
    error::{Error, Result},
    http::Cx,
    kernel::random::{self, Random},
    questionnaires::results::{
        actions::Results,
        fields::{Field, Outline},
        publish::Stage,
        words,
    },
};

/// The mark by which Excel knows that the text is UTF-8.
const BYTE_ORDER_MARK: &str = "\u{FEFF}";

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The name of the answer.
    pub name: String,
    /// What is asked.
    pub title: String,
    /// Labels and codes, one an answer that was counted; empty where nothing is told.
    pub cells: Vec<(String, String)>,
    /// What codes mean.
    pub codes: Vec<(String, String)>,
}

/// The columns of the results; `texts` gives the words of the texts of a name that may be told.
pub fn columns(cx: &Cx, of: &Results, random: &dyn Random, texts: impl Fn(&str) -> Vec<String>) -> Vec<Column> {
    of.outline
        .fields
        .iter()
        .map(|field| {
            let mut cells: Vec<(String, String)> = Vec::new();
            let told_texts = texts(&field.name);
            if told_texts.is_empty() {
                of.tables.iter().for_each(|stage| cells.extend(told(cx, &of.outline, field, stage)));
            } else {
                cells.extend(told_texts.into_iter().map(|t| (t.clone(), t)));
            }
            cells.resize(usize::try_from(of.counted()).unwrap_or(0), (String::new(), String::new()));
            shuffle(&mut cells, random);
            let question = of.outline.questions.get(field.question);
            let code = |code: &String| {
                let label = question.map_or_else(String::new, |q| words::cell(cx, q, field, code));
                (if code.is_empty() { "-".to_string() } else { code.clone() }, label)
            };
            Column {
                name: column_name(field),
                title: words::field(cx, &of.outline, field),
                cells,
                codes: field.cells.iter().map(code).collect(),
            }
        })
        .collect()
}

fn column_name(field: &Field) -> String {
    match &field.shape {
        crate::questionnaires::results::fields::Shape::Chosen(code) => format!("{}.{code}", field.name),
        _ => field.name.clone(),
    }
}

/// What a stage tells of a field, one entry a person.
fn told(cx: &Cx, outline: &Outline, field: &Field, stage: &Stage) -> Vec<(String, String)> {
    let at = stage.outline.fields.iter().position(|f| f.name == field.name && f.shape == field.shape);
    let told = at.and_then(|at| stage.fields.get(at)).and_then(Option::as_ref);
    let question = outline.questions.get(field.question);
    let Some((told, question)) = told.zip(question) else { return Vec::new() };
    told.groups
        .iter()
        .flat_map(|group| {
            let label = words::group(cx, question, field, group);
            let codes: Vec<&str> = group.cells.iter().map(|c| if c.is_empty() { "-" } else { c }).collect();
            std::iter::repeat_n((label, codes.join("/")), usize::try_from(group.n).unwrap_or(0))
        })
        .collect()
}

/// An order that says nothing.
fn shuffle<T>(items: &mut [T], random: &dyn Random) {
    for last in (1..items.len()).rev() {
        let at = u64::from_le_bytes(random::bytes::<8>(random)) % (last as u64 + 1);
        items.swap(last, usize::try_from(at).unwrap_or(0));
    }
}

/// The labels as CSV.
pub fn csv(columns: &[Column]) -> String {
    let mut text = BYTE_ORDER_MARK.to_string();
    let line = |cells: Vec<String>| cells.join(",") + "\r\n";
    text += &line(columns.iter().map(|c| cell(&c.title)).collect());
    for row in 0..columns.first().map_or(0, |c| c.cells.len()) {
        text += &line(columns.iter().map(|c| cell(c.cells.get(row).map_or("", |(label, _)| label))).collect());
    }
    text
}

/// A cell that is text and stays text (promise 23; OWASP, CSV Injection): always quoted, an apostrophe before what a
/// spreadsheet would take for a formula.
fn cell(text: &str) -> String {
    let first = text.trim_start_matches([' ', '\u{3000}', '\u{FEFF}']).chars().next();
    let defused = matches!(first, Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '\t' | '\r' | '\n'));
    format!("\"{}{}\"", if defused { "'" } else { "" }, text.replace('"', "\"\""))
}

/// Names of the three sheets, and the headings of the third.
pub struct Sheets {
    /// Labels, codes, code book.
    pub names: [String; 3],
    /// Column, question, code, label.
    pub headings: [String; 4],
}

/// Labels, codes and the code book as a workbook. Every cell is written as a string, so that none is a formula.
///
/// # Errors
/// When the workbook can't be written.
pub fn xlsx(columns: &[Column], sheets: &Sheets) -> Result<Vec<u8>> {
    workbook(columns, sheets).map_err(Error::internal)
}

/// Most characters of a cell of a workbook.
const MOST_CHARS: usize = 32_767;

fn put(sheet: &mut Worksheet, row: usize, column: usize, text: &str) -> std::result::Result<(), XlsxError> {
    if text.is_empty() {
        return Ok(());
    }
    let row = u32::try_from(row).map_err(|_| XlsxError::RowColumnLimitError)?;
    let column = u16::try_from(column).map_err(|_| XlsxError::RowColumnLimitError)?;
    let text: String = text.chars().take(MOST_CHARS).collect();
    sheet.write_string(row, column, text).map(|_| ())
}

fn workbook(columns: &[Column], sheets: &Sheets) -> std::result::Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    for (kind, name) in sheets.names.iter().take(2).enumerate() {
        let sheet = book.add_worksheet_with_constant_memory()?.set_name(name)?;
        for (at, column) in columns.iter().enumerate() {
            put(sheet, 0, at, if kind == 0 { &column.title } else { &column.name })?;
        }
        for row in 0..columns.first().map_or(0, |c| c.cells.len()) {
            for (at, (label, code)) in columns.iter().enumerate().filter_map(|(at, c)| Some((at, c.cells.get(row)?))) {
                put(sheet, row + 1, at, if kind == 0 { label } else { code })?;
            }
        }
    }
    let sheet = book.add_worksheet().set_name(&sheets.names[2])?;
    for (at, heading) in sheets.headings.iter().enumerate() {
        put(sheet, 0, at, heading)?;
    }
    let lines = columns.iter().flat_map(|c| c.codes.iter().map(move |(code, label)| [&c.name, &c.title, code, label]));
    for (row, line) in lines.enumerate() {
        for (at, text) in line.iter().enumerate() {
            put(sheet, row + 1, at, text)?;
        }
    }
    book.save_to_buffer()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::random::SeededRandom;

    #[test]
    fn nothing_that_was_sent_becomes_a_formula() {
        for text in ["=1+1", "+86", "-1", "@SUM(A1)", "\t=1", " =1", "＝1"] {
            assert_eq!(cell(text), format!("\"'{text}\""));
        }
        let column = Column {
            name: "q".into(),
            title: "=A1".into(),
            cells: vec![("=1+1".into(), "a".into()); 3],
            codes: vec![("a".into(), "=2".into())],
        };
        let sheets =
            Sheets { names: ["一", "二", "三"].map(String::from), headings: ["a", "b", "c", "d"].map(String::from) };
        assert!(xlsx(&[column], &sheets).unwrap().starts_with(b"PK"));
    }

    #[test]
    fn an_order_of_its_own_keeps_everything() {
        let mut items: Vec<u32> = (0..100).collect();
        shuffle(&mut items, &SeededRandom::new(3));
        assert_ne!(items, (0..100).collect::<Vec<_>>());
        items.sort_unstable();
        assert_eq!(items, (0..100).collect::<Vec<_>>());
    }
}
