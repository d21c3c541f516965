//! What is typed on the case page, read into what verbs take. A refused form gives everything back.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};

use crate::{
    cases::{
        handle::AnswerText, mandatory::ReportDecision, model::Outcome, recuse::Who, safeguarding::ReportMade,
        split::Matter, todo::Wanted, transfer::Handed, triage::Order,
    },
    http::Form,
    kernel::{
        ids::{AttachmentId, DepartmentId, StaffId, TagId, TopicId},
        text::{char_count, normalize_text},
    },
    templates::model::unknown,
    ui::{FormState, time},
};

/// Most characters of a text.
pub const LONGEST: usize = 4000;

/// Reads fields and gathers what is wrong with them.
struct Reader<'a> {
    form: &'a Form,
    state: FormState,
}

impl<'a> Reader<'a> {
    fn of(form: &'a Form) -> Self {
        Self { form, state: FormState::of(form.clone()) }
    }

    /// A text that may be empty.
    fn text(&mut self, field: &str) -> String {
        let text = normalize_text(self.form.text(field));
        if char_count(&text) > LONGEST {
            self.state.error_with(field, "cases.error.too_long", &[("most", LONGEST.to_string())]);
        }
        text
    }

    /// A text that must be there.
    fn needed(&mut self, field: &str, missing: &'static str) -> String {
        let text = self.text(field);
        if text.is_empty() {
            self.state.error(field, missing);
        }
        text
    }

    fn done<T>(self, value: Option<T>) -> Result<T, FormState> {
        match value {
            Some(value) if self.state.is_ok() => Ok(value),
            _ => Err(self.state),
        }
    }
}

/// An order to a department: `department`, `due_on`, `instruction`.
pub fn order(form: &Form) -> Result<Order, FormState> {
    order_in(form, ["department", "due_on", "instruction"])
}

/// An order to a department that assists: `assist_department`, `assist_due_on`, `assist_instruction`.
pub fn assist(form: &Form) -> Result<Order, FormState> {
    order_in(form, ["assist_department", "assist_due_on", "assist_instruction"])
}

