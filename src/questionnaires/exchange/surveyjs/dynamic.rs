//! What is answered as often as somebody likes: panels and tables that grow. We ask it once, in a section of its own, and
//! list that. A table whose rows are fixed becomes a table for each column that has choices.

use serde_json::{Map, Value, json};

use crate::questionnaires::exchange::{
    finish::called,
    surveyjs::pages::{Reader, condition_of},
};

/// Kinds of cells that have choices of which one is taken.
const ONE_OF: &[&str] = &["dropdown", "radiogroup", "buttongroup", "rating"];

/// Whether this kind of element is read here.
pub(super) fn is_repeated(kind: &str) -> bool {
    matches!(kind, "paneldynamic" | "matrixdynamic" | "matrixdropdown")
}

impl Reader {
    /// Reads such an element as a section. `outer` are the conditions of what is around.
    pub(super) fn repeated(&mut self, of: &Value, kind: &str, outer: &[String], page: &str) -> bool {
        let name = of.get("name").and_then(Value::as_str).unwrap_or_default();
        let title = self.text(of, "title", name);
        let text = self.text(of, "description", name);
        let at = called(&title, name);
        if self.is_hidden(of, &at) {
            return false;
        }
        let inside = if kind == "paneldynamic" { template(of) } else { self.columns(of, kind, &at) };
        let Some(inside) = inside.filter(|list| !list.is_empty()) else {
            self.lose(&at, "exchange.loss.kind", kind);
            return false;
        };
        if kind != "matrixdropdown" {
            self.lose(&at, "exchange.loss.repeated", kind);
        }
        self.container_settings(of, &at);
        let conditions: Vec<String> = outer.iter().cloned().chain(condition_of(of)).collect();
        self.section(name, title, text, &conditions);
        self.elements(&json!({ "elements": inside }), &conditions, page);
        true
    }

    /// A question for each column.
    fn columns(&mut self, of: &Value, kind: &str, at: &str) -> Option<Vec<Value>> {
        let usual = of.get("cellType").and_then(Value::as_str).unwrap_or("dropdown");
        let mut questions = Vec::new();
        for column in of.get("columns").and_then(Value::as_array)? {
            let plain = json!({ "name": column });
            let column = if column.is_object() { column } else { &plain };
            let mut question = as_own_element(column)?;
            let cell = column.get("cellType").and_then(Value::as_str).unwrap_or(usual).to_string();
            if question.get("choices").and_then(Value::as_array).is_none_or(Vec::is_empty)
                && let Some(choices) = of.get("choices")
            {
                question.insert("choices".into(), choices.clone());
            }
            question.remove("cellType");
            if kind == "matrixdynamic" {
                question.insert("type".into(), cell.into());
            } else if ONE_OF.contains(&&*cell) && question.contains_key("choices") {
                question.insert("type".into(), "matrix".into());
                let choices = question.remove("choices").unwrap_or_default();
                question.insert("columns".into(), choices);
                question.insert("rows".into(), of.get("rows").cloned().unwrap_or_default());
            } else {
                let name = column.get("name").and_then(Value::as_str).unwrap_or_default();
                self.lose(at, "exchange.loss.kind", &format!("{kind} · {name} · {cell}"));
                continue;
            }
            questions.push(Value::Object(question));
        }
        Some(questions)
    }
}

fn template(of: &Value) -> Option<Vec<Value>> {
    let list = of.get("templateElements").and_then(Value::as_array)?;
    list.iter().map(|e| as_own_element(e).map(Value::Object)).collect()
}

/// An element out of its panel or row: its conditions name its neighbours, `{panel.x}` or `{row.x}`, like everybody else.
fn as_own_element(of: &Value) -> Option<Map<String, Value>> {
    let text = of.to_string().replace("{panel.", "{").replace("{row.", "{");
    match serde_json::from_str(&text).ok()? {
        Value::Object(map) => Some(map),
        _ => None,
    }
}
