//! `/admin/retention`: how long each channel keeps its cases, the trial run, and what went.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::{
    cases::export::csv,
    error::{Error, Result},
    http::{Cx, Form, Req, Response, respond},
    kernel::roles::{Channel, Role},
    organizations,
    personal_data::retention::{
        LEAST, LEAST_DANGER, MOST,
        actions::{self, Settings},
        plan::{Planned, Rules, Stays},
    },
    ui::{
        self, FormState, desk_page,
        field::{self, Line},
        icon, time,
    },
};

const MONTHS: Line =
    Line { kind: "number", autocomplete: "off", max: 0, required: true, hint: "personal_data.retention.months_hint" };
const DANGER: Line = Line { hint: "personal_data.retention.danger_hint", ..MONTHS };
/// Cases that the page lists; the file has them all.
const SHOWN: usize = 200;

/// `GET /admin/retention`.
pub async fn page(req: Req) -> Result<Response> {
    let actor = req.actor()?;
    if req.query.text("format") == "csv" {
        return Ok(file(&req.cx, &actions::trial(&req.app, &actor).await?));
    }
    let settings = actions::settings(&mut req.app.db.read().await?, actor.organization_id).await?;
    show(&req, &FormState::of(values(&settings)), StatusCode::OK).await
}

fn field_of(channel: Channel) -> String {
    format!("months.{channel}")
}

fn values(settings: &Settings) -> Form {
    let months = settings.rules.channels.iter().map(|(code, months)| (format!("months.{code}"), months.to_string()));
    let mut form = Form::from_pairs(months);
    form.set("danger", settings.rules.danger.to_string());
    form.set("version", settings.version.to_string());
    if settings.active {
        form.set("active", "1");
    }
    form
}

async fn show(req: &Req, state: &FormState, status: StatusCode) -> Result<Response> {
    let (cx, actor) = (&req.cx, req.actor()?);
    let planned = actions::trial(&req.app, &actor).await?;
    let admin = actor.role == Role::Admin;
    let runs = if admin {
        actions::last_runs(&mut req.app.db.read().await?, actor.organization_id).await?
    } else {
        Vec::new()
    };
    let runs = runs
        .iter()
        .map(|r| {
            let counts = [("gone", r.erased.to_string()), ("kept", r.kept.to_string())];
            let counts = cx.tf("personal_data.retention.run", &[("gone", &counts[0].1), ("kept", &counts[1].1)]);
            view! { <li>{time::moment(cx, r.ran_at)}" · "{counts}</li> }
        })
        .collect_view();
    let title = cx.t("personal_data.retention.title");
    let main = view! {
        <header class="page-head"><h1>{title.clone()}</h1></header>
        {admin.then(|| organizations::pages::links(cx))}
        {req.query.has("saved").then(|| view! { <p class="banner ok" role="status">{cx.t("organizations.saved")}</p> })}
        {field::error_summary(cx, state)}
        <p>{cx.t("personal_data.retention.lead")}</p>
        {admin.then(|| rules_form(cx, state))}
        {trial(cx, &planned)}
        {admin.then(|| view! {
            <section class="card"><h2>{cx.t("personal_data.retention.runs")}</h2>
                <p class="hint">{cx.t("personal_data.retention.runs_hint")}</p><ul class="plain-list">{runs}</ul></section>
        })}
    };
    let page = desk_page::admin_page(cx, title, main).status(status);
    Ok(ui::respond(&req.app, cx, page).await)
}

fn rules_form(cx: &Cx, state: &FormState) -> AnyView {
    let channels = Channel::ALL.iter().map(|c| {
        let label = format!("channel.{c}");
        field::line(cx, state, &field_of(*c), &label, MONTHS)
    });
    let version = state.values.text("version").to_string();
    view! {
        <form method="post" action="/admin/retention">
            {field::token(cx)}
            {field::hidden("version", version)}
            <section class="card">
                <h2>{cx.t("personal_data.retention.months")}</h2>
                <div class="form-grid">
                    {channels.collect_view()}
                    {field::line(cx, state, "danger", "personal_data.retention.danger", DANGER)}
                </div>
                {field::switch(cx, state, "active", "personal_data.retention.active")}
                <p class="button-row"><button class="button main" type="submit">{cx.t("ui.save")}</button></p>
            </section>
        </form>
    }
    .into_any()
}

/// Why a case stays, or that it goes.
fn fate(cx: &Cx, planned: &Planned) -> String {
    match planned.stays {
        None => cx.t("personal_data.retention.goes").into_owned(),
        Some(why) => cx.word("personal_data.retention.stays", why.code()).into_owned(),
    }
}

