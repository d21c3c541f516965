//! Which open cases somebody may be speaking of again: the same topic, the same place, the same words.
//!
//! Operators are told that such a case is there (number, topic, place, state, age) and nothing that anybody wrote. So
//! that nobody can fish for words, they are shown cases of the same topic or place alone; the words only order them.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    accounts::model::Actor,
    cases::{
        model::{Case, Lane, State},
        store::similar::{self, Candidate},
        visibility::Scope,
    },
    db::Conn,
    error::Result,
    i18n::Lang,
    kernel::{
        ids::{CaseId, TopicId},
        roles::Role,
        text::search_tokens,
    },
};

/// Cases that are suggested at most.
const SHOWN: usize = 5;
/// Cases that are compared at most.
const COMPARED: i64 = 200;
/// Tokens of a text that are looked up at most.
const TOKENS: usize = 60;
/// So much of the words must be shared, when topic or place is, and when neither is.
const ENOUGH: (f64, f64) = (0.12, 0.3);

/// What somebody is saying.
#[derive(Clone, Copy, Debug)]
pub struct Said<'a> {
    /// The topic, when it is chosen already.
    pub topic: Option<TopicId>,
    /// The place; may be empty.
    pub place: &'a str,
    /// The words.
    pub text: &'a str,
}

/// A case that may be meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Similar {
    /// The number.
    pub number: String,
    /// Its topic.
    pub topic: String,
    /// Its place.
    pub place: String,
    /// Where it stands.
    pub state: State,
    /// When it came.
    pub received_at: DateTime<Utc>,
    /// The beginning of its text; for the office alone.
    pub excerpt: Option<String>,
}

/// The open cases that may be meant, the likeliest first.
///
/// # Errors
/// The database's.
pub async fn find(c: &mut Conn, actor: &Actor, said: Said<'_>, lang: Lang) -> Result<Vec<Similar>> {
    let office = actor.role == Role::Office;
    let tokens = distinct(said.text);
    let looked_up: &[String] = if office { &tokens } else { &[] };
    let found = similar::candidates(c, &Scope::of(actor), said.topic, said.place, looked_up, None, COMPARED).await?;
    let chosen = ranked(&said, &tokens, &found).into_iter().take(SHOWN).map(|candidate| shown(candidate, office, lang));
    Ok(chosen.collect())
}

/// So far apart two cases of one matter came at most.
const APART: TimeDelta = TimeDelta::days(30);

/// The open cases that may be about the same matter as one, within thirty days of it; the likeliest first. For the office,
/// which may merge them.
///
/// # Errors
/// The database's.
pub async fn to_case(c: &mut Conn, actor: &Actor, case: &Case, text: &str, lang: Lang) -> Result<Vec<Similar>> {
    if actor.role != Role::Office || case.lane != Lane::Ordinary {
        return Ok(Vec::new());
    }
    let said = Said { topic: Some(case.topic_id), place: &case.place, text };
    let tokens = distinct(text);
    let since = Some(CaseId::first_arrival(case.received_at - APART));
    let found = similar::candidates(c, &Scope::of(actor), said.topic, said.place, &tokens, since, COMPARED).await?;
    let near = |candidate: &Candidate| {
        candidate.number != case.number && (candidate.received_at - case.received_at).abs() <= APART
    };
    let found: Vec<Candidate> = found.into_iter().filter(near).collect();
    Ok(ranked(&said, &tokens, &found).into_iter().take(SHOWN).map(|candidate| shown(candidate, true, lang)).collect())
}

fn shown(candidate: &Candidate, office: bool, lang: Lang) -> Similar {
    let english = lang == Lang::En && !candidate.topic_en.is_empty();
    Similar {
        number: candidate.number.clone(),
        topic: if english { candidate.topic_en.clone() } else { candidate.topic.clone() },
        place: candidate.place.clone(),
        state: candidate.state,
        received_at: candidate.received_at,
        excerpt: office.then(|| candidate.excerpt.clone()),
    }
}

/// The tokens of a text, each once, without single characters: they are in every text.
fn distinct(text: &str) -> Vec<String> {
    let mut seen = HashSet::new();
    let mut tokens = search_tokens(text);
    tokens.retain(|t| t.chars().count() > 1 && seen.insert(t.clone()));
    tokens.truncate(TOKENS);
    tokens
}

