//! From what was counted to what may be told: the tables of one stage, from which everything that is shown is worked out.

use std::collections::BTreeMap;

use crate::{
    forms::model::{Question, QuestionKind},
    kernel::ids::ResponseId,
    questionnaires::results::{
        fields::{By, Field, Gate, Outline, Shape},
        groups::{SMALLEST, rows, split, sums},
        tally::{Ranks, Tally, Texts, Token},
    },
};

/// Words that are listed for a question.
const MOST_WORDS: usize = 60;

/// Some cells of a field together, by their codes, with how many people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The codes, in the order of the field.
    pub cells: Vec<String>,
    /// How many.
    pub n: u64,
}

/// A row of a breakdown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its lanes: classes, or cells of the field by which is broken down.
    pub lanes: Vec<String>,
    /// How many in each group.
    pub counts: Vec<u64>,
}

/// What is told of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// How many were asked.
    pub base: u64,
    /// At least two groups, each with five people.
    pub groups: Vec<Group>,
    /// At least two rows each of whose cells has five people, or none.
    pub rows: Vec<Row>,
}

/// The texts that are told of a question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ToldTexts {
    /// The texts, by what stands for them.
    pub texts: Vec<(Token, ResponseId)>,
    /// Words that at least five texts have, most frequent first.
    pub words: Vec<(String, u64)>,
}

/// What is told of a stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    /// What its answers were counted by.
    pub outline: Outline,
    /// How many answers.
    pub answers: u64,
    /// One a field of the outline.
    pub fields: Vec<Option<Told>>,
    /// The ranks of rankings that can be told, by question.
    pub ranks: BTreeMap<usize, Ranks>,
    /// Texts by the name of the answer.
    pub texts: BTreeMap<String, ToldTexts>,
}

/// The tables of a stage.
pub fn publish(outline: &Outline, by: &By, tally: &Tally) -> Stage {
    let order = lane_order(outline, by, tally);
    let units = lane_units(&order, tally);
    // What everybody is asked comes first: what depends on it looks at its groups.
    let mut fields: Vec<Option<Told>> = outline
        .fields
        .iter()
        .enumerate()
        .map(|(at, f)| {
            (f.gate == Gate::All).then(|| told(f, counts(tally, at), &order, &units, &tally.lanes)).flatten()
        })
        .collect();
    bind_choices(outline, tally, Gate::is_all, &mut fields);
    let gated: Vec<Option<Told>> = outline
        .fields
        .iter()
        .enumerate()
        .map(|(at, field)| {
            let asked = asked_lanes(outline, field, &fields)?;
            let lanes = counts(tally, at);
            let of_asked: Vec<Vec<u64>> = asked.iter().filter_map(|i| lanes.get(*i).cloned()).collect();
            told(field, &of_asked, &[], &[], &[])
        })
        .collect();
    let bases: Vec<u64> = gated.iter().flatten().map(|t| t.base).collect();
    debug_assert!(bases.iter().all(|b| *b >= SMALLEST), "who is asked is a published group");
    fields.iter_mut().zip(gated).for_each(|(field, gated)| {
        if let Some(gated) = gated {
            *field = Some(gated);
        }
    });
    bind_choices(outline, tally, |gate| !gate.is_all(), &mut fields);
    let ranks = tally.ranks.iter().filter(|(at, ranks)| tells_ranks(outline, **at, ranks, &fields));
    let ranks = ranks.map(|(at, ranks)| (*at, ranks.clone())).collect();
    let texts = outline.fields.iter().zip(&fields).enumerate().filter_map(|(at, (field, told))| {
        let texts = tally.texts.get(&field.name)?;
        let asked = match &field.gate {
            Gate::All => None,
            _ => Some(asked_lanes(outline, field, &fields)?),
        };
        Some((field.name.clone(), told_texts(field, counts(tally, at), texts, told.as_ref(), asked.as_deref())?))
    });
    let texts = texts.collect();
    Stage { outline: outline.clone(), answers: tally.answers, fields, ranks, texts }
}

fn counts(tally: &Tally, field: usize) -> &[Vec<u64>] {
    tally.fields.get(field).map_or(&[], Vec::as_slice)
}

/// Lanes in an order that does not depend on the answers: classes by name, cells as they stand in the form. Where everybody
/// has to answer, nobody has given no answer.
fn lane_order(outline: &Outline, by: &By, tally: &Tally) -> Vec<usize> {
    let mut order: Vec<usize> = (0..tally.lanes.len()).collect();
    match by {
        By::Nothing => {}
        By::Class => order.sort_by_key(|i| tally.lanes.get(*i)),
        By::Answer(name) => {
            let required = outline.breaks_down(name).and_then(|at| outline.fields.get(at)).is_some_and(|f| f.required);
            let last = tally.lanes.len().saturating_sub(1);
            if required && lane_size(tally, last) == 0 {
                order.pop();
            }
        }
    }
    order
}

