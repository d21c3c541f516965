//! The form as a page: one flow, usable before any script arrives.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::{
    access_points::model::AccessPoint,
    attachments::staged::Staged,
    cases::model::{Identity, Person},
    forms::{self, model::FormVersion},
    http::Cx,
    intake::{
        islands::server,
        pages::{emergency_numbers, footer, kept_files},
        rules::{MAX_BODY_CHARS, MAX_CONTACT_CHARS, MAX_FILES},
    },
    kernel::roles::Channel,
    organizations::model::{Organization, Topic},
    ui::{
        FormState, Page,
        field::{self, Line},
        icon,
        page::{self, Bundle},
        time,
    },
};

/// What the page shows.
pub struct FormPage<'a> {
    /// The organisation.
    pub org: &'a Organization,
    /// The access point.
    pub point: &'a AccessPoint,
    /// The form's version.
    pub version: &'a FormVersion,
    /// Topics to choose from.
    pub topics: &'a [Topic],
    /// What was typed and what is wrong with it.
    pub state: &'a FormState,
    /// Files that were accepted already.
    pub staged: &'a [Staged],
    /// Whether the browser should compute a proof of work.
    pub proof_wanted: bool,
    /// When an answer is due for what is sent now.
    pub answer_by: DateTime<Utc>,
}

/// The page.
pub fn view(cx: &Cx, p: &FormPage<'_>) -> Page {
    let place = match p.point.place.as_str() {
        "" => p.point.title.clone(),
        place if place == p.point.title => p.point.title.clone(),
        place => format!("{place} · {}", p.point.title),
    };
    let title = p.version.definition.title.get(cx.lang).to_string();
    let intro = p.version.definition.intro.get(cx.lang).to_string();
    let path = format!("/q/{}", p.point.code);
    let action = cx.href(&path);
    let promise = cx.tf("intake.lead", &[("office", &p.org.office_name), ("day", &time::day(cx, p.answer_by))]);
    let values = &p.state.values;
    let questions = forms::view::sections(cx, p.state, &p.version.definition, &[]);
    let summary = field::error_summary(cx, p.state);
    let body = view! {
        <main class="page" id="main">
            {page::masthead_of_form(cx, [&p.org.emblem, &p.org.name, &place], "intake", &path)}
            {summary}
            {server::queue(cx)}
            <form id="intake" method="post" enctype="multipart/form-data" action=action data-proof=p.proof_wanted.then_some("1")>
                <h1>{title.clone()}</h1>
                {(!intro.is_empty()).then(|| view! { <p class="lead">{intro}</p> })}
                <p class="lead">{promise}</p>
                {checklist(cx, p.point)}
                {field::hidden("idempotency_key", values.text("idempotency_key"))}
                {field::hidden("form_version", p.version.id.to_string())}
                <input type="hidden" name="proof" id="f-proof" value=""/>
                {people(cx, p.state)}
                {topics(cx, p)}
                {story(cx, p.state)}
                {photos(cx, p)}
                {questions}
                {identity(cx, p.state)}
                {contact(cx, p.state)}
                {danger(cx, values.has("danger"))}
                {notice(cx)}
                {server::local(cx)}
                <div class="bar"><div class="bar-inner">
                    <button class="button main" id="send" type="submit">{cx.t("intake.send")}</button>
                </div></div>
            </form>
        </main>
        {footer(cx, p.org)}
    };
    Page::public(format!("{title} · {}", p.org.name), body).with_islands(Bundle::Intake)
}

/// For those who walk by a checklist: the way to the one of this place. The page knows nobody; theirs asks who they are.
fn checklist(cx: &Cx, point: &AccessPoint) -> Option<AnyView> {
    let start = match point.channel {
        Channel::Representative => "/rep/start",
        Channel::Patrol => "/patrol",
        _ => return None,
    };
    let href = format!("{start}?place={}", point.code);
    let link =
        view! { <p class="button-row"><a class="button" id="checklist" href=href>{cx.t("intake.checklist")}</a></p> };
    Some(link.into_any())
}

fn people(cx: &Cx, state: &FormState) -> AnyView {
    let options: Vec<(String, String)> =
        Person::ALL.iter().map(|p| (p.code().to_string(), cx.word("intake.person", p.code()).into_owned())).collect();
    field::chips(cx, state, "role", "intake.you_are", &options, true)
}

fn topics(cx: &Cx, p: &FormPage<'_>) -> AnyView {
    let options: Vec<(String, String)> =
        p.topics.iter().map(|t| (t.code.clone(), t.label(cx.lang).to_string())).collect();
    field::chips(cx, p.state, "topic", "intake.about", &options, false)
}

fn story(cx: &Cx, state: &FormState) -> AnyView {
    let error = state.message(cx, "body");
    let settings = Line { required: true, ..Line::default() };
    let described = if error.is_some() { "f-body-error f-body-hint" } else { "f-body-hint" };
    let area = field::text_area_control(
        "f-body",
        "body",
        state.values.text("body"),
        settings,
        error.is_some(),
        Some(described.to_string()),
    );
    let max = MAX_BODY_CHARS.to_string();
    view! {
        <div class=if error.is_some() { "field has-error" } else { "field" }>
            <label class="label" for="f-body">{cx.t("intake.what")}</label>
            <p class="hint" id="f-body-hint">{cx.tf("intake.what.hint", &[("max", &max)])}</p>
            {error.clone().map(|e| view! { <p class="error" id="f-body-error">{e}</p> })}
            {area}
            <p class="field-foot">
                <span class="draft-state" id="draft-state" role="status"></span>
                <span class="counter" id="counter"></span>
            </p>
        </div>
    }
    .into_any()
}

