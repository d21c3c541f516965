//! Counting the answers of a stage in one pass.

use std::collections::{BTreeMap, HashMap};

use crate::{
    forms::{model::QuestionKind, responses::counted::Given},
    kernel::{ids::ResponseId, text::each_search_token},
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
    /// The words in them.
    pub words: HashMap<String, Word>,
}

/// A word of texts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Word {
    /// How many texts have it.
    pub texts: u64,
    /// The number of the last of them: a text counts once.
    last: usize,
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

/// Counts responses, one after the other. What depends on the form alone was looked up before the first of them.
#[derive(Debug)]
pub struct Counter<'o> {
    outline: &'o Outline,
    /// What is counted.
    tally: Tally,
    /// Whether lanes are classes.
    by_class: bool,
    /// The field whose cells are the lanes.
    by_field: Option<usize>,
    /// The names of answers that are counted, each once.
    names: Vec<&'o str>,
    /// For each field, its name among them.
    named: Vec<usize>,
    /// Questions in which choices are ranked, with their names.
    rankings: Vec<(usize, usize)>,
    /// For each name, where its answer stands in the response.
    places: Vec<Option<usize>>,
    /// For each field, the cell of the response.
    cells: Vec<usize>,
}

impl<'o> Counter<'o> {
    /// Nothing counted yet.
    pub fn new(outline: &'o Outline, by: &By) -> Self {
        let by_field = match by {
            By::Answer(name) => outline.breaks_down(name),
            By::Nothing | By::Class => None,
        };
        let by_class = *by == By::Class;
        let lanes = match by_field.and_then(|at| outline.fields.get(at)) {
            Some(field) => field.cells.clone(),
            None if by_class => Vec::new(),
            None => vec![String::new()],
        };
        let mut names: Vec<&str> = Vec::new();
        let mut name = |wanted: &'o str| {
            names.iter().position(|n| *n == wanted).unwrap_or_else(|| {
                names.push(wanted);
                names.len() - 1
            })
        };
        let named = outline.fields.iter().map(|f| name(&f.name)).collect();
        let ranked = outline.questions.iter().enumerate().filter(|(_, q)| q.kind == QuestionKind::Ranking);
        let rankings = ranked.map(|(at, q)| (at, name(&q.key))).collect();
        let fields = outline.fields.len();
        Self {
            outline,
            tally: Tally { lanes, fields: vec![Vec::new(); fields], ..Tally::default() },
            by_class,
            by_field,
            places: vec![None; names.len()],
            names,
            named,
            rankings,
            cells: vec![0; fields],
        }
    }

    /// What was counted.
    pub fn finish(self) -> Tally {
        self.tally
    }

    /// Counts one response; `token` makes what stands for the text of a name.
    pub fn add(&mut self, response: ResponseId, cohort: &str, answers: &[Given<'_>], token: impl Fn(&str) -> Token) {
        self.find(answers);
        let found = |name: usize| {
            let at = self.places.get(name).copied().flatten();
            at.and_then(|at| answers.get(at)).map_or(&[][..], |a| a.values.as_slice())
        };
        for ((cell, field), name) in self.cells.iter_mut().zip(&self.outline.fields).zip(&self.named) {
            *cell = field.cell(found(*name));
        }
        let tally = &mut self.tally;
        tally.answers += 1;
        let lane = match self.by_field {
            Some(field) => self.cells.get(field).copied().unwrap_or(0),
            None if self.by_class => tally.class(cohort),
            None => 0,
        };
        for (at, field) in self.outline.fields.iter().enumerate() {
            let gate = match &field.gate {
                Gate::All => None,
                Gate::When { field, .. } => Some(self.cells.get(*field).copied().unwrap_or(0)),
                Gate::Tangled => continue,
            };
            tally.count(at, gate.unwrap_or(lane), field.cells.len(), self.cells[at]);
            let text = found(self.named[at]).first().filter(|_| self.outline.questions[field.question].kind.is_text());
            if let Some(text) = text {
                let written = Written { token: token(&field.name), response, lane: gate.unwrap_or(0) };
                tally.add_text(&field.name, written, text.as_ref());
            }
        }
        for (question, name) in &self.rankings {
            let choices = &self.outline.questions[*question].choices;
            let order = found(*name);
            if order.len() != choices.len() {
                continue;
            }
            let ranks = tally.ranks.entry(*question).or_default();
            ranks.n += 1;
            ranks.sums.resize(choices.len(), 0);
            for (choice, sum) in choices.iter().zip(&mut ranks.sums) {
                *sum += (1..).zip(order).find(|(_, code)| code.as_ref() == choice.code).map_or(0, |(rank, _)| rank);
            }
        }
    }

    /// Where each name is answered. Answers stand in the order of the form, so that the next name is mostly the one.
    fn find(&mut self, answers: &[Given<'_>]) {
        self.places.fill(None);
        let mut next = 0;
        for (at, answer) in answers.iter().enumerate() {
            let is = |name: &&&str| **name == answer.key;
            let name = match self.names.get(next).filter(is) {
                Some(_) => Some(next),
                None => self.names.iter().position(|name| *name == answer.key),
            };
            let Some(name) = name else { continue };
            next = name + 1;
            if let Some(place) = self.places.get_mut(name).filter(|place| place.is_none()) {
                *place = Some(at);
            }
        }
    }
}

impl Tally {
    fn count(&mut self, field: usize, lane: usize, cells: usize, cell: usize) {
        let Some(counts) = self.fields.get_mut(field) else { return };
        if counts.len() <= lane {
            counts.resize(lane + 1, Vec::new());
        }
        let counts = &mut counts[lane];
        counts.resize(cells, 0);
        counts[cell] += 1;
    }

    fn class(&mut self, cohort: &str) -> usize {
        self.lanes.iter().position(|l| l == cohort).unwrap_or_else(|| {
            self.lanes.push(cohort.to_string());
            self.lanes.len() - 1
        })
    }

    /// Remembers a text and counts its words.
    fn add_text(&mut self, name: &str, written: Written, text: &str) {
        if !self.texts.contains_key(name) {
            self.texts.insert(name.to_string(), Texts::default());
        }
        let Some(texts) = self.texts.get_mut(name) else { return };
        texts.written.push(written);
        let number = texts.written.len();
        each_search_token(text, |word| {
            if word.chars().nth(1).is_none() {
                return;
            }
            let known = match texts.words.get_mut(word) {
                Some(known) => known,
                None => texts.words.entry(word.to_string()).or_default(),
            };
            if known.last != number {
                *known = Word { texts: known.texts + 1, last: number };
            }
        });
    }
}
