//! One questionnaire as a whole: state, publishing, times, access points, codes.

use leptos::prelude::*;

use crate::{
    access_points::{
        self,
        model::{AccessPoint, Liveness},
    },
    error::Result,
    forms::{
        codes::{self, CohortCodes},
        model::Definition,
        problems::{DefinitionProblem, problems},
        responses,
    },
    http::{Cx, Req},
    kernel::{random, roles::Channel},
    questionnaires::{
        model::{MOST_CODES, OneAnswer, Questionnaire, State},
        pages::{back, draft_token, state_pill},
    },
    ui::{
        FormState, Page, desk_page,
        field::{self, Line},
        qr,
    },
};

const PLAIN: Line = Line { kind: "", autocomplete: "off", max: 0, required: false, hint: "" };

/// The page; `state` holds settings, and what is wrong with one of the small forms.
pub(super) async fn page(req: &Req, q: &Questionnaire, state: FormState) -> Result<Page> {
    let (cx, org) = (&req.cx, q.organization_id);
    let mut c = req.app.db.read().await?;
    let codes = codes::by_class(&mut c, org, q.form_id).await?;
    let count = responses::count(&mut c, org, q.form_id).await?;
    let points: Vec<AccessPoint> = access_points::actions::all_of(&mut c, org)
        .await?
        .into_iter()
        .filter(|p| p.form_id == q.form_id && p.channel == Channel::Questionnaire && p.revoked_at.is_none())
        .collect();
    drop(c);
    let here = format!("/desk/questionnaires/{}", q.id);
    let done = match req.query.text("done") {
        "published" => Some("questionnaires.done.published"),
        "closed" => Some("questionnaires.done.closed"),
        "opened" => Some("questionnaires.done.opened"),
        "saved" => Some("questionnaires.done.saved"),
        "point" => Some("questionnaires.done.point"),
        _ => None,
    };
    let key = random::secret(&*req.app.random);
    let live = points.iter().any(|p| p.liveness(cx.now) == Liveness::Live);
    let main = view! {
        {back(cx, "/desk/questionnaires".to_string(), "questionnaires.title")}
        <header class="page-head">
            <h1>{q.title.clone()}</h1>
            <a class="button" href=format!("{here}/edit")>{cx.t("questionnaires.overview.edit")}</a>
            <a class="button quiet" href=format!("{here}/preview")>{cx.t("questionnaires.preview")}</a>
            <a class="button quiet" href=format!("/desk/questionnaires/new?source={}", q.id)>{cx.t("questionnaires.overview.copy")}</a>
            <a class="button quiet" href=format!("{here}/export")>{cx.t("exchange.export")}</a>
        </header>
        {done.map(|key| view! { <p class="banner ok" role="status">{cx.t(key)}</p> })}
        {field::error_summary(cx, &state)}
        {facts(cx, q, count)}
        {publishing(cx, q)}
        {access(cx, &state, q, &points, &req.app.config.base_url())?}
        {settings(cx, &state, q)}
        {distribution(cx, &state, q, &codes, live, key)}
    };
    Ok(desk_page::admin_page(cx, q.title.clone(), main))
}

fn facts(cx: &Cx, q: &Questionnaire, count: i64) -> AnyView {
    let results = format!("/desk/questionnaires/{}/results", q.id);
    let link =
        (count > 0).then(|| view! { <a class="button" href=results>{cx.t("questionnaires.overview.results")}</a> });
    let counted = cx.tf("questionnaires.overview.responses", &[("count", &count.to_string())]);
    view! { <p>{state_pill(cx, q.state, q.window(cx.now))}" "{counted}" "{link}</p> }.into_any()
}

