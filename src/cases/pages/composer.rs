//! What is written: outward (an answer, or a message) on one side, a note for colleagues on the other. The two look so
//! different that nobody takes one for the other.

use leptos::prelude::*;

use crate::{
    accounts::model::Actor,
    cases::{
        case_data::CaseData,
        form::LONGEST,
        model::{Outcome, Verb},
        pages::{
            case_page::{hidden_fields, kept},
            verbs::target,
        },
        second::Eyes,
    },
    http::Cx,
    kernel::ids::AttachmentId,
    ui::{
        FormState,
        field::{self, Line, field_id},
        icon,
    },
};

/// The outward form of a person: which verb it is.
fn outward(actor: &Actor, data: &CaseData) -> Option<Verb> {
    [Verb::HandIn, Verb::LetOut, Verb::Message].into_iter().find(|verb| verb.offered(actor, &data.case))
}

/// The composer; nothing for people who only look.
pub fn composer(cx: &Cx, actor: &Actor, data: &CaseData, state: &FormState) -> AnyView {
    let outward = outward(actor, data);
    let notes = Verb::Note.offered(actor, &data.case);
    if outward.is_none() && !notes {
        return ().into_any();
    }
    let asked = state.values.text("form");
    let note_first = notes && (outward.is_none_or(|v| v == Verb::Message) || asked == Verb::Note.code());
    let note_first = note_first && asked != Verb::Message.code();
    view! {
        <div class="composer" id="write">
            {outward.map(|_| view! {
                <input class="composer-pick to-reply" type="radio" name="composer" id="to-reply" checked=!note_first/>
            })}
            {notes.then(|| view! {
                <input class="composer-pick to-note" type="radio" name="composer" id="to-note" checked=note_first/>
            })}
            <div class="composer-tabs">
                {outward.map(|verb| view! {
                    <label class="tab-reply" for="to-reply" data-key="r">{icon::icon(icon::ENVELOPE)}{tab(cx, verb)}</label>
                })}
                {notes.then(|| view! {
                    <label class="tab-note" for="to-note" data-key="n">{icon::icon(icon::LOCK)}{cx.t("cases.note")}</label>
                })}
            </div>
            {outward.map(|verb| reply_form(cx, data, state, verb))}
            {notes.then(|| note_form(cx, data, state))}
        </div>
        {(outward == Some(Verb::LetOut) && Verb::Message.offered(actor, &data.case))
            .then(|| message_fold(cx, data, state))}
    }
    .into_any()
}

fn tab(cx: &Cx, verb: Verb) -> String {
    cx.t(if verb == Verb::Message { "cases.message.tab" } else { "cases.reply.tab" }).into_owned()
}

/// A bare text area under the head of a composer, with its error above it.
fn text(cx: &Cx, state: &FormState, name: &'static str, label: &'static str) -> AnyView {
    let id = field_id(name);
    let error = state.message(cx, name);
    let error_id = format!("{id}-error");
    let described = error.is_some().then(|| error_id.clone());
    let settings = Line { kind: "", autocomplete: "", max: LONGEST, required: true, hint: "" };
    let invalid = error.is_some();
    view! {
        <label class="visually-hidden" for=id.clone()>{cx.t(label)}</label>
        {error.map(|e| view! { <p class="error" id=error_id>{e}</p> })}
        {field::text_area_control(&id, name, state.values.text(name), settings, invalid, described)}
    }
    .into_any()
}

fn reply_form(cx: &Cx, data: &CaseData, state: &FormState, verb: Verb) -> AnyView {
    if verb == Verb::Message {
        return message_form(cx, data, state);
    }
    let mut state = kept(state, verb);
    if state.values.text("form").is_empty()
        && let Some(unsent) = data.unsent()
    {
        state.values.set("reply", unsent.body.clone());
        state.values.set("outcome", unsent.outcome.map_or("", Outcome::code));
    }
    let mut options = vec![(String::new(), cx.t("cases.outcome.none").into_owned())];
    options
        .extend(Outcome::ALL.iter().map(|o| (o.code().to_string(), cx.word("cases.outcome", o.code()).into_owned())));
    let who_reads = if verb == Verb::HandIn { "cases.reply.reviewed" } else { "cases.reply.at_once" };
    let eyes = data.eyes.as_ref().filter(|_| verb == Verb::LetOut);
    let press = match eyes {
        Some(eyes) if !matches!(eyes.asked, Some((false, _))) => cx.t("eyes.ask"),
        _ => cx.word("cases.verb", verb.code()),
    };
    let alone = eyes.is_some_and(|eyes| eyes.others.is_empty());
    let drafts = (verb == Verb::HandIn).then(|| {
        let to = target(&data.case.number, Verb::Draft);
        view! {
            <button class="button quiet start" type="submit" formaction=to>{cx.word("cases.verb", Verb::Draft.code())}</button>
        }
    });
    view! {
        <form class="composer-reply" method="post" action=target(&data.case.number, verb)>
            {hidden_fields(cx, data, verb)}
            {composer_head(cx, icon::ENVELOPE, "cases.reply.head", if eyes.is_some() { "eyes.head" } else { who_reads })}
            {eyes.map(|eyes| second_pair(cx, eyes))}
            {templates(cx, data, &state, "reply")}
            {text(cx, &state, "reply", "cases.reply.tab")}
            {copies(cx, data, &state)}
            <div class="composer-extra">{field::select(cx, &state, "outcome", "cases.outcome.label", &options, false)}</div>
            <p class="composer-foot">
                {drafts}
                {(!alone).then(|| view! { <button class="button main" type="submit">{press}</button> })}
            </p>
        </form>
    }
    .into_any()
}

