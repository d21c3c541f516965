//! What other slices ask of intake: the submission of a case, a sealed identity.

use crate::{
    cases::model::Identity,
    db::Conn,
    error::{Error, Result},
    forms::{self, model::Answers},
    http::App,
    i18n::Lang,
    intake::{
        model::{Contact, SubmissionView},
        store,
    },
    kernel::ids::{CaseId, OrganizationId, SubmissionId},
};

/// The submissions of a case as its readers may see them. The caller has checked the right and logs the read.
///
/// # Errors
/// The database's.
pub async fn submissions_of_case(
    app: &App,
    c: &mut Conn,
    org: OrganizationId,
    case: CaseId,
    lang: Lang,
) -> Result<Vec<SubmissionView>> {
    let mut views = Vec::new();
    for row in store::of_case(c, org, case).await? {
        let version = forms::actions::version(c, row.form_version_id).await?;
        let given: Answers = serde_json::from_str(&row.answers).map_err(Error::internal)?;
        let answers = forms::view::in_words(&version.definition, &given, lang);
        let sealed = store::identity(c, row.id).await?;
        let contact = match (&sealed, row.identity) {
            (Some(bytes), Identity::Named) => Some(open_contact(app, row.id, bytes)?),
            _ => None,
        };
        views.push(SubmissionView {
            id: row.id,
            body: row.body,
            answers,
            person: row.person,
            identity: row.identity,
            received_at: row.received_at,
            contact,
            has_sealed: row.identity == Identity::Sealed && sealed.is_some(),
        });
    }
    Ok(views)
}

/// What was written in the submissions of a case, oldest first.
///
/// # Errors
/// The database's.
pub async fn bodies_of_case(c: &mut Conn, org: OrganizationId, case: CaseId) -> Result<Vec<String>> {
    Ok(store::of_case(c, org, case).await?.into_iter().map(|row| row.body).collect())
}

/// How many people speak of a case, and how many of them want to stay anonymous.
///
/// # Errors
/// The database's.
pub async fn voices(c: &mut Conn, case: CaseId) -> Result<store::Voices> {
    Ok(store::voices(c, case).await?)
}

/// The first submission of a case: the one that it was made of.
///
/// # Errors
/// `NotFound` when there is none.
pub async fn first_of_case(c: &mut Conn, org: OrganizationId, case: CaseId) -> Result<SubmissionId> {
    store::of_case(c, org, case).await?.first().map(|row| row.id).ok_or(Error::NotFound)
}

/// Opens a sealed identity. The caller has checked the right and logs it with the reason, in the same transaction.
///
/// # Errors
/// `NotFound` when there is none.
pub async fn open_sealed(app: &App, c: &mut Conn, id: SubmissionId) -> Result<Contact> {
    let sealed = store::identity(c, id).await?.ok_or(Error::NotFound)?;
    open_contact(app, id, &sealed)
}

fn open_contact(app: &App, id: SubmissionId, sealed: &[u8]) -> Result<Contact> {
    let plain = app.keys.open(sealed, id.0.as_bytes()).map_err(Error::internal)?;
    serde_json::from_slice(&plain).map_err(Error::internal)
}
