//! A question of LimeSurvey → one of ours, or several, or none (then it is listed).

use crate::{
    forms::model::{Choice, MOST_CHARS, MOST_PHOTOS, OTHER, Question, QuestionKind, Text, sub_name},
    questionnaires::exchange::{
        Loss,
        finish::{called, choice},
        keys::Keys,
        limesurvey::{
            names::Names,
            survey::{Item, Part},
        },
        target::Target,
    },
};

/// Makes questions of one item.
pub struct Maker<'a> {
    /// Keys that are taken.
    pub keys: &'a mut Keys,
    /// What names stand for.
    pub names: &'a mut Names,
    /// What could not be carried over.
    pub losses: &'a mut Vec<Loss>,
    /// The item.
    pub item: &'a Item,
}

/// Pairs of their code and ours.
pub(super) type Codes = Vec<(String, String)>;

impl Maker<'_> {
    /// The questions.
    pub fn make(mut self) -> Vec<Question> {
        let item = self.item;
        self.names.insert_id(&item.id, &item.code);
        if self.cell("hidden") == "1" {
            self.lose("exchange.loss.hidden", "");
            return Vec::new();
        }
        let made = match item.kind.as_str() {
            "L" | "!" | "O" => self.single(),
            "M" | "P" => self.multiple(),
            "5" => self.five(),
            "A" => self.matrix(&numbers(5)),
            "B" => self.matrix(&numbers(10)),
            "C" => self.matrix(&[("Y", "是", "Yes"), ("N", "否", "No"), ("U", "不确定", "Uncertain")].map(fixed)),
            "E" => {
                self.matrix(&[("I", "增加", "Increase"), ("S", "不变", "Same"), ("D", "减少", "Decrease")].map(fixed))
            }
            "F" | "H" => self.matrix(&self.scale("0")),
            "1" => self.dual(),
            "N" => self.number(),
            "K" if self.is_slider() => self.slider(),
            "K" | "Q" => self.several(),
            "S" => self.text(QuestionKind::ShortText),
            "T" | "U" => self.text(QuestionKind::LongText),
            "D" => self.day(),
            "Y" => self.fixed_choice(&[("Y", "是", "Yes"), ("N", "否", "No")]),
            "G" => self.fixed_choice(&[("F", "女", "Female"), ("M", "男", "Male")]),
            "R" => self.ranking(),
            "X" => self.notice(),
            "|" => self.photo(),
            other => {
                self.lose("exchange.loss.kind", kind_name(other));
                return Vec::new();
            }
        };
        self.settings();
        made
    }

    pub(super) fn cell(&self, name: &str) -> &str {
        self.item.cells.get(name).map_or("", String::as_str)
    }

    pub(super) fn number_of(&self, name: &str) -> Option<i64> {
        let cell = self.cell(name);
        let whole =
            cell.split_once('.').map_or(cell, |(w, rest)| if rest.bytes().all(|b| b == b'0') { w } else { cell });
        whole.parse().ok()
    }

    pub(super) fn lose(&mut self, key: &'static str, detail: &str) {
        self.losses.push(Loss::new(called(&self.item.text, &self.item.code), key, detail));
    }

    pub(super) fn question(&mut self, kind: QuestionKind) -> Question {
        let key = self.keys.take(&self.item.code, "q");
        let mut q = Question::new(&key, kind, self.item.text.clone());
        q.hint = self.item.help.clone();
        q.required = self.cell("mandatory") == "Y";
        if self.cell("mandatory") == "S" {
            self.lose("exchange.loss.soft", "");
        }
        q
    }

    pub(super) fn know(&mut self, suffix: &str, target: Target) {
        self.names.insert(format!("{}{suffix}", self.item.code), target);
    }

    pub(super) fn scale(&self, scale: &str) -> Vec<Part> {
        let of = |p: &&Part| if p.scale.is_empty() { scale == "0" } else { p.scale == scale };
        self.item.answers.iter().filter(of).cloned().collect()
    }

    pub(super) fn choices(&mut self, parts: &[Part], other: bool) -> (Vec<Choice>, Codes) {
        let mut keys = if other { Keys::without(OTHER) } else { Keys::default() };
        let mut codes = Codes::new();
        let choices = parts.iter().map(|part| {
            let code = keys.take(&part.code, "c");
            codes.push((part.code.clone(), code.clone()));
            Choice { code, label: part.text.clone() }
        });
        (choices.collect(), codes)
    }

    pub(super) fn with_other(&mut self, q: &mut Question) {
        q.other = self.cell("other") == "Y";
        let words = self.cell("other_replace_text").to_string();
        if q.other && !words.is_empty() {
            self.lose("exchange.loss.other_text", &words);
        }
    }

    fn single(&mut self) -> Vec<Question> {
        let mut q = self.question(QuestionKind::Single);
        self.with_other(&mut q);
        let (choices, mut codes) = self.choices(&self.scale("0"), q.other);
        q.choices = choices;
        if q.other {
            codes.push(("-oth-".to_string(), OTHER.to_string()));
            self.know("_other", Target::free(sub_name(&q.key, OTHER), false));
        }
        self.know("", Target::Answer { name: q.key.clone(), codes, several: false, whole: false });
        let comment = (self.item.kind == "O").then(|| self.comment(&q, "_comment"));
        std::iter::once(q).chain(comment).collect()
    }

    /// A field for remarks beside a question becomes a question of its own.
    pub(super) fn comment(&mut self, of: &Question, suffix: &str) -> Question {
        let key = self.keys.take(&format!("{}_comment", of.key), "q");
        self.lose("exchange.loss.comment", "");
        self.know(suffix, Target::free(key.clone(), false));
        Question::new(&key, QuestionKind::LongText, Text::new("补充说明", "Remarks"))
    }

    fn five(&mut self) -> Vec<Question> {
        let stars = !matches!(self.cell("slider_rating"), "" | "0");
        let q = self.question(if stars { QuestionKind::Rating } else { QuestionKind::Scale });
        self.know("", Target::free(q.key.clone(), true));
        vec![q]
    }

    fn number(&mut self) -> Vec<Question> {
        let mut q = self.question(QuestionKind::Number);
        (q.min, q.max) = (self.limit("min_num_value_n"), self.limit("max_num_value_n"));
        q.decimals = if self.cell("num_value_int_only") == "1" { 0 } else { 6 };
        self.know("", Target::free(q.key.clone(), q.decimals == 0));
        vec![q]
    }

    /// A limit that is a whole number; others are formulas, or have a point.
    pub(super) fn limit(&mut self, name: &str) -> Option<i64> {
        let limit = self.number_of(name);
        let cell = self.cell(name).to_string();
        if limit.is_none() && !cell.is_empty() {
            self.lose("exchange.loss.setting", &format!("{name}: {cell}"));
        }
        limit
    }

    pub(super) fn length(&mut self) -> Option<i64> {
        let most = self.number_of("maximum_chars").filter(|n| *n > 0)?;
        if most > MOST_CHARS {
            self.lose("exchange.loss.most_chars", &most.to_string());
        }
        Some(most.min(MOST_CHARS))
    }

    fn text(&mut self, kind: QuestionKind) -> Vec<Question> {
        let numbers = self.cell("numbers_only") == "1";
        let mut q = self.question(if numbers { QuestionKind::Number } else { kind });
        if numbers {
            q.decimals = 6;
        } else {
            q.max = self.length();
        }
        self.know("", Target::free(q.key.clone(), false));
        vec![q]
    }

    fn day(&mut self) -> Vec<Question> {
        let format = self.cell("date_format").to_string();
        let has = |signs: &[char]| format.contains(signs);
        let (day, time) = (has(&['d', 'D', 'j', 'y', 'Y']) || format.is_empty(), has(&['H', 'h', 'G', 'g']));
        if day && time {
            self.lose("exchange.loss.time", &format);
        }
        let q = self.question(if time && !day { QuestionKind::Time } else { QuestionKind::Date });
        self.know("", Target::free(q.key.clone(), false));
        vec![q]
    }

    fn fixed_choice(&mut self, list: &[(&str, &str, &str)]) -> Vec<Question> {
        let mut q = self.question(QuestionKind::Single);
        q.choices = list.iter().map(|(code, zh, en)| choice(&code.to_lowercase(), zh, en)).collect();
        let codes = list.iter().map(|(code, ..)| ((*code).to_string(), code.to_lowercase())).collect();
        self.know("", Target::Answer { name: q.key.clone(), codes, several: false, whole: false });
        vec![q]
    }

    fn notice(&mut self) -> Vec<Question> {
        let mut q = self.question(QuestionKind::Notice);
        q.required = false;
        vec![q]
    }

    fn photo(&mut self) -> Vec<Question> {
        let types = self.cell("allowed_filetypes").to_lowercase();
        let list: Vec<&str> = types.split(',').map(str::trim).filter(|t| !t.is_empty()).collect();
        let photos = list.iter().filter(|t| ["jpg", "jpeg", "png", "gif", "webp", "heic"].contains(t)).count();
        if !list.is_empty() && photos == 0 {
            self.lose("exchange.loss.kind", &format!("file: {types}"));
            return Vec::new();
        }
        if list.is_empty() || photos < list.len() {
            self.lose("exchange.loss.photos", &types);
        }
        let mut q = self.question(QuestionKind::Photo);
        let most = self.number_of("max_num_of_files");
        q.max = most.map(|n| n.clamp(1, MOST_PHOTOS));
        if most.is_some_and(|n| n > MOST_PHOTOS) {
            self.lose("exchange.loss.most_photos", &most.unwrap_or_default().to_string());
        }
        self.know("", Target::free(q.key.clone(), false));
        vec![q]
    }

    /// Lists settings that change what is asked.
    fn settings(&mut self) {
        const ASKED: [&str; 16] = [
            "validation",
            "default",
            "array_filter",
            "array_filter_exclude",
            "em_validation_q",
            "em_validation_sq",
            "exclude_all_others",
            "equals_num_value",
            "equation",
            "random_group",
            "date_min",
            "date_max",
            "min_num_value",
            "max_num_value",
            "time_limit",
            "assessment_value",
        ];
        for name in ASKED {
            let cell = self.cell(name).to_string();
            if !matches!(cell.as_str(), "" | "0" | "N") {
                self.lose("exchange.loss.setting", &format!("{name}: {cell}"));
            }
        }
        if matches!(self.cell("random_order"), "1" | "Y") || matches!(self.cell("answer_order"), "random") {
            self.lose("exchange.loss.random", "");
        }
    }
}

fn fixed((code, zh, en): (&str, &str, &str)) -> Part {
    Part { code: code.to_string(), scale: String::new(), text: Text::new(zh, en) }
}

fn numbers(most: usize) -> Vec<Part> {
    (1..=most).map(|n| fixed((&n.to_string(), &n.to_string(), ""))).collect()
}

/// What a type is called, for the list of losses.
pub(super) fn kind_name(kind: &str) -> &str {
    match kind {
        "*" => "equation (*)",
        "I" => "language switch (I)",
        ":" => "array of numbers (:)",
        ";" => "array of texts (;)",
        "F" | "H" | "1" | "A" | "B" | "C" | "E" => "array",
        other => other,
    }
}
