//! The audit page: the log of the organisation, newest first: who did what, to which thing, when.

use leptos::prelude::*;

use crate::{
    audit::{
        self, Listed, export,
        list::{By, Filter, Kind},
        words::{detail_words, thing_words, what_words},
    },
    error::Result,
    http::{Cx, Req, Response},
    organizations::{self, model::Staff},
    ui::{self, desk_page, field, icon, time},
};

const PAGE: i64 = 30;

/// `GET /admin/audit`.
pub async fn audit_page(req: Req) -> Result<Response> {
    let (cx, actor) = (&req.cx, req.actor()?);
    let filter = Filter::parse(&req.query);
    if req.query.text("format") == "csv" {
        return export::file(&req, filter).await;
    }
    let before = req.query.text("before").parse::<i64>().unwrap_or(i64::MAX);
    let mut c = req.app.db.read().await?;
    // One more than is shown tells whether there is more.
    let mut rows = audit::page_before(&mut c, &actor, &filter, before, PAGE + 1).await?;
    let staff = organizations::staff::all(&mut c, actor.organization_id).await?;
    drop(c);
    let more = rows.len() as i64 > PAGE;
    rows.truncate(PAGE as usize);
    let older = rows.last().filter(|_| more).map(|r| filter.href(&[("before", &r.seq.to_string())]));
    let newest = (before != i64::MAX).then(|| filter.href(&[]));
    let main = view! {
        <h1>{cx.t("desk.nav.audit")}</h1>
        <p class="hint">{cx.t("audit.explain")}</p>
        {tools(cx, &filter, &staff)}
        {if rows.is_empty() { none(cx) } else { table(cx, &filter, rows) }}
        {pager(cx, newest, older)}
    };
    Ok(ui::respond(&req.app, cx, desk_page::admin_page(cx, cx.t("desk.nav.audit"), main)).await)
}

/// Search, filters, the file.
fn tools(cx: &Cx, filter: &Filter, staff: &[Staff]) -> AnyView {
    let (any_person, any_kind) = (cx.t("audit.anybody").into_owned(), cx.t("audit.every_kind").into_owned());
    let people = [(String::new(), any_person), ("nobody".to_string(), cx.t("audit.nobody").into_owned())];
    let people: Vec<_> =
        people.into_iter().chain(staff.iter().map(|s| (s.id.to_string(), s.display_name.clone()))).collect();
    let kinds = Kind::ALL.iter().map(|k| (k.code().to_string(), cx.word("audit.kind", k.code()).into_owned()));
    let kinds: Vec<_> = std::iter::once((String::new(), any_kind)).chain(kinds).collect();
    let by = match filter.by {
        By::Anybody => String::new(),
        By::Nobody => "nobody".to_string(),
        By::Person(id) => id.to_string(),
    };
    let kind = filter.kind.map_or("", Kind::code);
    let day = |day: Option<chrono::NaiveDate>| day.map(|d| d.to_string()).unwrap_or_default();
    let (from, to, q) = (day(filter.from), day(filter.to), filter.q.clone());
    let thing = filter.thing.map(|t| field::hidden("thing", t.simple().to_string()));
    let search = cx.t("audit.search");
    view! {
        <form class="card" method="get" action="/admin/audit" role="search">
            {thing}
            <p class="search">
                {icon::icon(icon::SEARCH)}
                <input type="search" enterkeyhint="search" name="q" value=q maxlength="100" aria-label=search.clone() placeholder=search/>
            </p>
            <details class="fold" open=filter.is_narrowed()>
                <summary>{cx.t("audit.filter")}</summary>
                <div class="form-grid">
                    {field::filter(cx, "by", "audit.who", &people, &by)}
                    {field::filter(cx, "kind", "audit.what", &kinds, kind)}
                    <div class="field"><label class="label" for="f-from">{cx.t("audit.from")}</label><input id="f-from" type="date" name="from" value=from/></div>
                    <div class="field"><label class="label" for="f-to">{cx.t("audit.to")}</label><input id="f-to" type="date" name="to" value=to/></div>
                </div>
            </details>
            <p class="button-row">
                <button class="button main" type="submit">{cx.t("audit.find")}</button>
                {filter.is_narrowed().then(|| view! { <a class="button quiet" href="/admin/audit">{cx.t("audit.all")}</a> })}
                <a class="button quiet" href=filter.href(&[("format", "csv")])>{cx.t("audit.csv")}</a>
            </p>
        </form>
    }
    .into_any()
}

fn none(cx: &Cx) -> AnyView {
    view! { <div class="card empty">{icon::icon(icon::LIST)}<p>{cx.t("audit.none")}</p></div> }.into_any()
}

fn table(cx: &Cx, filter: &Filter, rows: Vec<Listed>) -> AnyView {
    let body = rows
        .into_iter()
        .map(|row| {
            let who = row.actor_name.clone().unwrap_or_else(|| cx.t("audit.nobody").into_owned());
            view! {
                <tr>
                    <td data-label=cx.t("audit.at")>
                        <time datetime=time::machine(row.at)>{time::moment(cx, row.at)}</time>
                    </td>
                    <td data-label=cx.t("audit.who")>{who}</td>
                    <td data-label=cx.t("audit.what")>{what_words(cx, &row.action)}</td>
                    <td data-label=cx.t("audit.thing")>{thing(cx, filter, &row)}</td>
                    <td data-label=cx.t("audit.detail")>{detail_words(cx, &row)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="table pairs">
            <thead><tr>
                <th>{cx.t("audit.at")}</th><th>{cx.t("audit.who")}</th><th>{cx.t("audit.what")}</th>
                <th>{cx.t("audit.thing")}</th><th>{cx.t("audit.detail")}</th>
            </tr></thead>
            <tbody>{body}</tbody>
        </table>
    }
    .into_any()
}

/// The thing, as a way to everything that was done to it. An auditor reads no cases, only what was done to them.
fn thing(cx: &Cx, filter: &Filter, row: &Listed) -> AnyView {
    let words = thing_words(cx, row);
    match row.entity_id {
        Some(id) if filter.thing != Some(id) => {
            let href = Filter { thing: Some(id), ..Filter::default() }.href(&[]);
            view! { <a href=href>{words}</a> }.into_any()
        }
        _ => words.into_any(),
    }
}

fn pager(cx: &Cx, newest: Option<String>, older: Option<String>) -> AnyView {
    if newest.is_none() && older.is_none() {
        return ().into_any();
    }
    let newest = newest.map(|href| view! { <a class="button" href=href>{cx.t("audit.newest")}</a> });
    let older = older.map(|href| view! { <a class="button" href=href>{cx.t("ui.older")}</a> });
    view! { <nav class="pager" aria-label=cx.t("audit.pages")><span>{newest}</span><span>{older}</span></nav> }
        .into_any()
}
