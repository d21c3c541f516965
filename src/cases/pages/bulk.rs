//! `/desk/bulk`: what was chosen in the list, what to do with it, and what became of it.

mod answer;
mod result;

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::{
    accounts::model::Actor,
    cases::{
        bulk::{self, Chosen, Kind, Plan},
        deeds::{Deed, why_not},
        form,
        list::{Due, Filters, escape},
        model::Case,
        pages::tags::choices,
        tags::{self, Tag},
    },
    error::{Error, Result},
    http::{Access, Cx, Form, Req, Response, Route, respond},
    kernel::{ids::TagId, roles::Role},
    organizations::{
        self,
        model::{Department, Organization, Topic},
    },
    templates::{self, model::Template},
    ui::{
        self, FormState, desk_page,
        field::{self, Line},
        icon,
    },
};

const HERE: &str = "/desk/bulk";
/// Who can do something to many cases ([`Kind::of`]).
const DOERS: Access = Access::Roles(&[Role::Office, Role::SafeguardingLead, Role::Handler, Role::DepartmentHead]);

/// Routes.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get(HERE, DOERS, page),
        Route::post(HERE, DOERS, run),
        Route::get("/desk/bulk/{id}", DOERS, result::page),
    ]
}

/// What the page shows.
struct Asking {
    kind: Kind,
    /// The list that one came from.
    back: Filters,
    /// The cases, each with why it can't be done, and whether it is still chosen.
    cases: Vec<(Case, Option<&'static str>, bool)>,
    topics: Vec<Topic>,
    departments: Vec<Department>,
    tags: Vec<Tag>,
    templates: Vec<Template>,
    organization: Organization,
    press: String,
}

async fn page(req: Req) -> Result<Response> {
    show(&req, &req.query, &FormState::of(req.query.clone()), StatusCode::OK).await
}

/// The kind that is asked for, of those that this person has; the first when none is named.
fn kind_of(actor: &Actor, asked: &Form) -> Result<Kind> {
    let kinds = Kind::of(actor.role);
    let kind = match asked.optional("deed") {
        Some(code) => Kind::parse(code).filter(|kind| kinds.contains(kind)),
        None => kinds.first().copied(),
    };
    kind.ok_or(Error::NotFound)
}

/// The number in the value of a box: `number`, or `number:version`.
fn number_in(value: &str) -> &str {
    value.split(':').next().unwrap_or_default()
}

async fn show(req: &Req, asked: &Form, state: &FormState, status: StatusCode) -> Result<Response> {
    let (cx, actor) = (&req.cx, req.actor()?);
    let org = actor.organization_id;
    let kind = kind_of(&actor, asked)?;
    let mut c = req.app.db.read().await?;
    let numbers: Vec<&str> = asked.all("case").map(number_in).collect();
    let shown = asked.all("shown").chain(numbers.iter().copied());
    let cases = bulk::chosen_cases(&mut c, &actor, shown).await?;
    let again = asked.has("shown");
    let cases = cases.into_iter().map(|case| {
        let picked = !again || numbers.contains(&case.number.as_str());
        (why_not(&actor, &case, kind.verb(&actor, &case)), case, picked)
    });
    let asking = Asking {
        kind,
        back: Filters::of_query(asked.text("back")),
        cases: cases.map(|(why, case, picked)| (case, why, picked)).collect(),
        topics: organizations::actions::all_topics(&mut c, org).await?,
        departments: organizations::actions::departments(&mut c, org).await?,
        tags: tags::in_use(&mut c, org).await?,
        templates: templates::actions::offered(&mut c, &actor).await?,
        organization: organizations::actions::organization(&mut c, org).await?,
        press: match asked.optional("idempotency_key") {
            Some(key) => key.to_string(),
            None => crate::kernel::random::secret(&*req.app.random),
        },
    };
    drop(c);
    let page = desk_page::admin_page(cx, cx.word("bulk.kind", kind.code()), main(cx, &asking, state)).status(status);
    Ok(ui::respond(&req.app, cx, page).await)
}

fn main(cx: &Cx, asking: &Asking, state: &FormState) -> AnyView {
    let title = cx.word("bulk.kind", asking.kind.code());
    let (can, cannot): (Vec<_>, Vec<_>) = asking.cases.iter().partition(|(_, why, _)| why.is_none());
    let boxes = can.iter().map(|(case, _, picked)| choice(cx, asking, case, *picked)).collect_view();
    let refused = cannot
        .iter()
        .map(|(case, why, _)| {
            let why = why.map(|key| cx.t(key));
            let (href, number) = (format!("/desk/cases/{}", case.number), case.number.clone());
            view! { <li><a class="case-number" href=href>{number}</a>" · "{cx.word("cases.state", case.state.code())}" · "{why}</li> }
        })
        .collect_view();
    let shown = asking.cases.iter().map(|(case, ..)| field::hidden("shown", case.number.clone())).collect_view();
    let back = asking.back.href(None);
    let to_list = || {
        let back = back.clone();
        view! { <a class="button quiet" href=back>{cx.t("bulk.back")}</a> }
    };
    let form = (!can.is_empty()).then(|| {
        view! {
            <form method="post" action=HERE>
                {field::token(cx)}
                {field::hidden("deed", asking.kind.code())}
                {field::hidden("back", asking.back.query())}
                {field::hidden("idempotency_key", asking.press.clone())}
                {shown}
                <fieldset class="field"><legend class="label">{cx.t("bulk.cases")}</legend>
                    <div class="choice-list">{boxes}</div></fieldset>
                {fields(cx, asking, state)}
                <p class="hint">{cx.t("bulk.each")}</p>
                <p class="button-row">
                    <button class="button main" type="submit">{title.clone()}</button>
                    {to_list()}
                </p>
            </form>
        }
    });
    let nothing = can.is_empty().then(|| {
        let words = if cannot.is_empty() { "bulk.error.none" } else { "bulk.none_fits" };
        view! { <div class="empty">{icon::icon(icon::INBOX)}<p>{cx.t(words)}</p>{to_list()}</div> }
    });
    view! {
        <header class="page-head"><h1>{title.clone()}</h1></header>
        {field::error_summary(cx, state)}
        {(!cannot.is_empty()).then(|| view! {
            <section class="banner warn"><div><p>{cx.t("bulk.cannot")}</p><ul class="plain-list">{refused}</ul></div></section>
        })}
        {form}
        {nothing}
    }
    .into_any()
}

fn choice(cx: &Cx, asking: &Asking, case: &Case, picked: bool) -> AnyView {
    let topic = asking.topics.iter().find(|t| t.id == case.topic_id).map(|t| t.label(cx.lang).to_string());
    let what: Vec<String> = topic.into_iter().chain([case.place.clone()]).filter(|t| !t.is_empty()).collect();
    let (what, excerpt) = (what.join(" · "), case.excerpt.clone());
    let due = case.state.is_open().then(|| format!(" · {}", Due::words(case.due_at, cx)));
    let facts = format!("{} · {}{}", case.number, cx.word("cases.state", case.state.code()), due.unwrap_or_default());
    let value = format!("{}:{}", case.number, case.version);
    view! {
        <label class="choice"><input type="checkbox" name="case" value=value checked=picked/>
            <span class="choice-body"><b>{what}" · "{excerpt}</b><small>{facts}</small></span></label>
    }
    .into_any()
}

const TEXT: Line = Line { kind: "", autocomplete: "", max: form::LONGEST, required: false, hint: "" };

/// What has to be said with it.
fn fields(cx: &Cx, asking: &Asking, state: &FormState) -> AnyView {
    match asking.kind {
        Kind::Assign => {
            let mut options = vec![(String::new(), cx.t("cases.assign.choose").into_owned())];
            options.extend(asking.departments.iter().map(|d| (d.id.to_string(), d.name.clone())));
            let day = Line { kind: "date", max: 0, hint: "cases.assign.due_hint", ..TEXT };
            view! {
                {field::select(cx, state, "department", "cases.assign.department", &options, true)}
                {field::line(cx, state, "due_on", "cases.assign.due_on", day)}
                {field::text_area(cx, state, "instruction", "cases.assign.instruction", TEXT)}
                {field::text_area(cx, state, "otherwise", "cases.assign.otherwise", Line { hint: "bulk.otherwise_hint", ..TEXT })}
            }
            .into_any()
        }
        Kind::Tag => {
            let chosen: Vec<TagId> = state.values.all("tag").filter_map(TagId::parse).collect();
            choices(cx, &asking.tags, &chosen, state.message(cx, "tag"))
        }
        Kind::Answer => answer::fields(cx, asking, state),
        Kind::Close => ().into_any(),
    }
}

/// Reads what is to be done.
async fn plan(req: &Req, kind: Kind) -> Result<std::result::Result<Plan, FormState>> {
    let org = req.actor()?.organization_id;
    let mut c = req.app.db.read().await?;
    let read = match kind {
        Kind::Assign => match (form::order(&req.form), form::optional_words(&req.form, "otherwise")) {
            (Ok(order), Ok(why)) => {
                let departments = organizations::actions::departments(&mut c, org).await?;
                let name = departments.iter().find(|d| d.id == order.department).map(|d| d.name.clone());
                Ok((Deed::Assign(order, why), name.unwrap_or_default()))
            }
            (Err(state), _) | (_, Err(state)) => Err(state),
        },
        Kind::Tag => {
            let (chosen, _) = form::tags(&req.form);
            let all = tags::in_use(&mut c, org).await?;
            let names: Vec<String> = all.iter().filter(|t| chosen.contains(&t.id)).map(|t| t.name.clone()).collect();
            if names.is_empty() {
                let mut state = FormState::of(req.form.clone());
                state.error("tag", "tags.error.none");
                Err(state)
            } else {
                Ok((Deed::Tag(chosen), names.join("、")))
            }
        }
        Kind::Answer => form::answer_for_many(&req.form).map(|text| (Deed::Answer(text), String::new())),
        Kind::Close => Ok((Deed::Close, String::new())),
    };
    Ok(read.map(|(deed, words)| Plan { kind, deeds: vec![deed], words }))
}

async fn run(req: Req) -> Result<Response> {
    let actor = req.actor()?;
    let kind = kind_of(&actor, &req.form)?;
    if req.form.has("look") {
        let state = answer::looked(&req, &actor).await?;
        return show(&req, &req.form, &state, StatusCode::OK).await;
    }
    let plan = match plan(&req, kind).await? {
        Ok(plan) => plan,
        Err(state) => return show(&req, &req.form, &state, StatusCode::UNPROCESSABLE_ENTITY).await,
    };
    let chosen = req.form.all("case").filter_map(|value| {
        let (number, version) = value.split_once(':')?;
        Some(Chosen { number: number.to_string(), version: version.parse().ok()? })
    });
    let chosen: Vec<Chosen> = chosen.collect();
    match bulk::run(&req.app, &actor, req.form.text("idempotency_key"), &chosen, &plan).await {
        Ok(id) => {
            let back = Filters::of_query(req.form.text("back")).query();
            Ok(respond::see_other(&format!("{HERE}/{id}?back={}", escape(&back))))
        }
        Err(Error::Bad(key)) => {
            let mut state = FormState::of(req.form.clone());
            state.error("", key);
            show(&req, &req.form, &state, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(other) => Err(other),
    }
}
