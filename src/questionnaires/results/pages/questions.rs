//! Each question: its chart and its numbers.

use leptos::prelude::*;

use crate::{
    forms::model::{Question, QuestionKind},
    http::Cx,
    questionnaires::results::{
        actions::{self, Results},
        chart::{self, Bar, Stack},
        combine::{self, Shown},
        fields::{Field, Gate, Shape},
        pages::{Look, address},
        publish::Stage,
        words,
    },
};

/// Words that are listed under texts.
const MOST_WORDS: usize = 24;

fn tables(of: &Results) -> Vec<&Stage> {
    of.tables.iter().map(AsRef::as_ref).collect()
}

/// All questions, in the order of the form.
pub fn all(cx: &Cx, look: &Look) -> AnyView {
    let of = &look.results;
    if of.tables.is_empty() {
        return view! { <p class="empty">{cx.t("results.nothing_yet")}</p> }.into_any();
    }
    of.outline.questions.iter().enumerate().map(|(at, question)| one(cx, look, at, question)).collect_view().into_any()
}

fn one(cx: &Cx, look: &Look, at: usize, question: &Question) -> AnyView {
    let fields: Vec<&Field> = look.results.outline.fields_of(at).map(|(_, f)| f).collect();
    let title = words::question(cx, question);
    let body = match question.kind {
        QuestionKind::Matrix => matrix(cx, look, question, &fields),
        QuestionKind::Multiple => multiple(cx, look, question, &fields),
        QuestionKind::Photo | QuestionKind::Consent | QuestionKind::ShortText | QuestionKind::LongText => {
            given(cx, look, question, &fields)
        }
        _ => single(cx, look, question, &fields),
    };
    let body = body.unwrap_or_else(|| untold(cx, &fields));
    let id = format!("q-{}", question.key);
    view! { <figure class="chart" id=id><figcaption>{title}</figcaption>{body}</figure> }.into_any()
}

/// Why a question has no numbers.
fn untold(cx: &Cx, fields: &[&Field]) -> AnyView {
    let tangled = fields.iter().any(|f| f.gate == Gate::Tangled);
    let why = if tangled { cx.t("results.tangled") } else { cx.t("results.untold") };
    view! { <p class="hint">{why}</p> }.into_any()
}

/// Groups by their cells, how many people are in all of them, and the words of the row that they are.
type Seen = (Vec<(Vec<String>, u64)>, u64, Option<String>);

/// The groups that are looked at: all, or those of the row of one lane, with the words of the row.
fn seen(cx: &Cx, look: &Look, field: &Field) -> Option<Seen> {
    let shown = combine::shown(&tables(&look.results), field)?;
    let Some(lane) = &look.lane else {
        let base = shown.base;
        return Some((shown.groups.into_iter().map(|g| (g.cells, g.n)).collect(), base, None));
    };
    let row = shown.rows.iter().find(|r| r.lanes.contains(lane))?;
    let label = words::lanes(cx, &look.results.outline, &look.results.by, &row.lanes);
    let groups = shown.row_groups.iter().cloned().zip(row.counts.iter().copied()).collect();
    Some((groups, row.counts.iter().sum(), Some(label)))
}

/// Choices, scales, numbers, days, hours, first places.
fn single(cx: &Cx, look: &Look, question: &Question, fields: &[&Field]) -> Option<AnyView> {
    let field = *fields.first()?;
    let (groups, base, row) = seen(cx, look, field)?;
    let title = words::question(cx, question);
    let bars: Vec<Bar> =
        groups.iter().map(|(cells, n)| Bar { label: words::cells(cx, question, field, cells), n: *n, base }).collect();
    let mean = question.kind.is_numeric().then(|| combine::mean(field, &groups)).flatten().map(|m| mean_words(cx, m));
    let ranks =
        (field.shape == Shape::First && look.lane.is_none()).then(|| ranks(cx, look, question, field)).flatten();
    let broken = look.lane.is_none().then(|| breakdown(cx, look, question, field)).flatten();
    let with = look.lane.is_none().then(|| beside(cx, look, question, field)).flatten();
    Some(
        view! {
            {based(cx, base, row)}
            {mean.map(|m| view! { <p class="results-mean">{m}</p> })}
            {chart::bars(cx, &title, &bars, look.print)}
            {ranks}
            {broken}
            {with}
        }
        .into_any(),
    )
}

