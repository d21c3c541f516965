//! Fields: the things that are counted. A question is one field, a matrix one a row, a multiple choice one a choice.

use std::collections::BTreeSet;

use crate::forms::{
    decimal, logic,
    model::{Answers, Definition, FormVersion, OTHER, Op, Question, QuestionKind, Test, sub_name},
};

/// Where the numbers of a question without a lower limit begin.
pub const LOWEST: i64 = -100_000_000_000;

/// How an answer becomes a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// The value is the cell.
    Value,
    /// Whether this choice is among the values.
    Chosen(String),
    /// The first of a ranking.
    First,
    /// Stretches of numbers, each from a bound (in millionths) to the next.
    Stretch(Vec<i64>),
    /// The day of the week of a date, 1 for Monday.
    Weekday,
    /// The hour of a time.
    Hour,
    /// Whether there is an answer.
    Given,
}

/// Who is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gate {
    /// Everybody.
    All,
    /// Those in certain cells of another field, which itself is asked of everybody.
    When {
        /// The other field.
        field: usize,
        /// Whether it is asked, one a cell of it.
        asks: Vec<bool>,
    },
    /// It depends on too much: counting it would give away how answers to other questions go together.
    Tangled,
}

impl Gate {
    /// Whether everybody is asked.
    pub fn is_all(&self) -> bool {
        *self == Self::All
    }
}

/// A thing that is counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The name of the answer.
    pub name: String,
    /// The question, by its place in [`Outline::questions`].
    pub question: usize,
    /// How an answer becomes a cell.
    pub shape: Shape,
    /// The codes of the cells in the order of the form; "" for no answer, at the end.
    pub cells: Vec<String>,
    /// Whether everybody who is asked answers, so that the cell "" is empty by itself.
    pub required: bool,
    /// Who is asked.
    pub gate: Gate,
}

/// By what the results are broken down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum By {
    /// By nothing.
    Nothing,
    /// By class.
    Class,
    /// By the answer to a question, a row of a matrix.
    Answer(String),
}

impl By {
    /// As it is stored and sent.
    pub fn code(&self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Class => "class".to_string(),
            Self::Answer(name) => ["answer.", name].concat(),
        }
    }

    /// Reads it.
    pub fn parse(code: &str) -> Self {
        match (code, code.strip_prefix("answer.")) {
            ("class", _) => Self::Class,
            (_, Some(name)) => Self::Answer(name.to_string()),
            _ => Self::Nothing,
        }
    }
}

/// Everything that is counted of a form, over all its versions: a question is the same when its key and kind are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outline {
    /// The questions of the newest version, then those that only older ones have.
    pub questions: Vec<Question>,
    /// The fields, in the order of the questions.
    pub fields: Vec<Field>,
}

impl Outline {
    /// The outline of a form; versions oldest first.
    pub fn of(versions: &[FormVersion]) -> Self {
        let definitions: Vec<&Definition> = versions.iter().map(|v| &v.definition).collect();
        let mut questions: Vec<Question> = Vec::new();
        for definition in definitions.iter().rev() {
            for question in definition.questions().filter(|q| q.kind != QuestionKind::Notice) {
                match questions.iter_mut().find(|q| q.key == question.key && q.kind == question.kind) {
                    Some(known) => add_missing(known, question),
                    None => questions.push(question.clone()),
                }
            }
        }
        let mut fields: Vec<Field> =
            questions.iter().enumerate().flat_map(|(at, q)| fields_of(at, q, &definitions)).collect();
        let gates: Vec<Gate> = fields.iter().map(|f| gate(f, &questions, &fields, &definitions)).collect();
        fields.iter_mut().zip(gates).for_each(|(field, gate)| field.gate = gate);
        // A gate stands on a field that everybody is asked: no chains.
        let tangled: Vec<bool> = fields
            .iter()
            .map(|f| matches!(&f.gate, Gate::When { field, .. } if fields.get(*field).is_none_or(|g| g.gate != Gate::All)))
            .collect();
        fields.iter_mut().zip(tangled).filter(|(_, tangled)| *tangled).for_each(|(f, _)| f.gate = Gate::Tangled);
        Self { questions, fields }
    }

    /// The fields of a question.
    pub fn fields_of(&self, question: usize) -> impl Iterator<Item = (usize, &Field)> {
        self.fields.iter().enumerate().filter(move |(_, f)| f.question == question)
    }

