//! The views of `/admin/calendar`.

use chrono::{Datelike, NaiveDate, Weekday};
use leptos::prelude::*;

use crate::{
    http::Cx,
    kernel::calendar::{DayKind, WorkCalendar, holidays},
    organizations::{
        form,
        pages::{OPTIONAL, REQUIRED},
        store::CalendarVersion,
    },
    ui::{
        FormState,
        field::{self, Line},
        time,
    },
};

const TIME: Line = Line { kind: "time", ..REQUIRED };
const MAY_TIME: Line = Line { kind: "time", ..OPTIONAL };
const DATE: Line = Line { kind: "date", ..REQUIRED };
const MAY_DATE: Line = Line { kind: "date", hint: "calendar.until.hint", ..OPTIONAL };
const NAME: Line = Line { hint: "calendar.name.hint", max: 20, ..OPTIONAL };
const VACATIONS: Line = Line { hint: "organizations.vacations.hint", ..OPTIONAL };
const HOLIDAYS: Line = Line { hint: "organizations.holidays.hint", ..OPTIONAL };
const WORKING_DAYS: Line = Line { hint: "organizations.working_days.hint", ..OPTIONAL };
const YEAR: Line = Line { kind: "number", ..REQUIRED };
const SOURCE: Line = Line { hint: "calendar.source.hint", max: 80, ..REQUIRED };
const FILE: Line = Line { kind: "file", hint: "calendar.file.hint", ..OPTIONAL };
const NOTICE: Line = Line { hint: "calendar.days.hint", ..OPTIONAL };

/// What the page shows.
pub struct Shown<'a> {
    pub year: i32,
    pub days: FormState,
    pub day: FormState,
    pub notice: FormState,
    pub calendar: &'a WorkCalendar,
    pub version: i64,
    pub versions: &'a [CalendarVersion],
}

/// The page below its head.
pub fn view(cx: &Cx, shown: &Shown<'_>) -> AnyView {
    view! {
        <p class="soft">{cx.t("calendar.lead")}</p>
        {missing(cx, shown.calendar)}
        {year_table(cx, shown)}
        {one_day(cx, shown)}
        {days(cx, shown)}
        {import(cx, shown)}
        {history(cx, shown)}
    }
    .into_any()
}

/// "The holidays of this year are not known".
fn missing(cx: &Cx, calendar: &WorkCalendar) -> Option<AnyView> {
    let year = calendar.missing_year(cx.now)?;
    let sentence = cx.tf("calendar.missing", &[("year", &year.to_string())]);
    Some(view! { <p class="banner warn">{sentence}</p> }.into_any())
}

fn hidden(cx: &Cx, shown: &Shown<'_>, form: &'static str) -> AnyView {
    view! {
        {field::token(cx)}
        {field::hidden("form", form)}
        {field::hidden("version", shown.version.to_string())}
    }
    .into_any()
}

/// Days of the same kind and name that follow each other.
struct Run {
    first: NaiveDate,
    last: NaiveDate,
    kind: DayKind,
    /// Whether the organisation says so itself.
    own: bool,
}

/// What differs from ordinary weeks in a year.
fn runs(calendar: &WorkCalendar, year: i32) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let Some(first) = NaiveDate::from_ymd_opt(year, 1, 1) else { return runs };
    for date in first.iter_days().take_while(|date| date.year() == year) {
        let kind = calendar.day_kind(date);
        let own = calendar.overrides.iter().any(|(day, _)| *day == date);
        let weekend = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
        if !own && kind == (if weekend { DayKind::Weekend } else { DayKind::Working }) {
            continue;
        }
        match runs.last_mut() {
            Some(run) if run.kind == kind && run.own == own && run.last.succ_opt() == Some(date) => run.last = date,
            _ => runs.push(Run { first: date, last: date, kind, own }),
        }
    }
    runs
}

