//! Seen at its place: the press of a keeper, and the looks at one access point.

use leptos::prelude::*;

use crate::{
    access_points::{
        actions,
        model::AccessPoint,
        sightings::{self, Condition, MAX_NOTE, Sighting},
    },
    error::{Error, Result},
    http::{Cx, Req, Response, respond},
    kernel::ids::AccessPointId,
    ui::{
        FormState,
        field::{self, Line},
        time,
    },
};

/// `POST /desk/access-points/{id}/seen`.
pub async fn seen(req: Req) -> Result<Response> {
    let id = AccessPointId::parse(req.param("id")).ok_or(Error::NotFound)?;
    // Absent before anything else is said about the form.
    actions::by_id(&mut req.app.db.read().await?, req.actor()?.organization_id, id).await?;
    let state = Condition::parse(req.form.text("state")).ok_or(Error::Bad("error.bad_form"))?;
    sightings::see(&req.app, &*req.actor()?, id, state, req.form.text("note")).await?;
    let target = if req.form.text("back") == "list" {
        "/desk/access-points?seen=1".to_string()
    } else {
        format!("/desk/access-points/{id}?done=seen")
    };
    Ok(respond::see_other(&target))
}

/// The form to say how it was found, and what was found before.
pub fn card(cx: &Cx, point: &AccessPoint, looks: &[Sighting]) -> AnyView {
    let note = Line { kind: "", autocomplete: "off", max: MAX_NOTE, required: false, hint: "" };
    let mut state = FormState::default();
    state.values.set("state", Condition::Intact.code());
    let conditions: Vec<(String, String)> = Condition::ALL
        .iter()
        .map(|c| (c.code().to_string(), cx.word("access_points.condition", c.code()).into_owned()))
        .collect();
    let rows = looks.iter().map(|look| item(cx, look)).collect_view();
    view! {
        <section class="card">
            <h2>{cx.t("access_points.looks")}</h2>
            <form method="post" action=format!("/desk/access-points/{}/seen", point.id)>
                {field::token(cx)}
                {field::chips(cx, &state, "state", "access_points.found", &conditions, true)}
                {field::line(cx, &state, "note", "access_points.note", note)}
                <p class="button-row"><button class="button" type="submit">{cx.t("access_points.note_it")}</button></p>
            </form>
            {(!looks.is_empty()).then(|| view! { <ul class="events">{rows}</ul> })}
        </section>
    }
    .into_any()
}

fn item(cx: &Cx, look: &Sighting) -> AnyView {
    let words = [cx.word("access_points.condition", look.state.code()).into_owned(), look.seen_by.clone()];
    let note = (!look.note.is_empty()).then(|| format!(" · {}", look.note));
    view! {
        <li class="event"><time datetime=time::machine(look.at)>{time::day(cx, look.at)}</time><span>{words.join(" · ")}{note}</span></li>
    }
    .into_any()
}