    /// The field of an answer by whose values results can be broken down.
    pub fn breaks_down(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|f| f.name == name && f.shape == Shape::Value && f.gate == Gate::All)
    }
}

/// Choices and rows that only an older version has, after those that are known.
fn add_missing(known: &mut Question, older: &Question) {
    let has = |list: &[crate::forms::model::Choice], code: &str| list.iter().any(|c| c.code == code);
    let choices: Vec<_> = older.choices.iter().filter(|c| !has(&known.choices, &c.code)).cloned().collect();
    let rows: Vec<_> = older.rows.iter().filter(|c| !has(&known.rows, &c.code)).cloned().collect();
    known.choices.extend(choices);
    known.rows.extend(rows);
    known.other |= older.other;
    if matches!(known.kind, QuestionKind::Scale | QuestionKind::Rating) {
        let ((low, high), (older_low, older_high)) = (known.range(), older.range());
        (known.min, known.max) = (Some(low.min(older_low)), Some(high.max(older_high)));
    }
}

fn fields_of(at: usize, q: &Question, definitions: &[&Definition]) -> Vec<Field> {
    // Required for all means: in every version, or somebody may have given no answer.
    let required = definitions.iter().all(|d| {
        d.question(&q.key).is_some_and(|of| of.kind == q.kind && of.required && of.rows.len() == q.rows.len())
    });
    let field = |name: &str, shape: Shape, cells: Vec<String>| Field {
        name: name.to_string(),
        question: at,
        shape,
        cells: cells.into_iter().chain([String::new()]).collect(),
        required,
        gate: Gate::All,
    };
    let mut codes: Vec<String> = q.choices.iter().map(|c| c.code.clone()).collect();
    if q.other {
        codes.push(OTHER.to_string());
    }
    match q.kind {
        QuestionKind::Single => vec![field(&q.key, Shape::Value, codes)],
        QuestionKind::Multiple => codes
            .into_iter()
            .map(|code| Field { required: false, ..field(&q.key, Shape::Chosen(code), vec!["1".to_string()]) })
            .collect(),
        QuestionKind::Scale | QuestionKind::Rating => {
            let (low, high) = q.range();
            vec![field(&q.key, Shape::Value, (low..=high).map(|n| n.to_string()).collect())]
        }
        QuestionKind::Matrix => {
            q.rows.iter().map(|row| field(&sub_name(&q.key, &row.code), Shape::Value, codes.clone())).collect()
        }
        QuestionKind::Ranking => vec![field(&q.key, Shape::First, codes)],
        QuestionKind::Number => {
            let bounds = bounds(q.min, q.max);
            let cells = bounds.iter().map(|b| decimal::show(*b)).collect();
            vec![field(&q.key, Shape::Stretch(bounds), cells)]
        }
        QuestionKind::Date => vec![field(&q.key, Shape::Weekday, (1..=7).map(|n| n.to_string()).collect())],
        QuestionKind::Time => vec![field(&q.key, Shape::Hour, (0..24).map(|n| n.to_string()).collect())],
        QuestionKind::ShortText | QuestionKind::LongText | QuestionKind::Photo | QuestionKind::Consent => {
            vec![field(&q.key, Shape::Given, vec!["1".to_string()])]
        }
        QuestionKind::Notice => Vec::new(),
    }
}

/// Where the stretches of a number begin: decided by the question, never by the answers. At most ten between its limits; without
/// limits by the steps 1, 2, 5, 10, 20, …
fn bounds(min: Option<i64>, max: Option<i64>) -> Vec<i64> {
    if let (Some(min), Some(max)) = (min, max)
        && min < max
    {
        let step = (max - min + 1).div_euclid(10).max(1);
        return (0..10).map(|n| min + n * step).filter(|b| *b <= max).map(|b| b.saturating_mul(decimal::ONE)).collect();
    }
    let steps = [0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000];
    let from = min.unwrap_or(LOWEST);
    let further = steps.into_iter().filter(|s| *s > from && max.is_none_or(|max| *s <= max));
    std::iter::once(from).chain(further).map(|s| s.saturating_mul(decimal::ONE)).collect()
}

