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
        own::once,
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
type Codes = Vec<(String, String)>;

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

    fn cell(&self, name: &str) -> &str {
        self.item.cells.get(name).map_or("", String::as_str)
    }

    fn number_of(&self, name: &str) -> Option<i64> {
        let cell = self.cell(name);
        let whole =
            cell.split_once('.').map_or(cell, |(w, rest)| if rest.bytes().all(|b| b == b'0') { w } else { cell });
        whole.parse().ok()
    }

    fn lose(&mut self, key: &'static str, detail: &str) {
        self.losses.push(Loss::new(called(&self.item.text, &self.item.code), key, detail));
    }

    fn question(&mut self, kind: QuestionKind) -> Question {
        let key = self.keys.take(&self.item.code, "q");
        let mut q = Question::new(&key, kind, self.item.text.clone());
        q.hint = self.item.help.clone();
        q.required = self.cell("mandatory") == "Y";
        if self.cell("mandatory") == "S" {
            self.lose("exchange.loss.soft", "");
        }
        q
    }

    fn know(&mut self, suffix: &str, target: Target) {
        self.names.insert(format!("{}{suffix}", self.item.code), target);
    }

    fn scale(&self, scale: &str) -> Vec<Part> {
        let of = |p: &&Part| if p.scale.is_empty() { scale == "0" } else { p.scale == scale };
        self.item.answers.iter().filter(of).cloned().collect()
    }

    fn choices(&mut self, parts: &[Part], other: bool) -> (Vec<Choice>, Codes) {
        let mut keys = if other { Keys::without(OTHER) } else { Keys::default() };
        let mut codes = Codes::new();
        let choices = parts.iter().map(|part| {
            let code = keys.take(&part.code, "c");
            codes.push((part.code.clone(), code.clone()));
            Choice { code, label: part.text.clone() }
        });
        (choices.collect(), codes)
    }

    fn with_other(&mut self, q: &mut Question) {
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
    fn comment(&mut self, of: &Question, suffix: &str) -> Question {
        let key = self.keys.take(&format!("{}_comment", of.key), "q");
        self.lose("exchange.loss.comment", "");
        self.know(suffix, Target::free(key.clone(), false));
        Question::new(&key, QuestionKind::LongText, Text::new("补充说明", "Remarks"))
    }

    fn multiple(&mut self) -> Vec<Question> {
        let is_consent = self.item.subs.len() == 1 && self.item.subs[0].code == "agree" && self.cell("other") != "Y";
        if is_consent {
            let q = self.question(QuestionKind::Consent);
            self.know("_agree", Target::Tick { key: q.key.clone(), code: "1".to_string(), of: 1 });
            return vec![q];
        }
        let mut q = self.question(QuestionKind::Multiple);
        self.with_other(&mut q);
        let (choices, codes) = self.choices(&self.item.subs, q.other);
        q.choices = choices;
        q.min = self.number_of("min_answers").filter(|n| *n > 0);
        q.max = self.number_of("max_answers").filter(|n| *n > 0);
        let of = q.choices.len() + usize::from(q.other);
        for (theirs, ours) in &codes {
            self.know(&format!("_{theirs}"), Target::Tick { key: q.key.clone(), code: ours.clone(), of });
        }
        if q.other {
            self.know("_other", Target::Tick { key: q.key.clone(), code: OTHER.to_string(), of });
        }
        self.know("", Target::Answer { name: q.key.clone(), codes, several: true, whole: false });
        let comment = (self.item.kind == "P").then(|| self.comment(&q, "_comment"));
        std::iter::once(q).chain(comment).collect()
    }

    fn five(&mut self) -> Vec<Question> {
        let stars = !matches!(self.cell("slider_rating"), "" | "0");
        let q = self.question(if stars { QuestionKind::Rating } else { QuestionKind::Scale });
        self.know("", Target::free(q.key.clone(), true));
        vec![q]
    }

    /// Rows are the subquestions; columns the answers.
    fn matrix(&mut self, columns: &[Part]) -> Vec<Question> {
        if self.item.subs.is_empty() || columns.is_empty() {
            self.lose("exchange.loss.no_choices", kind_name(&self.item.kind));
            return Vec::new();
        }
        let mut q = self.question(QuestionKind::Matrix);
        let (columns, codes) = self.choices(columns, false);
        let (rows, names) = self.choices(&self.item.subs, false);
        (q.choices, q.rows) = (columns, rows);
        for (theirs, ours) in names {
            let name = sub_name(&q.key, &ours);
            self.know(
                &format!("_{theirs}"),
                Target::Answer { name, codes: codes.clone(), several: false, whole: false },
            );
        }
        vec![q]
    }

    /// Two scales for the same rows: two matrices.
    fn dual(&mut self) -> Vec<Question> {
        self.lose("exchange.loss.split", "");
        let mut made = Vec::new();
        for scale in ["0", "1"] {
            let columns = self.scale(scale);
            let mut matrix = self.matrix(&columns);
            let heading = self.cell(if scale == "0" { "dualscale_headera" } else { "dualscale_headerb" }).to_string();
            for q in &mut matrix {
                if !heading.is_empty() {
                    let place = if q.label.zh.is_empty() { &mut q.label.en } else { &mut q.label.zh };
                    *place = format!("{place} – {heading}");
                }
                let (key, rows) = (q.key.clone(), q.rows.clone());
                let codes: Codes =
                    columns.iter().zip(&q.choices).map(|(p, c)| (p.code.clone(), c.code.clone())).collect();
                for (part, row) in self.item.subs.iter().zip(&rows) {
                    let target = Target::Answer {
                        name: sub_name(&key, &row.code),
                        codes: codes.clone(),
                        several: false,
                        whole: false,
                    };
                    self.know(&format!("_{}_{scale}", part.code), target);
                }
            }
            made.append(&mut matrix);
        }
        made
    }

    fn number(&mut self) -> Vec<Question> {
        let mut q = self.question(QuestionKind::Number);
        (q.min, q.max) = (self.limit("min_num_value_n"), self.limit("max_num_value_n"));
        q.decimals = if self.cell("num_value_int_only") == "1" { 0 } else { 6 };
        self.know("", Target::free(q.key.clone(), q.decimals == 0));
        vec![q]
    }

    /// A limit that is a whole number; others are formulas, or have a point.
    fn limit(&mut self, name: &str) -> Option<i64> {
        let limit = self.number_of(name);
        let cell = self.cell(name).to_string();
        if limit.is_none() && !cell.is_empty() {
            self.lose("exchange.loss.setting", &format!("{name}: {cell}"));
        }
        limit
    }

    fn is_slider(&self) -> bool {
        let (min, max) = (self.number_of("slider_min").unwrap_or(0), self.number_of("slider_max").unwrap_or(100));
        self.cell("slider_layout") == "1"
            && self.item.subs.len() == 1
            && (1..=10).contains(&max.saturating_sub(min))
            && min >= -10
            && max <= 100
    }

    /// One slider with few steps is a scale; its words at both ends stand in the text of its only row.
    fn slider(&mut self) -> Vec<Question> {
        let mut q = self.question(QuestionKind::Scale);
        (q.min, q.max) =
            (Some(self.number_of("slider_min").unwrap_or(0)), Some(self.number_of("slider_max").unwrap_or(100)));
        let mark = if self.cell("slider_separator").is_empty() { "|" } else { self.cell("slider_separator") };
        let Some(row) = self.item.subs.first() else { return Vec::new() };
        let end = |text: &str, at: usize| text.split(mark).nth(at).unwrap_or_default().trim().to_string();
        q.low = once(Text { zh: end(&row.text.zh, 1), en: end(&row.text.en, 1) });
        q.high = once(Text { zh: end(&row.text.zh, 2), en: end(&row.text.en, 2) });
        self.names.insert(format!("{}_{}", self.item.code, row.code), Target::free(q.key.clone(), true));
        vec![q]
    }

    /// Several lines under one title: a question each.
    fn several(&mut self) -> Vec<Question> {
        let kind = if self.item.kind == "K" { QuestionKind::Number } else { QuestionKind::ShortText };
        self.lose("exchange.loss.split", "");
        let mut made = Vec::new();
        for part in &self.item.subs {
            let key = self.keys.take(&format!("{}_{}", self.item.code, part.code), "q");
            let join =
                |a: &str, b: &str| [a, b].iter().filter(|t| !t.is_empty()).copied().collect::<Vec<_>>().join(" – ");
            let label =
                Text { zh: join(&self.item.text.zh, &part.text.zh), en: join(&self.item.text.en, &part.text.en) };
            let mut q = Question::new(&key, kind, label);
            q.required = self.cell("mandatory") == "Y";
            if kind == QuestionKind::Number {
                q.decimals = if self.cell("num_value_int_only") == "1" { 0 } else { 6 };
                (q.min, q.max) = (self.limit("min_num_value_n"), self.limit("max_num_value_n"));
            } else {
                q.max = self.length();
            }
            self.know(&format!("_{}", part.code), Target::free(key, kind == QuestionKind::Number && q.decimals == 0));
            made.push(q);
        }
        made
    }

    fn length(&mut self) -> Option<i64> {
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

    fn ranking(&mut self) -> Vec<Question> {
        let mut q = self.question(QuestionKind::Ranking);
        let parts = if self.item.answers.is_empty() { self.item.subs.clone() } else { self.item.answers.clone() };
        let (choices, codes) = self.choices(&parts, false);
        q.choices = choices;
        q.max = self.number_of("max_subquestions").or_else(|| self.number_of("max_answers")).filter(|n| *n > 0);
        self.know("", Target::Answer { name: q.key.clone(), codes, several: true, whole: false });
        vec![q]
    }

    fn notice(&mut self) -> Vec<Question> {
        let mut q = self.question(QuestionKind::Notice);
        q.required = false;
        vec![q]
    }

    fn photo(&mut self) -> Vec<Question> {
        let types = self.cell("allowed_filetypes").to_lowercase();
        let is_photo = |t: &&str| ["jpg", "jpeg", "png", "gif", "webp", "heic"].contains(t);
        let list: Vec<&str> = types.split(',').map(str::trim).filter(|t| !t.is_empty()).collect();
        if !list.is_empty() && !list.iter().any(|t| is_photo(&t)) {
            self.lose("exchange.loss.kind", &format!("file: {types}"));
            return Vec::new();
        }
        if list.is_empty() || !list.iter().all(|t| is_photo(&t)) {
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
fn kind_name(kind: &str) -> &str {
    match kind {
        "*" => "equation (*)",
        "I" => "language switch (I)",
        ":" => "array of numbers (:)",
        ";" => "array of texts (;)",
        "F" | "H" | "1" | "A" | "B" | "C" | "E" => "array",
        other => other,
    }
}
