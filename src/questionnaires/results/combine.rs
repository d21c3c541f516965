//! Stages together: sums of what each of them tells, in groups that all of them have. It adds nothing to what was told.

use std::collections::BTreeMap;

use crate::{
    forms::decimal,
    questionnaires::results::{
        fields::{Field, Shape},
        publish::{Group, Row, Stage, Told},
    },
};

/// What is shown of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// How many were asked in the stages that were summed.
    pub base: u64,
    /// The bars.
    pub groups: Vec<Group>,
    /// The rows of the breakdown, with the same groups; their stages may be fewer.
    pub rows: Vec<Row>,
    /// The groups of the rows.
    pub row_groups: Vec<Vec<String>>,
}

/// A field over all stages. The largest stage sets the groups; others are added when they make them no coarser.
pub fn shown(stages: &[&Stage], field: &Field) -> Option<Shown> {
    let mut told: Vec<&Told> = stages.iter().filter_map(|s| of(s, field)).collect();
    told.sort_by_key(|t| std::cmp::Reverse(t.base));
    let mut taken: Vec<&Told> = Vec::new();
    let mut groups = Vec::new();
    for one in &told {
        let mut with = taken.clone();
        with.push(one);
        let joined =
            join(&with.iter().flat_map(|t| &t.groups).map(|g| g.cells.clone()).collect::<Vec<_>>(), &field.cells);
        if taken.is_empty() || joined.len() >= groups.len() {
            (taken, groups) = (with, joined);
        }
    }
    if groups.len() < 2 {
        return None;
    }
    let sum = |cells: &Vec<String>| {
        taken.iter().flat_map(|t| &t.groups).filter(|g| cells.contains(&g.cells[0])).map(|g| g.n).sum()
    };
    let base = taken.iter().map(|t| t.base).sum();
    let shown = groups.into_iter().map(|cells| Group { n: sum(&cells), cells }).collect();
    let (rows, row_groups) = broken_down(&told, field);
    Some(Shown { base, groups: shown, rows, row_groups })
}

/// The rows of a breakdown over the stages that have one.
fn broken_down(told: &[&Told], field: &Field) -> (Vec<Row>, Vec<Vec<String>>) {
    let mut taken: Vec<&Told> = Vec::new();
    let (mut lanes, mut groups) = (Vec::new(), Vec::new());
    for one in told.iter().filter(|t| !t.rows.is_empty()) {
        let mut with = taken.clone();
        with.push(one);
        let all: Vec<Vec<String>> = with.iter().flat_map(|t| &t.rows).map(|r| r.lanes.clone()).collect();
        let joined = join(&all, &[]);
        let cells =
            join(&with.iter().flat_map(|t| &t.groups).map(|g| g.cells.clone()).collect::<Vec<_>>(), &field.cells);
        if taken.is_empty() || (joined.len() >= lanes.len() && cells.len() >= groups.len()) {
            (taken, lanes, groups) = (with, joined, cells);
        }
    }
    if lanes.len() < 2 || groups.len() < 2 {
        return (Vec::new(), Vec::new());
    }
    let count = |lanes: &Vec<String>, cells: &Vec<String>| {
        let rows = taken.iter().flat_map(|t| t.rows.iter().map(move |r| (t, r)));
        rows.filter(|(_, r)| lanes.contains(&r.lanes[0]))
            .flat_map(|(t, r)| t.groups.iter().zip(&r.counts))
            .filter(|(g, _)| cells.contains(&g.cells[0]))
            .map(|(_, n)| *n)
            .sum()
    };
    let rows = lanes.into_iter().map(|lanes| Row { counts: groups.iter().map(|g| count(&lanes, g)).collect(), lanes });
    (rows.collect(), groups)
}

/// What a stage tells of a field: of the same name and shape.
fn of<'a>(stage: &'a Stage, field: &Field) -> Option<&'a Told> {
    let at = stage.outline.fields.iter().position(|f| f.name == field.name && f.shape == field.shape)?;
    stage.fields.get(at)?.as_ref()
}

