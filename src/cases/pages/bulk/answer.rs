//! The text of an answer for many: from a template, and what each of the chosen cases would read.

use leptos::prelude::*;

use crate::{
    accounts::model::Actor,
    cases::{fill, form::LONGEST, model::Outcome, pages::bulk::Asking},
    error::Result,
    http::{Cx, Req},
    kernel::ids::TemplateId,
    templates::{self, model::fill as fill_in, model::unknown},
    ui::{
        FormState,
        field::{self, Line},
    },
};

/// What was typed, with the chosen template behind it when one was asked for. Nothing is sent.
pub async fn looked(req: &Req, actor: &Actor) -> Result<FormState> {
    let mut state = FormState::of(req.form.clone());
    if req.form.text("look") == "fill" {
        let offered = templates::actions::offered(&mut req.app.db.read().await?, actor).await?;
        let id = TemplateId::parse(req.form.text("template"));
        match offered.into_iter().find(|t| Some(t.id) == id) {
            Some(template) => {
                let typed = req.form.text("reply").trim_end();
                let all = if typed.is_empty() { template.body } else { format!("{typed}\n\n{}", template.body) };
                state.values.set("reply", all);
            }
            None => state.error("template", "templates.error.gone"),
        }
    }
    Ok(state)
}

/// The fields.
pub fn fields(cx: &Cx, asking: &Asking, state: &FormState) -> AnyView {
    let chosen = state.values.text("template");
    let options = asking
        .templates
        .iter()
        .map(|t| {
            let (value, title) = (t.id.to_string(), t.title.clone());
            let selected = value == chosen;
            view! { <option value=value selected=selected>{title}</option> }
        })
        .collect_view();
    let pick = (!asking.templates.is_empty()).then(|| {
        view! {
            <p class="template-pick">
                <select name="template" id=field::field_id("template") aria-label=cx.t("templates.label")>
                    <option value="">{cx.t("templates.choose")}</option>{options}
                </select>
                <button class="button small" type="submit" name="look" value="fill" formnovalidate>{cx.t("templates.use")}</button>
            </p>
        }
    });
    let mut outcomes = vec![(String::new(), cx.t("cases.outcome.none").into_owned())];
    outcomes
        .extend(Outcome::ALL.iter().map(|o| (o.code().to_string(), cx.word("cases.outcome", o.code()).into_owned())));
    let text = Line { kind: "", autocomplete: "", max: LONGEST, required: true, hint: "bulk.answer_hint" };
    view! {
        {pick}
        {field::text_area(cx, state, "reply", "cases.reply.tab", text)}
        {templates::variables(cx)}
        {field::select(cx, state, "outcome", "cases.outcome.label", &outcomes, false)}
        <p><button class="button quiet small" type="submit" name="look" value="each" formnovalidate>{cx.t("bulk.look")}</button></p>
        {looks(cx, asking, state)}
    }
    .into_any()
}

/// What each of the chosen would read.
fn looks(cx: &Cx, asking: &Asking, state: &FormState) -> Option<AnyView> {
    let (body, asked) = (state.values.text("reply").trim(), state.values.text("look") == "each");
    (!body.is_empty() && unknown(body).is_empty()).then(|| {
        let items = asking
            .cases
            .iter()
            .filter(|(_, why, picked)| why.is_none() && *picked)
            .enumerate()
            .map(|(i, (case, ..))| {
                let facts = fill::facts(case, &asking.organization, &asking.topics, &asking.departments, cx.now);
                let (text, number) = (fill_in(body, &facts).text, case.number.clone());
                view! { <details class="fold" open=i == 0><summary>{number}</summary><blockquote class="quote">{text}</blockquote></details> }
            })
            .collect_view();
        view! { <section aria-label=cx.t("bulk.looks") tabindex="-1" autofocus=asked><p class="label">{cx.t("bulk.looks")}</p>{items}</section> }.into_any()
    })
}
