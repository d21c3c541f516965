//! The document as DOCX, in the proportions of an official paper (GB/T 9704-2012: A4, margins 37/35/28/26 mm, title 22 pt,
//! text 16 pt on 28 pt lines). The few parts of the format that it takes are written here; the archive is the `zip`
//! crate's. Kept libraries for DOCX bring image decoders and a second XML stack for what are three small files.

use std::io::{Cursor, Write};

use zip::{ZipWriter, result::ZipResult, write::SimpleFileOptions};

use crate::reports::document::{Block, Document};

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;
const BEGIN: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>"#;
/// A4; margins in twentieths of a point.
const END: &str = r#"<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="851" w:footer="992" w:gutter="0"/></w:sectPr></w:body></w:document>"#;

/// The MIME type.
pub const KIND: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// How a paragraph looks.
#[derive(Clone, Copy)]
struct Look {
    /// The Chinese font.
    font: &'static str,
    /// Its size in half points.
    size: u32,
    /// `left`, `center`, `right`.
    align: &'static str,
    /// Whether the first line is set in by two characters.
    indent: bool,
    /// Whether it is red.
    red: bool,
    /// The distance of lines in twentieths of a point.
    line: u32,
    /// Whether it stays on the page of what follows.
    keep: bool,
}

const TEXT: Look = Look { font: "仿宋", size: 32, align: "left", indent: true, red: false, line: 560, keep: false };
const HEADING: Look = Look { font: "黑体", keep: true, ..TEXT };
const ISSUER: Look =
    Look { font: "宋体", size: 56, align: "center", indent: false, red: true, line: 900, keep: true };
const TITLE: Look = Look { font: "宋体", size: 44, align: "center", indent: false, line: 700, keep: true, ..TEXT };
const UNDER: Look = Look { size: 24, align: "center", indent: false, line: 480, ..TEXT };
const SIGNATURE: Look = Look { align: "right", indent: false, ..TEXT };
const CELL: Look = Look { size: 21, align: "left", indent: false, line: 300, ..TEXT };

/// The width of the text in twentieths of a point.
const WIDTH: usize = 8844;

/// The bytes of the file.
///
/// # Errors
/// The archive's.
pub fn bytes(document: &Document) -> ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let body = body(document);
    for (name, text) in
        [("[Content_Types].xml", TYPES), ("_rels/.rels", RELATIONS), ("word/document.xml", body.as_str())]
    {
        zip.start_file(name, SimpleFileOptions::default())?;
        zip.write_all(text.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

fn body(document: &Document) -> String {
    let mut xml = String::from(BEGIN);
    paragraph(&mut xml, &document.issuer, ISSUER);
    paragraph(&mut xml, &document.title, TITLE);
    paragraph(&mut xml, &document.under, UNDER);
    for block in &document.blocks {
        match block {
            Block::Heading(text) => paragraph(&mut xml, text, HEADING),
            Block::Paragraph(text) => paragraph(&mut xml, text, TEXT),
            Block::Table(head, rows) => table(&mut xml, head, rows),
        }
    }
    paragraph(&mut xml, "", TEXT);
    for line in &document.signature {
        paragraph(&mut xml, line, SIGNATURE);
    }
    xml.push_str(END);
    xml
}

fn paragraph(xml: &mut String, text: &str, look: Look) {
    let Look { font, size, align, indent, red, line, keep } = look;
    let keep = if keep { "<w:keepNext/>" } else { "" };
    let indent = if indent { r#"<w:ind w:firstLineChars="200" w:firstLine="640"/>"# } else { "" };
    let colour = if red { r#"<w:color w:val="C00000"/>"# } else { "" };
    xml.push_str(&format!(
        r#"<w:p><w:pPr>{keep}<w:spacing w:line="{line}" w:lineRule="exact"/>{indent}<w:jc w:val="{align}"/></w:pPr><w:r><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{font}"/>{colour}<w:sz w:val="{size}"/></w:rPr><w:t xml:space="preserve">{}</w:t></w:r></w:p>"#,
        escape(text)
    ));
}

fn table(xml: &mut String, head: &[String], rows: &[Vec<String>]) {
    let edge = |name: &str| format!(r#"<w:{name} w:val="single" w:sz="4" w:space="0" w:color="000000"/>"#);
    let edges: String = ["top", "left", "bottom", "right", "insideH", "insideV"].iter().map(|e| edge(e)).collect();
    xml.push_str(&format!(
        r#"<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>{edges}</w:tblBorders></w:tblPr><w:tblGrid>"#
    ));
    // The first column names things: it is half as wide again as the others.
    let part = WIDTH * 2 / (head.len() * 2 + 1);
    let width = |column: usize| if column == 0 { part + part / 2 } else { part };
    for column in 0..head.len() {
        xml.push_str(&format!(r#"<w:gridCol w:w="{}"/>"#, width(column)));
    }
    xml.push_str("</w:tblGrid>");
    for (i, row) in std::iter::once(head).chain(rows.iter().map(Vec::as_slice)).enumerate() {
        let head = if i == 0 { "<w:tblHeader/>" } else { "" };
        xml.push_str(&format!("<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>"));
        let look = if i == 0 { Look { font: "黑体", ..CELL } } else { CELL };
        for (column, cell) in row.iter().enumerate() {
            xml.push_str(&format!(r#"<w:tc><w:tcPr><w:tcW w:w="{}" w:type="dxa"/></w:tcPr>"#, width(column)));
            for line in lines_of(cell) {
                paragraph(xml, line, look);
            }
            xml.push_str("</w:tc>");
        }
        xml.push_str("</w:tr>");
    }
    xml.push_str("</w:tbl>");
}

/// The lines of a cell: of what stands under a rate a line of its own, which a narrow column would tear.
fn lines_of(cell: &str) -> Vec<&str> {
    match cell.find("%（").or_else(|| cell.find("% (")) {
        Some(at) => {
            let (rate, of) = cell.split_at(at + 1);
            vec![rate, of.trim_matches(['（', '）', '(', ')', ' '])]
        }
        None => vec![cell],
    }
}

/// Text in XML, without the control characters that XML does not know.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' => out.push(c),
            c if c.is_control() || c == '\u{FFFE}' || c == '\u{FFFF}' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_and_what_it_is_of_stand_on_two_lines() {
        assert_eq!(lines_of("94.1%（16/17）"), ["94.1%", "16/17"]);
        assert_eq!(lines_of("94.1% (16/17)"), ["94.1%", "16/17"]);
        assert_eq!(lines_of("办公室（雪莲小学）"), ["办公室（雪莲小学）"]);
        assert_eq!(lines_of(""), [""]);
    }

    #[test]
    fn text_never_becomes_markup() {
        let document = Document {
            issuer: "雪莲小学".into(),
            title: "</w:t><w:evil/>\u{1}".into(),
            under: String::new(),
            blocks: vec![Block::Table(vec!["a".into()], vec![vec!["1 < 2 & \"3\"".into()]])],
            signature: Vec::new(),
        };
        let xml = body(&document);
        assert!(!xml.contains("<w:evil") && xml.contains("1 &lt; 2 &amp; &quot;3&quot;"));
        assert_eq!(xml.matches("<w:p>").count(), xml.matches("</w:p>").count());
        let file = bytes(&document).unwrap();
        assert!(file.starts_with(b"PK"));
    }
}