fn year_table(cx: &Cx, shown: &Shown<'_>) -> AnyView {
    let year = shown.year;
    let rows = runs(shown.calendar, year).into_iter().map(|run| row(cx, shown, &run)).collect_view();
    let near = (year - 1..=year + 1).map(|y| {
        let href = format!("/admin/calendar?year={y}");
        view! { <a class="filter" href=href aria-current=(y == year).then_some("true")>{y}</a> }
    });
    let near = near.collect_view();
    view! {
        <section class="card">
            <h2>{cx.tf("calendar.year.title", &[("year", &year.to_string())])}</h2>
            <nav class="filters" aria-label=cx.t("calendar.year.nav")>{near}</nav>
            {source(cx, shown)}
            <table class="table">
                <thead><tr>
                    <th>{cx.t("calendar.column.days")}</th><th>{cx.t("calendar.column.kind")}</th>
                    <th><span class="visually-hidden">{cx.t("organizations.act")}</span></th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
    .into_any()
}

/// Where the year's days come from.
fn source(cx: &Cx, shown: &Shown<'_>) -> AnyView {
    let year = shown.year;
    if let Some(notice) = shown.calendar.years.get(&year) {
        let variables = [("source", notice.source.as_str()), ("day", &notice.published.to_string())];
        let sentence = cx.tf("calendar.source.imported", &variables);
        return view! {
            <p class="hint">{sentence}</p>
            <form method="post" action="/admin/calendar/year/remove">
                {hidden(cx, shown, "remove")}
                {field::hidden("year", year.to_string())}
                <p><button class="button small quiet" type="submit">{cx.t("calendar.year.remove")}</button></p>
            </form>
        }
        .into_any();
    }
    if holidays::is_known_year(year) {
        let sentence = cx.tf("calendar.source.release", &[("source", holidays::source())]);
        return view! { <p class="hint">{sentence}</p> }.into_any();
    }
    let sentence = cx.tf("calendar.source.none", &[("year", &year.to_string())]);
    view! { <p class="banner warn">{sentence}</p> }.into_any()
}

fn row(cx: &Cx, shown: &Shown<'_>, run: &Run) -> AnyView {
    let day = |date: NaiveDate| {
        let weekday = cx.word("desk_list.weekday", &date.weekday().number_from_monday().to_string()).into_owned();
        format!("{} {weekday}", date.format("%m-%d"))
    };
    let days = if run.first == run.last { day(run.first) } else { format!("{} – {}", day(run.first), day(run.last)) };
    let (word, name) = match &run.kind {
        DayKind::Holiday(name) => ("off", name.to_string()),
        DayKind::Vacation => ("vacation", String::new()),
        DayKind::Weekend => ("weekend", String::new()),
        DayKind::Working | DayKind::AdjustedWorking => ("working", String::new()),
    };
    let pill = if run.kind.is_working() { "pill warn" } else { "pill" };
    let own = run.own.then(|| {
        let (first, last) = (run.first.to_string(), run.last.to_string());
        let label = format!("{} {days}", cx.t("calendar.day.take_away"));
        view! {
            <form method="post" action="/admin/calendar/day">
                {hidden(cx, shown, "take-away")}
                {field::hidden("day", first)}
                {field::hidden("until", last)}
                {field::hidden("kind", "plain")}
                <button class="button small quiet" type="submit" aria-label=label>{cx.t("calendar.day.take_away")}</button>
            </form>
        }
    });
    view! {
        <tr>
            <td class="title">{days}</td>
            <td data-label=cx.t("calendar.column.kind")>
                <span class=pill>{cx.word("calendar.kind", word)}</span>" "{name}</td>
            <td class="actions">{own}</td>
        </tr>
    }
    .into_any()
}

fn one_day(cx: &Cx, shown: &Shown<'_>) -> AnyView {
    let state = &shown.day;
    let kinds = ["off", "working", "plain"].map(|k| (k.to_string(), cx.word("calendar.day", k).into_owned()));
    view! {
        <section class="card">
            <h2>{cx.t("calendar.day.title")}</h2>
            <form method="post" action="/admin/calendar/day">
                {hidden(cx, shown, "day")}
                <div class="form-grid">
                    {field::line(cx, state, "day", "calendar.day.first", DATE)}
                    {field::line(cx, state, "until", "calendar.day.until", MAY_DATE)}
                    <div class="span-2">{field::chips(cx, state, "kind", "calendar.day.kind", &kinds, true)}</div>
                    {field::line(cx, state, "name", "calendar.day.name", NAME)}
                </div>
                <p class="button-row"><button class="button main" type="submit">{cx.t("calendar.day.save")}</button></p>
            </form>
        </section>
    }
    .into_any()
}

fn days(cx: &Cx, shown: &Shown<'_>) -> AnyView {
    let state = &shown.days;
    let weekdays = (1..=7).map(|n| weekday(cx, state, n)).collect_view();
    let own_hours = (1..=7).any(|n| form::hour_fields(Some(n)).iter().any(|f| state.values.has(f)));
    view! {
        <section class="card">
            <h2>{cx.t("organizations.calendar")}</h2>
            <p class="hint">{cx.t("organizations.calendar.hint")}</p>
            <form method="post" action="/admin/calendar">
                {hidden(cx, shown, "days")}
                {hours(cx, state, None)}
                <details class="fold" open=own_hours><summary>{cx.t("calendar.weekday_hours")}</summary>
                    <p class="hint">{cx.t("calendar.weekday_hours.hint")}</p>{weekdays}</details>
                <div class="form-grid">
                    <div class="span-2">
                        {field::text_area(cx, state, form::VACATIONS, "organizations.vacations", VACATIONS)}
                    </div>
                    {field::text_area(cx, state, form::HOLIDAYS, "organizations.holidays", HOLIDAYS)}
                    {field::text_area(cx, state, form::WORKING_DAYS, "organizations.working_days", WORKING_DAYS)}
                </div>
                <p class="button-row"><button class="button main" type="submit">{cx.t("ui.save")}</button></p>
            </form>
        </section>
    }
    .into_any()
}

fn hours(cx: &Cx, state: &FormState, weekday: Option<u32>) -> AnyView {
    let [opens, lunch_from, lunch_to, closes] = form::hour_fields(weekday);
    let needed = if weekday.is_none() { TIME } else { MAY_TIME };
    view! {
        <div class="form-grid">
            {field::line(cx, state, &opens, "organizations.opens", needed)}
            {field::line(cx, state, &closes, "organizations.closes", needed)}
            {field::line(cx, state, &lunch_from, "organizations.lunch_from", MAY_TIME)}
            {field::line(cx, state, &lunch_to, "organizations.lunch_to", MAY_TIME)}
        </div>
    }
    .into_any()
}

fn weekday(cx: &Cx, state: &FormState, n: u32) -> AnyView {
    let legend = cx.word("desk_list.weekday", &n.to_string());
    view! { <fieldset class="field"><legend class="label">{legend}</legend>{hours(cx, state, Some(n))}</fieldset> }
        .into_any()
}

fn import(cx: &Cx, shown: &Shown<'_>) -> AnyView {
    let state = &shown.notice;
    view! {
        <details class="fold" open=!state.is_ok()><summary>{cx.t("calendar.import")}</summary>
            <p class="hint">{cx.t("calendar.import.lead")}</p>
            <form method="post" action="/admin/calendar/year" enctype="multipart/form-data">
                {hidden(cx, shown, "year")}
                <div class="form-grid">
                    {field::line(cx, state, "year", "calendar.import.year", YEAR)}
                    {field::line(cx, state, "published", "calendar.import.published", DATE)}
                    <div class="span-2">{field::line(cx, state, "source", "calendar.import.source", SOURCE)}</div>
                    <div class="span-2">{field::line(cx, state, "file", "calendar.import.file", FILE)}</div>
                    <div class="span-2">{field::text_area(cx, state, "days", "calendar.import.days", NOTICE)}</div>
                </div>
                <p class="button-row"><button class="button main" type="submit">{cx.t("calendar.import.save")}</button></p>
            </form>
        </details>
    }
    .into_any()
}

fn history(cx: &Cx, shown: &Shown<'_>) -> Option<AnyView> {
    let items = shown
        .versions
        .iter()
        .map(|v| {
            let who = v.changed_by.clone().unwrap_or_default();
            let number = v.number.to_string();
            let words = cx.tf("calendar.version", &[("number", &number)]);
            view! {
                <li class="event"><time datetime=time::machine(v.changed_at)>{time::moment(cx, v.changed_at)}</time>
                    <span>{words}" · "{cx.word("calendar.change", &v.what)}" "{who}</span></li>
            }
        })
        .collect_view();
    (!shown.versions.is_empty()).then(|| {
        view! {
            <details class="fold"><summary>{cx.t("calendar.history")}</summary><ul class="events">{items}</ul></details>
        }
        .into_any()
    })
}
