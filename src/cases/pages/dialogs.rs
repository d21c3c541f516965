//! The actions at the head of the page: a button each, with a question before it where something must be said. Only what
//! this person may do now is there.

use leptos::prelude::*;

use crate::{
    accounts::model::Actor,
    cases::{
        case_data::CaseData,
        form::LONGEST,
        model::{RecusalState, State, Verb},
        pages::{
            assists::assist_fields,
            case_page::{hidden_fields, kept},
            macros,
            merged::unmerge_fields,
            transfers::transfer_fields,
            verbs::target,
        },
    },
    http::Cx,
    routing::words as routing,
    ui::{
        FormState,
        field::{self, Line},
        time,
    },
};

const TEXT: Line = Line { kind: "", autocomplete: "", max: LONGEST, required: true, hint: "" };
const OPTIONAL_TEXT: Line = Line { required: false, ..TEXT };

/// The actions of this person, the main one last.
pub fn actions(cx: &Cx, actor: &Actor, data: &CaseData, state: &FormState) -> AnyView {
    let offered = |verb: Verb| verb.offered(actor, &data.case);
    let ask = |verb, look, fields| offered(verb).then(|| dialog(cx, data, state, verb, look, fields));
    view! {
        {ask(Verb::Press, "button main", press_fields as Fields)}
        {ask(Verb::Decline, "button quiet", decline_fields)}
        {ask(Verb::Transfer, "button quiet", transfer_fields)}
        {ask(Verb::Assist, "button quiet", assist_fields)}
        {may_object(cx, data).then(|| ask(Verb::Object, "button quiet", object_fields))}
        {data.extension.is_none().then(|| ask(Verb::AskExtension, "button quiet", ask_extension_fields))}
        {data.extension.is_some().then(|| ask(Verb::DecideExtension, "button main", decide_extension_fields))}
        {data.lead.is_some().then(|| ask(Verb::Unmerge, "button quiet", unmerge_fields))}
        {ask(Verb::Rule, "button main", rule_fields)}
        {ask(Verb::Reopen, "button quiet", reopen_fields)}
        {ask(Verb::SendBack, "button quiet", send_back_fields)}
        {ask(Verb::Pause, "button quiet", pause_fields)}
        {macros::on_case(cx, data, offered(Verb::Note))}
        {offered(Verb::Resume).then(|| at_once(cx, data, Verb::Resume))}
        {offered(Verb::Release).then(|| at_once(cx, data, Verb::Release))}
        {offered(Verb::Start).then(|| at_once(cx, data, Verb::Start))}
        {close_action(cx, actor, data, state)}
        {ask(Verb::Assign, if data.extension.is_some() { "button quiet" } else { "button main" }, assign_fields)}
        {onward(cx, actor, data)}
    }
    .into_any()
}

/// The way down to what this person is asked to write, or to read before it goes out.
fn onward(cx: &Cx, actor: &Actor, data: &CaseData) -> Option<AnyView> {
    let ways = [
        (Verb::LetOut, "#write", "cases.to_draft"),
        (Verb::Contribute, "#assists", "assists.to"),
        (Verb::HandIn, "#write", "cases.to_reply"),
    ];
    // The office may answer earlier too; then there is no draft to read.
    let asked = |verb: Verb| verb != Verb::LetOut || data.case.state == State::Review;
    let (_, href, words) = ways.into_iter().find(|(verb, ..)| verb.offered(actor, &data.case) && asked(*verb))?;
    Some(view! { <a class="button main" href=href>{cx.t(words)}</a> }.into_any())
}

/// The fields of a question.
pub type Fields = fn(&Cx, &CaseData, &FormState) -> AnyView;

/// A button that asks before it acts.
pub fn dialog(cx: &Cx, data: &CaseData, state: &FormState, verb: Verb, look: &'static str, fields: Fields) -> AnyView {
    let foot = if matches!(verb, Verb::Decline) { "button danger" } else { "button main" };
    let question = Question { verb, look, foot, send: cx.word("cases.verb", verb.code()).into_owned() };
    question.view(cx, data, state, |kept| fields(cx, data, kept))
}

/// A question before a verb.
pub struct Question {
    /// The verb.
    pub verb: Verb,
    /// The class of the button that opens it.
    pub look: &'static str,
    /// The class of the button that acts.
    pub foot: &'static str,
    /// The words of the button that acts.
    pub send: String,
}

