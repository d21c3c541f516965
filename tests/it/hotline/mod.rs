//! The hotline and the walk-in desk.

mod attach;
mod drafts;
mod log;
mod on_the_spot;
mod recordings;
mod taken_down;

use crate::support::{Client, Reply, key};

/// A named parent's call with these fields on top.
pub async fn call(operator: &Client<'_>, fields: &[(&str, &str)]) -> Reply {
    let key = key();
    let usual = [
        ("idempotency_key", key.as_str()),
        ("role", "parent"),
        ("identity", "named"),
        ("topic", "safety"),
        ("body", "北门早上只开一扇门，送孩子堵得厉害"),
        ("contact_name", "王女士"),
        ("contact", "13800138000"),
    ];
    let mut all: Vec<(&str, &str)> = usual.into_iter().filter(|(k, _)| fields.iter().all(|(f, _)| f != k)).collect();
    all.extend(fields);
    operator.post("/desk/hotline/new", &all).await
}

/// The tracking code on a receipt.
pub fn code_of(receipt: &Reply) -> String {
    let html = receipt.text();
    let part = html.split("id=\"code\"").nth(1).unwrap_or_else(|| panic!("{html}")).split("</p>").next().unwrap();
    part.split("<span>").skip(1).map(|s| s.split('<').next().unwrap()).collect()
}

/// The case number on a receipt.
pub fn number_of(receipt: &Reply) -> String {
    let html = receipt.text();
    let rest = html.split("id=\"case-number\"").nth(1).unwrap_or_else(|| panic!("{html}"));
    rest.split('>').nth(1).unwrap().split('<').next().unwrap().to_string()
}