/// How many people are in a lane: what everybody is asked tells it.
fn lane_size(tally: &Tally, lane: usize) -> u64 {
    let field = tally.fields.iter().find(|f| f.iter().flatten().sum::<u64>() == tally.answers);
    field.and_then(|f| f.get(lane)).map_or(0, |cells| cells.iter().sum())
}

/// Lanes that may stand alone, and neighbours that stand together: how many answered by each is a table, too.
fn lane_units(order: &[usize], tally: &Tally) -> Vec<Vec<usize>> {
    let sizes: Vec<u64> = order.iter().map(|i| lane_size(tally, *i)).collect();
    split(&sizes).into_iter().map(|unit| unit.into_iter().filter_map(|at| order.get(at).copied()).collect()).collect()
}

/// What is told of a field over all its lanes, and by them.
fn told(field: &Field, lanes: &[Vec<u64>], order: &[usize], units: &[Vec<usize>], names: &[String]) -> Option<Told> {
    let mut total = vec![0; field.cells.len()];
    lanes.iter().for_each(|cells| total.iter_mut().zip(cells).for_each(|(t, n)| *t += n));
    // Nobody who was asked could leave it out: the empty cell is no secret and no cell.
    if field.required && total.last() == Some(&0) {
        total.pop();
    }
    let groups = split(&total);
    let base = total.iter().sum();
    let counts = sums(&total, &groups);
    let by_lane = |i: usize| lanes.get(i).map_or_else(|| vec![0; groups.len()], |cells| sums(cells, &groups));
    let told_rows = if groups.is_empty() || order.is_empty() { Vec::new() } else { rows(units, by_lane) };
    let row = |row: &Vec<usize>| {
        let mut counts = vec![0; groups.len()];
        row.iter().for_each(|i| counts.iter_mut().zip(by_lane(*i)).for_each(|(c, n)| *c += n));
        Row { lanes: row.iter().filter_map(|i| names.get(*i).cloned()).collect(), counts }
    };
    let group = |(cells, n): (&Vec<usize>, u64)| Group {
        cells: cells.iter().filter_map(|i| field.cells.get(*i).cloned()).collect(),
        n,
    };
    let rows = told_rows.iter().map(row).collect();
    let groups: Vec<Group> = groups.iter().zip(counts).map(group).collect();
    (!groups.is_empty()).then_some(Told { base, groups, rows })
}

/// The lanes of a field that depends on another: cells of published groups all of whose members are asked. Where a group is
/// of both kinds, counting those who were asked would cut it.
fn asked_lanes(outline: &Outline, field: &Field, fields: &[Option<Told>]) -> Option<Vec<usize>> {
    let Gate::When { field: on, asks } = &field.gate else { return None };
    let (gate, told) = (outline.fields.get(*on)?, fields.get(*on)?.as_ref()?);
    let asked = |code: &String| gate.cells.iter().position(|c| c == code).and_then(|i| asks.get(i)).copied();
    let whole = told.groups.iter().filter(|g| g.cells.iter().all(|code| asked(code) == Some(true)));
    let lanes = whole.flat_map(|g| &g.cells).filter_map(|code| gate.cells.iter().position(|c| c == code));
    let lanes: Vec<usize> = lanes.collect();
    (!lanes.is_empty()).then_some(lanes)
}

/// Looks at the multiple choices that are asked of those for whom `gates` holds.
fn bind_choices(outline: &Outline, tally: &Tally, gates: impl Fn(&Gate) -> bool, fields: &mut [Option<Told>]) {
    for (at, question) in outline.questions.iter().enumerate().filter(|(_, q)| q.kind == QuestionKind::Multiple) {
        let of_it: Vec<(usize, &Field)> = outline.fields_of(at).filter(|(_, f)| gates(&f.gate)).collect();
        let choices: Vec<Choice> = of_it
            .iter()
            .map(|(i, field)| {
                let asked = asked_lanes(outline, field, fields);
                let is_asked = |lane: usize| asked.as_ref().is_none_or(|lanes| lanes.contains(&lane));
                let lanes = counts(tally, *i).iter().enumerate().filter(|(lane, _)| is_asked(*lane));
                let (mut chosen, mut base) = (0, 0);
                lanes.for_each(|(_, cells)| {
                    chosen += cells.first().copied().unwrap_or(0);
                    base += cells.iter().sum::<u64>();
                });
                Choice { told: fields.get(*i).is_some_and(Option::is_some), chosen, base }
            })
            .collect();
        if !tells_choices(question, &choices) {
            of_it.iter().for_each(|(i, _)| fields[*i] = None);
        }
    }
}

