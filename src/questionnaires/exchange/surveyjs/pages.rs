//! Pages and panels → sections, and at the end conditions.

use serde_json::Value;

use crate::{
    forms::model::{Condition, Definition, Question, Section, Text},
    questionnaires::exchange::{
        Format, Imported, Loss,
        expression::{self, Dialect},
        finish::{called, finish},
        keys::Keys,
        surveyjs::{dynamic, props, words::Words},
        target::{self, Target},
    },
};

/// A condition to be read when all names are known: of a section, or of one of its questions.
struct Pending {
    section: usize,
    question: Option<usize>,
    text: String,
}

/// What is read so far.
pub struct Reader {
    pub(super) words: Words,
    pub(super) losses: Vec<Loss>,
    pub(super) keys: Keys,
    /// What the names of elements stand for.
    pub(super) names: Vec<(String, Target)>,
    sections: Vec<Section>,
    pending: Vec<Pending>,
}

impl Reader {
    /// An empty one.
    pub fn new(root: &Value) -> Self {
        Self {
            words: Words::new(root),
            losses: Vec::new(),
            keys: Keys::default(),
            names: Vec::new(),
            sections: Vec::new(),
            pending: Vec::new(),
        }
    }

    /// Reads the whole file.
    pub fn read(mut self, root: &Value) -> Result<Imported, &'static str> {
        let title = self.text(root, "title", "");
        let intro = self.text(root, "description", "");
        let thanks = self.html(root, "completedHtml", "");
        self.root_settings(root);
        match root.get("pages").and_then(Value::as_array) {
            Some(pages) => pages.iter().for_each(|page| self.page(page)),
            // Without pages the survey is its only page; its title stands above already.
            None => {
                self.section("", Text::default(), Text::default(), &[]);
                self.elements(root, &[], "");
            }
        }
        self.conditions();
        for language in std::mem::take(&mut self.words.others) {
            self.lose("", "exchange.loss.language", &language);
        }
        let mut definition = Definition { title, intro, thanks, sections: self.sections };
        if definition.title.is_empty() {
            definition.title = Text::new("导入的问卷", "Imported questionnaire");
        }
        finish(Format::SurveyJs, definition, self.losses)
    }

    /// Lists a loss.
    pub(super) fn lose(&mut self, at: &str, key: &'static str, detail: &str) {
        self.losses.push(Loss::new(at, key, detail));
    }

    /// Reads a text of an element.
    pub(super) fn text(&mut self, of: &Value, name: &str, at: &str) -> Text {
        let text = self.words.read(of.get(name));
        self.heard(at, &text);
        text
    }

    /// Reads a text that is marked up.
    pub(super) fn html(&mut self, of: &Value, name: &str, at: &str) -> Text {
        let text = self.words.read_html(of.get(name));
        self.heard(at, &text);
        text
    }

    /// Lists what the last text lost.
    pub(super) fn heard(&mut self, at: &str, text: &Text) {
        if self.words.lost {
            self.lose(at, "exchange.loss.markup", &called(text, ""));
        }
        if self.words.piece {
            self.lose(at, "exchange.loss.piece", &called(text, ""));
        }
    }

    fn root_settings(&mut self, root: &Value) {
        let Some(map) = root.as_object() else { return };
        for (name, value) in map {
            match (name.as_str(), value) {
                ("triggers" | "calculatedValues", Value::Array(list)) => {
                    for item in list {
                        let field = |key: &str| item.get(key).and_then(Value::as_str).unwrap_or_default();
                        let detail = [
                            field("type"),
                            field("name"),
                            field("setToName"),
                            field("gotoName"),
                            field("value"),
                            field("expression"),
                        ]
                        .into_iter()
                        .filter(|part| !part.is_empty())
                        .collect::<Vec<_>>()
                        .join(" · ");
                        let key =
                            if name == "triggers" { "exchange.loss.trigger" } else { "exchange.loss.calculation" };
                        self.lose("", key, &detail);
                    }
                }
                (name, value) if props::is_random(name, value) => self.lose("", "exchange.loss.random", ""),
                (name, value) if !props::is_frame(name) => self.setting("", name, value),
                _ => {}
            }
        }
    }

    /// Lists a setting that is not known.
    pub(super) fn setting(&mut self, at: &str, name: &str, value: &Value) {
        let shown = match value {
            Value::Null | Value::Bool(false) => return,
            Value::Bool(true) => name.to_string(),
            Value::Array(list) if list.is_empty() => return,
            Value::String(s) if s.is_empty() => return,
            Value::String(s) => format!("{name}: {s}"),
            other => format!("{name}: {other}"),
        };
        self.lose(at, "exchange.loss.setting", &shown);
    }

    fn page(&mut self, page: &Value) {
        let name = page.get("name").and_then(Value::as_str).unwrap_or_default().to_string();
        let title = self.text(page, "title", &name);
        let text = self.text(page, "description", &name);
        let conditions: Vec<String> = condition_of(page).into_iter().collect();
        if self.is_hidden(page, &called(&title, &name)) {
            return;
        }
        self.container_settings(page, &called(&title, &name));
        self.section(&name, title, text, &conditions);
        self.elements(page, &conditions, &name);
    }

    pub(super) fn container_settings(&mut self, of: &Value, at: &str) {
        const KNOWN: &[&str] = &[
            "title",
            "description",
            "elements",
            "questions",
            "visibleIf",
            "templateElements",
            "columns",
            "rows",
            "choices",
        ];
        let Some(map) = of.as_object() else { return };
        for (name, value) in map.iter().filter(|(name, _)| !KNOWN.contains(&name.as_str())) {
            if props::is_random(name, value) {
                self.lose(at, "exchange.loss.random", "");
                continue;
            }
            if !props::is_looks(name) {
                self.setting(at, name, value);
            }
        }
    }

    /// Whether something is never shown; then it is listed. A condition decides before it.
    pub(super) fn is_hidden(&mut self, of: &Value, at: &str) -> bool {
        let hidden = of.get("visible") == Some(&Value::Bool(false)) && condition_of(of).is_none();
        if hidden {
            self.lose(at, "exchange.loss.hidden", "");
        }
        hidden
    }

    pub(super) fn section(&mut self, name: &str, title: Text, text: Text, conditions: &[String]) {
        let key = self.keys.take(name, "s");
        self.sections.push(Section { key, title, text, ..Section::default() });
        self.show_if(None, conditions);
    }

    fn show_if(&mut self, question: Option<usize>, conditions: &[String]) {
        let section = self.sections.len().saturating_sub(1);
        self.pending.extend(conditions.iter().map(|text| Pending { section, question, text: text.clone() }));
    }

    /// The elements of a page or panel. `conditions` are those of what is around.
    pub(super) fn elements(&mut self, of: &Value, conditions: &[String], page: &str) {
        let list = of.get("elements").or_else(|| of.get("questions")).and_then(Value::as_array);
        let mut broken = false;
        for element in list.into_iter().flatten() {
            let kind = element.get("type").and_then(Value::as_str).unwrap_or("text");
            if kind == "panel" {
                broken = self.panel(element, conditions, page) || broken;
                continue;
            }
            if dynamic::is_repeated(kind) {
                broken = self.repeated(element, kind, conditions, page) || broken;
                continue;
            }
            if broken {
                // What follows a panel with a title does not belong under it.
                self.section(&format!("{page}_rest"), Text::default(), Text::default(), conditions);
                broken = false;
            }
            let own: Vec<String> = condition_of(element).into_iter().collect();
            for question in self.element(element) {
                self.push(question, &own);
            }
        }
    }

    fn push(&mut self, question: Question, conditions: &[String]) {
        if let Some(section) = self.sections.last_mut() {
            let at = section.questions.len();
            section.questions.push(question);
            self.show_if(Some(at), conditions);
        }
    }

    /// A panel; whether it became a section of its own.
    fn panel(&mut self, panel: &Value, outer: &[String], page: &str) -> bool {
        let name = panel.get("name").and_then(Value::as_str).unwrap_or_default();
        let title = self.text(panel, "title", name);
        let text = self.text(panel, "description", name);
        if self.is_hidden(panel, &called(&title, name)) {
            return false;
        }
        self.container_settings(panel, &called(&title, name));
        let conditions: Vec<String> = outer.iter().cloned().chain(condition_of(panel)).collect();
        if title.is_empty() && text.is_empty() {
            // Only a frame: its questions stay where they are, each under its condition.
            let section = self.sections.len();
            let from = self.sections.last().map_or(0, |s| s.questions.len());
            self.elements(panel, &conditions, page);
            if let Some(condition) = condition_of(panel) {
                let until = self.sections.get(section.wrapping_sub(1)).map_or(from, |s| s.questions.len());
                let section = section.saturating_sub(1);
                for question in from..until {
                    self.pending.push(Pending { section, question: Some(question), text: condition.clone() });
                }
            }
            return self.sections.len() > section;
        }
        self.lose(&called(&title, name), "exchange.loss.panel", name);
        self.section(name, title, text, &conditions);
        self.elements(panel, &conditions, page);
        true
    }

    /// Conditions, now that every name is known.
    fn conditions(&mut self) {
        for Pending { section, question, text } in std::mem::take(&mut self.pending) {
            let names = |name: &str| self.target(name);
            let read = expression::parse(&text, Dialect::Braces).and_then(|e| target::condition(&e, &names));
            let Some(of) = self.sections.get_mut(section) else { continue };
            let (place, at) = match question.and_then(|i| of.questions.get_mut(i)) {
                Some(q) => {
                    let at = called(&q.label, &q.key);
                    (&mut q.show_if, at)
                }
                None => (&mut of.show_if, called(&of.title, &of.key)),
            };
            match read {
                Some(condition) => *place = Some(both(place.take(), condition)),
                None => self.lose(&at, "exchange.loss.condition", &text),
            }
        }
    }

    /// What a name stands for: an element, or a part of it after a point.
    fn target(&self, name: &str) -> Option<Target> {
        let mut found = self.names.iter().filter(|(n, _)| n == name);
        // A name that is there twice stands for whichever is shown: that can't be said.
        found.next().filter(|_| found.next().is_none()).map(|(_, target)| target.clone())
    }
}

pub(super) fn condition_of(of: &Value) -> Option<String> {
    of.get("visibleIf").and_then(Value::as_str).map(str::trim).filter(|t| !t.is_empty()).map(str::to_string)
}

fn both(first: Option<Condition>, second: Condition) -> Condition {
    match first {
        None => second,
        Some(first) => Condition::All(vec![first, second]),
    }
}
