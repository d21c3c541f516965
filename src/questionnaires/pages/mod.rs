//! Pages of questionnaires: the public one, and those of the people who ask.

pub mod answer;
mod answer_view;
pub mod codes;
mod condition;
pub mod decide;
pub mod edit;
pub mod left;
pub mod list;
pub mod new;
mod overview;
pub mod preview;
pub mod question;
mod question_fields;
pub mod section;
pub mod words;

pub(super) use answer_view::lead;

use leptos::prelude::*;

use crate::{
    error::{Error, Result},
    forms,
    http::{Cx, Req},
    kernel::ids::QuestionnaireId,
    organizations::model::Organization,
    questionnaires::{
        actions,
        model::{Questionnaire, State, Window, edit::Taken},
    },
    ui::{FormState, back, field},
};

/// The questionnaire of the address.
async fn asked_for(req: &Req) -> Result<Questionnaire> {
    let id = QuestionnaireId::parse(req.param("id")).ok_or(Error::NotFound)?;
    actions::by_id(&mut req.app.db.read().await?, req.actor()?.organization_id, id).await
}

/// The keys that a new question may not have.
async fn taken(req: &Req, questionnaire: &Questionnaire) -> Result<Taken> {
    let versions = forms::actions::versions(&mut req.app.db.read().await?, questionnaire.form_id).await?;
    Ok(Taken::of(versions.iter().map(|v| &v.definition).chain([&questionnaire.draft])))
}

/// The version of the draft that the form was made from; none of ours when it is missing.
fn draft_version(req: &Req) -> i64 {
    req.form.text("draft_version").parse().unwrap_or(0)
}

/// The hidden fields of every form that changes the draft.
fn draft_token(cx: &Cx, questionnaire: &Questionnaire) -> AnyView {
    let version = questionnaire.draft_version.to_string();
    view! { {field::token(cx)}{field::hidden("draft_version", version)} }.into_any()
}

/// Saves a changed draft; when somebody else changed it meanwhile, says so in `state` and gives false.
async fn save(
    req: &Req,
    questionnaire: &Questionnaire,
    draft: &forms::model::Definition,
    state: &mut FormState,
) -> Result<bool> {
    match actions::save_draft(&req.app, &*req.actor()?, questionnaire.id, draft_version(req), draft).await {
        Ok(()) => Ok(true),
        Err(Error::Conflict) => {
            state.error("", "questionnaires.error.changed");
            Ok(false)
        }
        Err(other) => Err(other),
    }
}

/// Where in its life a questionnaire is, as a pill.
fn state_pill(cx: &Cx, state: State, window: Window) -> AnyView {
    let (class, key) = match (state, window) {
        (State::Draft, _) => ("pill soft", "questionnaires.state.draft"),
        (State::Open, Window::Open) => ("pill ok", "questionnaires.state.open"),
        (State::Open, Window::NotYet(_)) => ("pill warn", "questionnaires.state.not_yet"),
        _ => ("pill soft", "questionnaires.state.closed"),
    };
    view! { <span class=class>{cx.t(key)}</span> }.into_any()
}

/// The way back from a page of a questionnaire.
fn back(cx: &Cx, href: String, key: &'static str) -> AnyView {
    back::link(href, cx.t(key))
}

/// The foot of public pages: notice on data, other ways to say something, the office.
fn footer(cx: &Cx, org: &Organization) -> AnyView {
    let start = cx.href(&format!("/{}", org.slug));
    let (name, office) = (org.name.clone(), org.office_name.clone());
    view! {
        <footer class="footer">
            <p>
                <a href=cx.href("/privacy")>{cx.t("intake.footer.privacy")}</a>
                <a href=start>{cx.t("questionnaires.answer.start")}</a>
            </p>
            <p>{name}" "{office}</p>
        </footer>
    }
    .into_any()
}
