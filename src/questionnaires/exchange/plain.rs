//! Marked-up texts of other programs → plain text, and back. Pages of ours show words; what a picture or a link said is
//! reported as lost.

/// A plain text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plain {
    /// The words.
    pub text: String,
    /// Whether a picture, a link, a film or a script was left out.
    pub lost: bool,
}

/// Whether a text has marks at all.
pub fn is_marked_up(text: &str) -> bool {
    text.contains("</")
        || text.contains("/>")
        || text.contains("&nbsp;")
        || text.find("<br").is_some_and(|at| text[at..].contains('>'))
        || text.contains("<p>")
}

/// The words of a marked-up text.
pub fn plain(html: &str) -> Plain {
    let mut out = Plain::default();
    // In marked-up texts a line end is a space; in others it is a line end.
    let lines = !["<br", "<p", "<div", "<li", "<BR", "<P"].iter().any(|tag| html.contains(tag));
    let mut rest = html;
    while let Some(c) = rest.chars().next() {
        if c == '<' && starts_tag(rest) {
            rest = tag(rest, &mut out);
            continue;
        }
        if c == '&'
            && let Some((shown, after)) = entity(rest)
        {
            out.text.push(shown);
            rest = after;
            continue;
        }
        out.text.push(if (c == '\n' || c == '\r') && !lines { ' ' } else { c });
        rest = &rest[c.len_utf8()..];
    }
    out.text = tidy(&out.text);
    out
}

fn starts_tag(rest: &str) -> bool {
    rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!')
}

/// Reads over a tag; gives what follows it.
fn tag<'a>(rest: &'a str, out: &mut Plain) -> &'a str {
    let end = rest.find('>').map_or(rest.len(), |at| at + 1);
    let inside = rest[1..end].trim_end_matches('>');
    let name: String = inside
        .trim_start_matches('/')
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect::<String>()
        .to_ascii_lowercase();
    let closing = inside.starts_with('/');
    match name.as_str() {
        "br" | "p" | "div" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "ul" | "ol" | "table" | "tr" | "blockquote"
        | "hr" => {
            out.text.push('\n');
        }
        "li" if !closing => out.text.push_str("\n· "),
        "td" | "th" if closing => out.text.push(' '),
        "img" | "iframe" | "video" | "audio" | "object" | "embed" | "svg" | "input" => out.lost = true,
        "a" if inside.contains("href") => out.lost = true,
        "script" | "style" if !closing => {
            out.lost = out.lost || name == "script";
            let close = format!("</{name}");
            // ASCII letters keep their length in lower case.
            let after = rest[end..].to_ascii_lowercase().find(&close).map_or(rest.len(), |at| end + at);
            return &rest[after..];
        }
        _ => {}
    }
    &rest[end..]
}

fn entity(rest: &str) -> Option<(char, &str)> {
    let end = rest.bytes().take(12).position(|b| b == b';')?;
    let name = &rest[1..end];
    let shown = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" | "ensp" | "emsp" => ' ',
        "hellip" => '…',
        "mdash" => '—',
        "ndash" => '–',
        "ldquo" => '“',
        "rdquo" => '”',
        "lsquo" => '‘',
        "rsquo" => '’',
        "middot" => '·',
        "bull" => '•',
        "times" => '×',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
    };
    Some((shown, &rest[end + 1..]))
}

/// No blanks at the ends of lines, no more than one empty line in a row.
fn tidy(text: &str) -> String {
    let mut out: Vec<&str> = Vec::new();
    for line in text.split('\n').map(str::trim) {
        if line.is_empty() && out.last().is_none_or(|last| last.is_empty()) {
            continue;
        }
        out.push(line);
    }
    crate::kernel::text::normalize_text(&out.join("\n"))
}

/// A plain text as marked-up one, in which nothing is a mark or an expression.
pub fn marked_up(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '{' => out.push_str("&#123;"),
            '}' => out.push_str("&#125;"),
            '\n' => out.push_str("<br />"),
            c => out.push(c),
        }
    }
    out
}

/// Whether a text has a piece like `{name}`, which the other program would replace.
pub fn has_piece(text: &str) -> bool {
    text.match_indices('{').any(|(at, _)| {
        let inside = &text[at + 1..];
        let starts = inside.starts_with(|c: char| !c.is_whitespace() && c != '}');
        starts && inside.find('}').is_some_and(|end| !inside[..end].contains('\n'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn marks_go_and_words_stay() {
        let read = plain(
            "<p>食堂的<strong>菜</strong>&nbsp;&lt;好吃&gt;</p>\n<ul><li>一</li><li>二</li></ul><script>x<1</script>",
        );
        assert_eq!(read.text, "食堂的菜 <好吃>\n\n· 一\n· 二");
        assert!(read.lost);
        assert_eq!(plain("1 < 2 &amp; 3 &foo;").text, "1 < 2 & 3 &foo;");
        assert!(plain("看<a href='x'>这里</a>").lost);
    }

    #[test]
    fn pieces_are_seen() {
        assert!(has_piece("您好 {TOKEN:FIRSTNAME}"));
        assert!(!has_piece("{ 不是 }"));
        assert!(!has_piece("{}"));
    }

    proptest! {
        #[test]
        fn a_plain_text_comes_back(text in "[a-z<>&{};#\"' 中文]{0,30}(\n[a-z<&中]{1,9}){0,3}") {
            let clean = tidy(&text);
            prop_assert_eq!(plain(&marked_up(&clean)).text, clean);
        }

        #[test]
        fn anything_is_read_without_a_panic(text in "[<>/&;#xa-zA-Z\"'= \n中]{0,60}|.{0,60}") {
            drop(plain(&text));
            let bracket = text.contains('{');
            prop_assert!(bracket || !has_piece(&text));
        }
    }
}
