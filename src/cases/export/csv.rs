//! Comma-separated text, sent while it is read.
//!
//! Our own writer: a dozen columns in one place need no crate, and the rule against formulas stands beside the quoting.

use axum::body::Body;
use futures::stream;

use crate::{
    cases::export::{Export, header},
    error::Error,
    http::{Response, respond::download},
};

/// The mark by which Excel knows that the text is UTF-8.
const BYTE_ORDER_MARK: &str = "\u{FEFF}";

/// The file.
pub(super) fn respond(export: Export) -> Response {
    let head = format!("{BYTE_ORDER_MARK}{}", line(header(&export.cx)));
    let stretches = stream::try_unfold((Some(export), Some(head)), |(export, head)| async move {
        let Some(export) = export else { return Ok::<_, std::io::Error>(None) };
        let (rows, rest) = export.stretch().await.map_err(broken_off)?;
        let text: String = rows.into_iter().map(line).collect();
        Ok(Some((head.unwrap_or_default() + &text, (rest, None))))
    });
    download("text/csv; charset=utf-8", "cases.csv", Body::from_stream(stretches))
}

/// The connection is cut, so that a half file is not taken for a whole one.
fn broken_off(error: Error) -> std::io::Error {
    tracing::error!(name: "export.broken_off", ?error);
    std::io::Error::other("export broken off")
}

/// A line: cells that are text and stay text.
pub fn line(cells: impl IntoIterator<Item = String>) -> String {
    cells.into_iter().map(|text| cell(&text)).collect::<Vec<_>>().join(",") + "\r\n"
}

/// A cell that is text and stays text: what a spreadsheet would take for a formula gets an apostrophe before it, also
/// behind blanks (promise 23; OWASP, CSV Injection). Always quoted, so that nothing in it ends it.
fn cell(text: &str) -> String {
    let first = text.trim_start_matches([' ', '\u{3000}', '\u{FEFF}']).chars().next();
    let defused = matches!(first, Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '\t' | '\r' | '\n'));
    format!("\"{}{}\"", if defused { "'" } else { "" }, text.replace('"', "\"\""))
}

/// Reads a file back: the number of each line that has something, and its cells without blanks around them and without the
/// apostrophe that [`line`] puts before formulas. `None` when it is no UTF-8, as some spreadsheets save it.
pub fn read(bytes: &[u8]) -> Option<Vec<(u64, Vec<String>)>> {
    let text = std::str::from_utf8(bytes).ok()?.trim_start_matches(BYTE_ORDER_MARK);
    // One kind of line end, so that lines can be counted.
    let text = text.replace("\r\n", "\n").replace('\r', "\n") + "\n";
    let mut reader = ::csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let plain = |cell: &str| {
        let inner = cell.strip_prefix('\'').filter(|inner| self::cell(inner).starts_with("\"'"));
        inner.unwrap_or(cell).trim().to_string()
    };
    let (mut lines, mut record) = (Vec::new(), ::csv::StringRecord::new());
    while reader.read_record(&mut record).ok()? {
        let cells: Vec<String> = record.iter().map(plain).collect();
        let inside: usize = record.iter().map(|cell| cell.matches('\n').count()).sum();
        if cells.iter().any(|cell| !cell.is_empty()) {
            lines.push((reader.position().line().saturating_sub(1 + inside as u64), cells));
        }
    }
    Some(lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read_back_and_lines_are_counted_as_a_person_counts_them() {
        let rows = [["=1+1", "说\"好\"", "两\n行"], ["-", "'a", ""]];
        let text: String = rows.iter().map(|row| line(row.map(str::to_string))).collect();
        let read_back = read(format!("{BYTE_ORDER_MARK}{text}").as_bytes()).unwrap();
        assert_eq!(read_back, [(1, rows[0].map(str::to_string).to_vec()), (3, rows[1].map(str::to_string).to_vec())]);
        assert_eq!(
            read("a, b\r\n,,\r\n\r\nc".as_bytes()).unwrap().iter().map(|(at, _)| *at).collect::<Vec<_>>(),
            [1, 4]
        );
        assert_eq!(read(b"\xca\xb3\xcc\xc3"), None, "GBK");
    }

    #[test]
    fn nothing_that_was_sent_becomes_a_formula() {
        for text in ["=1+1", "+86", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", "\u{3000}=1"] {
            assert_eq!(cell(text), format!("\"'{text}\""));
        }
        assert_eq!(cell("汤 = 凉"), "\"汤 = 凉\"");
    }

    #[test]
    fn quotes_commas_and_line_ends_stay_in_their_cell() {
        assert_eq!(line(["a\"b".to_string(), "c,d\ne".to_string()]), "\"a\"\"b\",\"c,d\ne\"\r\n");
        assert_eq!(cell("\",=1"), "\"\"\",=1\"");
    }
}
