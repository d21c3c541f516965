//! `/desk/tasks`: what a person is to do about cases, what they gave others to do, and the cases that they watch; and the
//! same of one case on its page.

use leptos::prelude::*;

use crate::{
    accounts::model::Actor,
    cases::{
        case_data::CaseData,
        form::LONGEST,
        list::Due,
        model::{Side, Verb},
        pages::{
            case_page::{hidden_fields, kept},
            verbs::target,
        },
        store::tasks::{Load, Task},
        todo,
        watch::{self, Watched},
    },
    error::{Error, Result},
    http::{Cx, Req, Response, respond::see_other},
    kernel::ids::CaseTaskId,
    ui::{
        self, FormState,
        desk_page::{self, CASE_ROLES},
        field::{self, Line},
        icon, time,
    },
};

/// `GET /desk/tasks`.
pub async fn page(req: Req) -> Result<Response> {
    let (cx, actor) = (&req.cx, req.actor()?);
    let mut c = req.app.db.read().await?;
    let tasks = todo::of_person(&req.app, &mut c, &actor).await?;
    let watched = watch::of_person(&mut c, &actor).await?;
    drop(c);
    let list = |label: &'static str, of: &dyn Fn(&&Task) -> bool| {
        let items: Vec<AnyView> = tasks.iter().filter(of).map(|t| item(cx, t, true, t.done_at.is_none())).collect();
        (!items.is_empty()).then(|| view! { <h2>{cx.t(label)}</h2><ul class="messages">{items}</ul> })
    };
    let mine = |t: &&Task| t.done_at.is_none() && t.person_id == actor.staff_id;
    let given = |t: &&Task| t.done_at.is_none() && t.person_id != actor.staff_id;
    let nothing = (!tasks.iter().any(|t| mine(&t))).then(|| {
        view! { <div class="empty">{icon::icon(icon::LIST)}<p>{cx.t("todos.none")}</p></div> }
    });
    let main = view! {
        <header class="page-head"><h1>{cx.t("todos.title")}</h1></header>
        {nothing}
        {list("todos.mine", &mine)}
        {list("todos.given", &given)}
        {watched_list(cx, &watched)}
        {list("todos.done_lately", &|t| t.done_at.is_some())}
    };
    Ok(ui::respond(&req.app, cx, desk_page::admin_page(cx, cx.t("todos.title"), main)).await)
}

fn watched_list(cx: &Cx, watched: &[Watched]) -> Option<AnyView> {
    let items = watched
        .iter()
        .map(|w| {
            let href = format!("/desk/cases/{}", w.number);
            let title = if w.place.is_empty() { w.topic.clone() } else { format!("{} · {}", w.topic, w.place) };
            let number = w.number.clone();
            view! {
                <li><a class="link-row" href=href><span><b>{title}</b>
                    <small>{number}" · "{cx.word("cases.state", w.state.code())}</small></span></a></li>
            }
        })
        .collect_view();
    (!watched.is_empty())
        .then(|| view! { <h2>{cx.t("todos.watched")}</h2><ul class="link-list">{items}</ul> }.into_any())
}

/// `POST /desk/tasks/{id}/done`.
pub async fn done(req: Req) -> Result<Response> {
    let id = CaseTaskId::parse(req.param("id")).ok_or(Error::NotFound)?;
    let number = match todo::done(&req.app, &*req.actor()?, id).await {
        // Somebody said so already: what was wanted is so.
        Err(Error::Conflict) => return Ok(see_other("/desk/tasks")),
        other => other?,
    };
    let back = if req.form.text("from") == "case" { format!("/desk/cases/{number}") } else { "/desk/tasks".into() };
    Ok(see_other(&back))
}

/// `POST /desk/cases/{number}/watch`.
pub async fn watch(req: Req) -> Result<Response> {
    set(&req, true).await
}

/// `POST /desk/cases/{number}/unwatch`.
pub async fn unwatch(req: Req) -> Result<Response> {
    set(&req, false).await
}

async fn set(req: &Req, on: bool) -> Result<Response> {
    watch::set(&req.app, &*req.actor()?, req.param("number"), on).await?;
    Ok(see_other(&format!("/desk/cases/{}", req.param("number"))))
}

