//! The facts beside the story: who has it, until when, who sent it, who is recused, who looked.

use leptos::prelude::*;

use crate::{
    accounts::model::Actor,
    cases::{
        case_data::CaseData,
        form::LONGEST,
        model::{Identity, RecusalState, Verb},
        pages::{case_page::hidden_fields, dialogs::Question, legal_hold, tags, todos, verbs::target},
        rectify::may_rectify,
        store::recusals::Recusal,
    },
    http::Cx,
    kernel::text::excerpt,
    rectifications::MAKERS,
    supervision::SUPERVISORS,
    ui::{
        FormState,
        field::{self, Line},
        time,
    },
};

/// The facts.
pub fn aside(cx: &Cx, actor: &Actor, data: &CaseData, state: &FormState) -> AnyView {
    let case = &data.case;
    let department = data.department_name(case.department_id).unwrap_or_else(|| data.organization.office_name.clone());
    let handler = data.staff_name(case.handler_id).map(|name| view! { <small>{name}</small> });
    let promised = cx.tf("cases.promised", &[("when", &time::moment(cx, case.promised_at))]);
    let reopened = (case.reopened > 0)
        .then(|| view! { <small>{cx.tf("cases.reopened_times", &[("n", &case.reopened.to_string())])}</small> });
    let instruction = (!data.instruction.is_empty()).then(|| {
        let words = data.instruction.clone();
        view! { <dt>{cx.t("cases.assign.instruction")}</dt><dd>{words}</dd> }
    });
    view! {
        <aside class="card" aria-label=cx.t("cases.facts")>
            <dl class="facts">
                <dt>{cx.t("cases.responsible")}</dt><dd><b>{department}</b>{handler}</dd>
                <dt>{cx.t("cases.limit")}</dt><dd>{time::moment(cx, case.due_at)}<small>{promised}</small>{reopened}</dd>
                {instruction}
                <dt>{cx.t("cases.submitter")}</dt><dd>{submitter(cx, data)}</dd>
                {recusals(cx, actor, data)}
            </dl>
            {tags::on_case(cx, actor, data, state)}
            {orders(cx, actor, data)}
            {rectifications(cx, actor, data)}
            {Verb::Recuse.offered(actor, case).then(|| recuse_dialog(cx, data, state))}
            {todos::watch_button(cx, data)}
            {legal_hold::dialog(cx, actor, data, state)}
            {seen_by(cx, data)}
        </aside>
    }
    .into_any()
}

/// The supervision orders over the case, and the way to a new one.
fn orders(cx: &Cx, actor: &Actor, data: &CaseData) -> AnyView {
    let items = data
        .orders
        .iter()
        .map(|o| {
            let href = format!("/desk/orders/{}", o.id);
            let number = [("year", o.year.to_string()), ("number", o.number.to_string())];
            let number = cx.tf("supervision.number", &[("year", &number[0].1), ("number", &number[1].1)]);
            view! { <li><a href=href>{number}</a>" · "{cx.word("supervision.state", o.state.code())}</li> }
        })
        .collect_view();
    let may = SUPERVISORS.contains(&actor.role) && data.case.state.is_open() && data.case.department_id.is_some();
    let new = may.then(|| {
        let href = format!("/desk/orders/new?case={}", data.case.number);
        view! { <a class="button small quiet" href=href>{cx.t("supervision.new")}</a>" " }
    });
    view! { {(!data.orders.is_empty()).then(|| view! { <ul class="plain-list">{items}</ul> })}{new} }.into_any()
}

/// What is put in order because of the case, and the way to more.
fn rectifications(cx: &Cx, actor: &Actor, data: &CaseData) -> AnyView {
    let items = data
        .rectifications
        .iter()
        .map(|one| {
            let (href, measure) = (format!("/desk/rectifications/{}", one.id), excerpt(&one.measure, 24));
            let state = cx.word("rectifications.state", one.state.code());
            let late =
                one.is_late(cx.now).then(|| view! { " "<span class="pill late">{cx.t("rectifications.late")}</span> });
            view! { <li><a href=href>{measure}</a>" · "{state}{late}</li> }
        })
        .collect_view();
    let may = MAKERS.contains(&actor.role) && may_rectify(actor, &data.case);
    let new = may.then(|| {
        let href = format!("/desk/rectifications/new?case={}", data.case.number);
        view! { <a class="button small quiet" href=href>{cx.t("rectifications.new")}</a>" " }
    });
    let list = (!data.rectifications.is_empty()).then(|| {
        view! { <h2>{cx.t("rectifications.title")}</h2><ul class="plain-list">{items}</ul> }
    });
    view! { {list}{new} }.into_any()
}

