//! `/desk/patrols`: a day by class and by item, what was found, and what was found again and again.

use chrono::{Days, NaiveDate};
use leptos::prelude::*;

use crate::{
    error::{Error, Result},
    http::{Cx, Req, Response, respond},
    kernel::{
        ids::{ChecklistId, FindingId},
        roles::Role,
    },
    patrols::{
        actions::{self, Again, Day},
        model::{ItemDay, PlaceDay, REPEAT_DAYS},
        pages::{asked_day, score_pill},
    },
    ui::{self, desk_page, field, time},
    visits::model::{Finding, FindingState, Visit},
};

/// Items that the page shows.
const ITEMS: usize = 12;

/// `GET /desk/patrols`.
pub async fn day_page(req: Req) -> Result<Response> {
    let (cx, actor) = (&req.cx, req.actor()?);
    let mut c = req.app.db.read().await?;
    let day = actions::day(&mut c, &actor, asked_day(&req), cx.lang).await?;
    let again = match actor.role {
        Role::Office | Role::Leader => actions::again(&mut c, actor.organization_id, req.now(), cx.lang).await?,
        _ => Vec::new(),
    };
    drop(c);
    let decides = actor.role == Role::Office;
    let keep = decides.then(|| {
        view! {
            <a class="button" href="/desk/patrols/classes">{cx.t("patrols.classes")}</a>
            <a class="button" href="/desk/checklists">{cx.t("visits.checklists")}</a>
        }
    });
    let done = req
        .query
        .has("aside")
        .then(|| view! { <p class="banner ok" role="status">{cx.t("patrols.set_aside.done")}</p> });
    let main = view! {
        <header class="page-head"><h1>{cx.t("patrols.title")}</h1>{keep}</header>
        {done}
        {pager(cx, day.date)}
        {(!again.is_empty()).then(|| repeats(cx, &again, decides))}
        {places(cx, &day)}
        {items(cx, &day)}
        {findings(cx, &day, decides)}
    };
    Ok(ui::respond(&req.app, cx, desk_page::admin_page(cx, cx.t("patrols.title"), main)).await)
}

fn pager(cx: &Cx, date: NaiveDate) -> AnyView {
    let link = |day: Option<NaiveDate>| day.map(|d| format!("/desk/patrols?day={d}"));
    let (before, after) = (link(date.checked_sub_days(Days::new(1))), link(date.checked_add_days(Days::new(1))));
    let is_today = date == time::date(cx.now);
    let here = time::day(cx, time::start_of(date));
    let next = if is_today {
        view! { <span class="button" aria-disabled="true">{cx.t("patrols.day_after")}</span> }.into_any()
    } else {
        view! { <a class="button" href=after>{cx.t("patrols.day_after")}</a> }.into_any()
    };
    view! {
        <nav class="pager" aria-label=cx.t("patrols.days")>
            <a class="button" href=before>{cx.t("patrols.day_before")}</a>
            <span class="pager-state">{here}</span>
            {next}
        </nav>
    }
    .into_any()
}

