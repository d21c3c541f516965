//! A template, its variables, and how they are filled in.

use chrono::{DateTime, Utc};

use crate::{
    cases::model::State,
    kernel::ids::{DepartmentId, TemplateId, TopicId},
};

/// A template.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Template {
    /// The id.
    pub id: TemplateId,
    /// Whose own it is; `None` for the office's, which everybody uses.
    pub department_id: Option<DepartmentId>,
    /// The topic that it is for; `None` for any.
    pub topic_id: Option<TopicId>,
    /// The state of a case that it is for; `None` for any.
    pub state: Option<State>,
    /// What it is called.
    pub title: String,
    /// The text with its variables.
    pub body: String,
    /// Counts changes (promise 7).
    pub version: i64,
    /// When it was changed last.
    pub changed_at: DateTime<Utc>,
    /// Set when it is no longer offered.
    pub disabled_at: Option<DateTime<Utc>>,
}

impl Template {
    /// How well it fits a case: the topic counts more than the state. `None` when it is for other cases.
    pub fn fits(&self, topic: TopicId, state: State) -> Option<u8> {
        let part = |named: bool, same: bool, worth: u8| match (named, same) {
            (false, _) => Some(0),
            (true, true) => Some(worth),
            (true, false) => None,
        };
        let by_topic = part(self.topic_id.is_some(), self.topic_id == Some(topic), 2)?;
        let by_state = part(self.state.is_some(), self.state == Some(state), 1)?;
        Some(by_topic + by_state)
    }
}

/// States in which something is written to a submitter, for the choice of a template.
pub const STATES: &[State] =
    &[State::Received, State::Assigned, State::InProgress, State::Review, State::Answered, State::Reopened];

crate::code_enum! {
    /// What is filled in.
    pub enum Variable {
        /// The number of the case.
        Number = "number",
        /// Its topic.
        Topic = "topic",
        /// The department that has it; the office while nobody has.
        Department = "department",
        /// The day by which an answer was promised.
        Due = "due",
        /// The organisation.
        Organization = "organization",
        /// Its hotline.
        Hotline = "hotline",
        /// The place of the access point.
        Place = "place",
        /// The day of writing.
        Today = "today",
    }
}

impl Variable {
    /// Its name in Chinese texts.
    pub const fn chinese(self) -> &'static str {
        match self {
            Self::Number => "编号",
            Self::Topic => "类别",
            Self::Department => "处室",
            Self::Due => "期限",
            Self::Organization => "单位",
            Self::Hotline => "热线",
            Self::Place => "地点",
            Self::Today => "今天",
        }
    }

    /// The variable of a name, and whether the name is Chinese.
    fn named(name: &str) -> Option<(Self, bool)> {
        let chinese = Self::ALL.iter().find(|v| v.chinese() == name).map(|v| (*v, true));
        chinese.or_else(|| Self::parse(name).map(|v| (v, false)))
    }
}

/// What variables stand for in one case. Days are written out in both languages by who knows the zone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// The number.
    pub number: String,
    /// The topic, in Chinese and in English.
    pub topic: (String, String),
    /// The department.
    pub department: String,
    /// The promised day, in Chinese and in English.
    pub due: (String, String),
    /// The organisation.
    pub organization: String,
    /// The hotline.
    pub hotline: String,
    /// The place.
    pub place: String,
    /// Today, in Chinese and in English.
    pub today: (String, String),
}

impl Facts {
    fn value(&self, variable: Variable, chinese: bool) -> &str {
        match (variable, chinese) {
            (Variable::Number, _) => &self.number,
            (Variable::Topic, true) => &self.topic.0,
            (Variable::Topic, false) => &self.topic.1,
            (Variable::Department, _) => &self.department,
            (Variable::Due, true) => &self.due.0,
            (Variable::Due, false) => &self.due.1,
            (Variable::Organization, _) => &self.organization,
            (Variable::Hotline, _) => &self.hotline,
            (Variable::Place, _) => &self.place,
            (Variable::Today, true) => &self.today.0,
            (Variable::Today, false) => &self.today.1,
        }
    }
}

/// Most characters of a name in braces; more is no variable but a remark.
const LONGEST_NAME: usize = 16;

