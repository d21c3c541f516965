//! The invitation on a slip of paper: a QR code with the one-time link. It is an answer to a POST, so the link stands in no
//! history and no log, and it is shown this once.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::{
    accounts::invitations,
    error::Result,
    http::{Req, Response},
    kernel::ids::AppointmentId,
    organizations::{self, staff::Invited},
    representatives::{appoint, pages::asked_for},
    ui::{self, Page, qr},
};

/// `POST /desk/representatives/{id}/invitation`.
pub async fn invite(req: Req) -> Result<Response> {
    let (appointment, _) = asked_for(&req).await?;
    let invited = appoint::invite(&req.app, &*req.actor()?, appointment.id).await?;
    answer(&req, appointment.id, invited, StatusCode::OK).await
}

/// The slip.
pub async fn answer(req: &Req, id: AppointmentId, invited: Invited, status: StatusCode) -> Result<Response> {
    let cx = &req.cx;
    let org = req.actor()?.organization_id;
    let organization = organizations::actions::organization(&mut req.app.db.read().await?, org).await?;
    let code = qr::svg(&invited.link, cx.t("representatives.slip.qr"))?;
    let days = invitations::VALID.num_days().to_string();
    let (name, username) = (invited.person.display_name.clone(), invited.person.username.clone());
    let title = cx.tf("representatives.slip.title", &[("name", &name)]);
    let (emblem, school, office) = (organization.emblem, organization.name, organization.office_name);
    let foot = cx.tf("representatives.slip.foot", &[("office", &office)]);
    let back = format!("/desk/representatives/{id}");
    let body = view! {
        <nav class="print-toolbar" aria-label=cx.t("access_points.print.label")>
            <span>{cx.t("representatives.slip.once")}</span>
            <a href=back>{cx.t("representatives.slip.done")}</a>
        </nav>
        <main id="main">
            <section class="sheet slip">
                <header class="poster-head">
                    <span class="emblem" aria-hidden="true">{emblem}</span>
                    <div><b>{school}</b><small>{office.clone()}</small></div>
                </header>
                <h1>{title.clone()}</h1>
                <div class="slip-row">
                    <div class="poster-qr">{code}</div>
                    <p>{cx.tf("representatives.slip.how", &[("days", &days)])}</p>
                </div>
                <dl class="facts slip-facts">
                    <dt>{cx.t("accounts.username")}</dt><dd><b>{username}</b></dd>
                    <dt>{cx.t("representatives.slip.link")}</dt><dd class="slip-link">{invited.link}</dd>
                </dl>
                <footer class="poster-foot"><p>{foot}</p></footer>
            </section>
        </main>
    };
    Ok(ui::respond(&req.app, cx, Page::print(title, body).status(status)).await)
}