impl Question {
    /// The button with its question. It is open when what was typed into it was refused, and says why; when somebody else
    /// was faster it stays closed, for it may no longer be the question.
    pub fn view(
        self,
        cx: &Cx,
        data: &CaseData,
        state: &FormState,
        fields: impl FnOnce(&FormState) -> AnyView,
    ) -> AnyView {
        let kept = kept(state, self.verb);
        let open = !kept.values.text("form").is_empty() && !kept.errors.iter().any(|e| e.key == "error.conflict");
        let title = cx.word("cases.verb", self.verb.code()).into_owned();
        view! {
            <details class="dialog" open=open>
                <summary class=self.look data-key=key_of(self.verb)>{title.clone()}</summary>
                <form class="dialog-body" method="post" action=target(&data.case.number, self.verb)>
                    {hidden_fields(cx, data, self.verb)}
                    <h2>{title}</h2>
                    {open.then(|| field::error_summary_inside(cx, &kept))}
                    {fields(&kept)}
                    <p class="dialog-foot">
                        {field::cancel(cx, data.here())}
                        <button class=self.foot type="submit">{self.send}</button>
                    </p>
                </form>
            </details>
        }
        .into_any()
    }
}

/// The key that opens the question before a verb (`keyboard::sheet` lists them).
const fn key_of(verb: Verb) -> Option<&'static str> {
    match verb {
        Verb::Assign => Some("a"),
        Verb::Tag => Some("t"),
        Verb::Decline => Some("d"),
        Verb::SendBack => Some("b"),
        Verb::Rule => Some("b"),
        Verb::Close | Verb::Reopen | Verb::Press => Some("s"),
        _ => None,
    }
}

/// A button that acts.
fn at_once(cx: &Cx, data: &CaseData, verb: Verb) -> AnyView {
    view! {
        <form method="post" action=target(&data.case.number, verb)>
            {hidden_fields(cx, data, verb)}
            <button class="button main" type="submit" data-key="s">{cx.word("cases.verb", verb.code())}</button>
        </form>
    }
    .into_any()
}

/// Closing asks for the decision on the mandatory report in the safeguarding lane, and nothing elsewhere.
fn close_action(cx: &Cx, actor: &Actor, data: &CaseData, state: &FormState) -> Option<AnyView> {
    Verb::Close.offered(actor, &data.case).then(|| {
        if data.is_danger() {
            dialog(cx, data, state, Verb::Close, "button main", report_fields)
        } else {
            at_once(cx, data, Verb::Close)
        }
    })
}

fn assign_fields(cx: &Cx, data: &CaseData, state: &FormState) -> AnyView {
    let recused = |id| data.recusals.iter().any(|r| r.state != RecusalState::Lifted && r.department_id == Some(id));
    let mut options = vec![(String::new(), cx.t("cases.assign.choose").into_owned())];
    let departments = data.departments.iter().filter(|d| !recused(d.id));
    options.extend(departments.map(|d| (d.id.to_string(), d.name.clone())));
    let mut state = state.clone();
    if state.values.text("department").is_empty()
        && let Some(proposed) = data.proposal.department
    {
        state.values.set("department", proposed.to_string());
    }
    let why = routing::why(cx, &data.proposal, &data.departments, &data.topics);
    let otherwise = data.proposal.department.map(|_| {
        let reason = Line { hint: "cases.assign.otherwise_hint", ..OPTIONAL_TEXT };
        field::text_area(cx, &state, "otherwise", "cases.assign.otherwise", reason)
    });
    let day = Line { kind: "date", autocomplete: "", max: 0, required: false, hint: "cases.assign.due_hint" };
    view! {
        {why.map(|words| view! { <p class="hint proposal">{words}</p> })}
        {field::select(cx, &state, "department", "cases.assign.department", &options, true)}
        {otherwise}
        {field::line(cx, &state, "due_on", "cases.assign.due_on", day)}
        {field::text_area(cx, &state, "instruction", "cases.assign.instruction", OPTIONAL_TEXT)}
    }
    .into_any()
}

fn decline_fields(cx: &Cx, data: &CaseData, state: &FormState) -> AnyView {
    let reason = Line { hint: "cases.decline.hint", ..TEXT };
    view! {
        {field::text_area(cx, state, "decline_reason", "cases.reason", reason)}
        {data.is_danger().then(|| report_fields(cx, data, state))}
    }
    .into_any()
}

