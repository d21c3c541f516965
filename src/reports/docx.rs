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
}

const TEXT: Look = Look { font: "仿宋", size: 32, align: "both", indent: true, red: false, line: 560 };
const HEADING: Look = Look { font: "黑体", ..TEXT };
const ISSUER: Look = Look { font: "宋体", size: 56, align: "center", indent: false, red: true, line: 900 };
const TITLE: Look = Look { font: "宋体", size: 44, align: "center", indent: false, red: false, line: 700 };
const UNDER: Look = Look { size: 24, align: "center", indent: false, line: 480, ..TEXT };
const SIGNATURE: Look = Look { align: "right", indent: false, ..TEXT };
const CELL: Look = Look { size: 21, align: "left", indent: false, line: 320, ..TEXT };

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
    let Look { font, size, align, indent, red, line } = look;
    let indent = if indent { r#"<w:ind w:firstLineChars="200" w:firstLine="640"/>"# } else { "" };
    let colour = if red { r#"<w:color w:val="C00000"/>"# } else { "" };
    xml.push_str(&format!(
        r#"<w:p><w:pPr><w:spacing w:line="{line}" w:lineRule="exact"/>{indent}<w:jc w:val="{align}"/></w:pPr><w:r><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{font}"/>{colour}<w:sz w:val="{size}"/></w:rPr><w:t xml:space="preserve">{}</w:t></w:r></w:p>"#,
        escape(text)
    ));
}

fn table(xml: &mut String, head: &[String], rows: &[Vec<String>]) {
    let edge = |name: &str| format!(r#"<w:{name} w:val="single" w:sz="4" w:space="0" w:color="000000"/>"#);
    let edges: String = ["top", "left", "bottom", "right", "insideH", "insideV"].iter().map(|e| edge(e)).collect();
    xml.push_str(&format!(
        r#"<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>{edges}</w:tblBorders></w:tblPr><w:tblGrid>"#
    ));
    let width = 8844 / head.len().max(1);
    xml.push_str(&format!(r#"<w:gridCol w:w="{width}"/>"#).repeat(head.len()));
    xml.push_str("</w:tblGrid>");
    for (i, row) in std::iter::once(head).chain(rows.iter().map(Vec::as_slice)).enumerate() {
        xml.push_str(if i == 0 { "<w:tr><w:trPr><w:tblHeader/></w:trPr>" } else { "<w:tr>" });
        for cell in row {
            xml.push_str(&format!(r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>"#));
            paragraph(xml, cell, if i == 0 { Look { font: "黑体", ..CELL } } else { CELL });
            xml.push_str("</w:tc>");
        }
        xml.push_str("</w:tr>");
    }
    xml.push_str("</w:tbl>");
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