/// What stands in the way of publishing, or the button; and closing and opening again.
fn publishing(cx: &Cx, q: &Questionnaire) -> AnyView {
    let here = format!("/desk/questionnaires/{}", q.id);
    let found = problems(&q.draft);
    let body = if !q.has_changes() {
        view! { <p>{cx.t("questionnaires.publish.nothing")}</p> }.into_any()
    } else if found.is_empty() {
        let words = if q.is_published() { "questionnaires.publish.again_text" } else { "questionnaires.publish.text" };
        let button = if q.is_published() { "questionnaires.publish.again" } else { "questionnaires.publish.button" };
        view! {
            <p>{cx.t(words)}</p>
            <form method="post" action=format!("{here}/publish")>
                {draft_token(cx, q)}
                <button class="button main" type="submit">{cx.t(button)}</button>
            </form>
        }
        .into_any()
    } else {
        let items = found.iter().map(|p| problem(cx, &here, &q.draft, p)).collect_view();
        view! { <p>{cx.t("questionnaires.publish.problems")}</p><ul class="problems">{items}</ul> }.into_any()
    };
    view! {
        <section class="card" id="publish">
            <h2>{cx.t("questionnaires.publish")}</h2>
            {body}
            {turn(cx, q, &here)}
        </section>
    }
    .into_any()
}

fn turn(cx: &Cx, q: &Questionnaire, here: &str) -> Option<AnyView> {
    let (verb, key) = match q.state {
        State::Draft => return None,
        State::Open => ("close", "questionnaires.close"),
        State::Closed => ("open", "questionnaires.reopen"),
    };
    let form = view! {
        <form method="post" action=format!("{here}/{verb}")>
            {field::token(cx)}
            <p class="button-row"><button class="button quiet" type="submit">{cx.t(key)}</button></p>
        </form>
    };
    Some(form.into_any())
}

/// A problem with the way to where it is mended.
fn problem(cx: &Cx, here: &str, draft: &Definition, p: &DefinitionProblem) -> AnyView {
    let question = draft.questions().enumerate().find(|(_, q)| q.key == p.at);
    let section = draft.sections.iter().position(|s| s.key == p.at);
    let (href, what) = match (question, section) {
        (Some((at, q)), _) => (format!("{here}/questions/{}", q.key), format!("{}. {}", at + 1, q.label.get(cx.lang))),
        (None, Some(at)) => (
            format!("{here}/sections/{}", p.at),
            cx.tf("questionnaires.section.title", &[("number", &(at + 1).to_string())]),
        ),
        (None, None) if p.key == "forms.problem.title" => {
            (format!("{here}/words"), cx.t("questionnaires.words").into_owned())
        }
        (None, None) => (format!("{here}/edit"), cx.t("questionnaires.overview.edit").into_owned()),
    };
    view! { <li><a href=href>{what}</a>" "{cx.t(p.key)}</li> }.into_any()
}

/// Access points with their QR codes, and a small form for one more.
fn access(cx: &Cx, state: &FormState, q: &Questionnaire, points: &[AccessPoint], base_url: &str) -> Result<AnyView> {
    let cards = points
        .iter()
        .map(|p| {
            let address = p.address(base_url);
            let code = qr::svg(&address, cx.tf("access_points.qr_label", &[("address", &address)]))?;
            let (place, href) = (p.place.clone(), format!("/desk/access-points/{}", p.id));
            let kiosk = q.settings.kiosk.then(|| {
                let href = format!("{address}?kiosk=1");
                view! { <a class="button quiet" href=href>{cx.t("questionnaires.points.kiosk")}</a> }
            });
            Ok(view! {
                <div class="card qr-card">
                    <div class="qr-small">{code}</div>
                    <div>
                        <h3>{place}</h3>
                        <p><a href=address.clone()>{address.clone()}</a></p>
                        <p class="button-row"><a class="button" href=href>{cx.t("questionnaires.points.papers")}</a>{kiosk}</p>
                    </div>
                </div>
            })
        })
        .collect::<Result<Vec<_>>>()?;
    let line = Line { required: true, hint: "questionnaires.points.place_hint", ..PLAIN };
    Ok(view! {
        <section id="points">
            <h2>{cx.t("questionnaires.points")}</h2>
            {cards}
            <form method="post" action=format!("/desk/questionnaires/{}/points", q.id)>
                {field::token(cx)}
                {field::line(cx, state, "place", "access_points.place", line)}
                <p class="button-row"><button class="button" type="submit">{cx.t("questionnaires.points.make")}</button></p>
            </form>
        </section>
    }
    .into_any())
}

