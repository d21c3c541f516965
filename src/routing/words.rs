//! The matrix in words: what a row names, and why a department is proposed.

use crate::{
    cases::model::Person,
    http::Cx,
    kernel::ids::{DepartmentId, TopicId},
    organizations::model::{Department, Topic},
    routing::{
        model::Match,
        propose::{Basis, Proposal},
    },
    ui::time,
};

/// The name of a topic, or "any topic".
pub fn topic(cx: &Cx, topics: &[Topic], id: Option<TopicId>) -> String {
    let named = topics.iter().find(|t| Some(t.id) == id).map(|t| t.label(cx.lang).to_string());
    named.unwrap_or_else(|| cx.t("routing.any_topic").into_owned())
}

/// The place, or "any place".
pub fn place(cx: &Cx, place: &str) -> String {
    if place.is_empty() { cx.t("routing.any_place").into_owned() } else { place.to_string() }
}

/// The audience, or "anybody".
pub fn person(cx: &Cx, person: Option<Person>) -> String {
    person.map_or_else(|| cx.t("routing.anybody"), |p| cx.word("intake.person", p.code())).into_owned()
}

/// The name of a department; "the office decides" for none.
pub fn department(cx: &Cx, departments: &[Department], id: Option<DepartmentId>) -> String {
    let named = departments.iter().find(|d| Some(d.id) == id).map(|d| d.name.clone());
    named.unwrap_or_else(|| cx.t("routing.nobody").into_owned())
}

/// What a row names: `食堂 × 不限地点 × 家长`.
pub fn names(cx: &Cx, topics: &[Topic], names: &Match) -> String {
    [topic(cx, topics, names.topic), place(cx, &names.place), person(cx, names.person)].join(" × ")
}

/// Why a department is proposed; `None` when none is.
pub fn why(cx: &Cx, proposal: &Proposal, departments: &[Department], topics: &[Topic]) -> Option<String> {
    proposal.department?;
    let department = department(cx, departments, proposal.department);
    match &proposal.basis {
        Basis::Matrix(version, row) => {
            let day = version.starts_at.map(|at| time::day(cx, at)).unwrap_or_default();
            let variables = [("day", day.as_str()), ("row", &names(cx, topics, row)), ("department", &department)];
            Some(cx.tf("routing.why.matrix", &variables))
        }
        Basis::Topic => Some(cx.tf("routing.why.topic", &[("department", &department)])),
        Basis::Nothing => None,
    }
}
