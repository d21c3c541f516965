//! The roster of a week (`/desk/hotline/roster`): everybody who takes calls reads it, the office keeps it.

use axum::http::StatusCode;
use chrono::{Days, NaiveDate};
use leptos::prelude::*;

use crate::{
    error::{Error, Result},
    hotline::{
        model::{Duty, Half},
        roster,
    },
    http::{Cx, Req, Response, respond},
    kernel::{ids::StaffId, roles::Role},
    organizations::model::Staff,
    ui::{self, FormState, Page, back, desk_page, field, time},
};

/// What the page shows.
struct Week {
    monday: NaiveDate,
    duties: Vec<Duty>,
    people: Vec<Staff>,
}

async fn week(req: &Req, monday: NaiveDate) -> Result<Week> {
    let org = req.actor()?.organization_id;
    let mut c = req.app.db.read().await?;
    let people = roster::people(&mut c, org).await?;
    let mut duties = roster::duties(&mut c, org, monday, roster::WEEK).await?;
    // A week that nobody has kept begins like the one before.
    if duties.is_empty() && req.query.has("copy") {
        let before = monday - Days::new(roster::WEEK);
        duties = roster::duties(&mut c, org, before, roster::WEEK).await?;
        duties.iter_mut().for_each(|d| d.day = d.day + Days::new(roster::WEEK));
    }
    Ok(Week { monday, duties, people })
}

/// `GET /desk/hotline/roster`.
pub async fn page(req: Req) -> Result<Response> {
    let day = roster::parse_day(req.query.text("week")).unwrap_or_else(|| time::date(req.now()));
    let week = week(&req, roster::monday_of(day)).await?;
    Ok(ui::respond(&req.app, &req.cx, view_of(&req.cx, &week, &FormState::default())).await)
}

/// `POST /desk/hotline/roster`.
pub async fn keep(req: Req) -> Result<Response> {
    let actor = req.actor()?;
    let monday = roster::parse_day(req.form.text("week")).map(roster::monday_of).ok_or(Error::Bad("error.bad_form"))?;
    let mut duties = Vec::new();
    for (day, half) in halves(monday) {
        if let Some(staff_id) = StaffId::parse(req.form.text(&name(day, half))) {
            duties.push(Duty { day, half, staff_id });
        }
    }
    match roster::keep(&req.app, &actor, monday, &duties).await {
        Ok(()) => Ok(respond::see_other(&format!("/desk/hotline/roster?week={monday}"))),
        Err(Error::Bad(reason)) => {
            let mut state = FormState::of(req.form.clone());
            state.error("", reason);
            let week = Week { duties, ..week(&req, monday).await? };
            let page = view_of(&req.cx, &week, &state).status(StatusCode::UNPROCESSABLE_ENTITY);
            Ok(ui::respond(&req.app, &req.cx, page).await)
        }
        Err(other) => Err(other),
    }
}

fn halves(monday: NaiveDate) -> impl Iterator<Item = (NaiveDate, Half)> {
    (0..roster::WEEK).flat_map(move |n| Half::ALL.iter().map(move |half| (monday + Days::new(n), *half)))
}

/// The name of the field of half a day.
fn name(day: NaiveDate, half: Half) -> String {
    format!("duty.{day}.{half}")
}

fn view_of(cx: &Cx, week: &Week, state: &FormState) -> Page {
    let office = cx.actor.as_ref().is_some_and(|a| a.role == Role::Office);
    let link = |monday: NaiveDate| format!("/desk/hotline/roster?week={monday}");
    let (before, after) = (link(week.monday - Days::new(roster::WEEK)), link(week.monday + Days::new(roster::WEEK)));
    let copy = (office && week.duties.is_empty()).then(|| {
        let href = format!("{}&copy=1", link(week.monday));
        view! { <p><a class="button quiet" href=href>{cx.t("hotline.roster.copy")}</a></p> }
    });
    let rows = (0..roster::WEEK).map(|n| row(cx, week, week.monday + Days::new(n), office)).collect_view();
    let table = view! {
        <table class="table">
            <thead><tr><th>{cx.t("hotline.day")}</th><th>{cx.t("hotline.half.morning")}</th><th>{cx.t("hotline.half.afternoon")}</th></tr></thead>
            <tbody>{rows}</tbody>
        </table>
    };
    let monday = week.monday.to_string();
    let body = if office {
        view! {
            <form method="post" action="/desk/hotline/roster">
                {field::token(cx)}
                {field::hidden("week", monday)}
                {table}
                <p class="button-row"><button class="button main" type="submit">{cx.t("hotline.roster.save")}</button></p>
            </form>
        }
        .into_any()
    } else {
        table.into_any()
    };
    let main = view! {
        {back::link("/desk/hotline", cx.t("hotline.log.hotline"))}
        <header class="page-head"><h1>{cx.t("hotline.roster")}</h1></header>
        <p>{cx.t("hotline.roster.lead")}</p>
        {field::error_summary(cx, state)}
        <nav class="pager" aria-label=cx.t("hotline.roster.weeks")>
            <a class="button quiet" href=before>{cx.t("hotline.roster.before")}</a>
            <a class="button quiet" href=after>{cx.t("hotline.roster.after")}</a>
        </nav>
        {copy}
        {body}
    };
    desk_page::admin_page(cx, cx.t("hotline.roster"), main)
}

fn row(cx: &Cx, week: &Week, day: NaiveDate, office: bool) -> AnyView {
    let at = time::start_of(day);
    let weekday = cx.word("hotline.weekday", &day.format("%u").to_string());
    let shown = format!("{weekday} {}", time::day(cx, at));
    let today =
        (day == time::date(cx.now)).then(|| view! { " "<span class="pill">{cx.t("hotline.roster.today")}</span> });
    let cells = Half::ALL.iter().map(|half| {
        let word = cx.word("hotline.half", half.code());
        let who = week.duties.iter().find(|d| d.day == day && d.half == *half).map(|d| d.staff_id);
        let content = if office {
            let label = format!("{shown} {word}");
            let options = week.people.iter().map(|p| {
                let (value, text, selected) = (p.id.to_string(), p.display_name.clone(), who == Some(p.id));
                view! { <option value=value selected=selected>{text}</option> }
            });
            view! {
                <select name=name(day, *half) aria-label=label>
                    <option value="">{cx.t("hotline.roster.nobody")}</option>{options.collect_view()}</select>
            }
            .into_any()
        } else {
            let name = week.people.iter().find(|p| Some(p.id) == who).map(|p| p.display_name.clone());
            name.unwrap_or_else(|| "–".to_string()).into_any()
        };
        view! { <td data-label=word.clone()>{content}</td> }
    });
    let cells = cells.collect_view();
    view! { <tr><td class="title">{shown.clone()}{today}</td>{cells}</tr> }.into_any()
}