fn based(cx: &Cx, base: u64, row: Option<String>) -> AnyView {
    let n = cx.tf("results.n", &[("n", &base.to_string())]);
    let words = row.map_or_else(|| n.clone(), |row| format!("{row} · {n}"));
    view! { <p class="hint">{words}</p> }.into_any()
}

fn mean_words(cx: &Cx, mean: combine::Mean) -> String {
    let key = if mean.exact { "results.mean" } else { "results.mean_about" };
    let (value, deviation) = (format!("{:.2}", mean.mean), format!("{:.2}", mean.deviation));
    cx.tf(key, &[("mean", &value), ("deviation", &deviation), ("n", &mean.n.to_string())])
}

fn multiple(cx: &Cx, look: &Look, question: &Question, fields: &[&Field]) -> Option<AnyView> {
    let told: Vec<(String, u64, u64)> = fields
        .iter()
        .filter_map(|field| {
            let (groups, base, row) = seen(cx, look, field)?;
            let chosen = groups.iter().find(|(cells, _)| cells.iter().all(|c| !c.is_empty()))?.1;
            let part = words::part(cx, question, field);
            Some((row.map_or_else(|| part.clone(), |row| format!("{part} · {row}")), chosen, base))
        })
        .collect();
    let base = told.iter().map(|(_, _, base)| *base).max()?;
    let bars: Vec<Bar> = told.iter().map(|(label, n, base)| Bar { label: label.clone(), n: *n, base: *base }).collect();
    let hidden = fields.len() - bars.len();
    let hidden = (hidden > 0).then(|| {
        view! { <p class="hint">{cx.tf("results.choices_untold", &[("count", &hidden.to_string())])}</p> }
    });
    let title = words::question(cx, question);
    Some(view! { {based(cx, base, None)}{chart::bars(cx, &title, &bars, look.print)}{hidden} }.into_any())
}

fn matrix(cx: &Cx, look: &Look, question: &Question, fields: &[&Field]) -> Option<AnyView> {
    let rows: Vec<Stack> = fields
        .iter()
        .filter_map(|field| {
            let (groups, _, _) = seen(cx, look, field)?;
            let parts = groups.iter().map(|(cells, n)| (words::cells(cx, question, field, cells), *n)).collect();
            Some(Stack { label: words::part(cx, question, field), parts })
        })
        .collect();
    let hidden = fields.len() - rows.len();
    let hidden = (hidden > 0).then(|| {
        view! { <p class="hint">{cx.tf("results.rows_untold", &[("count", &hidden.to_string())])}</p> }
    });
    let title = words::question(cx, question);
    (!rows.is_empty()).then(|| view! { {chart::stacked(cx, &title, &rows, look.print)}{hidden} }.into_any())
}

/// Mean ranks, in the order of the best.
fn ranks(cx: &Cx, look: &Look, question: &Question, field: &Field) -> Option<AnyView> {
    let mut sums = vec![0u64; question.choices.len()];
    let mut n = 0;
    for stage in tables(&look.results) {
        let at = stage.outline.questions.iter().position(|q| q.key == question.key && q.choices == question.choices);
        if let Some(ranks) = at.and_then(|at| stage.ranks.get(&at)) {
            n += ranks.n;
            sums.iter_mut().zip(&ranks.sums).for_each(|(s, r)| *s += r);
        }
    }
    if n == 0 {
        return None;
    }
    let mut means: Vec<(f64, String)> = question
        .choices
        .iter()
        .zip(sums)
        .map(|(choice, sum)| (sum as f64 / n as f64, words::cell(cx, question, field, &choice.code)))
        .collect();
    means.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    let items = means.into_iter().map(|(mean, label)| view! { <li>{format!("{label} {mean:.2}")}</li> }).collect_view();
    Some(view! { <p>{cx.t("results.mean_rank")}</p><ol>{items}</ol> }.into_any())
}

