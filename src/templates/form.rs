//! A template as it is typed.

use crate::{
    cases::model::State,
    http::Form,
    kernel::{
        ids::TopicId,
        text::{char_count, normalize_line, normalize_text},
    },
    templates::model::unknown,
    ui::FormState,
};

/// Most characters of a title.
pub const LONGEST_TITLE: usize = 40;
/// Most characters of a text, before it is filled in.
pub const LONGEST: usize = 3000;

/// What somebody wants a template to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// What it is called.
    pub title: String,
    /// The text.
    pub body: String,
    /// The topic that it is for.
    pub topic: Option<TopicId>,
    /// The state that it is for.
    pub state: Option<State>,
    /// Whether it is offered.
    pub in_use: bool,
}

/// Reads a template: `title`, `body`, `topic`, `state` (each of the last two may be empty: any), `in_use`.
pub fn template(form: &Form) -> Result<Input, FormState> {
    let mut state = FormState::of(form.clone());
    let title = normalize_line(form.text("title"));
    if title.is_empty() || char_count(&title) > LONGEST_TITLE {
        state.error_with("title", "templates.error.title", &[("most", LONGEST_TITLE.to_string())]);
    }
    let body = normalize_text(form.text("body"));
    if body.is_empty() {
        state.error("body", "templates.error.body");
    } else if char_count(&body) > LONGEST {
        state.error_with("body", "cases.error.too_long", &[("most", LONGEST.to_string())]);
    }
    if let Some(name) = unknown(&body).into_iter().next() {
        state.error_with("body", "templates.error.variable", &[("name", name)]);
    }
    let topic = form.optional("topic").map(TopicId::parse);
    if topic == Some(None) {
        state.error("topic", "routing.error.topic");
    }
    let of_state = form.optional("state").and_then(State::parse);
    if !state.is_ok() {
        return Err(state);
    }
    Ok(Input { title, body, topic: topic.flatten(), state: of_state, in_use: form.has("in_use") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_with_a_name_that_nobody_fills_in_is_refused() {
        let form = Form::from_pairs([("title", "已转办"), ("body", "{姓名}您好"), ("topic", ""), ("in_use", "1")]);
        assert_eq!(template(&form).unwrap_err().errors[0].field, "body");
        let form = Form::from_pairs([("title", " 已转办 "), ("body", "{编号} 已转办"), ("state", "received")]);
        let input = template(&form).unwrap();
        assert_eq!((input.title.as_str(), input.state, input.in_use), ("已转办", Some(State::Received), false));
    }
}
