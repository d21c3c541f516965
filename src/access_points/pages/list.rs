//! The register of access points: each with its place, keeper, when it was last seen, how much it is used, and what is to
//! be looked after.

use leptos::prelude::*;

use crate::{
    access_points::{
        actions,
        model::AccessPoint,
        pages::{flag_pills, seen_words, state_pill},
        sightings::{self, Condition},
        watch::{self, Flag, Line, Order},
    },
    db::Conn,
    error::Result,
    http::{Cx, Form, Req, Response},
    kernel::{ids::OrganizationId, roles::Channel, text},
    ui::{self, desk_page, field, icon},
};

/// What the register is narrowed to, and its order.
pub struct Filters {
    query: String,
    channel: Option<Channel>,
    /// Flagged so; `Some(None)` for any flag.
    flag: Option<Option<Flag>>,
    order: Order,
}

impl Filters {
    /// Reads the address.
    pub fn parse(query: &Form) -> Self {
        let flag = match query.text("flag") {
            "any" => Some(None),
            word => Flag::parse(word).map(Some),
        };
        Self {
            query: text::normalize_line(query.text("q")),
            channel: Channel::parse(query.text("channel")),
            flag,
            order: Order::parse(query.text("sort")).unwrap_or(Order::Made),
        }
    }

    fn fits(&self, line: &Line) -> bool {
        let flagged = match self.flag {
            None => true,
            Some(None) => !line.flags.is_empty(),
            Some(Some(flag)) => line.flags.contains(&flag),
        };
        flagged && self.channel.is_none_or(|c| c == line.point.channel) && matches(&line.point, &self.query)
    }
}

/// The register as the address asks for it; also how many access points there are at all.
pub async fn register(c: &mut Conn, cx: &Cx, org: OrganizationId, filters: &Filters) -> Result<(Vec<Line>, usize)> {
    let points = actions::all_of(c, org).await?;
    let all = points.len();
    let mut lines = watch::register(points, &sightings::latest(c, org).await?, cx.now);
    lines.retain(|line| filters.fits(line));
    watch::sort(&mut lines, filters.order);
    Ok((lines, all))
}

/// `GET /desk/access-points`: all of an organisation's; `?q=` finds in place, title, code and keeper.
pub async fn list_page(req: Req) -> Result<Response> {
    let (cx, actor) = (&req.cx, req.actor()?);
    let filters = Filters::parse(&req.query);
    let (found, all) = register(&mut req.app.db.read().await?, cx, actor.organization_id, &filters).await?;
    let list = if all == 0 {
        none_yet(cx)
    } else if found.is_empty() {
        view! { <p class="empty">{cx.t("access_points.none_found")}</p> }.into_any()
    } else {
        table(cx, found)
    };
    let print = format!("/desk/access-points/register?{}", cx.query);
    let main = view! {
        <header class="page-head">
            <h1>{cx.t("desk.nav.access_points")}</h1>
            <a class="button quiet" href=print>{cx.t("access_points.register.print")}</a>
            <a class="button main" href="/desk/access-points/new">{cx.t("access_points.add")}</a>
        </header>
        {req.query.has("seen").then(|| view! { <p class="banner ok" role="status">{cx.t("access_points.seen_noted")}</p> })}
        {(all > 0).then(|| search(cx, &filters))}
        {list}
    };
    Ok(ui::respond(&req.app, cx, desk_page::admin_page(cx, cx.t("desk.nav.access_points"), main)).await)
}

fn matches(point: &AccessPoint, query: &str) -> bool {
    let query = query.to_lowercase();
    [&point.place, &point.title, &point.code, &point.keeper].iter().any(|field| field.to_lowercase().contains(&query))
}