fn trial(cx: &Cx, planned: &[Planned]) -> AnyView {
    let going = planned.iter().filter(|p| p.stays.is_none()).count();
    let counts = Stays::ALL.iter().filter_map(|why| {
        let count = planned.iter().filter(|p| p.stays == Some(*why)).count();
        (count > 0).then(|| {
            view! { <li>{cx.word("personal_data.retention.stays", why.code())}" · "<b>{count}</b></li> }
        })
    });
    // What is open or not over yet is counted; what is worth a look is listed.
    let listed = planned.iter().filter(|p| !matches!(p.stays, Some(Stays::Open | Stays::NotYet)));
    let rows = listed.take(SHOWN).map(|p| row(cx, p)).collect_view();
    let sentence = cx.tf("personal_data.retention.would_go", &[("count", &going.to_string())]);
    let list = (!rows.is_empty()).then(|| {
        view! {
            <table class="table">
                <thead><tr>
                    <th>{cx.t("personal_data.copy.number")}</th>
                    <th>{cx.t("personal_data.copy.channel")}</th>
                    <th>{cx.t("personal_data.retention.ended")}</th>
                    <th>{cx.t("personal_data.retention.fate")}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        }
    });
    view! {
        <section class="card">
            <h2>{cx.t("personal_data.retention.trial")}</h2>
            <p class="hint">{cx.t("personal_data.retention.trial_hint")}</p>
            <p class="banner">{icon::icon(icon::CLOCK)}<b>{sentence}</b></p>
            <ul class="plain-list">{counts.collect_view()}</ul>
            {list}
            <p><a class="button small quiet" href="/admin/retention?format=csv">{cx.t("personal_data.retention.file")}</a></p>
        </section>
    }
    .into_any()
}

fn row(cx: &Cx, planned: &Planned) -> AnyView {
    let case = &planned.case;
    let number = case.number.clone();
    let ended = case.ended_at.map(|at| time::full_day(cx, at));
    view! {
        <tr>
            <td class="title"><span class="case-number">{number}</span></td>
            <td data-label=cx.t("personal_data.copy.channel")>{cx.word("channel", case.channel.code())}</td>
            <td data-label=cx.t("personal_data.retention.ended")>{ended}</td>
            <td data-label=cx.t("personal_data.retention.fate")>{fate(cx, planned)}</td>
        </tr>
    }
    .into_any()
}

/// Every case of the trial run, as CSV.
fn file(cx: &Cx, planned: &[Planned]) -> Response {
    let head = ["personal_data.copy.number", "personal_data.copy.channel", "personal_data.retention.ended"];
    let head = head.map(|key| cx.t(key).into_owned());
    let mut text =
        format!("\u{FEFF}{}", csv::line(head.into_iter().chain([cx.t("personal_data.retention.fate").into_owned()])));
    for one in planned {
        let channel = cx.word("channel", one.case.channel.code()).into_owned();
        let ended = one.case.ended_at.map(|at| time::date(at).to_string()).unwrap_or_default();
        text.push_str(&csv::line([one.case.number.clone(), channel, ended, fate(cx, one)]));
    }
    respond::download("text/csv; charset=utf-8", "retention.csv", text)
}

/// `POST /admin/retention`.
pub async fn save(req: Req) -> Result<Response> {
    let mut state = FormState::of(req.form.clone());
    let mut rules = Rules::default();
    let mut read = |field: &str, least: u32| {
        let months = req.form.text(field).trim().parse::<u32>().ok().filter(|m| (least..=MOST).contains(m));
        if months.is_none() {
            let range = [("least", least.to_string()), ("most", MOST.to_string())];
            state.error_with(field, "personal_data.error.months", &range);
        }
        months.unwrap_or(least)
    };
    for channel in Channel::ALL {
        rules.channels.insert(channel.code(), read(&field_of(*channel), LEAST));
    }
    rules.danger = read("danger", LEAST_DANGER);
    if !state.is_ok() {
        return show(&req, &state, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let version = req.form.text("version").parse().unwrap_or(-1);
    let new = Settings { rules, active: req.form.has("active"), version };
    match actions::change(&req.app, &*req.actor()?, &new).await {
        Ok(()) => Ok(respond::see_other("/admin/retention?saved=1")),
        Err(Error::Conflict) => {
            let now = actions::settings(&mut req.app.db.read().await?, req.actor()?.organization_id).await?;
            let mut state = FormState::of(values(&now));
            state.error("", "error.conflict");
            show(&req, &state, StatusCode::CONFLICT).await
        }
        Err(other) => Err(other),
    }
}
