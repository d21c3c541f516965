//! Forms of representatives: strings in, decisions out.

use chrono::{Datelike, Months, NaiveDate};

use crate::{
    http::Form,
    kernel::{
        ids::{AppointmentId, StaffId, TopicId},
        text::{char_count, normalize_line, normalize_text},
    },
    organizations::form::username,
    representatives::model::{Area, Finding, Kind, NewAppointment, Person},
    ui::FormState,
};

/// The choice of somebody without an account.
pub const NEW_PERSON: &str = "new";
/// Most characters of a name or of a place.
pub const MAX_NAME: usize = 30;
/// Most characters of a reason or a comment.
pub const MAX_WORDS: usize = 500;
/// Most places of an area.
const MOST_PLACES: usize = 20;
/// A longer term is a slip of the pen.
const LONGEST_TERM: Months = Months::new(36);

/// What an appointment can be made of.
pub struct Choices {
    /// Representatives with an account.
    pub people: Vec<StaffId>,
    /// Topics in use.
    pub topics: Vec<TopicId>,
}

/// Reads a posted appointment.
///
/// # Errors
/// The form with its errors.
pub fn appointment(posted: &Form, choices: &Choices, today: NaiveDate) -> Result<NewAppointment, FormState> {
    let mut state = FormState::of(posted.clone());
    let person = person(&mut state, choices);
    let kind = Kind::parse(posted.text("kind"));
    if kind.is_none() {
        state.error("kind", "representatives.error.kind");
    }
    let (first_day, last_day) = (day(&mut state, "first_day"), day(&mut state, "last_day"));
    if let (Some(first), Some(last)) = (first_day, last_day) {
        if last < first || last < today {
            state.error("last_day", "representatives.error.last_day");
        } else if first.checked_add_months(LONGEST_TERM).is_some_and(|most| last > most) {
            state.error("last_day", "representatives.error.long_term");
        }
    }
    let area = area(&mut state, choices);
    match (person, kind, first_day, last_day) {
        (Some(person), Some(kind), Some(first_day), Some(last_day)) if state.is_ok() => {
            Ok(NewAppointment { person, kind, first_day, last_day, area })
        }
        _ => Err(state),
    }
}

fn person(state: &mut FormState, choices: &Choices) -> Option<Person> {
    if state.values.text("person") != NEW_PERSON {
        let known = StaffId::parse(state.values.text("person")).filter(|id| choices.people.contains(id));
        if known.is_none() {
            state.error("person", "representatives.error.person");
        }
        return known.map(Person::Known);
    }
    let name = normalize_line(state.values.text("display_name"));
    if name.is_empty() || char_count(&name) > MAX_NAME {
        state.error_with("display_name", "representatives.error.name", &[("max", MAX_NAME.to_string())]);
    }
    let typed = state.values.optional("username").map(username);
    if typed == Some(None) {
        state.error("username", "organizations.error.username");
    }
    Some(Person::New { name, username: typed.flatten().unwrap_or_default() })
}

fn day(state: &mut FormState, name: &'static str) -> Option<NaiveDate> {
    let day = state.values.text(name).trim().parse::<NaiveDate>().ok().filter(|d| (2000..2100).contains(&d.year()));
    if day.is_none() {
        state.error(name, "representatives.error.day");
    }
    day
}

/// Places that were ticked and those that were typed, each once.
fn area(state: &mut FormState, choices: &Choices) -> Area {
    let ticked = state.values.all("places").map(str::to_string);
    let typed = state.values.text("more_places").split(['、', '，', ',', ';', '；', '\n']).map(str::to_string);
    let mut places: Vec<String> = Vec::new();
    for place in ticked.chain(typed).map(|p| normalize_line(&p)).filter(|p| !p.is_empty()).collect::<Vec<_>>() {
        if !places.contains(&place) {
            places.push(place);
        }
    }
    if places.len() > MOST_PLACES || places.iter().any(|p| char_count(p) > MAX_NAME) {
        let limits = [("most", MOST_PLACES.to_string()), ("max", MAX_NAME.to_string())];
        state.error_with("more_places", "representatives.error.places", &limits);
    }
    let topics: Vec<TopicId> = {
        let chosen = state.values.all("topics").filter_map(TopicId::parse);
        let mut topics: Vec<TopicId> = chosen.filter(|id| choices.topics.contains(id)).collect();
        topics.sort_unstable();
        topics.dedup();
        topics
    };
    if places.is_empty() && topics.is_empty() {
        state.error("places", "representatives.error.area");
    }
    Area { places, topics }
}

/// Reads why an appointment ends before its time.
///
/// # Errors
/// The form with its errors.
pub fn reason(posted: &Form) -> Result<String, FormState> {
    let mut state = FormState::of(posted.clone());
    let words = normalize_text(posted.text("reason"));
    if words.is_empty() || char_count(&words) > MAX_WORDS {
        state.error_with("reason", "representatives.error.reason", &[("max", MAX_WORDS.to_string())]);
    }
    if state.is_ok() { Ok(words) } else { Err(state) }
}

