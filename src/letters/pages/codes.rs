//! `/desk/letters/{id}/codes`: sheets of slips with one-time codes for the classes of a letter.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::{
    access_points,
    error::{Error, Result},
    forms::codes::sheet::Sheets,
    http::{Cx, Req, Response, respond},
    letters::{
        actions,
        form::{self, MOST_SLIPS},
        model::Stage,
        pages::{
            asked_for,
            letter::{self, Seen},
        },
    },
    organizations,
    ui::{
        self, FormState,
        field::{self, Line},
    },
};

/// Makes the codes and shows the sheets: the answer to the press itself, because only hashes are kept. A reload repeats
/// the press and shows the same sheets.
pub async fn make(req: Req) -> Result<Response> {
    let (id, actor) = (asked_for(&req)?, req.actor()?);
    let mut c = req.app.db.read().await?;
    let asked = actions::by_id(&mut c, actor.organization_id, id).await?;
    let organization = organizations::actions::organization(&mut c, actor.organization_id).await?;
    let point = match asked.access_point_id {
        Some(point) => access_points::actions::by_id(&mut c, actor.organization_id, point).await?,
        None => return Err(Error::Conflict),
    };
    drop(c);
    let wanted = match form::codes(&req.form, &asked.content.classes) {
        Ok(wanted) => wanted,
        Err(state) => return letter::show(&req, &state, StatusCode::UNPROCESSABLE_ENTITY).await,
    };
    let classes = match actions::codes::make(&req.app, &actor, id, &wanted).await {
        Err(Error::Conflict) => {
            let mut state = FormState::of(req.form.clone());
            state.error("", "letters.codes.not_now");
            return letter::show(&req, &state, StatusCode::CONFLICT).await;
        }
        other => other?,
    };
    let sheets = Sheets {
        cx: &req.cx,
        organization: &organization.name,
        title: &asked.content.title.zh,
        point: &point,
        base_url: &req.app.config.base_url(),
        back: &format!("/desk/letters/{id}#codes"),
    };
    Ok(ui::respond(&req.app, &req.cx, sheets.page(&classes)?.status(StatusCode::CREATED)).await)
}

/// `GET`: a sheet can't be read back; the way leads to where new ones are made.
pub async fn no_sheet(req: Req) -> Result<Response> {
    let id = asked_for(&req)?;
    actions::by_id(&mut req.app.db.read().await?, req.actor()?.organization_id, id).await?;
    Ok(respond::see_other(&format!("/desk/letters/{id}#codes")))
}

/// The form for slips, while replies come in.
pub(super) fn section(cx: &Cx, seen: &Seen, state: &FormState) -> Option<AnyView> {
    let Stage::Open(_) = seen.letter.stage(cx.now) else { return None };
    let all = (form::ALL_CLASSES.to_string(), cx.t("letters.codes.all").into_owned());
    let names = seen.letter.content.classes.iter().map(|c| (c.name.clone(), c.name.clone()));
    let options: Vec<(String, String)> = std::iter::once(all).chain(names).collect();
    let count = Line { kind: "number", autocomplete: "off", hint: "letters.codes.count_hint", ..Line::default() };
    let most = MOST_SLIPS.to_string();
    Some(
        view! {
            <section class="section" id="codes">
                <h2>{cx.t("letters.codes")}</h2>
                <p class="soft">{cx.t("letters.codes.lead")}</p>
                <form method="post" action=format!("/desk/letters/{}/codes", seen.letter.id)>
                    {field::token(cx)}
                    {field::hidden("idempotency_key", &*seen.key)}
                    <div class="form-grid">
                        {field::select(cx, state, "cohort", "letters.class", &options, true)}
                        {field::line(cx, state, "count", "letters.codes.count", count)}
                    </div>
                    <p class="banner warn">{cx.tf("letters.codes.once", &[("max", &most)])}</p>
                    <p class="button-row"><button class="button" type="submit">{cx.t("letters.codes.make")}</button></p>
                </form>
            </section>
        }
        .into_any(),
    )
}