fn settings(cx: &Cx, state: &FormState, q: &Questionnaire) -> AnyView {
    let time = Line { kind: "datetime-local", ..PLAIN };
    let ways: Vec<(String, String)> = OneAnswer::ALL
        .iter()
        .map(|w| (w.code().to_string(), cx.word("questionnaires.one_answer", w.code()).into_owned()))
        .collect();
    view! {
        <section id="settings">
            <h2>{cx.t("questionnaires.settings")}</h2>
            <form method="post" action=format!("/desk/questionnaires/{}/settings", q.id)>
                {field::token(cx)}
                <div class="form-grid">
                    {field::line(cx, state, "opens_at", "questionnaires.settings.opens_at", time)}
                    {field::line(cx, state, "closes_at", "questionnaires.settings.closes_at", time)}
                </div>
                {field::chips(cx, state, "one_answer", "questionnaires.settings.one_answer", &ways, true)}
                {field::switch(cx, state, "kiosk", "questionnaires.settings.kiosk")}
                <p class="button-row"><button class="button" type="submit">{cx.t("ui.save")}</button></p>
            </form>
        </section>
    }
    .into_any()
}

/// Codes by class: how many were used, and the form for more.
fn distribution(
    cx: &Cx,
    state: &FormState,
    q: &Questionnaire,
    codes: &[CohortCodes],
    live: bool,
    key: String,
) -> AnyView {
    let rows = codes
        .iter()
        .map(|c| {
            let (cohort, counted) = (c.cohort.clone(), format!("{} / {}", c.used, c.total));
            let (used, total) = (c.used.to_string(), c.total.to_string());
            view! { <tr><th scope="row">{cohort.clone()}</th><td><progress max=total value=used aria-label=cohort></progress></td><td class="num">{counted}</td></tr> }
        })
        .collect_view();
    let table = (!codes.is_empty()).then(|| {
        view! {
            <table class="table">
                <thead><tr>
                    <th>{cx.t("questionnaires.codes.cohort")}</th><th></th><th class="num">{cx.t("questionnaires.codes.used")}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        }
    });
    let form = if live {
        let count = Line { kind: "number", required: true, ..PLAIN };
        let cohort = Line { required: true, hint: "questionnaires.codes.cohort_hint", ..PLAIN };
        view! {
            <form method="post" action=format!("/desk/questionnaires/{}/codes", q.id)>
                {field::token(cx)}
                {field::hidden("idempotency_key", key)}
                <div class="form-grid">
                    {field::line(cx, state, "cohort", "questionnaires.codes.cohort", cohort)}
                    {field::line(cx, state, "count", "questionnaires.codes.count", count)}
                </div>
                <p class="banner warn">{cx.tf("questionnaires.codes.once", &[("max", &MOST_CODES.to_string())])}</p>
                <p class="button-row"><button class="button" type="submit">{cx.t("questionnaires.codes.make")}</button></p>
            </form>
        }
        .into_any()
    } else {
        view! { <p class="hint">{cx.t("questionnaires.codes.no_point")}</p> }.into_any()
    };
    let unused = (q.settings.one_answer == OneAnswer::Free && !codes.is_empty())
        .then(|| view! { <p class="banner warn">{cx.t("questionnaires.codes.not_asked")}</p> });
    view! {
        <section id="codes">
            <h2>{cx.t("questionnaires.codes")}</h2>
            <p>{cx.t("questionnaires.codes.lead")}</p>
            {unused}{table}{form}
        </section>
    }
    .into_any()
}
