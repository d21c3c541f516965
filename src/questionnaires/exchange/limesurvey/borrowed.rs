//! Words that stand in for missing ones: what is written in one language only is shown in the other one too, there as here.
//! What was borrowed says so, and says its language (WCAG 3.1.2), so that it comes back as what it was. Who translates it
//! there writes over it; then the words differ, and it is a translation.

use crate::{
    forms::model::Text,
    questionnaires::exchange::{own::once, plain::marked_up},
};

/// What says so in a file.
const CLASS: &str = "huiyin-borrowed";
/// What says so while a file is read: a code point that is no character (Unicode, 23.7).
const MARK: char = '\u{fdd0}';

/// A text in a language, marked up.
pub fn written(text: &Text, language: &str) -> String {
    let (own, other, other_language) =
        if language == "en" { (&text.en, &text.zh, "zh-Hans") } else { (&text.zh, &text.en, "en") };
    if own.is_empty() && !other.is_empty() {
        format!("<span class=\"{CLASS}\" lang=\"{other_language}\">{}</span>", marked_up(other))
    } else {
        marked_up(own)
    }
}

/// A marked-up text with [`MARK`] where borrowed words begin.
pub fn marked(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find("<span ") {
        let end = rest[at..].find('>').map_or(rest.len(), |end| at + end + 1);
        out.push_str(&rest[..at]);
        if rest[at..end].contains(CLASS) {
            out.push(MARK);
        } else {
            out.push_str(&rest[at..end]);
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

/// Words without marks.
pub fn bare(words: &str) -> String {
    words.replace(MARK, "")
}

/// A text of which each language says what is its own: what is the same in both is said once.
pub fn said(text: &Text) -> Text {
    let bare = Text { zh: bare(&text.zh), en: bare(&text.en) };
    if bare.zh == bare.en && text.zh.starts_with(MARK) {
        return Text { zh: String::new(), ..bare };
    }
    once(bare)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaires::exchange::plain::plain;

    fn read(zh: &str, en: &str) -> Text {
        said(&Text { zh: plain(&marked(zh)).text, en: plain(&marked(en)).text })
    }

    #[test]
    fn what_is_borrowed_goes_back_and_what_is_translated_stays() {
        for text in [Text::new("", "Yes & <no>"), Text::new("好", ""), Text::new("好", "Good"), Text::default()] {
            assert_eq!(read(&written(&text, "zh-Hans"), &written(&text, "en")), text);
        }
        // As an editor there may put it.
        let moved = r#"<p><span lang="en" xml:lang="en" class="huiyin-borrowed">Yes</span></p>"#;
        assert_eq!(read(moved, "Yes"), Text::new("", "Yes"));
        assert_eq!(read(&moved.replace("Yes", "是"), "Yes"), Text::new("是", "Yes"));
        // Others say the same in both languages, and mark other things.
        assert_eq!(read("OK", "OK"), Text::new("OK", ""));
        assert_eq!(read("<span lang=\"en\">OK</span>", "<span class='x'>OK"), Text::new("OK", ""));
        assert_eq!(read("<span ", "<span class=huiyin-borrowed"), Text::default());
    }
}
