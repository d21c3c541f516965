//! Submissions and receipts.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    attachments::model::StoredFile,
    cases::model::{Identity, Lane, Person},
    forms::model::Answers,
    kernel::{
        ids::{FormVersionId, SubmissionId},
        tracking_code::TrackingCode,
    },
    organizations::model::Topic,
};

/// The version of the notice on data that the form shows; counted up when its words change.
pub const NOTICE_VERSION: i64 = 1;

/// What came in, checked, before it is stored.
#[derive(Clone, Debug)]
pub struct NewSubmission {
    /// The key of the form instance.
    pub idempotency_key: String,
    /// The version of the form that was answered.
    pub form_version_id: FormVersionId,
    /// Who it is.
    pub person: Person,
    /// How they want to appear.
    pub identity: Identity,
    /// What it is about.
    pub topic: Topic,
    /// What happened.
    pub body: String,
    /// Answers to the form's own questions, in its order.
    pub answers: Answers,
    /// Who to reach; never kept on the anonymous path.
    pub contact: Option<Contact>,
    /// The queue.
    pub lane: Lane,
    /// Cleaned files, on disk already.
    pub files: Vec<StoredFile>,
}

/// How to reach somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// The name.
    pub name: String,
    /// A telephone number, an address, whatever they gave.
    pub contact: String,
}

/// What a sender gets.
#[derive(Clone, Debug)]
pub struct Receipt {
    /// The public number.
    pub case_number: String,
    /// The secret.
    pub tracking_code: TrackingCode,
    /// When the first answer is due.
    pub due_at: DateTime<Utc>,
    /// When the office tells whether it is accepted.
    pub acceptance_by: DateTime<Utc>,
    /// When it came (the hour, for anonymous people).
    pub received_at: DateTime<Utc>,
    /// The queue: danger shows the emergency numbers again.
    pub lane: Lane,
}

/// A submission as the office reads it.
#[derive(Clone, Debug)]
pub struct SubmissionView {
    /// The id.
    pub id: SubmissionId,
    /// What happened.
    pub body: String,
    /// Label and answer of each question that was answered.
    pub answers: Vec<(String, String)>,
    /// Who it is.
    pub person: Person,
    /// How they want to appear.
    pub identity: Identity,
    /// When it came (the hour, for anonymous people).
    pub received_at: DateTime<Utc>,
    /// Who to reach; for the named only.
    pub contact: Option<Contact>,
    /// Whether there is a sealed identity that could be opened.
    pub has_sealed: bool,
}
