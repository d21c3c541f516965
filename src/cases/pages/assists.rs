//! The departments that assist 协办: what each was asked, until when, and what it contributed; the form of the one that
//! reads; and the way to release one.

use leptos::prelude::*;

use crate::{
    accounts::model::Actor,
    cases::{
        assist::Assist,
        case_data::CaseData,
        clocks::model::Standing,
        form::LONGEST,
        list::Due,
        model::{RecusalState, Verb},
        pages::{
            case_page::{hidden_fields, kept},
            verbs::target,
        },
    },
    http::Cx,
    ui::{
        FormState,
        field::{self, Line},
        time,
    },
};

const TEXT: Line = Line { kind: "", autocomplete: "", max: LONGEST, required: true, hint: "" };

/// Who assists, with what they contributed. Orders that ended without a word are left out.
pub fn section(cx: &Cx, actor: &Actor, data: &CaseData, state: &FormState) -> Option<AnyView> {
    let shown = data.assists.iter().filter(|a| a.order.ended_at.is_none() || !a.contributions.is_empty());
    let items: Vec<AnyView> = shown.map(|a| item(cx, actor, data, a)).collect();
    let form = Verb::Contribute.offered(actor, &data.case).then(|| contribution(cx, data, state));
    (!items.is_empty()).then(|| {
        view! {
            <section id="assists"><h2>{cx.t("assists.title")}</h2>
                <p class="hint">{cx.t("assists.lead_answers")}</p>
                <ul class="messages">{items}</ul>{form}
            </section>
        }
        .into_any()
    })
}

fn standing(cx: &Cx, assist: &Assist) -> (&'static str, String) {
    let due = assist.order.due_at;
    match (assist.order.done_at, assist.order.ended_at) {
        (Some(done), _) if done > due => ("pill late", cx.word("clocks.standing", Standing::Late.code()).into_owned()),
        (Some(_), _) => ("pill ok", cx.word("clocks.standing", Standing::Met.code()).into_owned()),
        (None, Some(_)) => ("pill soft", cx.t("assists.ended").into_owned()),
        (None, None) => (Due::of(due, cx.now).pill(), Due::words(due, cx)),
    }
}

fn item(cx: &Cx, actor: &Actor, data: &CaseData, assist: &Assist) -> AnyView {
    let (pill, word) = standing(cx, assist);
    let name = assist.order.department_name.clone();
    let until = cx.tf("cases.until", &[("when", &time::moment(cx, assist.order.due_at))]);
    let asked = (!assist.order.instruction.is_empty()).then(|| {
        let words = assist.order.instruction.clone();
        view! { <p class="hint">{cx.t("assists.asked")}"："{words}</p> }
    });
    let given = assist
        .contributions
        .iter()
        .map(|k| {
            let (who, when, body) = (k.author_name.clone(), time::moment(cx, k.created_at), k.body.clone());
            view! { <p class="text">{body}</p><p class="hint">{who}" · "{when}</p> }
        })
        .collect_view();
    let release = (assist.order.ended_at.is_none() && Verb::EndAssist.offered(actor, &data.case))
        .then(|| release(cx, data, assist));
    view! {
        <li class="message from-office">
            <span class="message-head"><b>{name}</b>" "<span class=pill>{word}</span>" "{until}</span>
            {asked}{given}{release}
        </li>
    }
    .into_any()
}

/// The department needs not assist any more.
fn release(cx: &Cx, data: &CaseData, assist: &Assist) -> AnyView {
    let verb = Verb::EndAssist;
    let words = cx.word("cases.verb", verb.code());
    let label = format!("{words} · {}", assist.order.department_name);
    view! {
        <form method="post" action=target(&data.case.number, verb)>
            {hidden_fields(cx, data, verb)}
            {field::hidden("department", assist.order.department_id.to_string())}
            <p class="button-row"><button class="button small quiet" type="submit" aria-label=label>{words}</button></p>
        </form>
    }
    .into_any()
}

/// What the reader's department contributes.
fn contribution(cx: &Cx, data: &CaseData, state: &FormState) -> AnyView {
    let state = kept(state, Verb::Contribute);
    let words = Line { hint: "assists.words_hint", ..TEXT };
    view! {
        <form class="card section" method="post" action=target(&data.case.number, Verb::Contribute)>
            {hidden_fields(cx, data, Verb::Contribute)}
            {field::text_area(cx, &state, "contribution", "assists.words", words)}
            <p><button class="button main" type="submit">{cx.word("cases.verb", Verb::Contribute.code())}</button></p>
        </form>
    }
    .into_any()
}

/// Which department is asked, for what, and until when.
pub fn assist_fields(cx: &Cx, data: &CaseData, state: &FormState) -> AnyView {
    let recused = |id| data.recusals.iter().any(|r| r.state != RecusalState::Lifted && r.department_id == Some(id));
    let busy = |id| data.assists.iter().any(|a| a.order.ended_at.is_none() && a.order.department_id == id);
    let mut options = vec![(String::new(), cx.t("cases.assign.choose").into_owned())];
    let free =
        data.departments.iter().filter(|d| data.case.department_id != Some(d.id) && !recused(d.id) && !busy(d.id));
    options.extend(free.map(|d| (d.id.to_string(), d.name.clone())));
    let day = Line { kind: "date", autocomplete: "", max: 0, required: false, hint: "assists.due_hint" };
    let what = Line { hint: "assists.instruction_hint", ..TEXT };
    view! {
        {field::select(cx, state, "assist_department", "assists.department", &options, true)}
        {field::line(cx, state, "assist_due_on", "assists.due_on", day)}
        {field::text_area(cx, state, "assist_instruction", "assists.instruction", Line { required: false, ..what })}
    }
    .into_any()
}
