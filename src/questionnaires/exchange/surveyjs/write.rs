//! Definitions → the JSON of SurveyJS.

use serde_json::{Map, Value, json};

use crate::{
    forms::{
        decimal,
        model::{Choice, Condition, Definition, OTHER, Op, Question, QuestionKind, Test, Text},
    },
    questionnaires::exchange::{
        Exported, Loss,
        finish::{called, texts},
        plain::marked_up,
        shape, target,
    },
};

/// Writes a questionnaire.
pub fn write(definition: &Definition) -> Exported {
    let (mut plain, losses) = shape::without_jumps(definition);
    let chinese = texts(&mut plain).iter().any(|t| !t.zh.is_empty());
    let mut writer = Writer { definition: &plain, chinese, losses };
    let pages: Vec<Value> = plain.sections.iter().map(|s| writer.page(s)).collect();
    let mut root = Map::new();
    root.insert("locale".to_string(), if chinese { "zh-cn" } else { "en" }.into());
    writer.put(&mut root, "title", &plain.title);
    writer.put(&mut root, "description", &plain.intro);
    if !plain.thanks.is_empty() {
        root.insert("completedHtml".to_string(), writer.html(&plain.thanks));
    }
    root.insert("pages".to_string(), pages.into());
    // Strings, numbers and lists alone: there is nothing that could not be written.
    let text = serde_json::to_string_pretty(&Value::Object(root)).unwrap_or_default();
    Exported { text, losses: writer.losses }
}

struct Writer<'a> {
    definition: &'a Definition,
    chinese: bool,
    losses: Vec<Loss>,
}

