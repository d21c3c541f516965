//! `/admin/notices`: how messages leave the house, and those that did not arrive.

use leptos::prelude::*;

use crate::{
    error::{Error, Result},
    http::{Cx, Req, Response, respond},
    kernel::ids::{DeliveryId, StaffId},
    notify::{
        channels, deliveries,
        model::{Channel, DeliveryState, MOST_ATTEMPTS, Rhythm},
        pages::{moment, outcome, outcome_pill},
        reports::{self, Chosen},
    },
    organizations,
    ui::{self, desk_page, field, icon, time},
};

type Listed = deliveries::Shown;

/// `GET /admin/notices`.
pub async fn page(req: Req) -> Result<Response> {
    let (cx, actor) = (&req.cx, req.actor()?);
    let mut c = req.app.db.read().await?;
    let channels = channels::all(&mut c, &actor).await?;
    let trouble = deliveries::in_trouble(&mut c, &actor).await?;
    let counts = deliveries::counts(&req.app, &mut c, &actor).await?;
    let readers = reports::readers(&mut c, &actor).await?;
    drop(c);
    let dead = if counts.dead > 0 { "stat late" } else { "stat" };
    let main = view! {
        <header class="page-head"><h1>{cx.t("notify.admin.title")}</h1></header>
        {organizations::pages::links(cx)}
        {req.query.has("saved").then(|| view! { <p class="banner ok" role="status">{cx.t("accounts.saved")}</p> })}
        <div class="stat-row">
            <div class="stat"><b>{counts.sent}</b><span>{cx.t("notify.admin.sent")}</span></div>
            <div class="stat"><b>{counts.waiting}</b><span>{cx.t("notify.admin.waiting")}</span></div>
            <div class=dead><b>{counts.dead}</b><span>{cx.t("notify.admin.dead")}</span></div>
        </div>
        {troubles(cx, &trouble)}
        {channel_list(cx, &channels)}
        {report_readers(cx, &readers)}
        {mail(&req)}
    };
    Ok(ui::respond(&req.app, cx, desk_page::admin_page(cx, cx.t("notify.admin.title"), main)).await)
}

/// Who gets reports by e-mail, and how often.
fn report_readers(cx: &Cx, readers: &[Chosen]) -> AnyView {
    let mut options = vec![(String::new(), cx.t("notify.report.never").into_owned())];
    options.extend(Rhythm::ALL.iter().map(|r| (r.code().to_string(), cx.word("notify.rhythm", r.code()).into_owned())));
    let mut fields = Vec::new();
    for reader in readers {
        let name = format!("report.{}", reader.staff_id);
        let missing = (!reader.report.is_empty() && !reader.has_email)
            .then(|| view! { <p class="hint">{cx.t("notify.report.no_email")}</p> });
        fields.push(
            view! { <div>{field::filter(cx, &name, &reader.display_name, &options, &reader.report)}{missing}</div> },
        );
    }
    view! {
        <form class="card" method="post" action="/admin/notices/reports">
            {field::token(cx)}
            <h2>{cx.t("notify.report.title")}</h2>
            <p class="hint">{cx.t("notify.report.hint")}</p>
            <div class="form-grid">{fields}</div>
            <p class="button-row"><button class="button" type="submit">{cx.t("ui.save")}</button></p>
        </form>
    }
    .into_any()
}

/// `POST /admin/notices/reports`.
pub async fn choose_reports(req: Req) -> Result<Response> {
    let chosen: Vec<(StaffId, Option<Rhythm>)> = req
        .form
        .pairs()
        .filter_map(|(name, value)| Some((StaffId::parse(name.strip_prefix("report.")?)?, Rhythm::parse(value))))
        .collect();
    reports::choose(&req.app, &*req.actor()?, &chosen).await?;
    Ok(respond::see_other("/admin/notices?saved=1"))
}

fn mail(req: &Req) -> AnyView {
    let cx = &req.cx;
    let mail = &req.app.config.mail;
    let text = match (&mail.server, &mail.from) {
        (Some(server), Some(from)) => {
            cx.tf("notify.admin.mail.set", &[("server", &format!("{server}:{}", mail.port())), ("from", from)])
        }
        _ => cx.t("notify.admin.mail.none").into_owned(),
    };
    view! {
        <section class="card">
            <h2>{cx.t("notify.admin.mail")}</h2>
            <p>{text}</p>
            <p class="hint">{cx.t("notify.admin.mail.hint")}</p>
            <p><a class="button" href="/account/notices">{cx.t("notify.account.title")}</a></p>
        </section>
    }
    .into_any()
}

