//! Fields that the screen alone has: the topic that two letters find, the place, the recording.

use leptos::prelude::*;

use crate::{
    attachments::staged::Staged,
    hotline::{form::MAX_PLACE, pinyin},
    http::Cx,
    organizations::model::Topic,
    ui::{FormState, field},
};

/// The topic: a list, beside which scripts put a line to type into.
pub fn topic(cx: &Cx, state: &FormState, topics: &[Topic]) -> AnyView {
    let chosen = state.values.text("topic").to_string();
    let options = topics.iter().map(|t| {
        let (code, name, keys) = (t.code.clone(), t.label(cx.lang).to_string(), pinyin::keys_of(t));
        let selected = code == chosen;
        view! { <option value=code data-keys=keys selected=selected>{name}</option> }
    });
    view! {
        <div class="field combobox">
            <label class="label" for="f-topic" id="topic-label">{field::label_words(&cx.t("hotline.topic"))}</label>
            <p class="hint" id="topic-hint" hidden>{cx.t("hotline.topic.hint")}</p>
            <select id="f-topic" name="topic"><option value="">{cx.t("hotline.topic.none")}</option>{options.collect_view()}</select>
        </div>
    }
    .into_any()
}

/// The place that it is about: one of those that have an access point, or any other.
pub fn place(cx: &Cx, state: &FormState, places: &[String]) -> AnyView {
    let (value, error) = (state.values.text("place").to_string(), state.message(cx, "place"));
    let options = places.iter().map(|p| view! { <option value=p.clone()></option> }).collect_view();
    view! {
        <div class=if error.is_some() { "field has-error" } else { "field" }>
            <label class="label" for="f-place">{field::label_words(&cx.t("hotline.place"))}{field::optional(cx)}</label>
            {error.clone().map(|e| view! { <p class="error" id="f-place-error">{e}</p> })}
            <input id="f-place" name="place" type="text" value=value list="places" autocomplete="off"
                maxlength=MAX_PLACE.to_string() aria-invalid=error.is_some().then_some("true")
                aria-describedby=error.is_some().then_some("f-place-error")/>
            <datalist id="places">{options}</datalist>
        </div>
    }
    .into_any()
}

/// A recording of the call; one that was accepted before an error beside it stays.
pub fn recording(cx: &Cx, state: &FormState, kept: Option<&Staged>) -> AnyView {
    let error = state.message(cx, "recording");
    let kept = kept.map(|staged| {
        let token = staged.token.clone();
        view! {
            <div class="choice-list"><label class="choice">
                <input type="checkbox" name="staged_recording" value=token checked/>
                <span class="choice-body"><b>{cx.t("hotline.recording.kept")}</b></span>
            </label></div>
        }
    });
    view! {
        <div class=if error.is_some() { "field has-error" } else { "field" }>
            <label class="label" for="f-recording">{cx.t("hotline.recording")}{field::optional(cx)}</label>
            <p class="hint" id="f-recording-hint">{cx.t("hotline.recording.hint")}</p>
            {error.clone().map(|e| view! { <p class="error" id="f-recording-error">{e}</p> })}
            {kept}
            <input id="f-recording" name="recording" type="file" accept="audio/wav,audio/x-wav,.wav"
                aria-describedby=if error.is_some() { "f-recording-error f-recording-hint" } else { "f-recording-hint" }/>
        </div>
    }
    .into_any()
}