/// Reads whom to draw for, and how many.
///
/// # Errors
/// The form with its errors.
pub fn draw(posted: &Form, serving: &[AppointmentId], most: i64) -> Result<(AppointmentId, i64), FormState> {
    let mut state = FormState::of(posted.clone());
    let appointment = AppointmentId::parse(posted.text("appointment")).filter(|id| serving.contains(id));
    if appointment.is_none() {
        state.error("appointment", "representatives.error.appointment");
    }
    let wanted = posted.text("wanted").trim().parse::<i64>().ok().filter(|n| (1..=most).contains(n));
    if wanted.is_none() {
        state.error_with("wanted", "representatives.error.wanted", &[("most", most.to_string())]);
    }
    match (appointment, wanted) {
        (Some(appointment), Some(wanted)) if state.is_ok() => Ok((appointment, wanted)),
        _ => Err(state),
    }
}

/// Reads what a second look found, without its photos. "Not fixed" needs words: somebody has to act on it.
pub fn look(state: &mut FormState) -> Option<(Finding, String)> {
    let found = Finding::parse(state.values.text("result"));
    if found.is_none() {
        state.error("result", "representatives.error.result");
    }
    let comment = normalize_text(state.values.text("comment"));
    if char_count(&comment) > MAX_WORDS {
        state.error_with("comment", "representatives.error.comment_long", &[("max", MAX_WORDS.to_string())]);
    } else if comment.is_empty() && found == Some(Finding::NotFixed) {
        state.error("comment", "representatives.error.comment");
    }
    found.map(|found| (found, comment))
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn parsed(changes: &[(&str, &str)]) -> Result<NewAppointment, Vec<String>> {
        let known = StaffId(Uuid::from_u128(1));
        let topic = TopicId(Uuid::from_u128(2));
        let mut values = Form::from_pairs([
            ("person", NEW_PERSON),
            ("display_name", " 马晓燕 "),
            ("username", ""),
            ("kind", "parent"),
            ("first_day", "2026-03-01"),
            ("last_day", "2026-07-15"),
            ("places", "食堂三楼"),
            ("more_places", "图书馆、食堂三楼，宿舍"),
        ]);
        for (field, value) in changes {
            values.set(field, (*value).to_string());
        }
        let choices = Choices { people: vec![known], topics: vec![topic] };
        let today = "2026-03-10".parse().unwrap();
        appointment(&values, &choices, today).map_err(|s| s.errors.into_iter().map(|e| e.field).collect())
    }

    #[test]
    fn places_are_ticked_or_typed_and_stand_once() {
        let new = parsed(&[]).unwrap();
        assert_eq!(new.area.places, ["食堂三楼", "图书馆", "宿舍"]);
        assert_eq!(new.person, Person::New { name: "马晓燕".into(), username: String::new() });
    }

    #[test]
    fn an_area_can_be_topics_alone_but_not_nothing() {
        let topic = TopicId(Uuid::from_u128(2)).to_string();
        assert!(parsed(&[("places", ""), ("more_places", ""), ("topics", &topic)]).is_ok());
        let of_another_school = TopicId(Uuid::from_u128(3)).to_string();
        let nothing = parsed(&[("places", ""), ("more_places", " ，"), ("topics", &of_another_school)]);
        assert_eq!(nothing, Err(vec!["places".to_string()]));
    }

    #[test]
    fn wrong_values_are_said_beside_their_fields() {
        let stranger = StaffId(Uuid::from_u128(9)).to_string();
        for (field, wrong) in [
            ("person", stranger.as_str()),
            ("display_name", " "),
            ("username", "马"),
            ("kind", "king"),
            ("first_day", "昨天"),
            ("last_day", "2026-02-28"),
            ("last_day", "2029-03-02"),
            ("more_places", "很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长的地方"),
        ] {
            assert_eq!(parsed(&[(field, wrong)]), Err(vec![field.to_string()]), "{field} {wrong}");
        }
        // A term that has begun is fine, one that is over is not.
        assert!(parsed(&[("first_day", "2026-03-10"), ("last_day", "2026-03-10")]).is_ok());
        assert_eq!(parsed(&[("last_day", "2026-03-09")]), Err(vec!["last_day".to_string()]));
    }

    #[test]
    fn not_fixed_needs_words() {
        let read = |result: &str, comment: &str| {
            let mut state = FormState::of(Form::from_pairs([("result", result), ("comment", comment)]));
            look(&mut state).filter(|_| state.is_ok())
        };
        assert_eq!(read("fixed", ""), Some((Finding::Fixed, String::new())));
        assert_eq!(read("not_fixed", " "), None);
        assert_eq!(read("not_fixed", "灯还是坏的"), Some((Finding::NotFixed, "灯还是坏的".into())));
        assert_eq!(read("maybe", "x"), None);
    }
}
