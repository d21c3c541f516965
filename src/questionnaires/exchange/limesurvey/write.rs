//! Definitions → the tab-separated structure of LimeSurvey.

use std::collections::HashSet;

use crate::{
    forms::model::{Choice, Definition, Question, QuestionKind, Section, Text},
    questionnaires::exchange::{
        Exported, Loss,
        finish::{called, texts},
        limesurvey::{borrowed::written as words, code::Codes, relevance, table::written},
        shape, target,
    },
};

/// The columns that are written.
const COLUMNS: [&str; 31] = [
    "id",
    "related_id",
    "class",
    "type/scale",
    "name",
    "relevance",
    "text",
    "help",
    "language",
    "validation",
    "mandatory",
    "encrypted",
    "other",
    "default",
    "same_default",
    "allowed_filetypes",
    "date_format",
    "max_answers",
    "max_num_of_files",
    "max_num_value_n",
    "max_subquestions",
    "maximum_chars",
    "min_answers",
    "min_num_value_n",
    "num_value_int_only",
    "slider_accuracy",
    "slider_layout",
    "slider_max",
    "slider_min",
    "slider_rating",
    "slider_separator",
];

/// A row that is being written: pairs of column and cell.
type Cells = Vec<(&'static str, String)>;

/// Writes a questionnaire.
pub fn write(definition: &Definition) -> Exported {
    let (mut plain, losses) = shape::without_jumps(definition);
    let all = texts(&mut plain);
    let chinese = all.iter().any(|t| !t.zh.is_empty());
    let english = all.iter().any(|t| !t.en.is_empty());
    let mut languages: Vec<&str> = Vec::new();
    languages.extend(chinese.then_some("zh-Hans"));
    languages.extend((english || !chinese).then_some("en"));
    let codes = Codes::of(&plain);
    let mut writer = Writer { definition: &plain, codes, losses, seen: HashSet::new(), out: String::from("\u{feff}") };
    writer.out.push_str(&COLUMNS.join("\t"));
    writer.out.push('\n');
    writer.settings(&languages);
    for language in &languages {
        let mut id = 0usize;
        for (i, section) in plain.sections.iter().enumerate() {
            writer.group(section, i + 1, language);
            for question in &section.questions {
                id += 1;
                writer.question(question, id, i + 1, language);
            }
        }
    }
    Exported { text: writer.out, losses: writer.losses }
}

struct Writer<'a> {
    definition: &'a Definition,
    codes: Codes,
    losses: Vec<Loss>,
    /// Losses that were listed already, in another language.
    seen: HashSet<(String, &'static str)>,
    out: String,
}

impl Writer<'_> {
    fn row(&mut self, cells: &[(&str, String)]) {
        let line: Vec<String> = COLUMNS
            .iter()
            .map(|column| cells.iter().find(|(c, _)| c == column).map_or(String::new(), |(_, cell)| written(cell)))
            .collect();
        self.out.push_str(&line.join("\t"));
        self.out.push('\n');
    }

    fn lose(&mut self, at: &str, key: &'static str, detail: impl Into<String>) {
        if self.seen.insert((at.to_string(), key)) {
            self.losses.push(Loss::new(at, key, detail));
        }
    }

    fn settings(&mut self, languages: &[&str]) {
        let mut set = |class: &str, name: &str, text: &str, language: &str| {
            let cells = [("class", class), ("name", name), ("text", text), ("language", language)];
            self.row(&cells.map(|(column, cell)| (column, cell.to_string())));
        };
        set("S", "language", languages.first().copied().unwrap_or("zh-Hans"), "");
        set("S", "additional_languages", &languages.get(1..).unwrap_or_default().join(" "), "");
        set("S", "anonymized", "Y", "");
        set("S", "format", "G", "");
        let definition = self.definition;
        for language in languages {
            let texts = [
                ("surveyls_title", &definition.title),
                ("surveyls_welcometext", &definition.intro),
                ("surveyls_endtext", &definition.thanks),
            ];
            for (name, text) in texts {
                let cells = [
                    ("class", "SL".to_string()),
                    ("name", name.to_string()),
                    ("text", words(text, language)),
                    ("language", (*language).to_string()),
                ];
                self.row(&cells);
            }
        }
    }

    fn relevance(&mut self, condition: Option<&crate::forms::model::Condition>, at: &str) -> String {
        let Some(condition) = condition else { return "1".to_string() };
        let written = target::write(condition, &|t| relevance::test(self.definition, &self.codes, t));
        written.unwrap_or_else(|| {
            self.lose(at, "exchange.loss.condition", "");
            "1".to_string()
        })
    }

    fn group(&mut self, section: &Section, id: usize, language: &str) {
        let relevance = self.relevance(section.show_if.as_ref(), &called(&section.title, &section.key));
        self.row(&[
            ("id", id.to_string()),
            ("class", "G".to_string()),
            ("type/scale", (id - 1).to_string()),
            ("name", words(&section.title, language)),
            ("relevance", relevance),
            ("text", words(&section.text, language)),
            ("language", language.to_string()),
        ]);
    }

    fn question(&mut self, q: &Question, id: usize, group: usize, language: &str) {
        let at = called(&q.label, &q.key);
        let relevance = self.relevance(q.show_if.as_ref(), &at);
        let (kind, mut more) = self.of_kind(q, &at);
        let flag = |on: bool| if on { "Y" } else { "N" }.to_string();
        let mut cells: Cells = vec![
            ("id", id.to_string()),
            ("related_id", group.to_string()),
            ("class", "Q".to_string()),
            ("type/scale", kind.to_string()),
            ("name", self.codes.question(&q.key).to_string()),
            ("relevance", relevance),
            ("text", words(&q.label, language)),
            ("help", words(&q.hint, language)),
            ("language", language.to_string()),
            ("mandatory", flag(q.required)),
            ("encrypted", "N".to_string()),
            ("other", flag(q.other)),
            ("same_default", "0".to_string()),
        ];
        cells.append(&mut more);
        self.row(&cells);
        self.parts(q, kind, id, language);
    }

    /// The type of a question, and its settings.
    fn of_kind(&mut self, q: &Question, at: &str) -> (&'static str, Cells) {
        let mut cells = Cells::new();
        let mut set = |column: &'static str, value: Option<i64>| cells.extend(value.map(|v| (column, v.to_string())));
        let kind = match q.kind {
            QuestionKind::Single => "L",
            QuestionKind::Multiple => {
                set("min_answers", q.min);
                set("max_answers", q.max);
                "M"
            }
            QuestionKind::Consent => "M",
            QuestionKind::Rating if q.range().1 == 5 => {
                set("slider_rating", Some(1));
                "5"
            }
            QuestionKind::Scale if q.range() == (1, 5) && q.low.is_empty() && q.high.is_empty() => "5",
            QuestionKind::Scale | QuestionKind::Rating => {
                let (low, high) = q.range();
                set("slider_min", Some(low));
                set("slider_max", Some(high));
                set("slider_layout", Some(1));
                set("slider_accuracy", Some(1));
                cells.push(("slider_separator", "|".to_string()));
                if q.kind == QuestionKind::Rating {
                    self.lose(at, "exchange.loss.stars", q.range().1.to_string());
                }
                "K"
            }
            QuestionKind::Matrix => "F",
            QuestionKind::Ranking => {
                set("max_subquestions", q.max);
                "R"
            }
            QuestionKind::ShortText | QuestionKind::LongText => {
                set("maximum_chars", q.max);
                if q.kind == QuestionKind::ShortText { "S" } else { "T" }
            }
            QuestionKind::Number => {
                set("min_num_value_n", q.min);
                set("max_num_value_n", q.max);
                set("num_value_int_only", (q.decimals == 0).then_some(1));
                if (1..6).contains(&q.decimals) {
                    self.lose(at, "exchange.loss.decimals", q.decimals.to_string());
                }
                "N"
            }
            QuestionKind::Date | QuestionKind::Time => {
                let format = if q.kind == QuestionKind::Date { "yyyy-mm-dd" } else { "HH:MM" };
                cells.push(("date_format", format.to_string()));
                "D"
            }
            QuestionKind::Photo => {
                set("max_num_of_files", q.max);
                cells.push(("allowed_filetypes", "jpg,jpeg,png,webp,gif".to_string()));
                "|"
            }
            QuestionKind::Notice => "X",
        };
        (kind, cells)
    }

    fn parts(&mut self, q: &Question, kind: &str, id: usize, language: &str) {
        match q.kind {
            QuestionKind::Single | QuestionKind::Ranking => self.list("A", q, &q.choices, id, language),
            QuestionKind::Multiple => self.list("SQ", q, &q.choices, id, language),
            QuestionKind::Matrix => {
                self.list("SQ", q, &q.rows, id, language);
                self.list("A", q, &q.choices, id, language);
            }
            QuestionKind::Consent => {
                let agree = Text::new("我已阅读并同意", "I have read this and agree");
                self.part("SQ", "agree", words(&agree, language), id, language);
            }
            QuestionKind::Scale | QuestionKind::Rating if kind == "K" => {
                let end = |text: &Text| words(text, language).replace('|', "&#124;");
                let ends = format!("|{}|{}", end(&q.low), end(&q.high));
                self.part("SQ", "SQ001", ends, id, language);
            }
            _ => {}
        }
    }

    fn list(&mut self, class: &str, q: &Question, list: &[Choice], id: usize, language: &str) {
        for choice in list {
            let code = self.codes.part(&q.key, class == "SQ", &choice.code).to_string();
            self.part(class, &code, words(&choice.label, language), id, language);
        }
    }

    fn part(&mut self, class: &str, code: &str, text: String, id: usize, language: &str) {
        self.row(&[
            ("related_id", id.to_string()),
            ("class", class.to_string()),
            ("type/scale", "0".to_string()),
            ("name", code.to_string()),
            ("relevance", if class == "SQ" { "1".to_string() } else { String::new() }),
            ("text", text),
            ("language", language.to_string()),
        ]);
    }
}
