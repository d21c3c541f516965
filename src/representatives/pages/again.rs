//! A draw made again: seed, what there was to draw from, what was drawn, and whether it is equal.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::{
    error::{Error, Result},
    http::{Cx, Req, Response, respond},
    kernel::{ids::DrawId, keys::hex},
    representatives::{
        lots::{self, Again},
        model::Subject,
        pages::rechecks::found_pill,
        store::draws::Listed,
    },
    ui::{self, back, desk_page, time},
};

/// `GET /desk/representatives/draws/{id}`; `?format=json` gives everything that is needed to draw with another program.
pub async fn page(req: Req) -> Result<Response> {
    let (cx, actor) = (&req.cx, req.actor()?);
    let id = DrawId::parse(req.param("id")).ok_or(Error::NotFound)?;
    let again = lots::again(&mut req.app.db.read().await?, &actor, id).await?;
    if req.query.text("format") == "json" {
        return respond::json(StatusCode::OK, &as_json(&again));
    }
    let main = view! {
        {back::link("/desk/representatives/rechecks", cx.t("representatives.rechecks"))}
        <header class="page-head"><h1>{cx.t("representatives.again.title")}</h1></header>
        {verdict(cx, &again)}
        <section class="card">{facts(cx, &again)}</section>
        {drawn(cx, &again)}
        {how(cx, &again)}
    };
    Ok(ui::respond(&req.app, cx, desk_page::admin_page(cx, cx.t("representatives.again.title"), main)).await)
}

fn verdict(cx: &Cx, again: &Again) -> AnyView {
    if again.is_equal() {
        view! { <p class="banner ok" role="status">{cx.t("representatives.again.equal")}</p> }.into_any()
    } else {
        view! { <p class="banner late" role="alert">{cx.t("representatives.again.differs")}</p> }.into_any()
    }
}

fn facts(cx: &Cx, again: &Again) -> AnyView {
    let d = &again.draw;
    let by = d.drawn_by.clone().unwrap_or_else(|| cx.t("representatives.by_program").into_owned());
    let when = format!("{} · {by}", time::moment(cx, d.drawn_at));
    let counts = cx.tf(
        "representatives.again.counts",
        &[("population", &d.population.to_string()), ("wanted", &d.wanted.to_string())],
    );
    let (seed, recorded, now) = (hex(&d.seed), hex(&d.population_hash), hex(&again.hash));
    view! {
        <dl class="facts long-facts">
            <dt>{cx.t("representatives.for_whom")}</dt><dd>{d.name.clone()}</dd>
            <dt>{cx.t("representatives.again.when")}</dt><dd>{when}</dd>
            <dt>{cx.t("representatives.again.numbers")}</dt><dd>{counts}</dd>
            <dt>{cx.t("representatives.again.seed")}</dt><dd><code class="long-code">{seed}</code></dd>
            <dt>{cx.t("representatives.again.recorded")}</dt><dd><code class="long-code">{recorded}</code></dd>
            <dt>{cx.t("representatives.again.now")}</dt><dd><code class="long-code">{now}</code></dd>
        </dl>
    }
    .into_any()
}

/// What is recorded beside what the seed draws now, place by place.
fn drawn(cx: &Cx, again: &Again) -> AnyView {
    let rows = again
        .cases
        .iter()
        .enumerate()
        .map(|(i, k)| {
            let subject = k.subject();
            let place = again.population.iter().position(|one| Some(*one) == subject).map_or(0, |at| at + 1);
            let same = again.drawn.get(i).copied() == subject;
            let (class, word) =
                if same { ("pill ok", "representatives.again.same") } else { ("pill late", "representatives.again.other") };
            let (href, number) = k.link();
            view! {
                <tr>
                    <td class="title"><a href=href>{number}</a></td>
                    <td class="num" data-label=cx.t("representatives.again.place")>{place}</td>
                    <td data-label=cx.t("representatives.again.now_drawn")><span><span class=class>{cx.t(word)}</span></span></td>
                    <td data-label=cx.t("representatives.result")><span>{found_pill(cx, k.result)}</span></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <h2>{cx.t("representatives.again.drawn")}</h2>
        <table class="table">
            <thead><tr>
                <th>{cx.t("representatives.case")}</th>
                <th class="num">{cx.t("representatives.again.place")}</th>
                <th>{cx.t("representatives.again.now_drawn")}</th>
                <th>{cx.t("representatives.result")}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn how(cx: &Cx, again: &Again) -> AnyView {
    let json = format!("/desk/representatives/draws/{}?format=json", again.draw.id);
    view! {
        <details class="fold">
            <summary>{cx.t("representatives.again.how")}</summary>
            <ol>
                <li>{cx.t("representatives.again.how_1")}</li>
                <li>{cx.t("representatives.again.how_2")}</li>
                <li>{cx.t("representatives.again.how_3")}</li>
            </ol>
            <p><a class="button quiet" href=json download>{cx.t("representatives.again.json")}</a></p>
        </details>
    }
    .into_any()
}

fn as_json(again: &Again) -> serde_json::Value {
    let ids = |list: &[Subject]| list.iter().map(ToString::to_string).collect::<Vec<_>>();
    let recorded: Vec<Subject> = again.cases.iter().filter_map(Listed::subject).collect();
    serde_json::json!({
        "rule": "huiyin draw 1",
        "seed": hex(&again.draw.seed),
        "population": ids(&again.population),
        "population_hash": hex(&again.draw.population_hash),
        "wanted": again.draw.wanted,
        "recorded": ids(&recorded),
        "drawn_again": ids(&again.drawn),
        "equal": again.is_equal(),
    })
}