/// The looks at answers on which it depends whether a question is asked.
fn looks<'a>(definition: &'a Definition, key: &str) -> Vec<&'a Test> {
    let mut found = Vec::new();
    for section in &definition.sections {
        let here = section.questions.iter().find(|q| q.key == key);
        found.extend(section.show_if.iter().filter(|_| here.is_some()).flat_map(|c| c.tests()));
        if let Some(question) = here {
            found.extend(question.show_if.iter().flat_map(|c| c.tests()));
            return found;
        }
        // A section that may be passed over takes its jump with it.
        let jumps = section.jumps.iter().flat_map(|j| &j.when);
        found.extend(jumps.flat_map(|c| c.tests()));
        if !section.jumps.is_empty() {
            found.extend(section.show_if.iter().flat_map(|c| c.tests()));
        }
    }
    found
}

/// Who is asked a field.
fn gate(field: &Field, questions: &[Question], fields: &[Field], definitions: &[&Definition]) -> Gate {
    let Some(question) = questions.get(field.question) else { return Gate::Tangled };
    let asked_in: Vec<&&Definition> =
        definitions.iter().filter(|d| d.question(&question.key).is_some_and(|q| q.kind == question.kind)).collect();
    let tests: Vec<&Test> = asked_in.iter().flat_map(|d| looks(d, &question.key)).collect();
    let names: BTreeSet<&str> = tests.iter().map(|t| t.question.as_str()).collect();
    let name = match names.len() {
        // Also what nobody can reach is asked of nobody: a jump without a condition.
        0 if asked_in.iter().all(|d| is_asked(d, &question.key, &Answers::default())) => return Gate::All,
        1 => names.first().copied().unwrap_or_default(),
        _ => return Gate::Tangled,
    };
    let fits = |f: &Field| {
        f.name == name
            && match &f.shape {
                Shape::Value => true,
                Shape::Chosen(code) => tests.iter().all(|t| t.value == *code && matches!(t.op, Op::Is | Op::IsNot)),
                _ => false,
            }
    };
    let Some(at) = fields.iter().position(fits) else { return Gate::Tangled };
    let asks_in = |d: &Definition| -> Vec<bool> {
        fields[at].cells.iter().map(|cell| is_asked(d, &question.key, &alone(&fields[at], cell))).collect()
    };
    let mut by_version = asked_in.iter().map(|d| asks_in(d));
    let first = by_version.next().unwrap_or_default();
    if by_version.all(|asks| asks == first) { Gate::When { field: at, asks: first } } else { Gate::Tangled }
}

/// Answers in which only this cell of a field is given.
fn alone(field: &Field, cell: &str) -> Answers {
    let value = match &field.shape {
        Shape::Chosen(code) if !cell.is_empty() => code,
        _ => cell,
    };
    [(field.name.as_str(), value)].into_iter().collect()
}

fn is_asked(definition: &Definition, key: &str, answers: &Answers) -> bool {
    let asked = logic::reach(definition, answers).questions;
    definition.questions().zip(asked).any(|(q, asked)| q.key == key && asked)
}

impl Field {
    /// The cell of an answer.
    pub fn cell(&self, values: &[impl AsRef<str>]) -> usize {
        let none = self.cells.len() - 1;
        let Some(first) = values.first().map(AsRef::as_ref) else { return none };
        let by_code = |code: &str| self.cells.iter().position(|c| c == code).unwrap_or(none);
        match &self.shape {
            Shape::Value | Shape::First => by_code(first),
            Shape::Chosen(code) if values.iter().any(|v| v.as_ref() == code) => 0,
            Shape::Chosen(_) => none,
            Shape::Given => 0,
            Shape::Stretch(bounds) => {
                let value = decimal::parse(first);
                value.map_or(none, |v| bounds.iter().rposition(|b| *b <= v).unwrap_or(0))
            }
            Shape::Hour => by_code(first.get(..2).map_or("", |h| h.strip_prefix('0').unwrap_or(h))),
            Shape::Weekday => by_code(&weekday(first)),
        }
    }
}

fn weekday(date: &str) -> String {
    use chrono::Datelike;
    chrono::NaiveDate::parse_from_str(date, "%Y-%m-%d")
        .map(|d| d.weekday().number_from_monday().to_string())
        .unwrap_or_default()
}

#[cfg(test)]
#[path = "fields_tests.rs"]
mod tests;