impl Writer<'_> {
    fn words(&self, text: &Text) -> Value {
        match (text.zh.as_str(), text.en.as_str()) {
            (zh, "") => zh.into(),
            ("", en) if !self.chinese => en.into(),
            ("", en) => json!({ "en": en }),
            (zh, en) => json!({ "default": zh, "en": en }),
        }
    }

    fn html(&self, text: &Text) -> Value {
        let page = |words: &str| if words.is_empty() { String::new() } else { format!("<p>{}</p>", marked_up(words)) };
        self.words(&Text { zh: page(&text.zh), en: page(&text.en) })
    }

    fn put(&self, map: &mut Map<String, Value>, name: &str, text: &Text) {
        if !text.is_empty() {
            map.insert(name.to_string(), self.words(text));
        }
    }

    fn condition(&mut self, map: &mut Map<String, Value>, condition: Option<&Condition>, at: &str) {
        let Some(condition) = condition else { return };
        match target::write(condition, &|t| test(self.definition, t)) {
            Some(text) => {
                map.insert("visibleIf".to_string(), text.into());
            }
            None => self.losses.push(Loss::new(at, "exchange.loss.condition", "")),
        }
    }

    fn page(&mut self, section: &crate::forms::model::Section) -> Value {
        let mut page = Map::new();
        page.insert("name".to_string(), section.key.clone().into());
        self.put(&mut page, "title", &section.title);
        self.put(&mut page, "description", &section.text);
        self.condition(&mut page, section.show_if.as_ref(), &called(&section.title, &section.key));
        let elements: Vec<Value> = section.questions.iter().map(|q| self.element(q)).collect();
        page.insert("elements".to_string(), elements.into());
        Value::Object(page)
    }

    fn element(&mut self, q: &Question) -> Value {
        let mut e = Map::new();
        let at = called(&q.label, &q.key);
        e.insert("name".to_string(), q.key.clone().into());
        if q.kind == QuestionKind::Notice {
            e.insert("type".to_string(), "html".into());
            e.insert("html".to_string(), self.html(&q.label));
            if !q.hint.is_empty() {
                self.losses.push(Loss::new(&at, "exchange.loss.hint", called(&q.hint, "")));
            }
        } else {
            self.put(&mut e, "title", &q.label);
            self.put(&mut e, "description", &q.hint);
            if q.required {
                e.insert("isRequired".to_string(), true.into());
            }
            let Value::Object(more) = self.of_kind(q) else { return Value::Object(e) };
            e.extend(more.into_iter().filter(|(_, value)| !value.is_null()));
        }
        self.condition(&mut e, q.show_if.as_ref(), &at);
        Value::Object(e)
    }

    fn of_kind(&self, q: &Question) -> Value {
        let choices = |list: &[Choice]| -> Value {
            list.iter().map(|c| json!({ "value": c.code, "text": self.words(&c.label) })).collect()
        };
        let on = |flag: bool| if flag { Value::Bool(true) } else { Value::Null };
        let end = |text: &Text| if text.is_empty() { Value::Null } else { self.words(text) };
        match q.kind {
            QuestionKind::Single => {
                json!({ "type": "radiogroup", "choices": choices(&q.choices), "showOtherItem": on(q.other) })
            }
            QuestionKind::Multiple => json!({
                "type": "checkbox", "choices": choices(&q.choices), "showOtherItem": on(q.other),
                "minSelectedChoices": q.min, "maxSelectedChoices": q.max,
            }),
            QuestionKind::Ranking => json!({
                "type": "ranking", "choices": choices(&q.choices), "maxSelectedChoices": q.max,
                "selectToRankEnabled": on(q.max.is_some()),
            }),
            QuestionKind::Scale => json!({
                "type": "rating", "rateMin": q.min, "rateMax": q.max,
                "minRateDescription": end(&q.low), "maxRateDescription": end(&q.high),
            }),
            QuestionKind::Rating => json!({ "type": "rating", "rateType": "stars", "rateMax": q.max }),
            QuestionKind::Matrix => json!({
                "type": "matrix", "columns": choices(&q.choices), "rows": choices(&q.rows),
                "isAllRowRequired": on(q.required),
            }),
            QuestionKind::ShortText => json!({ "type": "text", "maxLength": q.max }),
            QuestionKind::LongText => json!({ "type": "comment", "maxLength": q.max }),
            QuestionKind::Number => {
                let step = 10f64.powi(-i32::from(q.decimals));
                let step = if q.decimals == 0 { json!(1) } else { json!(step) };
                json!({ "type": "text", "inputType": "number", "min": q.min, "max": q.max, "step": step })
            }
            QuestionKind::Date => json!({ "type": "text", "inputType": "date" }),
            QuestionKind::Time => json!({ "type": "text", "inputType": "time" }),
            QuestionKind::Photo => {
                json!({ "type": "file", "acceptedTypes": "image/*", "allowMultiple": true, "maxFiles": q.max })
            }
            QuestionKind::Consent => json!({ "type": "boolean", "renderAs": "checkbox", "valueTrue": "1" }),
            QuestionKind::Notice => Value::Null,
        }
    }
}

/// One look at an answer, in their language.
fn test(definition: &Definition, test: &Test) -> Option<String> {
    let question = definition.question_of(&test.question)?;
    let name = match test.question.strip_prefix(&question.key)? {
        "" => question.key.clone(),
        rest if rest.strip_prefix('.') == Some(OTHER) && question.other => format!("{}-Comment", question.key),
        rest => format!("{}{rest}", question.key),
    };
    let several = matches!(question.kind, QuestionKind::Multiple | QuestionKind::Ranking | QuestionKind::Photo);
    let value = value(&test.value);
    Some(match test.op {
        Op::Answered => format!("{{{name}}} notempty"),
        Op::Unanswered => format!("{{{name}}} empty"),
        _ if test.value.is_empty() => return None,
        Op::Is if several => format!("{{{name}}} contains {value}"),
        Op::IsNot if several => format!("{{{name}}} notcontains {value}"),
        Op::Is => format!("{{{name}}} = {value}"),
        Op::IsNot => format!("{{{name}}} <> {value}"),
        Op::AtLeast => format!("{{{name}}} >= {value}"),
        Op::AtMost => format!("{{{name}}} <= {value}"),
    })
}

/// Numbers as they are, everything else in quotation marks.
fn value(text: &str) -> String {
    if decimal::parse(text).is_some_and(|n| decimal::show(n) == text) {
        return text.to_string();
    }
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
}