/// The candidates that are like what is said, the likeliest first. A word counts the more, the fewer cases have it.
fn ranked<'a>(said: &Said<'_>, tokens: &[String], candidates: &'a [Candidate]) -> Vec<&'a Candidate> {
    let texts: Vec<HashSet<String>> =
        candidates.iter().map(|c| search_tokens(&c.written).into_iter().collect()).collect();
    let mut having: HashMap<&str, f64> = HashMap::new();
    for token in tokens {
        let count = texts.iter().filter(|t| t.contains(token)).count();
        having.insert(token, f64::from(u32::try_from(count).unwrap_or(u32::MAX)));
    }
    let all = f64::from(u32::try_from(candidates.len()).unwrap_or(u32::MAX));
    let weight = |token: &String| ((1.0 + all) / (1.0 + having.get(token.as_str()).copied().unwrap_or(0.0))).ln() + 0.2;
    let whole: f64 = tokens.iter().map(weight).sum();
    let mut scored: Vec<(f64, &Candidate)> = candidates
        .iter()
        .zip(&texts)
        .filter_map(|(candidate, text)| {
            let shared: f64 = tokens.iter().filter(|t| text.contains(*t)).map(weight).sum();
            let words = if whole > 0.0 { shared / whole } else { 0.0 };
            let topic = said.topic == Some(candidate.topic_id);
            let place = !said.place.is_empty() && said.place == candidate.place;
            let enough = (topic && place) || words >= if topic || place { ENOUGH.0 } else { ENOUGH.1 };
            let near = f64::from(u8::from(topic)) * 0.3 + f64::from(u8::from(place)) * 0.3;
            enough.then_some((words + near, candidate))
        })
        .collect();
    // Equal ones keep their order: the newest first.
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    scored.into_iter().map(|(_, candidate)| candidate).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn candidate(number: &str, topic: u128, place: &str, written: &str) -> Candidate {
        Candidate {
            number: number.into(),
            state: State::Received,
            topic_id: TopicId(Uuid::from_u128(topic)),
            topic: String::new(),
            topic_en: String::new(),
            place: place.into(),
            received_at: DateTime::UNIX_EPOCH,
            excerpt: String::new(),
            written: written.into(),
        }
    }

    fn numbers(topic: u128, place: &str, text: &str, candidates: &[Candidate]) -> Vec<String> {
        let said = Said { topic: Some(TopicId(Uuid::from_u128(topic))), place, text };
        ranked(&said, &distinct(text), candidates).into_iter().map(|c| c.number.clone()).collect()
    }

    #[test]
    fn the_same_matter_in_other_words_comes_first() {
        let open = [
            candidate("lamp", 2, "教学楼", "走廊的灯坏了，孩子晚上看不清"),
            candidate("gate", 1, "北门", "北门早上只开一扇门，送孩子堵得厉害"),
            candidate("bus", 1, "校门口", "校车司机开得太快"),
        ];
        assert_eq!(numbers(1, "", "家长说北门只开一扇，堵了半小时", &open), ["gate"]);
        assert_eq!(numbers(9, "", "家长说北门只开一扇门，早上送孩子堵得厉害", &open), ["gate"]);
    }

    #[test]
    fn words_that_everybody_uses_are_not_enough() {
        let open: Vec<Candidate> =
            (0..20).map(|i| candidate(&i.to_string(), 1, "", &format!("老师您好，我家孩子的事情{i}"))).collect();
        assert_eq!(numbers(2, "", "老师您好，想问一下校服什么时候发", &open), Vec::<String>::new());
    }

    #[test]
    fn the_same_topic_at_the_same_place_is_enough_and_nothing_said_is_not() {
        let open = [candidate("gate", 1, "北门", "只开一扇门")];
        assert_eq!(numbers(1, "北门", "", &open), ["gate"]);
        assert_eq!(numbers(1, "", "", &open), Vec::<String>::new());
        assert_eq!(numbers(3, "南门", "", &open), Vec::<String>::new());
    }
}
