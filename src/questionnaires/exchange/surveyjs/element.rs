//! Elements → questions.

use serde_json::Value;

use crate::{
    forms::model::{Choice, Question, QuestionKind, Text, sub_name},
    questionnaires::exchange::{
        finish::called,
        keys::Keys,
        surveyjs::{
            pages::{Reader, condition_of},
            props, single,
        },
        target::Target,
    },
};

/// An element that is being read.
pub struct Element<'a> {
    /// Its JSON.
    pub json: &'a Value,
    /// Its name there.
    pub name: String,
    /// How it is called in the list of losses.
    pub at: String,
    /// Settings that were read.
    pub used: Vec<&'static str>,
}

impl Element<'_> {
    /// A setting.
    pub fn get(&mut self, name: &'static str) -> Option<&Value> {
        self.used.push(name);
        self.json.get(name)
    }

    /// A setting that is a text.
    pub fn str(&mut self, name: &'static str) -> Option<&str> {
        self.get(name).and_then(Value::as_str)
    }

    /// A setting that is on or off.
    pub fn is(&mut self, name: &'static str) -> bool {
        self.get(name).and_then(Value::as_bool) == Some(true)
    }

    /// A setting that is a whole number, also written as text.
    pub fn number(&mut self, name: &'static str) -> Option<i64> {
        match self.get(name)? {
            Value::Number(n) => {
                n.as_i64().or_else(|| n.as_f64().filter(|f| f.fract() == 0.0 && f.abs() < 1e12).map(|f| f as i64))
            }
            Value::String(s) => s.trim().parse().ok(),
            _ => None,
        }
    }
}

impl Reader {
    /// The questions that an element becomes: one, none (then it is listed), or several.
    pub(super) fn element(&mut self, json: &Value) -> Vec<Question> {
        let name = match json.get("name") {
            Some(Value::String(name)) => name.clone(),
            Some(Value::Number(number)) => number.to_string(),
            _ => String::new(),
        };
        let kind = json.get("type").and_then(Value::as_str).unwrap_or("text").to_string();
        let label = self.text(json, "title", &name);
        let at = called(&label, &name);
        if self.is_hidden(json, &at) {
            return Vec::new();
        }
        let mut element = Element { json, name, at, used: vec!["title", "name", "type", "visibleIf"] };
        let questions = self.of_kind(&kind, &mut element, label);
        if !questions.is_empty() {
            self.settings_of(&element);
        }
        questions
    }

    fn of_kind(&mut self, kind: &str, e: &mut Element<'_>, label: Text) -> Vec<Question> {
        match kind {
            "text" => single::text(self, e, label),
            "comment" => single::comment(self, e, label),
            "radiogroup" | "dropdown" | "buttongroup" => self.choose(e, label, QuestionKind::Single),
            "checkbox" | "tagbox" => self.choose(e, label, QuestionKind::Multiple),
            "imagepicker" => {
                let kind = if e.is("multiSelect") { QuestionKind::Multiple } else { QuestionKind::Single };
                self.lose(&e.at.clone(), "exchange.loss.pictures", "");
                self.choose(e, label, kind)
            }
            "ranking" => self.choose(e, label, QuestionKind::Ranking),
            "rating" | "slider" => single::rating(self, e, label),
            "boolean" => single::boolean(self, e, label),
            "matrix" => self.matrix(e, label),
            "file" => single::file(self, e, label),
            "html" => single::html(self, e),
            "multipletext" => self.several_texts(e, label),
            other => {
                let at = e.at.clone();
                self.lose(&at, "exchange.loss.kind", other);
                Vec::new()
            }
        }
    }

    /// A question with what all kinds have; its name now stands for it.
    pub(super) fn question(&mut self, e: &mut Element<'_>, kind: QuestionKind, label: Text) -> Question {
        let key = self.keys.take(&e.name, "q");
        let label = if label.is_empty() { self.words.of_file(&e.name) } else { label };
        let mut question = Question::new(&key, kind, label);
        let whenever = e.json.get("requiredIf").and_then(Value::as_str).map(|text| text.trim().to_string());
        question.required = e.is("isRequired") || (whenever.is_some() && whenever == condition_of(e.json));
        e.used.push("description");
        question.hint = self.text(e.json, "description", &e.at);
        question
    }

    /// Remembers what the name of an element stands for.
    pub(super) fn known(&mut self, name: &str, target: Target) {
        self.names.push((name.to_string(), target));
    }