fn report_fields(cx: &Cx, _: &CaseData, state: &FormState) -> AnyView {
    let options = ["made", "not_needed"].map(|code| (code.to_string(), cx.word("cases.report", code).into_owned()));
    let basis = Line { hint: "cases.report.basis_hint", ..TEXT };
    view! {
        <p class="hint">{cx.t("cases.report.why")}</p>
        {field::hidden("asks_report", "1")}
        {field::chips(cx, state, "report", "cases.report.label", &options, true)}
        {field::text_area(cx, state, "basis", "cases.report.basis", basis)}
    }
    .into_any()
}

/// Whether the department is still in its time to object; the action checks it again.
fn may_object(cx: &Cx, data: &CaseData) -> bool {
    data.may_object_until.is_some_and(|until| cx.now <= until)
}

fn object_fields(cx: &Cx, data: &CaseData, state: &FormState) -> AnyView {
    let until = data.may_object_until.map(|at| cx.tf("cases.object.until", &[("when", &time::moment(cx, at))]));
    let reason = Line { hint: "cases.object.hint", ..TEXT };
    view! {
        {until.map(|words| view! { <p class="hint">{words}</p> })}
        {field::text_area(cx, state, "objection_reason", "cases.reason", reason)}
    }
    .into_any()
}

fn rule_fields(cx: &Cx, data: &CaseData, state: &FormState) -> AnyView {
    let options = ["granted", "refused"].map(|code| (code.to_string(), cx.word("cases.rule", code).into_owned()));
    let said = data.objection.as_ref().map(|o| o.reason.clone());
    view! {
        {said.map(|words| view! { <blockquote class="quote">{words}</blockquote> })}
        {field::chips(cx, state, "ruling", "cases.rule.label", &options, true)}
        {field::text_area(cx, state, "ruling_words", "cases.reason", Line { hint: "cases.rule.hint", ..TEXT })}
    }
    .into_any()
}

fn ask_extension_fields(cx: &Cx, data: &CaseData, state: &FormState) -> AnyView {
    let promised = cx.tf("cases.promised", &[("when", &time::moment(cx, data.case.promised_at))]);
    let day = Line { kind: "date", autocomplete: "", max: 0, required: true, hint: "cases.extend.hint" };
    view! {
        <p class="hint">{promised}</p>
        {field::line(cx, state, "until", "cases.extend.until", day)}
        {field::text_area(cx, state, "extension_reason", "cases.reason", TEXT)}
    }
    .into_any()
}

fn decide_extension_fields(cx: &Cx, data: &CaseData, state: &FormState) -> AnyView {
    let options = ["granted", "refused"].map(|code| (code.to_string(), cx.word("cases.extend", code).into_owned()));
    let mut state = state.clone();
    let wish = data.extension.as_ref().map(|e| {
        if state.values.text("form").is_empty() {
            state.values.set("extension_words", e.reason.clone());
        }
        let until = cx.tf("cases.extend.wish", &[("when", &time::moment(cx, e.due_at))]);
        let reason = e.reason.clone();
        view! { <blockquote class="quote"><b>{until}</b><br/>{reason}</blockquote> }
    });
    view! {
        {wish}
        {field::chips(cx, &state, "extension", "cases.extend.label", &options, true)}
        {field::text_area(cx, &state, "extension_words", "cases.reason", Line { hint: "cases.extend.words_hint", ..TEXT })}
    }
    .into_any()
}

fn reopen_fields(cx: &Cx, _: &CaseData, state: &FormState) -> AnyView {
    let reason = Line { hint: "cases.reopen.hint", ..TEXT };
    field::text_area(cx, state, "reopen_reason", "cases.reason", reason)
}

fn pause_fields(cx: &Cx, _: &CaseData, state: &FormState) -> AnyView {
    field::text_area(cx, state, "pause_reason", "clocks.pause.reason", Line { hint: "clocks.pause.hint", ..TEXT })
}

fn send_back_fields(cx: &Cx, _: &CaseData, state: &FormState) -> AnyView {
    field::text_area(cx, state, "comment", "cases.send_back.comment", TEXT)
}

fn press_fields(cx: &Cx, _: &CaseData, state: &FormState) -> AnyView {
    field::text_area(cx, state, "press_words", "cases.press.words", OPTIONAL_TEXT)
}
