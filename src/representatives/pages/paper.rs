//! What is printed of an appointment, on A4: the letter 聘书, and the promise of confidentiality 保密承诺 to sign.

use leptos::prelude::*;

use crate::{
    error::Result,
    http::{Cx, Req, Response},
    organizations::{self, model::Organization},
    representatives::{
        model::{Appointment, PROMISE_VERSION},
        pages::{area_words, asked_for, last_day},
    },
    ui::{self, Page, time},
};

/// The points of the promise.
pub const POINTS: [&str; 6] = [
    "representatives.promise.1",
    "representatives.promise.2",
    "representatives.promise.3",
    "representatives.promise.4",
    "representatives.promise.5",
    "representatives.promise.6",
];

async fn organization(req: &Req) -> Result<Organization> {
    organizations::actions::organization(&mut req.app.db.read().await?, req.actor()?.organization_id).await
}

/// `GET /desk/representatives/{id}/letter`.
pub async fn letter(req: Req) -> Result<Response> {
    let (cx, (a, area)) = (&req.cx, asked_for(&req).await?);
    let org = organization(&req).await?;
    let topics = organizations::actions::all_topics(&mut req.app.db.read().await?, org.id).await?;
    let kind = cx.word("representatives.kind", a.kind.code());
    let text = cx.tf(
        "representatives.letter.text",
        &[
            ("organization", &org.name),
            ("kind", &kind),
            ("from", &long_day(cx, a.term_from)),
            ("to", &long_day(cx, last_day(a.term_to))),
        ],
    );
    let area = cx.tf("representatives.letter.area", &[("area", &area_words(cx, &topics, &area))]);
    let greeting = cx.tf("representatives.letter.greeting", &[("name", &a.name)]);
    let sheet = view! {
        <section class="sheet deed">
            <div class="deed-frame">
                <span class="emblem" aria-hidden="true">{org.emblem.clone()}</span>
                <h1>{cx.t("representatives.letter")}</h1>
                <p class="deed-name">{greeting}</p>
                <p>{text}</p>
                <p>{area}</p>
                <p>{cx.t("representatives.letter.duty")}</p>
                <p>{cx.t("representatives.letter.thanks")}</p>
                {signed_by(cx, &org, &a)}
            </div>
        </section>
    };
    Ok(answer(&req, &a, "representatives.letter", sheet.into_any()).await)
}

/// `GET /desk/representatives/{id}/promise`.
pub async fn promise(req: Req) -> Result<Response> {
    let (cx, (a, _)) = (&req.cx, asked_for(&req).await?);
    let org = organization(&req).await?;
    let kind = cx.word("representatives.kind", a.kind.code());
    let lead = cx.tf("representatives.promise.lead", &[("organization", &org.name), ("kind", &kind)]);
    let points = POINTS.iter().map(|key| view! { <li>{cx.t(key)}</li> }).collect_view();
    let version = cx.tf("representatives.promise.version", &[("version", &PROMISE_VERSION.to_string())]);
    let accepted = a.promised_at.filter(|_| a.promise_version == Some(PROMISE_VERSION)).map(|at| {
        view! { <p class="deed-note">{cx.tf("representatives.promise.accepted", &[("when", &long_day(cx, at))])}</p> }
    });
    let name = a.name.clone();
    let sheet = view! {
        <section class="sheet deed deed-plain">
            <div class="deed-frame">
                <h1>{cx.t("representatives.promise")}</h1>
                <p>{lead}</p>
                <ol>{points}</ol>
                {accepted}
                <div class="deed-lines">
                    <p><span>{cx.t("representatives.promise.name")}</span><b>{name}</b></p>
                    <p><span>{cx.t("representatives.promise.signature")}</span><i></i></p>
                    <p><span>{cx.t("representatives.promise.day")}</span><i></i></p>
                </div>
                <p class="deed-note">{version}</p>
            </div>
        </section>
    };
    Ok(answer(&req, &a, "representatives.promise", sheet.into_any()).await)
}

/// A day with its year, as papers have it.
fn long_day(cx: &Cx, at: chrono::DateTime<chrono::Utc>) -> String {
    let date = time::date(at);
    match cx.lang {
        crate::i18n::Lang::ZhCn => date.format("%Y年%-m月%-d日").to_string(),
        crate::i18n::Lang::En => date.format("%-d %B %Y").to_string(),
    }
}

/// Who signs, with a place for the seal.
fn signed_by(cx: &Cx, org: &Organization, a: &Appointment) -> AnyView {
    let (school, office, day) = (org.name.clone(), org.office_name.clone(), long_day(cx, a.appointed_at));
    view! {
        <div class="deed-foot">
            <div class="deed-seal" aria-hidden="true">{cx.t("representatives.letter.seal")}</div>
            <div><p>{school}</p><p>{office}</p><p>{day}</p></div>
        </div>
    }
    .into_any()
}

async fn answer(req: &Req, a: &Appointment, label: &'static str, sheet: AnyView) -> Response {
    let cx = &req.cx;
    let back = format!("/desk/representatives/{}", a.id);
    let title = format!("{} · {}", cx.t(label), a.name);
    let body = view! {
        <nav class="print-toolbar" aria-label=cx.t("access_points.print.label")>
            <span>{cx.t("access_points.print.how")}</span>
            <a href=back>{cx.t("access_points.back")}</a>
        </nav>
        <main id="main">{sheet}</main>
    };
    ui::respond(&req.app, cx, Page::print(title, body)).await
}
