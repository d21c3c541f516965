//! Finding people of the staff in a text, so that who is named does not see it (domain: recusal).

/// Shorter names are no names.
const SHORTEST: usize = 2;

/// Whether a text names a person. Chinese is written without spaces, so a name counts wherever its characters stand in a
/// row, blanks between them ignored (王 芳); a name in letters counts as a whole word only, in any case.
pub fn named_in(text: &str, name: &str) -> bool {
    let name = name.trim();
    if name.chars().count() < SHORTEST {
        return false;
    }
    if name.is_ascii() {
        let words = words(text);
        let name = words_of(&name.to_ascii_lowercase());
        return !name.is_empty() && words.windows(name.len()).any(|run| run == name.as_slice());
    }
    without_blanks(text).contains(&without_blanks(name))
}

fn words(text: &str) -> Vec<String> {
    words_of(&text.to_ascii_lowercase())
}

fn words_of(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_string).collect()
}

fn without_blanks(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}'))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::named_in;

    #[test]
    fn a_chinese_name_is_found_anywhere_also_with_blanks() {
        assert!(named_in("今天王芳老师没来", "王芳"));
        assert!(named_in("今天 王 芳 老师没来", "王芳"));
        assert!(named_in("王\u{3000}芳", " 王芳 "));
        assert!(!named_in("今天王小芳老师没来", "王芳"));
    }

    #[test]
    fn a_name_in_letters_is_a_whole_word() {
        assert!(named_in("ask li na about it", "Li Na"));
        assert!(named_in("问 Anna，她知道", "anna"));
        assert!(!named_in("like it", "Li"));
    }

    #[test]
    fn one_character_or_none_is_no_name() {
        assert!(!named_in("王", "王"));
        assert!(!named_in("什么", ""));
        assert!(!named_in("a b", "--"));
    }
}
