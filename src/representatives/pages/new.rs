//! `/desk/representatives/new`: the form of an appointment.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::{
    access_points,
    accounts::model::Actor,
    db::Conn,
    error::Result,
    http::{App, Cx, Req, Response, respond},
    kernel::roles::{Channel, Role},
    organizations::{
        self,
        model::{Staff, Topic},
    },
    representatives::{
        appoint,
        form::{self, Choices, MAX_NAME, NEW_PERSON},
        model::Kind,
        pages::{checks, slip},
    },
    ui::{
        self, FormState, Page, back, desk_page,
        field::{self, Line},
        time,
    },
};

/// What can be chosen from.
struct Offered {
    people: Vec<Staff>,
    places: Vec<String>,
    topics: Vec<Topic>,
}

impl Offered {
    async fn read(app: &App, c: &mut Conn, actor: &Actor) -> Result<Self> {
        let org = actor.organization_id;
        let mut people = organizations::actions::staff(c, org).await?;
        people.retain(|s| s.role == Role::Representative);
        let mut places: Vec<String> = Vec::new();
        for point in access_points::actions::live_of(app, c, org).await? {
            // A hotline and a letter have no place that one could watch.
            let is_place = !matches!(point.channel, Channel::Hotline | Channel::Letter | Channel::Questionnaire);
            if is_place && !places.contains(&point.place) {
                places.push(point.place);
            }
        }
        Ok(Self { people, places, topics: organizations::actions::topics(c, org).await? })
    }

    fn choices(&self) -> Choices {
        Choices {
            people: self.people.iter().map(|p| p.id).collect(),
            topics: self.topics.iter().map(|t| t.id).collect(),
        }
    }
}

/// `GET /desk/representatives/new`; `?person=` names who is appointed again.
pub async fn page(req: Req) -> Result<Response> {
    let offered = Offered::read(&req.app, &mut req.app.db.read().await?, &*req.actor()?).await?;
    let mut state = FormState::default();
    state.values.set("person", req.query.optional("person").unwrap_or(NEW_PERSON));
    state.values.set("kind", Kind::Parent.code());
    state.values.set("first_day", time::date(req.now()).to_string());
    Ok(ui::respond(&req.app, &req.cx, view_of(&req.cx, &state, &offered)).await)
}

/// `POST /desk/representatives/new`: the answer is the slip with a new person's link, or the appointment.
pub async fn appoint(req: Req) -> Result<Response> {
    let actor = req.actor()?;
    let offered = Offered::read(&req.app, &mut req.app.db.read().await?, &actor).await?;
    let refused = match form::appointment(&req.form, &offered.choices(), time::date(req.now())) {
        Ok(new) => match appoint::appoint(&req.app, &actor, new).await? {
            Ok(done) => match done.invited {
                Some(invited) => return slip::answer(&req, done.id, invited, StatusCode::CREATED).await,
                None => return Ok(respond::see_other(&format!("/desk/representatives/{}?done=appointed", done.id))),
            },
            Err(error) => FormState { values: req.form.clone(), errors: vec![error] },
        },
        Err(state) => state,
    };
    let page = view_of(&req.cx, &refused, &offered).status(StatusCode::UNPROCESSABLE_ENTITY);
    Ok(ui::respond(&req.app, &req.cx, page).await)
}

const fn line(kind: &'static str, hint: &'static str, required: bool) -> Line {
    Line { kind, autocomplete: "off", max: 0, required, hint }
}

fn view_of(cx: &Cx, state: &FormState, offered: &Offered) -> Page {
    let people: Vec<(String, String)> =
        std::iter::once((NEW_PERSON.to_string(), cx.t("representatives.new_person").into_owned()))
            .chain(offered.people.iter().map(|p| (p.id.to_string(), format!("{} · {}", p.display_name, p.username))))
            .collect();
    let kinds: Vec<(String, String)> = Kind::ALL
        .iter()
        .map(|k| (k.code().to_string(), cx.word("representatives.kind", k.code()).into_owned()))
        .collect();
    let places: Vec<(String, String)> = offered.places.iter().map(|p| (p.clone(), p.clone())).collect();
    let topics: Vec<(String, String)> =
        offered.topics.iter().map(|t| (t.id.to_string(), t.label(cx.lang).to_string())).collect();
    let name = Line { max: MAX_NAME, ..line("", "representatives.name_hint", false) };
    let main = view! {
        {back::link("/desk/representatives", cx.t("representatives.title"))}
        <header class="page-head"><h1>{cx.t("representatives.new")}</h1></header>
        {field::error_summary(cx, state)}
        <form method="post" action="/desk/representatives/new">
            {field::token(cx)}
            <div class="form-grid">
                {field::select(cx, state, "person", "representatives.who", &people, true)}
                {field::chips(cx, state, "kind", "representatives.kind", &kinds, true)}
                {field::line(cx, state, "display_name", "representatives.name", name)}
                {field::line(cx, state, "username", "accounts.username", line("username", "representatives.username_hint", false))}
                {field::line(cx, state, "first_day", "representatives.first_day", line("date", "", true))}
                {field::line(cx, state, "last_day", "representatives.last_day", line("date", "representatives.last_day_hint", true))}
            </div>
            {checks(cx, state, "places", "representatives.places", &places)}
            {field::line(cx, state, "more_places", "representatives.more_places", line("", "representatives.more_places_hint", false))}
            {checks(cx, state, "topics", "representatives.topics", &topics)}
            <p class="button-row">
                <button class="button main" type="submit">{cx.t("representatives.appoint")}</button>
                <a class="button quiet" href="/desk/representatives">{cx.t("representatives.cancel")}</a>
            </p>
        </form>
    };
    desk_page::admin_page(cx, cx.t("representatives.new"), main)
}
