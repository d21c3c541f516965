//! `huiyin demo --cases N`: as many submissions as wanted, for a look at a full desk. Topics are skewed as in life (the
//! canteen first), some matters are written again by others within days, some go late, many people never judge an answer.
//!
//! The same number always gives the same submissions.

use chrono::{DateTime, Datelike, Duration, TimeDelta, Utc, Weekday};
use rand::{RngExt, SeedableRng, rngs::StdRng};

use crate::{
    cases::model::{Identity, Lane, Outcome, Person},
    cli::demo::{
        matters::{MATTERS, Matter, NAMES, PLACES, SURNAMES, WISHES},
        stories::{Step, Story},
    },
};

/// Submissions a day, on average; a school of two thousand children has fewer, a district more.
const A_DAY: usize = 60;

/// The shortest time over which they are spread.
const DAYS: usize = 58;

/// Shanghai's offset from UTC, in minutes; China has no summer time.
const SHANGHAI: i64 = 8 * 60;

/// A submission that was made up, with the life it has had.
pub(super) struct MadeUp {
    /// When it came.
    pub came: DateTime<Utc>,
    place: &'static str,
    person: Person,
    identity: Identity,
    contact: Option<(String, String)>,
    photo: bool,
    matter: &'static Matter,
    text: String,
    steps: Vec<(i64, Step)>,
}

impl MadeUp {
    /// As the demo tells it.
    pub fn story(&self) -> Story<'_> {
        Story {
            ago: 0,
            place: self.place,
            topic: self.matter.topic,
            person: self.person,
            identity: self.identity,
            contact: self.contact.as_ref().map(|(name, number)| (name.as_str(), number.as_str())),
            lane: Lane::Ordinary,
            photo: self.photo,
            text: &self.text,
            steps: &self.steps,
        }
    }
}

/// Over how many days so many are spread.
pub(super) fn days(count: usize) -> i64 {
    i64::try_from(DAYS.max(count / A_DAY)).unwrap_or(i64::MAX)
}

/// Makes up `count` submissions that came before `now`, in the order of time.
pub(super) fn make_up(count: usize, now: DateTime<Utc>) -> Vec<MadeUp> {
    let mut random = StdRng::seed_from_u64(2024);
    let days = days(count);
    let mut made: Vec<MadeUp> = Vec::with_capacity(count);
    while made.len() < count {
        let came = moment(&mut random, now, days);
        let again = made.len() > 10 && random.random_ratio(1, 12);
        let earlier = again.then(|| &made[random.random_range(0..made.len())]);
        made.push(match earlier {
            Some(first) => {
                let later = (first.came + TimeDelta::minutes(random.random_range(30..60 * 24 * 5))).min(now);
                let (matter, place) = (first.matter, first.place);
                one(&mut random, later, matter, place)
            }
            None => {
                let matter = weighted(&mut random);
                let place = PLACES[random.random_range(0..PLACES.len())];
                one(&mut random, came, matter, place)
            }
        });
    }
    made.sort_by_key(|m| m.came);
    made
}

/// A time at which people write: mornings, lunch and evenings, less on weekends.
fn moment(random: &mut StdRng, now: DateTime<Utc>, days: i64) -> DateTime<Utc> {
    loop {
        let day = (now - Duration::days(random.random_range(0..days))).date_naive();
        let weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        if weekend && random.random_ratio(2, 3) {
            continue;
        }
        let hours = [(7, 9), (11, 14), (16, 19), (19, 23)];
        let (from, to) = hours[random.random_range(0..hours.len())];
        let minute: i64 = random.random_range(from * 60..to * 60);
        let at = day.and_time(chrono::NaiveTime::MIN).and_utc() + TimeDelta::minutes(minute - SHANGHAI);
        if at < now {
            return at;
        }
    }
}

/// A matter, the frequent ones more often.
fn weighted(random: &mut StdRng) -> &'static Matter {
    let whole: u32 = MATTERS.iter().map(|m| m.weight).sum();
    let mut left = random.random_range(0..whole);
    for matter in &MATTERS {
        if left < matter.weight {
            return matter;
        }
        left -= matter.weight;
    }
    &MATTERS[0]
}

