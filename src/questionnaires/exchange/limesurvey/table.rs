//! The table: cells between tabs, in quotation marks where they hold a tab, a line end or a quotation mark.

/// Most rows: a survey of 400 questions in five languages.
const MOST_ROWS: usize = 20_000;
/// Most columns: there are about 170 attributes.
const MOST_COLUMNS: usize = 400;

/// A table with named columns.
#[derive(Debug)]
pub struct Table {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// A row of it.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    table: &'a Table,
    cells: &'a [String],
}

impl Table {
    /// Reads it.
    ///
    /// # Errors
    /// The key of a sentence that says why it is refused.
    pub fn read(text: &str) -> Result<Self, &'static str> {
        let mut rows = cells(text)?.into_iter();
        let header: Vec<String> = rows.next().unwrap_or_default().iter().map(|h| h.trim().to_lowercase()).collect();
        if !["class", "type/scale", "name", "text"].iter().all(|wanted| header.iter().any(|h| h == wanted)) {
            return Err("exchange.error.unknown_text");
        }
        Ok(Self { header, rows: rows.collect() })
    }

    /// The rows.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|cells| Row { table: self, cells })
    }
}

impl<'a> Row<'a> {
    /// A cell, without blanks around it; empty when there is none.
    pub fn get(&self, column: &str) -> &'a str {
        let at = self.table.header.iter().position(|h| h == column);
        at.and_then(|at| self.cells.get(at)).map_or("", |cell| cell.trim())
    }

    /// Every cell that is not empty, with its column.
    pub fn filled(&self) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
        let header = self.table.header.iter().map(String::as_str);
        header.zip(self.cells.iter().map(|c| c.trim())).filter(|(_, cell)| !cell.is_empty())
    }
}

fn cells(text: &str) -> Result<Vec<Vec<String>>, &'static str> {
    let (mut rows, mut row) = (Vec::new(), Vec::new());
    let mut rest = text;
    loop {
        let (cell, after) = cell(rest);
        row.push(cell);
        let end = after.chars().next();
        rest = after.get(1..).unwrap_or_default();
        if end == Some('\t') {
            if row.len() > MOST_COLUMNS {
                return Err("exchange.error.too_many");
            }
            continue;
        }
        if end == Some('\r') {
            rest = rest.strip_prefix('\n').unwrap_or(rest);
        }
        let row = std::mem::take(&mut row);
        if row.iter().any(|c| !c.trim().is_empty()) {
            rows.push(row);
        }
        if rows.len() > MOST_ROWS {
            return Err("exchange.error.too_many");
        }
        if end.is_none() || rest.is_empty() {
            return Ok(rows);
        }
    }
}

/// One cell, and what follows it: a tab, a line end, or nothing.
fn cell(text: &str) -> (String, &str) {
    let ends = |c: char| matches!(c, '\t' | '\n' | '\r');
    if let Some(inside) = text.strip_prefix('"') {
        let mut out = String::new();
        let mut rest = inside;
        while let Some(quote) = rest.find('"') {
            out.push_str(&rest[..quote]);
            rest = &rest[quote + 1..];
            match rest.strip_prefix('"') {
                Some(after) => {
                    out.push('"');
                    rest = after;
                }
                None if rest.is_empty() || rest.starts_with(ends) => return (out, rest),
                // A quotation mark in the middle, which a careful writer would have doubled.
                None => out.push('"'),
            }
        }
    }
    // Not in quotation marks, or they are never closed.
    let end = text.find(ends).unwrap_or(text.len());
    (text[..end].to_string(), &text[end..])
}

/// A cell as it is written.
pub fn written(cell: &str) -> String {
    if cell.contains(['"', '\t', '\n', '\r']) || cell.starts_with(' ') || cell.ends_with(' ') {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn quotation_marks_hold_tabs_and_line_ends() {
        let read = cells("a\t\"b\t\"\"c\"\"\nd\"\te\r\nf\tg\"h\n\n\"open\ti").unwrap();
        assert_eq!(read, [vec!["a", "b\t\"c\"\nd", "e"], vec!["f", "g\"h"], vec!["\"open", "i"]]);
    }

    #[test]
    fn other_tables_are_refused() {
        assert_eq!(Table::read("name\tage\n王\t9").err(), Some("exchange.error.unknown_text"));
        assert_eq!(cells(&"\t".repeat(500)).err(), Some("exchange.error.too_many"));
    }

    proptest! {
        #[test]
        fn cells_come_back(rows in prop::collection::vec(prop::collection::vec("[a\"\t\n 中]{0,5}x", 1..4), 1..4)) {
            let text: String = rows.iter().map(|r| r.iter().map(|c| written(c)).collect::<Vec<_>>().join("\t") + "\n").collect();
            prop_assert_eq!(cells(&text).unwrap(), rows);
        }

        #[test]
        fn anything_is_read_without_a_panic(text in "[a\"\t\n\r中]{0,60}|.{0,60}") {
            drop(cells(&text));
        }
    }
}
