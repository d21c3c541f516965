//! `GET /desk/cases/{number}`, and the same page again when a form on it was refused.

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::{
    accounts::model::Actor,
    audit::{self, Entry},
    cases::{
        case_data::CaseData,
        list::Place,
        mention,
        model::Verb,
        pages::{
            aside, assists, clocks, composer, gone, head, legal_hold, list, merged, splits, story, todos, transfers,
        },
        visibility::case_for,
    },
    error::Result,
    http::{Cx, Form, Req, Response},
    keyboard::sheet,
    ui::{self, FormState, desk_page, field, icon, page::Bundle, time},
};

/// The page of a case. That somebody read it is written down.
pub async fn page(req: Req) -> Result<Response> {
    show(&req, &FormState::default(), StatusCode::OK).await
}

/// The page as it is now, with what was typed into a form that was refused.
pub async fn show(req: &Req, state: &FormState, status: StatusCode) -> Result<Response> {
    let actor = req.actor()?;
    let mut tx = req.app.db.write().await?;
    let case = case_for(&mut tx, &actor, req.param("number")).await?;
    let entry = Entry::new("case.read", "case").actor(&actor).entity(case.id.0);
    audit::record(&req.app, &mut tx, case.organization_id, entry).await?;
    if case.erased_at.is_some() {
        tx.commit().await?;
        return gone::page(req, &case, status).await;
    }
    let mut data = CaseData::read(&req.app, &mut tx, &req.cx, &actor, case).await?;
    for merged in &data.merged {
        let entry = Entry::new("case.read", "case").actor(&actor).entity(merged.id.0);
        audit::record(&req.app, &mut tx, data.case.organization_id, entry).await?;
    }
    if let Some(origin) = data.origin.as_ref().and_then(|o| o.seen.as_ref()) {
        let entry = Entry::new("case.read", "case").actor(&actor).entity(origin.id.0);
        audit::record(&req.app, &mut tx, data.case.organization_id, entry).await?;
    }
    tx.commit().await?;
    let done = req.query.optional("done").and_then(Verb::parse);
    data.stand_at(&mut req.app.db.read().await?, &req.cx, &actor, place_of(req)).await?;
    let conflict = (status == StatusCode::CONFLICT).then(|| conflict(&req.cx, &data, &req.form));
    let told = conflict.or_else(|| done.map(|verb| done_words(&req.cx, &actor, &data, verb)));
    let page = view(&req.cx, &actor, &data, state, told);
    Ok(ui::respond(&req.app, &req.cx, page.status(status)).await)
}

/// Where the case stood in the list from which it was opened: in the address, or in the form that was sent.
pub fn place_of(req: &Req) -> Option<Place> {
    Place::parse(&req.query).or_else(|| Place::of_query(req.form.text("list")))
}

/// What was typed into the form of a verb, when it is the one that was refused.
pub fn kept(state: &FormState, verb: Verb) -> FormState {
    if state.values.text("form") == verb.code() { state.clone() } else { FormState::default() }
}

/// The hidden fields of every form of the page.
pub fn hidden_fields(cx: &Cx, data: &CaseData, verb: Verb) -> AnyView {
    view! {
        {field::token(cx)}
        {field::hidden("form", verb.code())}
        {field::hidden("version", data.case.version.to_string())}
        {data.place.as_ref().map(|place| field::hidden("list", place.query()))}
    }
    .into_any()
}

/// Somebody was faster: who and what, and what this person typed.
fn conflict(cx: &Cx, data: &CaseData, typed: &Form) -> AnyView {
    let last = data.events.last().map(|e| {
        let who = e.actor_name.clone().unwrap_or_else(|| cx.t("cases.submitter").into_owned());
        let what = cx.word("cases.event", e.kind.code());
        cx.tf("cases.conflict", &[("who", &who), ("when", &time::moment(cx, e.at)), ("what", &what)])
    });
    view! { {last.map(|words| view! { <p class="banner warn">{words}</p> })}{field::unsent(cx, typed)} }.into_any()
}

/// What this person just did: said, and where the focus goes on from. Of a note, also who is told of it and who is not.
fn done_words(cx: &Cx, actor: &Actor, data: &CaseData, verb: Verb) -> AnyView {
    let mut words = cx.tf("cases.done", &[("verb", &cx.word("cases.verb", verb.code()))]);
    let note = data.notes.iter().filter(|n| verb == Verb::Note && n.author_name == actor.display_name);
    let heard = note.max_by_key(|n| n.created_at).map(|n| mention::heard(&n.body, &data.staff));
    let (told, strangers) = heard.unwrap_or_default();
    for (key, names) in [("todos.told", told), ("todos.nobody", strangers)] {
        if !names.is_empty() {
            words += &cx.tf(key, &[("names", &names.join("、"))]);
        }
    }
    view! { <p class="banner ok done" role="status" tabindex="-1" autofocus>{words}</p> }.into_any()
}

fn view(cx: &Cx, actor: &Actor, data: &CaseData, state: &FormState, told: Option<AnyView>) -> ui::Page {
    let title = format!("{} · {}", data.case.number, cx.t("desk.nav.cases"));
    let list = data.place.as_ref().map_or_else(|| "/desk".to_string(), |place| place.filters.href(None));
    let list = format!("{list}#{}", list::item_id(&data.case.number));
    let panes = view! {
        <main class="case-pane admin-pane" id="main">
            <a class="pane-back" href=list data-key="u">{icon::icon(icon::BACK)}{cx.t("desk.nav.cases")}</a>
            {data.place.is_some().then(|| sheet::steps(cx, &data.neighbours))}
            {trouble(cx, state)}
            {told}
            {head::head(cx, actor, data, state)}
            {head::steps(cx, data)}
            {legal_hold::banner(cx, data)}
            {merged::lead(cx, data)}
            {transfers::banner(cx, actor, data)}
            <div class="case-grid">
                <div>
                    {splits::origin(cx, data)}
                    {story::submissions(cx, data)}
                    {clocks::strip(cx, data)}
                    {splits::parts(cx, data)}
                    {merged::offer(cx, actor, data, state)}
                    {splits::offer(cx, actor, data, state)}
                    {story::events(cx, data)}
                    {story::later_files(cx, data)}
                    {assists::section(cx, actor, data, state)}
                    {story::replies(cx, data)}
                    {story::messages(cx, data)}
                    {todos::section(cx, actor, data, state)}
                    {composer::composer(cx, actor, data, state)}
                </div>
                {aside::aside(cx, actor, data, state)}
            </div>
            <div class="list-foot">{sheet::sheet(cx)}</div>
        </main>
    };
    desk_page::desk_page(cx, title, "admin show-case", panes).with_islands(Bundle::Desk)
}

/// What went wrong: the form as a whole above, single fields with links to them.
fn trouble(cx: &Cx, state: &FormState) -> AnyView {
    let whole = state.message(cx, "").map(|sentence| {
        view! {
            <div class="banner late" role="alert" tabindex="-1" autofocus>
                {icon::icon(icon::BELL)}<div><p>{sentence}</p></div>
            </div>
        }
    });
    let fields = FormState {
        values: state.values.clone(),
        errors: state.errors.iter().filter(|e| !e.field.is_empty()).cloned().collect(),
    };
    view! { {whole}{field::error_summary(cx, &fields)} }.into_any()
}
