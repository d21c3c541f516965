//! A posted form → a submission, or what is wrong with it.

use crate::{
    cases::model::{Identity, Lane, Person},
    forms::{
        self,
        model::{Answers, Definition},
    },
    http::Form,
    intake::{
        model::Contact,
        rules::{MAX_BODY_CHARS, MAX_CONTACT_CHARS, check_body},
    },
    kernel::text::{char_count, normalize_line, normalize_text},
    ui::FormState,
};

/// What a form says, before files, topic and version are looked up.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// The key of the form instance.
    pub idempotency_key: String,
    /// Who it is.
    pub person: Person,
    /// How they want to appear.
    pub identity: Identity,
    /// What happened.
    pub body: String,
    /// Answers to the form's own questions.
    pub answers: Answers,
    /// Who to reach.
    pub contact: Option<Contact>,
    /// The queue that the sender asks for.
    pub lane: Lane,
}

/// The form's core and its questions; errors go to `state`, in the order of the page.
pub fn parse(form: &Form, definition: &Definition, header_key: Option<&str>, state: &mut FormState) -> Option<Parsed> {
    let key = header_key.unwrap_or_else(|| form.text("idempotency_key")).trim().to_string();
    if !(8..=128).contains(&key.len()) || !key.chars().all(|c| c.is_ascii_graphic()) {
        state.error("idempotency_key", "intake.error.key");
    }
    let person = Person::parse(form.text("role"));
    if person.is_none() {
        state.error("role", "intake.error.role");
    }
    let body = normalize_text(form.text("body"));
    if let Some(problem) = check_body(&body) {
        state.error_with(
            "body",
            problem,
            &[("count", char_count(&body).to_string()), ("max", MAX_BODY_CHARS.to_string())],
        );
    }
    let answers = forms::form::checked(definition, &forms::form::given(form), state);
    let identity = Identity::parse(form.text("identity"));
    if identity.is_none() {
        state.error("identity", "intake.error.identity");
    }
    let contact = contact(form, person, identity, state);
    let lane = if form.has("danger") { Lane::Safeguarding } else { Lane::Ordinary };
    Some(Parsed { idempotency_key: key, person: person?, identity: identity?, body, answers, contact, lane })
        .filter(|_| state.is_ok())
}

/// Who to reach. The anonymous path keeps nothing (promise 8); a student who gives personal data says that they are 14
/// or that a guardian agrees (PIPL §31).
fn contact(form: &Form, person: Option<Person>, identity: Option<Identity>, state: &mut FormState) -> Option<Contact> {
    if identity == Some(Identity::Anonymous) {
        return None;
    }
    let (name, contact) = (normalize_line(form.text("contact_name")), normalize_line(form.text("contact")));
    for (field, value) in [("contact_name", &name), ("contact", &contact)] {
        if char_count(value) > MAX_CONTACT_CHARS {
            state.error_with(field, "intake.error.too_long", &[("max", MAX_CONTACT_CHARS.to_string())]);
        }
    }
    if name.is_empty() && contact.is_empty() {
        return None;
    }
    if person == Some(Person::Student) && !form.has("guardian") {
        state.error("guardian", "intake.error.guardian");
    }
    Some(Contact { name, contact })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(pairs: &[(&str, &str)]) -> (Option<Parsed>, FormState) {
        let mut all = vec![
            ("idempotency_key", "0123456789"),
            ("role", "parent"),
            ("identity", "anonymous"),
            ("body", "汤是凉的"),
        ];
        all.retain(|(k, _)| !pairs.iter().any(|(p, _)| p == k));
        all.extend_from_slice(pairs);
        let form = Form::from_pairs(all);
        let mut state = FormState::of(form.clone());
        let parsed = parse(&form, &Definition::standard(), None, &mut state);
        (parsed, state)
    }

    #[test]
    fn the_minimum_is_enough() {
        let (parsed, state) = form(&[]);
        assert!(state.is_ok(), "{:?}", state.errors);
        assert_eq!(parsed.unwrap().lane, Lane::Ordinary);
    }

    #[test]
    fn the_anonymous_path_keeps_no_contact() {
        let (parsed, _) = form(&[("contact_name", "王芳"), ("contact", "13800000000")]);
        assert_eq!(parsed.unwrap().contact, None);
    }

    #[test]
    fn a_student_with_personal_data_needs_a_guardian() {
        let student = [("role", "student"), ("identity", "named"), ("contact_name", "小明")];
        assert_eq!(form(&student).1.errors[0].field, "guardian");
        let agreed: Vec<_> = student.iter().copied().chain([("guardian", "1")]).collect();
        assert!(form(&agreed).0.is_some());
    }

    #[test]
    fn four_thousand_characters_pass_and_one_more_does_not() {
        let most = "𠮷".repeat(4_000);
        assert!(form(&[("body", most.as_str())]).0.is_some());
        let more = "𠮷".repeat(4_001);
        assert_eq!(form(&[("body", more.as_str())]).1.errors[0].key, "intake.error.body_long");
        assert_eq!(form(&[("body", " \n ")]).1.errors[0].key, "intake.error.body_empty");
    }

    #[test]
    fn a_wrong_day_or_role_is_an_error_of_its_field() {
        assert_eq!(form(&[("answer.when", "昨天")]).1.errors[0].field, "answer.when");
        assert_eq!(form(&[("role", "principal")]).1.errors[0].field, "role");
    }
}
