//! Addresses of numbers: `/desk/reports/cases?measure=solved&department=…` opens exactly the cases that a number counts.

use crate::{
    cases::model::Source,
    http::Form,
    reports::{
        measure::{Choice, Measure},
        period::Period,
    },
};

/// The office as a department in an address.
const OFFICE: &str = "-";

/// The address of the cases that a number counts.
pub fn cases(period: Period, measure: Measure, choice: &Choice, short: usize) -> String {
    let department = choice.department.as_deref().map(|d| if d.is_empty() { OFFICE } else { d });
    let pairs = [
        ("department", department),
        ("topic", choice.topic.as_deref()),
        ("channel", choice.channel.as_deref()),
        ("place", choice.place.as_deref()),
        ("source", choice.source.map(Source::code)),
    ];
    let rest: String =
        pairs.into_iter().filter_map(|(name, value)| Some(format!("&{name}={}", escape(value?)))).collect();
    let short = if measure == Measure::ShortAnswer { format!("&short={short}") } else { String::new() };
    format!("/desk/reports/cases?measure={measure}&from={}&to={}{rest}{short}", period.first, period.last)
}

/// The choice of an address.
pub fn choice(query: &Form) -> Choice {
    let owned = |name: &str| query.optional(name).map(str::to_string);
    Choice {
        department: owned("department").map(|d| if d == OFFICE { String::new() } else { d }),
        topic: owned("topic"),
        channel: owned("channel"),
        place: owned("place"),
        source: query.optional("source").and_then(Source::parse),
    }
}

/// Escapes a value for a query.
pub fn escape(text: &str) -> String {
    text.bytes()
        .map(|b| {
            if b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.') {
                char::from(b).to_string()
            } else {
                format!("%{b:02X}")
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_means_the_choice_it_came_from() {
        let period = Period { first: "2026-03-01".parse().unwrap(), last: "2026-03-31".parse().unwrap() };
        for choice in [
            Choice::default(),
            Choice { department: Some(String::new()), ..Choice::default() },
            Choice { department: Some("食堂 & 小卖部".into()), source: Some(Source::Phone), ..Choice::default() },
            Choice { topic: Some("canteen".into()), place: Some("食堂三楼".into()), ..Choice::default() },
        ] {
            let address = cases(period, Measure::Solved, &choice, 20);
            let query = address.split_once('?').unwrap().1;
            let pairs = crate::http::form::urlencoded_pairs(query.as_bytes());
            assert_eq!(self::choice(&Form::from_pairs(pairs)), choice);
        }
    }
}