/// A piece of a text.
enum Piece<'a> {
    Text(&'a str),
    /// What stands in braces.
    Name(&'a str),
}

/// The text in pieces: what stands in braces on one line, and what stands around.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        let inside = &rest[open + 1..];
        let close = inside.find(['{', '}', '\n']);
        match close {
            Some(close)
                if inside[close..].starts_with('}') && close > 0 && inside[..close].chars().count() <= LONGEST_NAME =>
            {
                found.push(Piece::Text(&rest[..open]));
                found.push(Piece::Name(inside[..close].trim()));
                rest = &inside[close + 1..];
            }
            _ => {
                found.push(Piece::Text(&rest[..=open]));
                rest = inside;
            }
        }
    }
    found.push(Piece::Text(rest));
    found
}

/// The names in braces that are no variables.
pub fn unknown(text: &str) -> Vec<String> {
    let names = pieces(text).into_iter().filter_map(|piece| match piece {
        Piece::Name(name) if Variable::named(name).is_none() => Some(name.to_string()),
        _ => None,
    });
    names.collect()
}

/// A text filled in, and the names of variables for which this case has nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled {
    /// The text.
    pub text: String,
    /// What was left empty.
    pub empty: Vec<String>,
}

/// Fills a text in. What nobody knows stays as it stands; values are never read for variables again.
pub fn fill(text: &str, facts: &Facts) -> Filled {
    let mut filled = Filled { text: String::with_capacity(text.len()), empty: Vec::new() };
    for piece in pieces(text) {
        match piece {
            Piece::Text(text) => filled.text.push_str(text),
            Piece::Name(name) => match Variable::named(name) {
                Some((variable, chinese)) => {
                    let value = facts.value(variable, chinese);
                    if value.is_empty() {
                        filled.empty.push(name.to_string());
                    }
                    filled.text.push_str(value);
                }
                None => filled.text.push_str(&format!("{{{name}}}")),
            },
        }
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts() -> Facts {
        Facts {
            number: "HY-7K2M-41".into(),
            topic: ("食堂".into(), "Canteen".into()),
            department: "{编号}处".into(),
            due: ("3月17日".into(), "17 March".into()),
            ..Facts::default()
        }
    }

    #[test]
    fn both_languages_are_filled_in_and_values_are_not_read_again() {
        let filled = fill("您的 {编号}（{ 类别 }）由{处室}办，{期限}前答复。{number} {topic} {due}", &facts());
        assert_eq!(filled.text, "您的 HY-7K2M-41（食堂）由{编号}处办，3月17日前答复。HY-7K2M-41 Canteen 17 March");
        assert_eq!(filled.empty, Vec::<String>::new());
        assert_eq!(fill("请拨 {热线}。", &facts()), Filled { text: "请拨 。".into(), empty: vec!["热线".into()] });
    }

    #[test]
    fn what_is_no_variable_is_told_and_braces_in_a_text_are_left() {
        assert_eq!(unknown("{姓名}您好，{编号}，{Number}"), ["姓名", "Number"]);
        for text in ["a { b", "{}", "{\n编号}", "{{", "}", "{这是一句写在括号里的很长很长很长的话}"]
        {
            assert_eq!(unknown(text), Vec::<String>::new(), "{text}");
            assert_eq!(fill(text, &facts()).text, text);
        }
        assert_eq!(fill("{{编号}}", &facts()).text, "{HY-7K2M-41}");
    }

    #[test]
    fn a_template_of_the_topic_comes_before_one_of_the_state_and_others_do_not_fit() {
        let id = |n| TopicId(uuid::Uuid::from_u128(n));
        let of = |topic: Option<u128>, state| Template {
            id: TemplateId(uuid::Uuid::nil()),
            department_id: None,
            topic_id: topic.map(id),
            state,
            title: String::new(),
            body: String::new(),
            version: 1,
            changed_at: DateTime::UNIX_EPOCH,
            disabled_at: None,
        };
        let fits = |t: Template| t.fits(id(1), State::Review);
        assert_eq!(fits(of(Some(1), Some(State::Review))), Some(3));
        assert_eq!(fits(of(Some(1), None)), Some(2));
        assert_eq!(fits(of(None, Some(State::Review))), Some(1));
        assert_eq!(fits(of(None, None)), Some(0));
        assert_eq!(fits(of(Some(2), None)), None);
        assert_eq!(fits(of(Some(1), Some(State::Received))), None);
    }
}