/// The question by what is broken down: a cross table, drawn as stacked bars.
fn breakdown(cx: &Cx, look: &Look, question: &Question, field: &Field) -> Option<AnyView> {
    let of = &look.results;
    let Shown { rows, row_groups, .. } = combine::shown(&tables(of), field)?;
    if rows.is_empty() {
        return None;
    }
    let stacks: Vec<Stack> = rows
        .iter()
        .map(|row| Stack {
            label: words::lanes(cx, &of.outline, &of.by, &row.lanes),
            parts: row_groups
                .iter()
                .map(|g| words::cells(cx, question, field, g))
                .zip(row.counts.iter().copied())
                .collect(),
        })
        .collect();
    let title = cx.tf("results.by.title", &[("by", &words::by(cx, &of.outline, &of.by))]);
    Some(view! { <h3>{title.clone()}</h3>{chart::stacked(cx, &title, &stacks, look.print)} }.into_any())
}

/// The same question in another round, in groups that both have.
fn beside(cx: &Cx, look: &Look, question: &Question, field: &Field) -> Option<AnyView> {
    let other = look.with.as_ref()?;
    let same = other.outline.questions.iter().position(|q| q.key == question.key && q.kind == question.kind)?;
    let theirs =
        other.outline.fields_of(same).map(|(_, f)| f).find(|f| f.name == field.name && f.shape == field.shape)?;
    let (ours, theirs) = (combine::shown(&tables(&look.results), field)?, combine::shown(&tables(other), theirs)?);
    let all: Vec<Vec<String>> = ours.groups.iter().chain(&theirs.groups).map(|g| g.cells.clone()).collect();
    let joined = combine::join(&all, &field.cells);
    let stack = |label: &str, shown: &Shown| Stack {
        label: label.to_string(),
        parts: joined
            .iter()
            .map(|cells| {
                let n = shown.groups.iter().filter(|g| cells.contains(&g.cells[0])).map(|g| g.n).sum();
                (words::cells(cx, question, field, cells), n)
            })
            .collect(),
    };
    let rounds = [stack(&look.results.questionnaire.title, &ours), stack(&other.questionnaire.title, &theirs)];
    let title = cx.t("results.compare.title").into_owned();
    Some(view! { <h3>{title.clone()}</h3>{chart::stacked(cx, &title, &rounds, look.print)} }.into_any())
}

/// Whether something was given; of texts, their words and the way to them.
fn given(cx: &Cx, look: &Look, question: &Question, fields: &[&Field]) -> Option<AnyView> {
    let field = *fields.first()?;
    let counts = single(cx, look, question, fields);
    if !question.kind.is_text() || look.lane.is_some() {
        return counts;
    }
    let told = actions::told_texts(&look.results, &field.name).len();
    if told == 0 {
        return counts;
    }
    let mut frequent: std::collections::BTreeMap<&str, u64> = std::collections::BTreeMap::new();
    for texts in look.results.tables.iter().filter_map(|t| t.texts.get(&field.name)) {
        texts.words.iter().for_each(|(word, n)| *frequent.entry(word).or_default() += n);
    }
    let mut frequent: Vec<(&str, u64)> = frequent.into_iter().collect();
    frequent.sort_by(|(a, n), (b, m)| m.cmp(n).then_with(|| a.cmp(b)));
    let items = frequent
        .into_iter()
        .take(MOST_WORDS)
        .map(|(word, n)| view! { <li>{format!("{word} {n}")}</li> })
        .collect_view();
    let href = format!("{}/texts?question={}", address(&look.results), field.name);
    let link = cx.tf("results.texts.read", &[("count", &told.to_string())]);
    Some(
        view! {
            {counts}
            <ul class="results-words">{items}</ul>
            {(!look.print).then(|| view! { <p class="button-row"><a class="button" href=href>{link}</a></p> })}
        }
        .into_any(),
    )
}
