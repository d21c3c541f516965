//! The text of a letter: headings, lists, bold. A small markup of our own, read line by line into a tree; what is shown is
//! made from the tree alone, so nothing that somebody types becomes HTML.
//!
//! `# heading` · `- item` · `1. item` · `**bold**` · a blank line ends a paragraph. Everything else is text. Printing a tree
//! and reading it again gives the same tree.

use crate::kernel::text::normalize_text;

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The text.
    pub text: String,
    /// Whether it is bold.
    pub bold: bool,
}

/// A line: pieces that are plain and bold in turn.
pub type Line = Vec<Span>;

/// A block of a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading.
    Heading(Line),
    /// A paragraph, whose line ends are kept.
    Paragraph(Vec<Line>),
    /// A list with dots.
    Bullets(Vec<Line>),
    /// A list with numbers.
    Numbers(Vec<Line>),
}

/// What a line is by its beginning, and the rest of it.
enum Kind<'a> {
    Heading(&'a str),
    Bullet(&'a str),
    Number(&'a str),
    Text(&'a str),
}

/// Reads a text.
pub fn parse(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    // Whether the last block goes on with a line of its kind.
    let mut open = false;
    for raw in normalize_text(text).lines() {
        let clean = normalize_text(&print_line(&parse_line(raw.trim())));
        if clean.is_empty() {
            open = false;
            continue;
        }
        let last = if open { blocks.last_mut() } else { None };
        open = true;
        match (kind(&clean), last) {
            (Kind::Heading(rest), _) => {
                blocks.push(Block::Heading(parse_line(rest)));
                open = false;
            }
            (Kind::Bullet(rest), Some(Block::Bullets(items))) | (Kind::Number(rest), Some(Block::Numbers(items))) => {
                items.push(parse_line(rest));
            }
            (Kind::Text(rest), Some(Block::Paragraph(lines))) => lines.push(parse_line(rest)),
            (Kind::Bullet(rest), _) => blocks.push(Block::Bullets(vec![parse_line(rest)])),
            (Kind::Number(rest), _) => blocks.push(Block::Numbers(vec![parse_line(rest)])),
            (Kind::Text(rest), _) => blocks.push(Block::Paragraph(vec![parse_line(rest)])),
        }
    }
    blocks
}

fn kind(line: &str) -> Kind<'_> {
    let hashes = line.len() - line.trim_start_matches('#').len();
    if (1..=3).contains(&hashes)
        && let Some(rest) = after_mark(line, hashes, &[" "])
    {
        return Kind::Heading(rest);
    }
    if let Some(rest) = ["- ", "• ", "· "].iter().find_map(|mark| after_mark(line, 0, &[mark])) {
        return Kind::Bullet(rest);
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=3).contains(&digits)
        && let Some(rest) = after_mark(line, digits, &[". ", "、"])
    {
        return Kind::Number(rest);
    }
    Kind::Text(line)
}

/// What stands after the first `bytes` of a line and one of these marks; `None` when nothing does.
fn after_mark<'a>(line: &'a str, bytes: usize, marks: &[&str]) -> Option<&'a str> {
    let rest = line.get(bytes..)?;
    marks.iter().find_map(|mark| rest.strip_prefix(mark)).map(str::trim).filter(|rest| !rest.is_empty())
}

/// Splits a line at its `**`; one without a partner is text.
fn parse_line(text: &str) -> Line {
    let mut parts: Vec<&str> = text.split("**").collect();
    let mut lonely = None;
    if parts.len().is_multiple_of(2) {
        lonely = parts.pop();
    }
    let mut line: Line = Vec::new();
    for (i, part) in parts.into_iter().enumerate() {
        add(&mut line, part, i % 2 == 1);
    }
    if let Some(rest) = lonely {
        add(&mut line, "**", false);
        add(&mut line, rest, false);
    }
    line
}

fn add(line: &mut Line, text: &str, bold: bool) {
    match line.last_mut() {
        _ if text.is_empty() => {}
        Some(last) if last.bold == bold => last.text.push_str(text),
        _ => line.push(Span { text: text.to_string(), bold }),
    }
}

fn print_line(line: &Line) -> String {
    line.iter().map(|span| if span.bold { format!("**{}**", span.text) } else { span.text.clone() }).collect()
}

/// Writes a tree as it is typed.
pub fn print(blocks: &[Block]) -> String {
    let block = |block: &Block| -> String {
        match block {
            Block::Heading(line) => format!("# {}", print_line(line)),
            Block::Paragraph(lines) => lines.iter().map(print_line).collect::<Vec<_>>().join("\n"),
            Block::Bullets(items) => {
                items.iter().map(|item| format!("- {}", print_line(item))).collect::<Vec<_>>().join("\n")
            }
            Block::Numbers(items) => {
                let numbered = (1..).zip(items).map(|(n, item)| format!("{}. {}", n % 1_000, print_line(item)));
                numbered.collect::<Vec<_>>().join("\n")
            }
        }
    };
    blocks.iter().map(block).collect::<Vec<_>>().join("\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn plain(text: &str) -> Line {
        vec![Span { text: text.to_string(), bold: false }]
    }

    #[test]
    fn a_letter_reads_as_it_looks() {
        let text = "# 关于作业\n各位家长：\n这学期有三件事\n\n- 周三**不留**作业\n- 8 点以后可以不写\n\n1. 先看\n2、再签\n1.5 米不是编号";
        let bold = |t: &str| Span { text: t.to_string(), bold: true };
        assert_eq!(
            parse(text),
            [
                Block::Heading(plain("关于作业")),
                Block::Paragraph(vec![plain("各位家长："), plain("这学期有三件事")]),
                Block::Bullets(vec![
                    vec![plain("周三")[0].clone(), bold("不留"), plain("作业")[0].clone()],
                    plain("8 点以后可以不写")
                ]),
                Block::Numbers(vec![plain("先看"), plain("再签")]),
                Block::Paragraph(vec![plain("1.5 米不是编号")]),
            ]
        );
    }

    #[test]
    fn what_looks_like_a_mark_and_is_none_stays_text() {
        for text in ["#", "-", "1.", "1、", "#标题", "-3 度", "**没有另一半", "2025. "] {
            assert_eq!(parse(text), [Block::Paragraph(vec![plain(text.trim())])], "{text}");
        }
        assert_eq!(parse("****"), []);
        assert_eq!(parse("****# 标题"), [Block::Heading(plain("标题"))]);
    }

    proptest! {
        #[test]
        fn a_printed_tree_reads_as_the_same_tree(
            text in "([#*•·\\- 123.、\n]|[a-z<>&]|[一-三]|\\*\\*|# |- |1\\. |\n\n){0,60}"
        ) {
            let tree = parse(&text);
            prop_assert_eq!(parse(&print(&tree)), tree);
        }

        #[test]
        fn any_text_is_read(text in any::<String>()) {
            let tree = parse(&text);
            prop_assert_eq!(parse(&print(&tree)), tree);
        }
    }
}