fn submitter(cx: &Cx, data: &CaseData) -> AnyView {
    let case = &data.case;
    let contact = data.submissions.iter().find_map(|s| s.contact.clone()).map(|c| {
        let (name, contact) = (c.name, c.contact);
        view! { <small>{name}" "{contact}</small> }
    });
    let sealed = (case.identity == Identity::Sealed).then(|| {
        let to = format!("/desk/cases/{}/identity", case.number);
        if data.is_danger() {
            view! { <small><a href=to>{cx.t("cases.identity.open")}</a></small> }.into_any()
        } else {
            view! { <small>{cx.t("cases.identity.sealed")}</small> }.into_any()
        }
    });
    view! {
        {cx.word("intake.person", case.person.code())}" · "{cx.word("intake.identity", case.identity.code())}{contact}{sealed}
    }
    .into_any()
}

/// Who is recused, with the decision about those whom the program found named.
fn recusals(cx: &Cx, actor: &Actor, data: &CaseData) -> AnyView {
    if data.recusals.is_empty() {
        return ().into_any();
    }
    let decides = Verb::DecideRecusal.offered(actor, &data.case);
    let items = data.recusals.iter().map(|r| recusal(cx, data, r, decides)).collect_view();
    view! { <dt>{cx.t("cases.recusal")}</dt><dd>{items}</dd> }.into_any()
}

fn recusal(cx: &Cx, data: &CaseData, recusal: &Recusal, decides: bool) -> AnyView {
    let who = recusal.staff_name.clone().or_else(|| recusal.department_name.clone()).unwrap_or_default();
    let reason = match recusal.state {
        RecusalState::Provisional => cx.t("cases.recusal.named").into_owned(),
        _ => recusal.reason.clone(),
    };
    let button = |decision: &'static str, class: &'static str| {
        view! {
            <button class=class type="submit" name="decision" value=decision>{cx.word("cases.recusal.decision", decision)}</button>
        }
    };
    let decision = decides.then(|| {
        let id = recusal.id.to_string();
        let confirm = (recusal.state != RecusalState::Confirmed).then(|| button("confirm", "button small"));
        let lift = (recusal.state != RecusalState::Lifted).then(|| button("lift", "button small quiet"));
        view! {
            <form method="post" action=target(&data.case.number, Verb::DecideRecusal)>
                {hidden_fields(cx, data, Verb::DecideRecusal)}
                {field::hidden("recusal", id)}
                {confirm}" "{lift}
            </form>
        }
    });
    view! {
        <p><b>{who}</b>" "<span class="pill">{cx.word("cases.recusal.state", recusal.state.code())}</span>
            <small>{reason}</small></p>
        {decision}
    }
    .into_any()
}

fn recuse_dialog(cx: &Cx, data: &CaseData, state: &FormState) -> AnyView {
    let mut options = vec![(String::new(), cx.t("cases.recusal.choose").into_owned())];
    options.extend(data.departments.iter().map(|d| (format!("department:{}", d.id), d.name.clone())));
    options.extend(data.staff.iter().map(|s| (format!("staff:{}", s.id), s.display_name.clone())));
    let reason = Line { kind: "", autocomplete: "", max: LONGEST, required: true, hint: "" };
    let send = cx.word("cases.verb", Verb::Recuse.code()).into_owned();
    let question = Question { verb: Verb::Recuse, look: "button small quiet", foot: "button main", send };
    question.view(cx, data, state, |kept| {
        view! {
            <p class="hint">{cx.t("cases.recusal.hint")}</p>
            {field::select(cx, kept, "who", "cases.recusal.who", &options, true)}
            {field::text_area(cx, kept, "recuse_reason", "cases.reason", reason)}
        }
        .into_any()
    })
}

/// Who looked at what: the last time of each person.
fn seen_by(cx: &Cx, data: &CaseData) -> AnyView {
    let reads = ["case.read", "attachment.read", "case.identity_opened"];
    let mut last: Vec<(String, &str, chrono::DateTime<chrono::Utc>)> = Vec::new();
    for row in &data.seen_by {
        let Some(what) = reads.iter().find(|r| **r == row.action) else { continue };
        let who = row.actor_name.clone().unwrap_or_default();
        if last.iter().all(|(name, seen, _)| *name != who || seen != what) {
            last.push((who, what, row.at));
        }
    }
    if last.is_empty() {
        return ().into_any();
    }
    let items = last
        .into_iter()
        .map(|(who, what, at)| {
            let what = cx.word("cases.seen", what);
            view! { <li class="event"><time datetime=time::machine(at)>{time::moment(cx, at)}</time><span>{who}" · "{what}</span></li> }
        })
        .collect_view();
    view! { <details class="fold"><summary>{cx.t("cases.seen_by")}</summary><ul class="events">{items}</ul></details> }
        .into_any()
}