/// A choice of a multiple choice.
#[derive(Clone, Copy, Debug)]
struct Choice {
    told: bool,
    chosen: u64,
    base: u64,
}

/// The choices of a multiple choice are bound to each other by how many must and may be taken. Their sum must leave room for
/// at least [`SMALLEST`] on both sides; when some are not told because they are small, they must not be bound to be four each.
/// Otherwise none of them is told: leaving out one more would tell why.
fn tells_choices(question: &Question, choices: &[Choice]) -> bool {
    let Some(base) = choices.first().map(|c| c.base) else { return true };
    let of = choices.len() as u64;
    let at_least = if question.required { question.min.unwrap_or(1).max(1) } else { 0 };
    let at_least = u64::try_from(at_least).unwrap_or(0).saturating_mul(base);
    let most = question.max.and_then(|m| u64::try_from(m).ok()).unwrap_or(of).min(of).saturating_mul(base);
    let sum: u64 = choices.iter().filter(|c| c.told).map(|c| c.chosen).sum();
    let hidden: Vec<&Choice> = choices.iter().filter(|c| !c.told).collect();
    if hidden.is_empty() {
        return (at_least == 0 || sum >= at_least + SMALLEST) && sum + SMALLEST <= most;
    }
    // One that nearly everybody took leaves room enough.
    let all_small = hidden.iter().all(|c| c.chosen < SMALLEST);
    !all_small || at_least.saturating_sub(sum) <= (SMALLEST - 1) * (hidden.len() as u64 - 1)
}

/// Whether mean ranks tell no more than first places do: every first place stands alone, and the sum of a choice's ranks leaves
/// room for [`SMALLEST`] on both sides.
fn tells_ranks(outline: &Outline, question: usize, ranks: &Ranks, fields: &[Option<Told>]) -> bool {
    let Some((at, field)) = outline.fields_of(question).next() else { return false };
    let Some(Some(told)) = fields.get(at) else { return false };
    if field.gate != Gate::All || ranks.n != told.base || told.groups.len() != ranks.sums.len() {
        return false;
    }
    let choices = ranks.sums.len() as u64;
    let alone = told.groups.iter().all(|g| g.cells.len() == 1);
    alone
        && ranks.sums.iter().zip(&told.groups).all(|(sum, first)| {
            let later = ranks.n - first.n;
            let above = sum.saturating_sub(first.n + 2 * later);
            choices == 2 || (above >= SMALLEST && (choices - 2) * later >= above + SMALLEST)
        })
}

/// The texts that may be shown: where five or more wrote, and as many wrote nothing or nobody could. Otherwise so many are held back
/// that who wrote nothing can't be counted.
fn told_texts(
    field: &Field,
    lanes: &[Vec<u64>],
    texts: &Texts,
    told: Option<&Told>,
    asked: Option<&[usize]>,
) -> Option<ToldTexts> {
    debug_assert_eq!(field.shape, Shape::Given, "texts are given or not");
    let is_asked = |lane: usize| asked.is_none_or(|lanes| lanes.contains(&lane));
    let base: u64 = match asked {
        None => lanes.iter().flatten().sum(),
        Some(asked) => asked.iter().filter_map(|i| lanes.get(*i)).flatten().sum(),
    };
    let mut written: Vec<_> = texts.written.iter().filter(|w| is_asked(w.lane)).copied().collect();
    written.sort_unstable();
    let n = written.len() as u64;
    let whole = told.is_some() || (field.required && n == base);
    let most = if whole { n } else { n.min(base.saturating_sub(SMALLEST)) };
    if most < SMALLEST {
        return None;
    }
    written.truncate(usize::try_from(most).unwrap_or(usize::MAX));
    let mut words: Vec<(String, u64)> = if whole && asked.is_none() {
        let frequent = texts.words.iter().filter(|(_, of)| of.texts >= SMALLEST);
        frequent.map(|(word, of)| (word.clone(), of.texts)).collect()
    } else {
        Vec::new()
    };
    words.sort_by(|(a, n), (b, m)| m.cmp(n).then_with(|| a.cmp(b)));
    words.truncate(MOST_WORDS);
    Some(ToldTexts { texts: written.into_iter().map(|w| (w.token, w.response)).collect(), words })
}

#[cfg(test)]
#[path = "publish_tests.rs"]
mod tests;
