//! Publishing and reading forms.

use crate::{
    db::Conn,
    error::{Error, Result},
    forms::{
        model::{Definition, FormVersion},
        store,
    },
    http::App,
    kernel::ids::{FormId, FormVersionId, OrganizationId},
};

/// Makes a form with its first version, in the caller's transaction.
///
/// # Errors
/// The database's.
pub async fn create(
    app: &App,
    c: &mut Conn,
    org: OrganizationId,
    title: &str,
    definition: Definition,
) -> Result<FormVersion> {
    let now = app.now();
    let form_id = FormId::new(now, &*app.random);
    store::insert_form(c, org, form_id, title, now).await?;
    let version = FormVersion { id: FormVersionId::new(now, &*app.random), form_id, number: 1, definition };
    store::insert_version(c, &version, now).await?;
    Ok(version)
}

/// Publishes the next version of a form, in the caller's transaction. The caller has made sure that the form is the
/// organisation's own.
///
/// # Errors
/// `NotFound` when there is no such form; the database's.
pub async fn publish(app: &App, c: &mut Conn, form_id: FormId, definition: Definition) -> Result<FormVersion> {
    let now = app.now();
    let number = live_version(c, form_id).await?.number + 1;
    let version = FormVersion { id: FormVersionId::new(now, &*app.random), form_id, number, definition };
    store::insert_version(c, &version, now).await?;
    Ok(version)
}

/// The newest version of a form.
///
/// # Errors
/// `NotFound` when the form has none.
pub async fn live_version(c: &mut Conn, form: FormId) -> Result<FormVersion> {
    store::live_version(c, form).await?.ok_or(Error::NotFound)
}

/// A version, when it belongs to this form.
///
/// # Errors
/// The database's.
pub async fn version_of(c: &mut Conn, form: FormId, id: FormVersionId) -> Result<Option<FormVersion>> {
    Ok(store::version(c, id).await?.filter(|v| v.form_id == form))
}

/// A version that a submission answered.
///
/// # Errors
/// `NotFound` when there is none.
pub async fn version(c: &mut Conn, id: FormVersionId) -> Result<FormVersion> {
    store::version(c, id).await?.ok_or(Error::NotFound)
}

/// The forms of an organisation: id and title.
///
/// # Errors
/// The database's.
pub async fn list(c: &mut Conn, org: OrganizationId) -> Result<Vec<(FormId, String)>> {
    Ok(store::forms(c, org).await?)
}
