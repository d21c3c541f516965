//! A form of 100 questions with 300 conditions, and a whole answer to it: the same for the server and, in `wasm/`, for the
//! browser.

use huiyin::forms::{
    check,
    model::{Answers, Choice, Condition, Definition, Op, Question, QuestionKind, Text},
};

/// Questions.
pub const QUESTIONS: usize = 100;

/// 100 questions of four choices, each shown under three conditions over earlier ones.
pub fn form() -> Definition {
    let choice = |n| Choice { code: format!("c{n}"), label: Text::new(&format!("选项{n}"), "") };
    let questions = (0..QUESTIONS).map(|n| {
        let key = format!("q{n}");
        let mut question = Question::new(&key, QuestionKind::Single, Text::new(&key, ""));
        question.choices = (1..=4).map(choice).collect();
        let look = |back: usize, op, value: &str| Condition::test(&format!("q{}", n.saturating_sub(back)), op, value);
        if n >= 3 {
            let any = Condition::Any(vec![look(1, Op::Answered, ""), look(2, Op::IsNot, "c9")]);
            question.show_if = Some(Condition::All(vec![any, look(3, Op::IsNot, "c9")]));
        }
        question
    });
    Definition::of(Text::new("很长的问卷", ""), questions.collect())
}

/// An answer to each.
pub fn given() -> Answers {
    (0..QUESTIONS).map(|n| (format!("q{n}"), format!("c{}", n % 4 + 1))).collect()
}

/// Decides which questions are asked and checks every answer, so many times; gives how many were kept.
pub fn check(form: &Definition, given: &Answers, rounds: u32) -> usize {
    (0..rounds).map(|_| check::check_all(form, given).0.0.len()).sum()
}

/// Reads the answers as they are stored, so many times; gives how many there were.
pub fn read(stored: &str, rounds: u32) -> usize {
    (0..rounds).map(|_| serde_json::from_str::<Answers>(stored).map_or(0, |a| a.0.len())).sum()
}