/// The finest sets that cut none of the given ones, in the order of `order`, then of their appearance.
pub fn join(sets: &[Vec<String>], order: &[String]) -> Vec<Vec<String>> {
    let mut joined: Vec<Vec<String>> = Vec::new();
    for set in sets {
        let (touching, mut rest): (Vec<_>, Vec<_>) =
            joined.into_iter().partition(|j| j.iter().any(|code| set.contains(code)));
        let mut one: Vec<String> = touching.into_iter().flatten().collect();
        one.extend(set.iter().filter(|code| !one.contains(code)).cloned().collect::<Vec<_>>());
        rest.push(one);
        joined = rest;
    }
    let place: BTreeMap<&String, usize> = order.iter().enumerate().map(|(i, code)| (code, i)).collect();
    let at = |code: &String| (place.get(code).copied().unwrap_or(usize::MAX), code.clone());
    joined.iter_mut().for_each(|set| set.sort_by_key(at));
    joined.sort_by_key(|set| set.first().map(at));
    joined
}

/// Mean and deviation, worked out from what is shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mean {
    /// How many numbers.
    pub n: u64,
    /// Their mean.
    pub mean: f64,
    /// Their standard deviation.
    pub deviation: f64,
    /// Whether every group is one number.
    pub exact: bool,
}

/// The mean of a field whose cells are numbers. A group of several counts with its middle.
pub fn mean(field: &Field, groups: &[(Vec<String>, u64)]) -> Option<Mean> {
    let mut exact = matches!(field.shape, Shape::Value);
    let mut values: Vec<(f64, f64)> = Vec::new();
    for (cells, n) in groups {
        let numbers: Vec<f64> = cells.iter().filter_map(|code| value(field, code)).collect();
        exact &= cells.len() == 1;
        if let (Some(low), Some(high)) = (numbers.first(), numbers.last()) {
            values.push((f64::midpoint(*low, *high), *n as f64));
        }
    }
    let n: f64 = values.iter().map(|(_, n)| n).sum();
    if n < 1.0 {
        return None;
    }
    let mean = values.iter().map(|(v, n)| v * n).sum::<f64>() / n;
    let spread = values.iter().map(|(v, count)| (v - mean).powi(2) * count).sum::<f64>() / n;
    Some(Mean { n: n.round() as u64, mean, deviation: spread.sqrt(), exact })
}

/// The number for which a cell stands.
fn value(field: &Field, code: &str) -> Option<f64> {
    let whole = |millionths: i64| millionths as f64 / decimal::ONE as f64;
    match &field.shape {
        Shape::Value => code.parse().ok(),
        Shape::Stretch(bounds) => {
            let from = decimal::parse(code)?;
            let next = bounds.iter().find(|b| **b > from).copied();
            Some(f64::midpoint(whole(from), whole(next.unwrap_or(from))))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str) -> Vec<String> {
        text.chars().map(|c| c.to_string()).collect()
    }

    #[test]
    fn sets_that_overlap_become_one() {
        let sets = [codes("ab"), codes("c"), codes("d"), codes("bc")];
        assert_eq!(join(&sets, &codes("abcd")), [codes("abc"), codes("d")]);
        assert_eq!(join(&[codes("c"), codes("ab"), codes("c")], &codes("abcd")), [codes("ab"), codes("c")]);
    }

    #[test]
    fn a_mean_comes_from_what_is_shown() {
        let field = Field {
            name: "q".into(),
            question: 0,
            shape: Shape::Value,
            cells: codes("12345"),
            required: true,
            gate: crate::questionnaires::results::fields::Gate::All,
        };
        let alone: Vec<_> = [("1", 10), ("5", 10)].map(|(c, n)| (codes(c), n)).into();
        let told = mean(&field, &alone).unwrap();
        assert!((told.mean - 3.0).abs() < 1e-9 && (told.deviation - 2.0).abs() < 1e-9 && told.exact);
        let together = mean(&field, &[(codes("12"), 10), (codes("4"), 10)]).unwrap();
        assert!((together.mean - 2.75).abs() < 1e-9 && !together.exact);
        let none = mean(&field, &[(vec![String::new()], 10)]);
        assert_eq!(none, None);
    }
}