    /// Choices of an element; with pairs of their value and our code.
    pub(super) fn choices(
        &mut self,
        list: Option<&Value>,
        at: &str,
        keys: &mut Keys,
        fallback: &str,
    ) -> (Vec<Choice>, Vec<(String, String)>) {
        let (mut choices, mut codes) = (Vec::new(), Vec::new());
        for item in list.and_then(Value::as_array).into_iter().flatten() {
            let (value, label) = match item {
                Value::Object(map) => (map.get("value").unwrap_or(&Value::Null).clone(), map.get("text").cloned()),
                // The short way to write both.
                Value::String(s) if s.contains('|') => {
                    let (value, label) = s.split_once('|').unwrap_or((s, ""));
                    (value.into(), Some(label.into()))
                }
                plain => (plain.clone(), None),
            };
            let value = match &value {
                Value::String(s) => s.clone(),
                Value::Number(n) => n.to_string(),
                Value::Bool(b) => b.to_string(),
                _ => String::new(),
            };
            let mut label = self.words.read(label.as_ref());
            self.heard(at, &label);
            if label.is_empty() {
                label = self.words.read(Some(&Value::String(value.clone())));
            }
            if label.is_empty() {
                continue;
            }
            for name in ["visibleIf", "enableIf"] {
                if let Some(text) = item.get(name).and_then(Value::as_str) {
                    self.lose(at, "exchange.loss.condition", &format!("{}: {text}", called(&label, &value)));
                }
            }
            let code = keys.take(&value, fallback);
            codes.push((value, code.clone()));
            choices.push(Choice { code, label });
        }
        (choices, codes)
    }

    /// One, several or all in order, of choices.
    fn choose(&mut self, e: &mut Element<'_>, label: Text, kind: QuestionKind) -> Vec<Question> {
        let mut q = self.question(e, kind, label);
        let other = e.is("hasOther") | e.is("showOtherItem");
        q.other = other && kind != QuestionKind::Ranking;
        let mut keys = if q.other { Keys::without("other") } else { Keys::default() };
        e.used.push("choices");
        let (choices, mut codes) = self.choices(e.json.get("choices"), &e.at.clone(), &mut keys, "c");
        q.choices = choices;
        if e.is("hasNone") | e.is("showNoneItem") {
            let mut words = self.text(e.json, "noneText", &e.at.clone());
            if words.is_empty() {
                words = Text::new("都没有", "None");
            }
            let code = keys.take("none", "c");
            codes.push(("none".to_string(), code.clone()));
            q.choices.push(Choice { code, label: words });
        }
        if q.other {
            codes.push(("other".to_string(), "other".to_string()));
            self.other_words(e);
        }
        if kind != QuestionKind::Single {
            q.min = e.number("minSelectedChoices").filter(|n| *n > 0 && kind == QuestionKind::Multiple);
            q.max = e.number("maxSelectedChoices").filter(|n| *n > 0);
            single::answer_count(e, &mut q);
        }
        if matches!(e.str("choicesOrder"), Some("random")) {
            self.lose(&e.at.clone(), "exchange.loss.random", "");
        }
        if q.choices.is_empty() {
            let at = e.at.clone();
            let from = ["choicesByUrl", "choicesFromQuestion"].into_iter().find(|name| e.json.get(*name).is_some());
            e.used.extend(["choicesByUrl", "choicesFromQuestion"]);
            self.lose(&at, "exchange.loss.no_choices", from.unwrap_or("choices"));
        }
        let several = kind != QuestionKind::Single;
        self.known(&e.name, Target::Answer { name: q.key.clone(), codes, several, whole: false });
        if q.other {
            self.known(&format!("{}-Comment", e.name), Target::free(sub_name(&q.key, "other"), false));
        }
        let comment = self.comment_area(e, &q);
        std::iter::once(q).chain(comment).collect()
    }

    /// Words of "other" that say something else.
    fn other_words(&mut self, e: &mut Element<'_>) {
        e.used.push("otherText");
        let words = self.text(e.json, "otherText", &e.at.clone());
        let usual = words.is_empty()
            || words.zh.starts_with("其他")
            || words.zh.starts_with("其它")
            || words.en.to_lowercase().starts_with("other");
        if !usual {
            self.lose(&e.at.clone(), "exchange.loss.other_text", &called(&words, ""));
        }
    }

    /// A field for remarks beside a question becomes a question of its own.
    pub(super) fn comment_area(&mut self, e: &mut Element<'_>, of: &Question) -> Option<Question> {
        if !(e.is("hasComment") | e.is("showCommentArea")) {
            return None;
        }
        e.used.push("commentText");
        let mut words = self.text(e.json, "commentText", &e.at.clone());
        if words.is_empty() {
            words = Text::new("补充说明", "Remarks");
        }
        let key = self.keys.take(&format!("{}_comment", of.key), "q");
        self.lose(&e.at.clone(), "exchange.loss.comment", "");
        if !of.other {
            self.known(&format!("{}-Comment", e.name), Target::free(key.clone(), false));
        }
        Some(Question::new(&key, QuestionKind::LongText, words))
    }