fn one(random: &mut StdRng, came: DateTime<Utc>, matter: &'static Matter, place: &'static str) -> MadeUp {
    let person = match random.random_range(0..100) {
        0..62 => Person::Parent,
        62..88 => Person::Student,
        88..95 => Person::Staff,
        _ => Person::Public,
    };
    let identity = match random.random_range(0..100) {
        0..66 => Identity::Anonymous,
        66..78 => Identity::Sealed,
        _ => Identity::Named,
    };
    let contact = (identity != Identity::Anonymous).then(|| {
        let surname = SURNAMES[random.random_range(0..SURNAMES.len())];
        let name = NAMES[random.random_range(0..NAMES.len())];
        (format!("{surname}{name}"), format!("1380000{:04}", random.random_range(0..10_000)))
    });
    MadeUp {
        came,
        place,
        person,
        identity,
        contact,
        photo: random.random_ratio(1, 200),
        matter,
        text: words(random, matter),
        steps: life(random, matter),
    }
}

/// What somebody writes of a matter.
fn words(random: &mut StdRng, matter: &Matter) -> String {
    let class = format!("{}年级{}班", random.random_range(1..=6), random.random_range(1..=8));
    let day = ["昨天", "今天中午", "上周三", "这个星期", "前天下午", "周一早上"][random.random_range(0..6)];
    let what = matter.said[random.random_range(0..matter.said.len())];
    let wish = WISHES[random.random_range(0..WISHES.len())];
    let mark = match random.random_range(0..40) {
        0 => "🙏",
        1 => "😟",
        2 => "（𠮷老师也知道这件事）",
        _ => "",
    };
    match random.random_range(0..3) {
        0 => format!("{day}{what}{wish}{mark}"),
        1 => format!("我家孩子在{class}。{day}{what}{wish}{mark}"),
        _ => format!("{what}{class}的同学都说过，{day}又是这样。{wish}{mark}"),
    }
}

/// What becomes of it, in hours after it came; what lies in the future has not happened yet.
fn life(random: &mut StdRng, matter: &Matter) -> Vec<(i64, Step)> {
    let mut at = random.random_range(1..30);
    let mut steps = Vec::new();
    let fate = random.random_range(0..1_000);
    if fate < 25 {
        return vec![(at, Step::Decline("这件事不在学校的职责之内，已在答复中写明可以找谁。"))];
    }
    if fate < 35 {
        return vec![(at, Step::Withdraw)];
    }
    steps.push((at, Step::Assign(matter.department)));
    if fate < 45 {
        // Nobody looks at it again.
        return steps;
    }
    at += random.random_range(1..20);
    steps.push((at, Step::Start(matter.department)));
    at += random.random_range(4..if fate < 110 { 400 } else { 110 });
    let answer = matter.answers[random.random_range(0..matter.answers.len())];
    steps.push((at, Step::HandIn(matter.department, answer)));
    if random.random_ratio(1, 25) {
        at += random.random_range(1..10);
        steps.push((at, Step::SendBack("请写明什么时候完成、由谁负责。")));
        at += random.random_range(5..40);
        steps.push((at, Step::HandIn(matter.department, answer)));
    }
    at += random.random_range(1..12);
    let outcome = match random.random_range(0..12) {
        0 => Some(Outcome::Adopted),
        1 => Some(Outcome::Partly),
        _ => None,
    };
    steps.push((at, Step::LetOut(answer, outcome)));
    at += random.random_range(2..60);
    match random.random_range(0..100) {
        0..42 => steps.push((at, Step::Rate(true, true, true))),
        42..50 => steps.push((at, Step::Rate(true, true, false))),
        50..54 => steps.push((at, Step::Rate(false, true, true))),
        54..58 => steps.push((at, Step::Rate(true, false, false))),
        _ => {}
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn so_many_in_the_order_of_time_the_same_each_time_and_skewed() {
        let now: DateTime<Utc> = "2026-11-25T03:00:00Z".parse().unwrap();
        let made = make_up(3_000, now);
        assert_eq!(made.len(), 3_000);
        assert!(made.iter().all(|m| m.came <= now && m.came > now - TimeDelta::days(days(3_000) + 1)));
        assert!(made.is_sorted_by_key(|m| m.came));
        let texts = |made: &[MadeUp]| made.iter().map(|m| m.text.clone()).collect::<Vec<_>>();
        assert_eq!(texts(&made), texts(&make_up(3_000, now)));
        let of = |topic: &str| made.iter().filter(|m| m.matter.topic == topic).count();
        assert!(of("canteen") > of("facilities") && of("facilities") > of("fees") && of("fees") > 0);
        // Steps come one after the other, and the answer is the last word of whoever answers.
        for m in &made {
            assert!(m.steps.is_sorted_by_key(|(hours, _)| *hours), "{:?}", m.steps);
        }
    }
}