fn channel_list(cx: &Cx, channels: &[Channel]) -> AnyView {
    let items = channels
        .iter()
        .map(|k| {
            let href = format!("/admin/notices/channels/{}", k.id);
            let about = format!("{} · {}", cx.word("notify.channel", k.kind.code()), k.host);
            let last = (!k.outcome.is_empty())
                .then(|| view! { <small>{moment(cx, k.tried_at)}" "{outcome_pill(cx, &k.outcome)}</small> });
            let out =
                k.disabled_at.map(|_| view! { " "<span class="pill soft">{cx.t("organizations.out_of_use")}</span> });
            view! {
                <li><a class="link-row" href=href>{icon::icon(icon::BELL)}<span>
                    <b>{k.name.clone()}{out}</b><small>{about}</small>{last}
                </span></a></li>
            }
        })
        .collect_view();
    let list = if channels.is_empty() {
        view! { <p class="hint">{cx.t("notify.admin.channels.none")}</p> }.into_any()
    } else {
        view! { <ul class="link-list">{items}</ul> }.into_any()
    };
    view! {
        <section class="card">
            <h2>{cx.t("notify.admin.channels")}</h2>
            <p class="hint">{cx.t("notify.admin.channels.hint")}</p>
            {list}
            <p class="button-row"><a class="button" href="/admin/notices/channels/new">{cx.t("notify.channel.new")}</a></p>
        </section>
    }
    .into_any()
}

fn troubles(cx: &Cx, all: &[Listed]) -> Option<AnyView> {
    let rows = all.iter().map(|d| row(cx, d)).collect_view();
    (!all.is_empty()).then(|| {
        view! {
            <section class="section" id="troubles">
                <h2>{cx.t("notify.admin.troubles")}</h2>
                <table class="table">
                    <thead><tr>
                        <th>{cx.t("notify.admin.to")}</th>
                        <th>{cx.t("notify.admin.why")}</th>
                        <th>{cx.t("notify.admin.tries")}</th>
                        <th><span class="visually-hidden">{cx.t("organizations.act")}</span></th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </section>
        }
        .into_any()
    })
}

fn row(cx: &Cx, d: &Listed) -> AnyView {
    let to =
        d.person.clone().or_else(|| d.channel.clone()).unwrap_or_else(|| cx.t("notify.admin.submitter").into_owned());
    let kind = format!("{} · {}", cx.word("notify.kind", d.kind.code()), time::day(cx, d.made_at));
    let tries = format!("{}/{MOST_ATTEMPTS}", d.attempts);
    let dead = d.state == DeliveryState::Dead;
    let next = d.next_at.map(|at| cx.tf("notify.admin.next", &[("at", &time::moment(cx, at))]));
    let action = |verb: &'static str, label: &'static str| {
        view! {
            <form method="post" action=format!("/admin/notices/deliveries/{}/{verb}", d.id)>
                {field::token(cx)}
                <button class="button small" type="submit">{cx.t(label)}</button>
            </form>
        }
    };
    view! {
        <tr>
            <td class="title">{to}<small>{kind}</small></td>
            <td data-label=cx.t("notify.admin.why")>{outcome(cx, &d.outcome)}</td>
            <td data-label=cx.t("notify.admin.tries")>{tries}{next.map(|n| view! { <small>{n}</small> })}</td>
            <td class="actions"><div class="button-row">
                {dead.then(|| action("again", "notify.admin.again"))}
                {action("give-up", "notify.admin.give_up")}
            </div></td>
        </tr>
    }
    .into_any()
}

/// `POST /admin/notices/deliveries/{id}/again`.
pub async fn again(req: Req) -> Result<Response> {
    deliveries::again(&req.app, &*req.actor()?, id(&req)?).await?;
    Ok(respond::see_other("/admin/notices?saved=1"))
}

/// `POST /admin/notices/deliveries/{id}/give-up`.
pub async fn give_up(req: Req) -> Result<Response> {
    deliveries::give_up(&req.app, &*req.actor()?, id(&req)?).await?;
    Ok(respond::see_other("/admin/notices?saved=1"))
}

fn id(req: &Req) -> Result<DeliveryId> {
    DeliveryId::parse(req.param("id")).ok_or(Error::NotFound)
}