/// The redacted copies that may go out with the answer; those that were chosen last stand chosen.
fn copies(cx: &Cx, data: &CaseData, state: &FormState) -> Option<AnyView> {
    let chosen: Vec<AttachmentId> = if state.values.text("form").is_empty() {
        let unsent = data.unsent().map(|r| r.id);
        data.reply_files.iter().filter(|(reply, _)| Some(*reply) == unsent).map(|(_, file)| *file).collect()
    } else {
        state.values.all("reply_file").filter_map(AttachmentId::parse).collect()
    };
    let items: Vec<AnyView> = data
        .copies()
        .map(|file| {
            let (id, checked) = (file.id.to_string(), chosen.contains(&file.id));
            let source = format!("/desk/cases/{}/files/{id}?inline=1", data.case.number);
            let name = cx.tf("redact.copy", &[("n", &file.position.to_string())]);
            view! {
                <label class="choice"><input type="checkbox" name="reply_file" value=id checked=checked/>
                    <span class="choice-body"><b>{name}</b><img class="copy-look" src=source alt="" loading="lazy"/></span></label>
            }
            .into_any()
        })
        .collect();
    (!items.is_empty()).then(|| {
        view! {
            <fieldset class="field composer-extra"><legend class="label">{cx.t("redact.with_reply")}</legend>
                <div class="choice-list">{items}</div></fieldset>
        }
        .into_any()
    })
}

/// Who else has to read an answer about people, and what to do when there is nobody.
fn second_pair(cx: &Cx, eyes: &Eyes) -> AnyView {
    let names = eyes.others.join("、");
    let words = match (&eyes.asked, eyes.others.is_empty()) {
        (_, true) => cx.t("eyes.nobody").into_owned(),
        (Some((true, _)), _) => cx.tf("eyes.waits", &[("names", &names)]),
        (Some((false, who)), _) => cx.tf("eyes.yours", &[("who", who)]),
        (None, _) => cx.tf("eyes.first", &[("names", &names)]),
    };
    view! { <p class="banner warn">{words}</p> }.into_any()
}

fn composer_head(cx: &Cx, picture: &'static str, title: &'static str, who_reads: &'static str) -> AnyView {
    view! {
        <p class="composer-head">{icon::icon(picture)}<span><b>{cx.t(title)}</b><small>{cx.t(who_reads)}</small></span></p>
    }
    .into_any()
}

fn message_form(cx: &Cx, data: &CaseData, state: &FormState) -> AnyView {
    let state = kept(state, Verb::Message);
    let count = data.all_submissions().count();
    let all = (count > 1).then(|| {
        view! { <p class="hint">{cx.tf("cases.message.all", &[("count", &count.to_string())])}</p> }
    });
    view! {
        <form class="composer-reply" method="post" action=target(&data.case.number, Verb::Message)>
            {hidden_fields(cx, data, Verb::Message)}
            {composer_head(cx, icon::ENVELOPE, "cases.message.head", "cases.message.who_reads")}
            {all}
            {templates(cx, data, &state, "message")}
            {text(cx, &state, "message", "cases.message.tab")}
            <p class="composer-foot">
                <button class="button main" type="submit">{cx.word("cases.verb", Verb::Message.code())}</button>
            </p>
        </form>
    }
    .into_any()
}

/// The choice of a template, which is filled into the text below without sending it; the focus goes there.
fn templates(cx: &Cx, data: &CaseData, state: &FormState, into: &str) -> Option<AnyView> {
    (!data.templates.is_empty()).then(|| {
        let chosen = state.values.text("template");
        let options = data
            .templates
            .iter()
            .map(|t| {
                let (value, title) = (t.id.to_string(), t.title.clone());
                let selected = value == chosen;
                view! { <option value=value selected=selected>{title}</option> }
            })
            .collect_view();
        let to = format!("/desk/cases/{}/template#{}", data.case.number, field_id(into));
        let error = state.message(cx, "template").map(|e| view! { <p class="error">{e}</p> });
        view! {
            {error}
            <p class="template-pick">
                <select name="template" aria-label=cx.t("templates.label")>
                    <option value="">{cx.t("templates.choose")}</option>{options}
                </select>
                <button class="button quiet small" type="submit" formaction=to formnovalidate>{cx.t("templates.use")}</button>
            </p>
        }
        .into_any()
    })
}

/// While an answer may go out, a question to the submitter is the rarer thing: folded away.
fn message_fold(cx: &Cx, data: &CaseData, state: &FormState) -> AnyView {
    let open = state.values.text("form") == Verb::Message.code();
    view! {
        <details class="fold composer" open=open>
            <summary>{cx.t("cases.message.fold")}</summary>
            {message_form(cx, data, state)}
        </details>
    }
    .into_any()
}

fn note_form(cx: &Cx, data: &CaseData, state: &FormState) -> AnyView {
    let state = kept(state, Verb::Note);
    view! {
        <form class="composer-note" method="post" action=target(&data.case.number, Verb::Note)>
            {hidden_fields(cx, data, Verb::Note)}
            {composer_head(cx, icon::LOCK, "cases.note.head", "cases.note.who_reads")}
            {text(cx, &state, "note", "cases.note")}
            <p class="hint composer-extra">{cx.t("todos.mention_hint")}</p>
            <p class="composer-foot">
                <button class="button note" type="submit">{cx.word("cases.verb", Verb::Note.code())}</button>
            </p>
        </form>
    }
    .into_any()
}