fn repeats(cx: &Cx, again: &[Again], decides: bool) -> AnyView {
    let days = REPEAT_DAYS.to_string();
    let rows = again
        .iter()
        .map(|a| {
            let count = a.findings.len().to_string();
            let (place, item) = (a.repeat.place.clone(), a.item.clone());
            let times = cx.tf("patrols.times", &[("count", &count)]);
            let make = decides.then(|| {
                let name = format!("{}：{place}，{item}", cx.t("patrols.make_case"));
                view! {
                    <form method="post" action="/desk/patrols/repeats">
                        {field::token(cx)}
                        {field::hidden("checklist", a.repeat.checklist.to_string())}
                        {field::hidden("place", a.repeat.place.clone())}
                        {field::hidden("item", a.repeat.item.clone())}
                        <button class="button small" type="submit" aria-label=name>{cx.t("patrols.make_case")}</button>
                    </form>
                }
            });
            view! {
                <tr>
                    <td class="title">{place}<small>{item}</small></td>
                    <td data-label=cx.t("patrols.again")><span class="pill warn">{times}</span></td>
                    <td data-label=cx.t("patrols.last")>{time::moment(cx, a.repeat.last)}</td>
                    <td class="actions">{make}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <h2>{cx.tf("patrols.again.title", &[("days", &days)])}</h2>
        <table class="table"><thead><tr>
            <th>{cx.t("visits.place")}</th><th>{cx.t("patrols.again")}</th><th>{cx.t("patrols.last")}</th><th></th>
        </tr></thead><tbody>{rows}</tbody></table>
    }
    .into_any()
}

fn places(cx: &Cx, day: &Day) -> AnyView {
    if day.places.is_empty() {
        return view! { <p class="empty">{cx.t("patrols.none")}</p> }.into_any();
    }
    let rows = day.places.iter().map(|p| place(cx, p, day.date)).collect_view();
    view! {
        <h2>{cx.t("patrols.by_class")}</h2>
        <table class="table"><thead><tr>
            <th>{cx.t("patrols.class_or_place")}</th><th>{cx.t("patrols.score.title")}</th>
            <th class="num">{cx.t("patrols.count")}</th><th class="num">{cx.t("patrols.findings")}</th><th></th>
        </tr></thead><tbody>{rows}</tbody></table>
    }
    .into_any()
}

fn place(cx: &Cx, p: &PlaceDay, date: NaiveDate) -> AnyView {
    let sheet = p.class.map(|id| {
        let href = format!("/desk/patrols/sheets/{id}?day={date}");
        let name = format!("{}：{}", cx.t("patrols.sheet"), p.place);
        view! { <a class="button small" href=href aria-label=name>{cx.t("patrols.sheet")}</a> }
    });
    let (name, count, findings) = (p.place.clone(), p.visits.len(), p.findings);
    view! {
        <tr>
            <td class="title">{name}</td>
            <td data-label=cx.t("patrols.score.title")><span>{score_pill(cx, p.score)}</span></td>
            <td class="num" data-label=cx.t("patrols.count")>{count}</td>
            <td class="num" data-label=cx.t("patrols.findings")>{findings}</td>
            <td class="actions">{sheet}</td>
        </tr>
    }
    .into_any()
}

fn items(cx: &Cx, day: &Day) -> Option<AnyView> {
    let lowest: Vec<&ItemDay> = day.items.iter().filter(|i| !i.places.is_empty()).take(ITEMS).collect();
    if lowest.is_empty() {
        return None;
    }
    let rows = lowest
        .into_iter()
        .map(|i| {
            let (item, places) = (i.item.clone(), i.places.join("、"));
            view! {
                <tr>
                    <td class="title">{item}</td>
                    <td data-label=cx.t("patrols.score.title")><span>{score_pill(cx, i.score)}</span></td>
                    <td data-label=cx.t("patrols.where")>{places}</td>
                </tr>
            }
        })
        .collect_view();
    let table = view! {
        <h2>{cx.t("patrols.by_item")}</h2>
        <table class="table"><thead><tr>
            <th>{cx.t("patrols.item")}</th><th>{cx.t("patrols.score.title")}</th><th>{cx.t("patrols.where")}</th>
        </tr></thead><tbody>{rows}</tbody></table>
    };
    Some(table.into_any())
}

fn findings(cx: &Cx, day: &Day, decides: bool) -> Option<AnyView> {
    if day.findings.is_empty() {
        return None;
    }
    let rows = day.findings.iter().map(|(f, v, item)| finding(cx, f, v, item, decides)).collect_view();
    let table = view! {
        <h2>{cx.t("patrols.findings")}</h2>
        <table class="table"><thead><tr>
            <th>{cx.t("patrols.item")}</th><th>{cx.t("visits.place")}</th><th>{cx.t("access_points.state")}</th><th></th>
        </tr></thead><tbody>{rows}</tbody></table>
    };
    Some(table.into_any())
}

fn finding(cx: &Cx, f: &Finding, v: &Visit, item: &str, decides: bool) -> AnyView {
    let (item, comment, place) = (item.to_string(), f.comment.clone(), v.place.clone());
    let read = decides.then(|| {
        let href = format!("/desk/visits/{}", v.id);
        let name = format!("{}：{place}，{item}", cx.t("patrols.read"));
        view! { <a class="button small" href=href aria-label=name>{cx.t("patrols.read")}</a> }
    });
    let aside = (decides && f.state == FindingState::Noted).then(|| {
        let action = format!("/desk/patrols/findings/{}", f.id);
        let name = format!("{}：{place}，{item}", cx.t("patrols.set_aside"));
        view! {
            <form method="post" action=action>
                {field::token(cx)}
                <button class="button small" type="submit" aria-label=name>{cx.t("patrols.set_aside")}</button>
            </form>
        }
    });
    let class = if f.state == FindingState::Noted { "pill warn" } else { "pill soft" };
    view! {
        <tr>
            <td class="title">{item.clone()}<small>{comment}</small></td>
            <td data-label=cx.t("visits.place")>{place.clone()}</td>
            <td data-label=cx.t("access_points.state")><span class=class>{cx.word("visits.state", f.state.code())}</span></td>
            <td class="actions">{read}{aside}</td>
        </tr>
    }
    .into_any()
}

/// `POST /desk/patrols/repeats`: a case is made of what was found again and again.
pub async fn make_case(req: Req) -> Result<Response> {
    let checklist = ChecklistId::parse(req.form.text("checklist")).ok_or(Error::NotFound)?;
    let (place, item) = (req.form.text("place"), req.form.text("item"));
    let number = actions::make_case(&req.app, &*req.actor()?, checklist, place, item).await?;
    Ok(respond::see_other(&format!("/desk/cases/{number}")))
}

/// `POST /desk/patrols/findings/{id}`: the office leaves it.
pub async fn set_aside(req: Req) -> Result<Response> {
    let id = FindingId::parse(req.param("id")).ok_or(Error::NotFound)?;
    actions::set_aside(&req.app, &*req.actor()?, id).await?;
    Ok(respond::see_other("/desk/patrols?aside=1"))
}