    fn matrix(&mut self, e: &mut Element<'_>, label: Text) -> Vec<Question> {
        let mut q = self.question(e, QuestionKind::Matrix, label);
        let every = e.is("isAllRowRequired") | e.is("eachRowRequired");
        if q.required && !every {
            self.lose(&e.at.clone(), "exchange.loss.every_row", "");
        }
        q.required = q.required || every;
        e.used.extend(["columns", "rows"]);
        let at = e.at.clone();
        let (columns, codes) = self.choices(e.json.get("columns"), &at, &mut Keys::default(), "c");
        let (rows, names) = self.choices(e.json.get("rows"), &at, &mut Keys::default(), "r");
        if e.is("eachRowUnique") {
            self.lose(&at, "exchange.loss.setting", "eachRowUnique");
        }
        if rows.is_empty() || columns.is_empty() {
            self.lose(&at, "exchange.loss.no_choices", "rows, columns");
            return Vec::new();
        }
        for (theirs, ours) in names {
            let name = sub_name(&q.key, &ours);
            let target = Target::Answer { name, codes: codes.clone(), several: false, whole: false };
            self.known(&format!("{}.{theirs}", e.name), target);
        }
        self.known(&e.name, Target::free(q.key.clone(), false));
        (q.choices, q.rows) = (columns, rows);
        let comment = self.comment_area(e, &q);
        std::iter::once(q).chain(comment).collect()
    }

    /// Several lines under one title: a question each.
    fn several_texts(&mut self, e: &mut Element<'_>, label: Text) -> Vec<Question> {
        e.used.extend(["items", "description", "isRequired"]);
        self.lose(&e.at.clone(), "exchange.loss.split", "");
        let mut questions = Vec::new();
        for item in e.json.get("items").and_then(Value::as_array).into_iter().flatten() {
            let name = item.get("name").and_then(Value::as_str).unwrap_or_default().to_string();
            let own = self.text(item, "title", &e.at.clone());
            let own = if own.is_empty() { self.words.of_file(&name) } else { own };
            let joined =
                |a: &str, b: &str| [a, b].iter().filter(|t| !t.is_empty()).copied().collect::<Vec<_>>().join(" – ");
            let en = if own.en.is_empty() && label.en.is_empty() {
                String::new()
            } else {
                joined(&label.en, if own.en.is_empty() { &own.zh } else { &own.en })
            };
            let zh = if own.zh.is_empty() && label.zh.is_empty() {
                String::new()
            } else {
                joined(&label.zh, if own.zh.is_empty() { &own.en } else { &own.zh })
            };
            let full = format!("{}.{name}", e.name);
            let mut inner = Element { json: item, name: full, at: e.at.clone(), used: vec!["title", "name"] };
            let label = crate::questionnaires::exchange::own::once(Text { zh, en });
            let mut made = single::text(self, &mut inner, label);
            self.settings_of(&inner);
            for q in &mut made {
                q.required = q.required || e.json.get("isRequired") == Some(&Value::Bool(true));
            }
            questions.append(&mut made);
        }
        questions
    }

    /// Lists the settings of an element that were not read and change what is asked.
    fn settings_of(&mut self, e: &Element<'_>) {
        let Some(map) = e.json.as_object() else { return };
        for (name, value) in map {
            match (name.as_str(), value) {
                ("readOnly", Value::Bool(true)) => self.setting(&e.at, name, value),
                // It must be answered whenever it is shown.
                ("requiredIf", Value::String(text)) if condition_of(e.json).is_some_and(|c| c == text.trim()) => {}
                ("requiredIf", Value::String(text)) => self.lose(&e.at, "exchange.loss.required_if", text),
                ("defaultValue", Value::Bool(chosen)) => self.setting(&e.at, name, &Value::String(chosen.to_string())),
                (name, value) if name != "choicesOrder" && props::is_random(name, value) => {
                    self.lose(&e.at, "exchange.loss.random", "");
                }
                ("choicesOrder", Value::String(order)) if matches!(&**order, "asc" | "desc") => {
                    self.setting(&e.at, name, value);
                }
                (known, _) if e.used.contains(&known) || props::is_looks(known) => {}
                _ => self.setting(&e.at, name, value),
            }
        }
    }
}