/// One task: what, who, until when.
fn item(cx: &Cx, task: &Task, elsewhere: bool, settles: bool) -> AnyView {
    let (pill, word) = match task.done_at {
        Some(at) => ("pill ok", cx.tf("todos.done_on", &[("day", &time::day(cx, at))])),
        None => (Due::of(task.due_at, cx.now).pill(), Due::words(task.due_at, cx)),
    };
    let link = elsewhere.then(|| {
        let (href, number) = (format!("/desk/cases/{}", task.number), task.number.clone());
        view! { <a href=href><span class="case-number">{number}</span></a>" " }
    });
    let people = [("who", task.person_name.as_str()), ("by", task.giver_name.as_str())];
    let people = cx.tf("todos.people", &people);
    let (words, id) = (task.words.clone(), task.id.to_string());
    let button = settles.then(|| {
        let label = format!("{} · {}", cx.t("todos.done"), task.words);
        view! {
            <form method="post" action=format!("/desk/tasks/{id}/done")>
                {field::token(cx)}
                {(!elsewhere).then(|| field::hidden("from", "case"))}
                <button class="button small quiet" type="submit" aria-label=label>{cx.t("todos.done")}</button>
            </form>
        }
    });
    view! {
        <li class="message from-office">
            <span class="message-head">{link}<b>{people}</b>" "<span class=pill>{word}</span></span>
            <p class="text">{words}</p>{button}
        </li>
    }
    .into_any()
}

/// What is to do about the case, and the form for more.
pub fn section(cx: &Cx, actor: &Actor, data: &CaseData, state: &FormState) -> AnyView {
    let side = Side::of(actor, &data.case);
    let items: Vec<AnyView> = data
        .tasks
        .iter()
        .map(|t| item(cx, t, false, t.done_at.is_none() && todo::may_settle(actor, t, side)))
        .collect();
    let form = Verb::Task.offered(actor, &data.case).then(|| give(cx, data, state));
    view! {
        {(!items.is_empty()).then(|| view! { <section><h2>{cx.t("todos.of_case")}</h2><ul class="messages">{items}</ul></section> })}
        {form}
    }
    .into_any()
}

fn give(cx: &Cx, data: &CaseData, state: &FormState) -> AnyView {
    let state = kept(state, Verb::Task);
    let open = !state.values.text("form").is_empty();
    let mut options = vec![(String::new(), cx.t("todos.choose").into_owned())];
    let able = data.staff.iter().filter(|s| CASE_ROLES.contains(&s.role));
    options.extend(able.map(|s| (s.id.to_string(), s.display_name.clone())));
    let words = Line { kind: "", autocomplete: "", max: LONGEST, required: true, hint: "todos.words_hint" };
    let day = Line { kind: "date", autocomplete: "", max: 0, required: true, hint: "" };
    view! {
        <details class="fold" open=open><summary>{cx.word("cases.verb", Verb::Task.code())}</summary>
            <form method="post" action=target(&data.case.number, Verb::Task)>
                {hidden_fields(cx, data, Verb::Task)}
                {field::select(cx, &state, "person", "todos.person", &options, true)}
                {field::line(cx, &state, "task_due_on", "todos.due_on", day)}
                {field::text_area(cx, &state, "task", "todos.words", words)}
                <p><button class="button main" type="submit">{cx.word("cases.verb", Verb::Task.code())}</button></p>
            </form>
        </details>
    }
    .into_any()
}

/// The button that begins or ends watching.
pub fn watch_button(cx: &Cx, data: &CaseData) -> AnyView {
    let (verb, label, hint) = match data.watched {
        true => ("unwatch", "todos.unwatch", "todos.watching"),
        false => ("watch", "todos.watch", "todos.watch_hint"),
    };
    view! {
        <form method="post" action=format!("/desk/cases/{}/{verb}", data.case.number)>
            {field::token(cx)}
            <button class="button small quiet" type="submit">{icon::icon(icon::EYE)}{cx.t(label)}</button>
            <p class="hint">{cx.t(hint)}</p>
        </form>
    }
    .into_any()
}

/// How much there is to do, above the list of cases.
pub fn flag(cx: &Cx, load: Load) -> Option<AnyView> {
    (load.open > 0).then(|| {
        let key = if load.late > 0 { "todos.flag_late" } else { "todos.flag" };
        let words = cx.tf(key, &[("count", &load.open.to_string()), ("late", &load.late.to_string())]);
        view! { <a class="unread" href="/desk/tasks">{icon::icon(icon::LIST)}{words}</a> }.into_any()
    })
}