fn photos(cx: &Cx, p: &FormPage<'_>) -> AnyView {
    let error = p.state.message(cx, "files");
    let max = MAX_FILES.to_string();
    view! {
        <div class=if error.is_some() { "field has-error" } else { "field" }>
            <p class="label" id="photos-label">{cx.t("intake.files")}
                <span class="optional">{cx.tf("intake.files.hint", &[("max", &max)])}</span></p>
            {error.clone().map(|e| view! { <p class="error" id="f-files-error">{e}</p> })}
            <div class=if p.staged.is_empty() { "" } else { "choice-list" } id="staged">{kept_files(cx, p.staged)}</div>
            <div class="photos" id="photos">
                <label class="photo-add" id="photo-add">
                    <input type="file" id="f-files" name="files" multiple aria-labelledby="photos-label"
                        accept="image/jpeg,image/png,image/webp,image/gif,image/heic,application/pdf"/>
                    <span>{icon::icon(icon::CAMERA)}{cx.t("intake.files.add")}</span>
                </label>
            </div>
        </div>
    }
    .into_any()
}

fn identity(cx: &Cx, state: &FormState) -> AnyView {
    let chosen = state.values.text("identity").to_string();
    let error = state.message(cx, "identity");
    let choices = Identity::ALL
        .iter()
        .enumerate()
        .map(|(i, identity)| {
            let code = identity.code();
            let id = (i == 0).then_some("f-identity");
            let text = cx.word("intake.identity", code);
            let hint = cx.word("intake.identity_hint", code);
            let checked = chosen == code;
            view! {
                <label class="choice">
                    <input type="radio" name="identity" id=id value=code checked=checked required/>
                    <span class="choice-body"><b>{text}</b><small>{hint}</small></span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class=if error.is_some() { "field has-error" } else { "field" }>
            <legend class="label">{cx.t("intake.appear")}</legend>
            {error.clone().map(|e| view! { <p class="error">{e}</p> })}
            <div class="choice-list">{choices}</div>
        </fieldset>
    }
    .into_any()
}

/// Name and contact, for the sealed and the named. Folded: the anonymous path has no personal field.
fn contact(cx: &Cx, state: &FormState) -> AnyView {
    let used =
        ["contact_name", "contact", "guardian"].iter().any(|f| state.values.has(f) || state.message(cx, f).is_some());
    let name = Line { autocomplete: "name", max: MAX_CONTACT_CHARS, ..Line::default() };
    let reach = Line { autocomplete: "tel", max: MAX_CONTACT_CHARS, hint: "intake.contact.hint", ..Line::default() };
    let guardian_error = state.message(cx, "guardian");
    let agreed = state.values.has("guardian");
    view! {
        <details class="fold" id="contact-part" open=used>
            <summary><span>{cx.t("intake.contact.fold")}<small>{cx.t("intake.contact.why")}</small></span></summary>
            {field::line(cx, state, "contact_name", "intake.contact.name", name)}
            {field::line(cx, state, "contact", "intake.contact", reach)}
            <div class=if guardian_error.is_some() { "field has-error" } else { "field" }>
                {guardian_error.clone().map(|e| view! { <p class="error">{e}</p> })}
                <div class="choice-list"><label class="choice">
                    <input type="checkbox" id="f-guardian" name="guardian" value="1" checked=agreed/>
                    <span class="choice-body"><b>{cx.t("intake.guardian")}</b><small>{cx.t("intake.guardian.hint")}</small></span>
                </label></div>
            </div>
        </details>
    }
    .into_any()
}

fn danger(cx: &Cx, chosen: bool) -> AnyView {
    view! {
        <details class="danger-fold" open=chosen>
            <summary class="danger-entry">
                <span><b>{cx.t("intake.danger.title")}</b><small>{cx.t("intake.danger.hint")}</small></span>
            </summary>
            <div class="danger-panel">
                <p>{cx.t("intake.danger.call")}</p>
                {emergency_numbers(cx)}
                <div class="choice-list field"><label class="choice">
                    <input type="checkbox" name="danger" value="1" checked=chosen/>
                    <span class="choice-body"><b>{cx.t("intake.danger.choose")}</b>
                    <small>{cx.t("intake.danger.choose.hint")}</small></span>
                </label></div>
            </div>
        </details>
    }
    .into_any()
}

/// The notice on data: short, true, versioned (`NOTICE_VERSION`).
fn notice(cx: &Cx) -> AnyView {
    view! {
        <div class="notice"><div>
            <p><b>{cx.t("intake.notice.title")}</b>" "{cx.t("intake.notice.text")}</p>
            <p><small>{cx.t("intake.notice.limits")}" "<a href=cx.href("/privacy")>{cx.t("intake.notice.more")}</a></small></p>
        </div></div>
    }
    .into_any()
}
