//! Counting the answers of a stage in one pass.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::{
    forms::model::{Answers, QuestionKind},
    kernel::{ids::ResponseId, text::search_tokens},
    questionnaires::results::fields::{By, Gate, Outline},
};

/// What stands for an answer's text outside: it tells neither whose it is nor when it came.
pub type Token = [u8; 16];

/// A text, by whom it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Written {
    /// What stands for it outside.
    pub token: Token,
    /// The response.
    pub response: ResponseId,
    /// The cell of the field on which its question depends; 0 when it depends on none.
    pub lane: usize,
}

/// The texts of one question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts {
    /// Each text.
    pub written: Vec<Written>,
    /// How many texts have a word.
    pub words: HashMap<String, u64>,
}

/// Rankings that were filled in whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ranks {
    /// How many.
    pub n: u64,
    /// The sum of the ranks of each choice, in the order of the question.
    pub sums: Vec<u64>,
}

/// What was counted. It does not leave the program: see [`crate::questionnaires::results::publish`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many answers.
    pub answers: u64,
    /// The lanes of the breakdown.
    pub lanes: Vec<String>,
    /// Counts by field, lane and cell. The lanes of a field that depends on another are the cells of that.
    pub fields: Vec<Vec<Vec<u64>>>,
    /// Rankings by question.
    pub ranks: BTreeMap<usize, Ranks>,
    /// Texts by the name of the answer.
    pub texts: BTreeMap<String, Texts>,
}

impl Tally {
    /// Nothing counted yet.
    pub fn new(outline: &Outline, by: &By) -> Self {
        let lanes = match by {
            By::Nothing => vec![String::new()],
            By::Class => Vec::new(),
            By::Answer(name) => outline
                .breaks_down(name)
                .and_then(|at| outline.fields.get(at))
                .map_or_else(|| vec![String::new()], |f| f.cells.clone()),
        };
        Self { lanes, fields: vec![Vec::new(); outline.fields.len()], ..Self::default() }
    }

    /// Counts one response.
    pub fn add(&mut self, outline: &Outline, by: &By, cohort: &str, answers: &Answers) {
        self.answers += 1;
        let lane = match by {
            By::Nothing => 0,
            By::Class => self.class(cohort),
            By::Answer(name) => {
                outline.breaks_down(name).and_then(|at| outline.fields.get(at)).map_or(0, |f| f.cell(answers))
            }
        };
        for (field, counts) in outline.fields.iter().zip(&mut self.fields) {
            let lane = match &field.gate {
                Gate::All => lane,
                Gate::When { field, .. } => outline.fields.get(*field).map_or(0, |f| f.cell(answers)),
                Gate::Tangled => continue,
            };
            if counts.len() <= lane {
                counts.resize(lane + 1, Vec::new());
            }
            let cells = &mut counts[lane];
            cells.resize(field.cells.len(), 0);
            cells[field.cell(answers)] += 1;
        }
        self.add_ranks(outline, answers);
    }

    fn class(&mut self, cohort: &str) -> usize {
        self.lanes.iter().position(|l| l == cohort).unwrap_or_else(|| {
            self.lanes.push(cohort.to_string());
            self.lanes.len() - 1
        })
    }

    fn add_ranks(&mut self, outline: &Outline, answers: &Answers) {
        for (at, question) in outline.questions.iter().enumerate().filter(|(_, q)| q.kind == QuestionKind::Ranking) {
            let order = answers.get(&question.key);
            if order.len() != question.choices.len() {
                continue;
            }
            let ranks = self.ranks.entry(at).or_default();
            ranks.n += 1;
            ranks.sums.resize(question.choices.len(), 0);
            for (choice, sum) in question.choices.iter().zip(&mut ranks.sums) {
                *sum += (1..).zip(order).find(|(_, code)| **code == choice.code).map_or(0, |(rank, _)| rank);
            }
        }
    }

    /// Remembers the texts of a response and counts their words.
    pub fn add_texts(
        &mut self,
        outline: &Outline,
        response: ResponseId,
        answers: &Answers,
        token: impl Fn(&str) -> Token,
    ) {
        for field in &outline.fields {
            if !outline.questions.get(field.question).is_some_and(|q| q.kind.is_text()) {
                continue;
            }
            let Some(text) = answers.first(&field.name) else { continue };
            let lane = match &field.gate {
                Gate::All => 0,
                Gate::When { field, .. } => outline.fields.get(*field).map_or(0, |f| f.cell(answers)),
                Gate::Tangled => continue,
            };
            let texts = self.texts.entry(field.name.clone()).or_default();
            texts.written.push(Written { token: token(&field.name), response, lane });
            let words: BTreeSet<String> = search_tokens(text).into_iter().filter(|w| w.chars().count() > 1).collect();
            for word in words {
                *texts.words.entry(word).or_default() += 1;
            }
        }
    }
}
