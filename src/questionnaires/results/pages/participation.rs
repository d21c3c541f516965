//! How many came, how many finished, and where the others left. It tells nothing about answers.

use leptos::prelude::*;

use crate::{
    access_points,
    db::Conn,
    error::Result,
    http::Cx,
    questionnaires::{
        self,
        model::Leavings,
        results::{actions::Results, chart::percent, combine, fields::Shape, groups::SMALLEST, words},
    },
};

/// What was seen at the door.
pub struct People {
    opens: i64,
    leavings: Vec<Leavings>,
}

/// Opens of the access points of a questionnaire, and leavings.
pub async fn read(c: &mut Conn, of: &Results) -> Result<People> {
    let (org, form) = (of.questionnaire.organization_id, of.questionnaire.form_id);
    let points = access_points::actions::all_of(c, org).await?;
    let opens = points.iter().filter(|p| p.form_id == form).map(|p| p.opens).sum();
    Ok(People { opens, leavings: questionnaires::actions::leavings(c, org, form).await? })
}

/// Opens, answers, and the questions at which people left.
pub fn view_of(cx: &Cx, of: &Results, people: &People) -> AnyView {
    let opens = u64::try_from(people.opens).unwrap_or(0).max(of.received);
    let share = percent(of.received, opens).to_string();
    let facts = cx.tf(
        "results.completion",
        &[("opens", &opens.to_string()), ("received", &of.received.to_string()), ("share", &share)],
    );
    let tables: Vec<_> = of.tables.iter().map(AsRef::as_ref).collect();
    let rows = of
        .outline
        .questions
        .iter()
        .enumerate()
        .map(|(at, question)| {
            let left = people.leavings.iter().find(|l| l.question == question.key).map_or(0, |l| l.count);
            let field = of.outline.fields_of(at).map(|(_, f)| f).next();
            let answered = field.and_then(|field| answered(cx, field, &tables));
            view! {
                <tr>
                    <th scope="row">{words::question(cx, question)}</th>
                    <td class="num" data-label=cx.t("results.answered")>{answered.unwrap_or_else(|| "–".to_string())}</td>
                    <td class="num" data-label=cx.t("results.left")>{few(cx, left)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="section">
            <h2>{cx.t("results.participation")}</h2>
            <p>{facts}</p>
            <details class="fold"><summary>{cx.t("results.by_question")}</summary>
                <table class="table">
                    <thead><tr>
                        <th scope="col">{cx.t("results.question")}</th>
                        <th scope="col" class="num">{cx.t("results.answered")}</th>
                        <th scope="col" class="num">{cx.t("results.left")}</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </details>
        </section>
    }
    .into_any()
}

/// How many answered a question, of how many who were asked: where it can be told.
fn answered(
    cx: &Cx,
    field: &crate::questionnaires::results::fields::Field,
    tables: &[&crate::questionnaires::results::publish::Stage],
) -> Option<String> {
    if matches!(field.shape, Shape::Chosen(_)) {
        return None;
    }
    let shown = combine::shown(tables, field)?;
    let none = shown.groups.iter().find(|g| g.cells.iter().any(String::is_empty));
    match none {
        None => Some(cx.tf("results.n_of", &[("n", &shown.base.to_string()), ("base", &shown.base.to_string())])),
        Some(none) if none.cells.len() == 1 => {
            let n = (shown.base - none.n).to_string();
            Some(cx.tf("results.n_of", &[("n", &n), ("base", &shown.base.to_string())]))
        }
        Some(_) => None,
    }
}

/// A small number is not told.
fn few(cx: &Cx, n: i64) -> String {
    match u64::try_from(n) {
        Ok(n) if n >= SMALLEST => n.to_string(),
        _ => cx.t("results.few").into_owned(),
    }
}
