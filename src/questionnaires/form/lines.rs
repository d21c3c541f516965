//! Choices and rows as people type them: one a line. A line keeps its code when its words or its place stay, so that
//! conditions and answers still mean the same.

use crate::{
    forms::model::{Choice, Text},
    kernel::text::normalize_line,
    questionnaires::model::edit::Taken,
};

/// The Chinese words, one a line.
pub fn chinese(choices: &[Choice]) -> String {
    choices.iter().map(|c| c.label.zh.as_str()).collect::<Vec<_>>().join("\n")
}

/// The English words, one a line, beside the Chinese ones.
pub fn english(choices: &[Choice]) -> String {
    if choices.iter().all(|c| c.label.en.is_empty()) {
        return String::new();
    }
    choices.iter().map(|c| c.label.en.as_str()).collect::<Vec<_>>().join("\n")
}

/// The choices of typed lines. `before` are those that the page showed; new ones get codes with this letter.
pub fn parse(
    typed: &str,
    typed_english: &str,
    before: &[Choice],
    (question, letter): (&str, &str),
    taken: &mut Taken,
) -> Vec<Choice> {
    let lines: Vec<String> = typed.lines().map(normalize_line).filter(|l| !l.is_empty()).collect();
    // Whoever only moves Chinese lines about leaves the English ones behind: they go with their choices then.
    let english_stays = same_lines(typed_english, &english(before));
    let english_lines: Vec<String> = typed_english.lines().map(normalize_line).collect();
    let mut codes: Vec<Option<usize>> = vec![None; lines.len()];
    for (line, code) in lines.iter().zip(&mut codes) {
        *code = before.iter().position(|c| c.label.zh == *line);
    }
    for at in 0..codes.len() {
        let free = at < before.len() && !codes.contains(&Some(at));
        if codes[at].is_none() && free {
            codes[at] = Some(at);
        }
    }
    lines
        .into_iter()
        .zip(codes)
        .enumerate()
        .map(|(at, (zh, known))| {
            let known = known.and_then(|i| before.get(i));
            let en = match known {
                Some(choice) if english_stays => choice.label.en.clone(),
                _ if english_stays => String::new(),
                _ => english_lines.get(at).cloned().unwrap_or_default(),
            };
            let code = known.map_or_else(|| taken.next_code(question, letter), |c| c.code.clone());
            Choice { code, label: Text { zh, en } }
        })
        .collect()
}

fn same_lines(a: &str, b: &str) -> bool {
    a.trim_end().lines().map(str::trim).eq(b.trim_end().lines().map(str::trim))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn some() -> Vec<Choice> {
        [("c1", "满意", "Good"), ("c2", "一般", "So-so"), ("c3", "不满意", "Bad")]
            .map(|(code, zh, en)| Choice { code: code.into(), label: Text::new(zh, en) })
            .to_vec()
    }

    fn parsed(typed: &str, english: &str) -> Vec<(String, String, String)> {
        let mut taken = Taken::default();
        taken.next("q1.c");
        taken.next("q1.c");
        taken.next("q1.c");
        parse(typed, english, &some(), ("q1", "c"), &mut taken)
            .into_iter()
            .map(|c| (c.code, c.label.zh, c.label.en))
            .collect()
    }

    fn row(code: &str, zh: &str, en: &str) -> (String, String, String) {
        (code.into(), zh.into(), en.into())
    }

    #[test]
    fn lines_that_move_take_code_and_english_along() {
        let english = english(&some());
        assert_eq!(
            parsed("不满意\r\n\r\n满意\r\n一般", &english),
            [row("c3", "不满意", "Bad"), row("c1", "满意", "Good"), row("c2", "一般", "So-so")]
        );
    }

    #[test]
    fn a_mended_word_keeps_its_code_and_a_new_line_gets_a_new_one() {
        assert_eq!(
            parsed("很满意\n一般\n不满意\n说不清", "Very good\nSo-so\nBad\nCan't say"),
            [
                row("c1", "很满意", "Very good"),
                row("c2", "一般", "So-so"),
                row("c3", "不满意", "Bad"),
                row("c4", "说不清", "Can't say")
            ]
        );
    }

    proptest! {
        #[test]
        fn codes_stay_single(lines in prop::collection::vec("[满意一般不 ]{0,3}", 0..8), en in "[a-b\n]{0,9}") {
            let mut taken = Taken::default();
            for _ in 0..3 { taken.next("q1.c"); }
            let choices = parse(&lines.join("\n"), &en, &some(), ("q1", "c"), &mut taken);
            let words: std::collections::HashSet<&str> = choices.iter().map(|c| c.label.zh.as_str()).collect();
            // Twice the same words is refused later; all others have codes of their own.
            if words.len() == choices.len() {
                let codes: std::collections::HashSet<&str> = choices.iter().map(|c| c.code.as_str()).collect();
                prop_assert_eq!(codes.len(), choices.len());
            }
        }
    }
}