fn order_in(form: &Form, [to, by, what]: [&'static str; 3]) -> Result<Order, FormState> {
    let mut reader = Reader::of(form);
    let department = DepartmentId::parse(form.text(to));
    if department.is_none() {
        reader.state.error(to, "cases.error.department_missing");
    }
    let due_on = form.optional(by).map(|day| NaiveDate::parse_from_str(day, "%Y-%m-%d"));
    if due_on.as_ref().is_some_and(Result::is_err) {
        reader.state.error(by, "cases.error.day");
    }
    let instruction = reader.text(what);
    let due_on = due_on.and_then(Result::ok);
    reader.done(department.map(|department| Order { department, due_on, instruction }))
}

/// An answer: `reply`, `outcome`, the redacted copies that go with it as `reply_file`.
pub fn answer(form: &Form) -> Result<AnswerText, FormState> {
    let mut reader = Reader::of(form);
    let body = reader.needed("reply", "cases.error.reply_missing");
    let files = form.all("reply_file").filter_map(AttachmentId::parse).collect();
    reader.done(Some(AnswerText { body, outcome: Outcome::parse(form.text("outcome")), files }))
}

/// To whom a case is given: `transfer_to`, `transfer_contact`, `transfer_reason`, `transfer_summary`.
pub fn transfer(form: &Form) -> Result<Handed, FormState> {
    let mut reader = Reader::of(form);
    let handed = Handed {
        body: reader.needed("transfer_to", "transfers.error.body"),
        contact: reader.text("transfer_contact"),
        reason: reader.needed("transfer_reason", "cases.error.reason_missing"),
        summary: reader.needed("transfer_summary", "transfers.error.summary"),
    };
    for (field, text) in [("transfer_to", &handed.body), ("transfer_contact", &handed.contact)] {
        if char_count(text) > 80 || text.contains('\n') {
            reader.state.error(field, "transfers.error.line");
        }
    }
    reader.done(Some(handed))
}

/// One of several matters: `matter`, `matter_topic`.
pub fn matter(form: &Form) -> Result<Matter, FormState> {
    let mut reader = Reader::of(form);
    let topic = TopicId::parse(form.text("matter_topic"));
    if topic.is_none() {
        reader.state.error("matter_topic", "splits.error.topic");
    }
    let words = reader.needed("matter", "splits.error.matter");
    reader.done(topic.map(|topic| Matter { topic, words }))
}

/// Something to do: `person`, `task_due_on`, `task`.
pub fn task(form: &Form) -> Result<Wanted, FormState> {
    let mut reader = Reader::of(form);
    let person = StaffId::parse(form.text("person"));
    if person.is_none() {
        reader.state.error("person", "todos.error.person");
    }
    let due_on = NaiveDate::parse_from_str(form.text("task_due_on").trim(), "%Y-%m-%d").ok();
    if due_on.is_none() {
        reader.state.error("task_due_on", "cases.error.day");
    }
    let words = reader.needed("task", "todos.error.words");
    reader.done(person.zip(due_on).map(|(person, due_on)| Wanted { person, words, due_on }))
}

/// An answer for many, with variables of templates: as [`answer`], and every name in braces is known.
pub fn answer_for_many(form: &Form) -> Result<AnswerText, FormState> {
    let text = answer(form)?;
    match unknown(&text.body).into_iter().next() {
        None => Ok(text),
        Some(name) => {
            let mut state = FormState::of(form.clone());
            state.error_with("reply", "templates.error.variable", &[("name", name)]);
            Err(state)
        }
    }
}

/// A text alone in its field.
pub fn words(form: &Form, field: &str, missing: &'static str) -> Result<String, FormState> {
    let mut reader = Reader::of(form);
    let text = reader.needed(field, missing);
    reader.done(Some(text))
}

/// A text alone in its field; it may be empty.
pub fn optional_words(form: &Form, field: &str) -> Result<String, FormState> {
    let mut reader = Reader::of(form);
    let text = reader.text(field);
    reader.done(Some(text))
}

/// The decision on the mandatory report, when the form asks for it: `report` (`made` or `not_needed`), `basis`.
pub fn report(form: &Form) -> Result<Option<ReportDecision>, FormState> {
    if !form.has("asks_report") {
        return Ok(None);
    }
    let mut reader = Reader::of(form);
    let reported = match form.text("report") {
        "made" => Some(true),
        "not_needed" => Some(false),
        _ => None,
    };
    if reported.is_none() {
        reader.state.error("report", "cases.error.report_missing");
    }
    let basis = reader.needed("basis", "cases.error.basis_missing");
    reader.done(reported.map(|reported| Some(ReportDecision { reported, basis })))
}

/// A mandatory report that was made: `recipient`, `reporter`, `reported_at` (local), `receipt`, `words`.
pub fn mandatory_report(form: &Form, now: DateTime<Utc>) -> Result<ReportMade, FormState> {
    let mut reader = Reader::of(form);
    let recipient = reader.needed("recipient", "safeguarding.error.recipient");
    let reporter = reader.needed("reporter", "safeguarding.error.reporter");
    let typed = form.text("reported_at").trim().get(..16).unwrap_or_default();
    let local = NaiveDateTime::parse_from_str(typed, "%Y-%m-%dT%H:%M").ok();
    let reported_at = local.and_then(|at| at.and_local_timezone(time::ZONE).earliest()).map(|at| at.to_utc());
    let reported_at = reported_at.filter(|at| *at <= now);
    if reported_at.is_none() {
        reader.state.error("reported_at", "safeguarding.error.reported_at");
    }
    let receipt = reader.text("receipt");
    let words = reader.text("words");
    reader.done(reported_at.map(|reported_at| ReportMade { recipient, reporter, reported_at, receipt, words }))
}

/// Who may look at one case of the safeguarding lane: `guest`, `guest_reason`.
pub fn guest(form: &Form) -> Result<(StaffId, String), FormState> {
    let mut reader = Reader::of(form);
    let guest = StaffId::parse(form.text("guest"));
    if guest.is_none() {
        reader.state.error("guest", "safeguarding.error.guest");
    }
    let reason = reader.needed("guest_reason", "cases.error.reason_missing");
    reader.done(guest.map(|guest| (guest, reason)))
}

/// A yes (`granted`) or no (`refused`) in `field`, with the words of it.
pub fn decision(form: &Form, field: &str, words: &str) -> Result<(bool, String), FormState> {
    let mut reader = Reader::of(form);
    let granted = match form.text(field) {
        "granted" => Some(true),
        "refused" => Some(false),
        _ => None,
    };
    if granted.is_none() {
        reader.state.error(field, "cases.error.decision_missing");
    }
    let words = reader.needed(words, "cases.error.reason_missing");
    reader.done(granted.map(|granted| (granted, words)))
}

/// A wish for more time: `until`, `extension_reason`.
pub fn extension(form: &Form) -> Result<(NaiveDate, String), FormState> {
    let mut reader = Reader::of(form);
    let day = NaiveDate::parse_from_str(form.text("until").trim(), "%Y-%m-%d").ok();
    if day.is_none() {
        reader.state.error("until", "cases.error.day");
    }
    let reason = reader.needed("extension_reason", "cases.error.reason_missing");
    reader.done(day.map(|day| (day, reason)))
}

/// A recusal: `who` (`staff:<id>` or `department:<id>`), `recuse_reason`.
pub fn recusal(form: &Form) -> Result<(Who, String), FormState> {
    let mut reader = Reader::of(form);
    let who = match form.text("who").split_once(':') {
        Some(("staff", id)) => StaffId::parse(id).map(Who::Person),
        Some(("department", id)) => DepartmentId::parse(id).map(Who::Department),
        _ => None,
    };
    if who.is_none() {
        reader.state.error("who", "cases.error.who_missing");
    }
    let reason = reader.needed("recuse_reason", "cases.error.reason_missing");
    reader.done(who.map(|who| (who, reason)))
}

/// Words to put on a case and to take off it: `tag` are those that are chosen, `had` those that were when the form was
/// made.
pub fn tags(form: &Form) -> (Vec<TagId>, Vec<TagId>) {
    let ids = |name| form.all(name).filter_map(TagId::parse).collect::<Vec<_>>();
    let (chosen, had) = (ids("tag"), ids("had"));
    let add = chosen.iter().filter(|id| !had.contains(id)).copied().collect();
    let remove = had.iter().filter(|id| !chosen.contains(id)).copied().collect();
    (add, remove)
}

/// The numbers of cases: those that were chosen (`other`), and those that were typed (`numbers`).
pub fn numbers(form: &Form) -> Vec<String> {
    let typed = form.text("numbers").split([' ', ',', '，', '、', ';', '；', '\n', '\r', '\t', '\u{3000}']);
    let mut all: Vec<String> = Vec::new();
    for number in form.all("other").chain(typed).map(str::trim).filter(|n| !n.is_empty()) {
        if !all.iter().any(|known| known == number) {
            all.push(number.to_string());
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_needs_a_department_and_a_day_that_exists() {
        let form = Form::from_pairs([("due_on", "2026-02-30"), ("instruction", " 看一下 ")]);
        let state = order(&form).unwrap_err();
        let fields: Vec<_> = state.errors.iter().map(|e| e.field.as_str()).collect();
        assert_eq!(fields, ["department", "due_on"]);
        assert_eq!(state.values.text("instruction"), " 看一下 ");

        let id = "0192f0c0-0000-7000-8000-000000000001";
        let form = Form::from_pairs([("department", id), ("due_on", ""), ("instruction", " 看一下 ")]);
        let order = order(&form).unwrap();
        assert_eq!((order.due_on, order.instruction.as_str()), (None, "看一下"));
    }

    #[test]
    fn words_are_told_by_what_was_chosen_against_what_was_there() {
        let id = |n: u128| TagId(uuid::Uuid::from_u128(n));
        let field = |name: &'static str, n: u128| (name, id(n).to_string());
        let form = Form::from_pairs([field("tag", 1), field("tag", 2), field("had", 2), field("had", 3)]);
        assert_eq!(tags(&form), (vec![id(1)], vec![id(3)]));
    }

    #[test]
    fn a_text_of_blanks_is_missing_and_a_long_one_is_refused() {
        let form = Form::from_pairs([("note", " \u{200B}\n ")]);
        assert!(words(&form, "note", "cases.error.note_missing").is_err());
        let form = Form::from_pairs([("note", "长".repeat(LONGEST + 1))]);
        assert!(words(&form, "note", "cases.error.note_missing").is_err());
    }

    #[test]
    fn a_report_is_asked_for_only_where_the_form_asks() {
        assert_eq!(report(&Form::default()).unwrap(), None);
        let form = Form::from_pairs([("asks_report", "1"), ("report", "made"), ("basis", "已报派出所")]);
        assert!(report(&form).unwrap().is_some_and(|d| d.reported));
        assert!(report(&Form::from_pairs([("asks_report", "1"), ("report", "made")])).is_err());
    }
}