fn search(cx: &Cx, filters: &Filters) -> AnyView {
    let query = filters.query.clone();
    let select = |name: &'static str, label: &'static str, chosen: &str, options: Vec<(&'static str, String)>| {
        let options = options
            .into_iter()
            .map(|(value, words)| view! { <option value=value selected=value == chosen>{words}</option> })
            .collect_view();
        view! { <select name=name aria-label=cx.t(label)>{options}</select> }.into_any()
    };
    let word = |prefix: &str, code: &str| cx.word(prefix, code).into_owned();
    let channels = Channel::ALL.iter().map(|c| (c.code(), word("channel", c.code())));
    let flags = Flag::ALL.iter().map(|f| (f.code(), word("access_points.flag", f.code())));
    let orders = Order::ALL.iter().map(|o| (o.code(), word("access_points.order", o.code()))).collect();
    let every = |key| std::iter::once(("", cx.t(key).into_owned()));
    let any = std::iter::once(("any", cx.t("access_points.flag.any").into_owned()));
    let flag = filters.flag.map_or("", |f| f.map_or("any", Flag::code));
    let channels = every("access_points.every_channel").chain(channels).collect();
    let flags = every("access_points.every_flag").chain(any).chain(flags).collect();
    view! {
        <form class="toolbar" method="get" action="/desk/access-points" role="search">
            <p class="search">
                {icon::icon(icon::SEARCH)}
                <input type="search" enterkeyhint="search" name="q" value=query aria-label=cx.t("access_points.search") placeholder=cx.t("access_points.search")/>
            </p>
            {select("channel", "access_points.channel", filters.channel.map_or("", Channel::code), channels)}
            {select("flag", "access_points.flag", flag, flags)}
            {select("sort", "access_points.order", filters.order.code(), orders)}
            <button class="button quiet" type="submit">{cx.t("access_points.search_button")}</button>
        </form>
    }
    .into_any()
}

fn none_yet(cx: &Cx) -> AnyView {
    view! {
        <div class="card empty">
            {icon::icon(icon::QR)}
            <h2>{cx.t("access_points.none")}</h2>
            <p>{cx.t("access_points.none_text")}</p>
        </div>
    }
    .into_any()
}

fn table(cx: &Cx, lines: Vec<Line>) -> AnyView {
    let rows = lines.into_iter().map(|l| row(cx, l)).collect_view();
    view! {
        <table class="table">
            <thead><tr>
                <th>{cx.t("access_points.place")}</th>
                <th>{cx.t("access_points.channel")}</th>
                <th>{cx.t("access_points.keeper")}</th>
                <th>{cx.t("access_points.state")}</th>
                <th>{cx.t("access_points.last_seen")}</th>
                <th class="num">{cx.t("access_points.opens")}</th>
                <th class="num">{cx.t("access_points.submissions")}</th>
                <th><span class="visually-hidden">{cx.t("access_points.actions")}</span></th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn row(cx: &Cx, line: Line) -> AnyView {
    let (state, flags, seen) = (state_pill(cx, &line.point), flag_pills(cx, &line.flags), seen_words(cx, &line));
    let point = line.point;
    let href = format!("/desk/access-points/{}", point.id);
    let is_revoked = point.revoked_at.is_some();
    let print = (!is_revoked).then(|| format!("{href}/print"));
    let label = cx.tf("access_points.seen_named", &[("place", &point.place)]);
    let press = (!is_revoked).then(|| {
        view! {
            <form method="post" action=format!("{href}/seen")>
                {field::token(cx)}
                {field::hidden("state", Condition::Intact.code())}
                {field::hidden("back", "list")}
                <button class="button small quiet" type="submit" aria-label=label>{cx.t("access_points.seen")}</button>
            </form>
        }
    });
    view! {
        <tr>
            <td class="title">{point.place}<small>{point.title}" · "<code>{point.code}</code></small></td>
            <td data-label=cx.t("access_points.channel")>{cx.word("channel", point.channel.code())}</td>
            <td data-label=cx.t("access_points.keeper")>{point.keeper}</td>
            <td data-label=cx.t("access_points.state")><span>{state}" "{flags}</span></td>
            <td data-label=cx.t("access_points.last_seen")><span>{seen}</span></td>
            <td class="num" data-label=cx.t("access_points.opens")>{point.opens}</td>
            <td class="num" data-label=cx.t("access_points.submissions")>{point.submissions}</td>
            <td class="actions">
                {press}
                {print.map(|print| view! { <a class="button small" href=print>{cx.t("access_points.poster")}</a> })}
                <a class="button small quiet" href=href>{cx.t("access_points.change")}</a>
            </td>
        </tr>
    }
    .into_any()
}
