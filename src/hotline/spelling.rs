//! Reading a tracking code aloud: each symbol with a word that nobody takes for another one's (B is 北京的 B, 0 is 数字 0).

use crate::http::Cx;

/// The letters of the alphabet of codes, in the order of the words in `hotline.spell.words`.
const LETTERS: &str = "ABCDEFGHJKMNPQRSTVWXYZ";

/// How each symbol of a group is said.
pub fn spelled(cx: &Cx, group: &str) -> Vec<String> {
    let words = cx.t("hotline.spell.words");
    let words: Vec<&str> = words.split(' ').collect();
    group.chars().map(|symbol| said(cx, symbol, &words)).collect()
}

fn said(cx: &Cx, symbol: char, words: &[&str]) -> String {
    let text = symbol.to_string();
    match LETTERS.find(symbol).and_then(|at| words.get(at)) {
        Some(word) => cx.tf("hotline.spell.letter", &[("word", word), ("letter", &text)]),
        None => cx.tf("hotline.spell.digit", &[("digit", &text)]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{i18n::Lang, kernel::crockford};

    #[test]
    fn every_symbol_of_a_code_has_a_word_that_begins_with_it_in_english() {
        for lang in [Lang::ZhCn, Lang::En] {
            let words = lang.t("hotline.spell.words");
            assert_eq!(words.split(' ').count(), LETTERS.len(), "{words}");
        }
        let english = Lang::En.t("hotline.spell.words");
        for (letter, word) in LETTERS.chars().zip(english.split(' ')) {
            assert!(word.starts_with(letter), "{letter} {word}");
        }
        for symbol in crockford::ALPHABET.iter().map(|b| char::from(*b)).filter(char::is_ascii_alphabetic) {
            assert!(LETTERS.contains(symbol), "{symbol}");
        }
    }
}
