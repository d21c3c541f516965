//! Findings by themselves: for what is put in order because of them.

use crate::{
    attachments::model::StoredFile,
    db::Conn,
    error::{Error, Result},
    forms::responses,
    http::App,
    kernel::ids::{CaseId, FindingId, OrganizationId},
    visits::{actions, model::Finding, rules, store},
};

/// A finding with what its visit says of it.
#[derive(Clone, Debug)]
pub struct Known {
    /// The finding.
    pub finding: Finding,
    /// Where.
    pub place: String,
    /// The code of its topic.
    pub topic: &'static str,
    /// The photo.
    pub photo: Option<StoredFile>,
}

/// A finding.
///
/// # Errors
/// `NotFound` when the organisation has no such finding.
pub async fn one(c: &mut Conn, org: OrganizationId, id: FindingId) -> Result<Known> {
    let finding = store::finding(c, org, id).await?.ok_or(Error::NotFound)?;
    known(c, org, finding).await
}

/// The first finding of a case; `None` for cases that came another way.
///
/// # Errors
/// The database's.
pub async fn of_case(c: &mut Conn, org: OrganizationId, case: CaseId) -> Result<Option<Known>> {
    match store::finding_of_case(c, org, case).await? {
        Some(finding) => Ok(Some(known(c, org, finding).await?)),
        None => Ok(None),
    }
}

/// Takes the words and the photo of a finding away that became a case, when the case is erased; what was judged stays. Gives
/// the files that lose a name by this.
///
/// # Errors
/// The database's.
pub async fn forget(app: &App, c: &mut Conn, org: OrganizationId, case: CaseId) -> Result<Vec<Vec<u8>>> {
    let mut files = Vec::new();
    for (response, item) in store::forget_findings(c, org, case).await? {
        let (words, photo) = (rules::comment_key(&item), rules::photo_key(&item));
        files.extend(responses::forget(app, c, org, response, &words, Some(&photo)).await?);
    }
    Ok(files)
}

async fn known(c: &mut Conn, org: OrganizationId, finding: Finding) -> Result<Known> {
    let visit = actions::by_id(c, org, finding.visit_id).await?;
    let photo = match finding.file_id {
        Some(id) => {
            let file = responses::file(c, visit.response_id, id).await?;
            let sha256 = <[u8; 32]>::try_from(file.sha256).map_err(|_| Error::internal("photo with a short hash"))?;
            Some(StoredFile { sha256, kind: file.kind, size: file.size })
        }
        None => None,
    };
    Ok(Known { finding, place: visit.place, topic: visit.area.topic(), photo })
}
