//! What is known of an attachment.

use crate::{
    attachments::Kind,
    kernel::ids::{AttachmentId, CaseId, MessageId, SubmissionId},
};

/// A cleaned file that lies in the folder of attachments already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredFile {
    /// What it is called there.
    pub sha256: [u8; 32],
    /// What it is: the end of its file name, `jpg`, `png`, `pdf` or `wav`.
    pub kind: String,
    /// Its size in bytes.
    pub size: i64,
}

/// A file of a case.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Attachment {
    /// The id.
    pub id: AttachmentId,
    /// The case.
    pub case_id: CaseId,
    /// The submission it came with.
    pub submission_id: Option<SubmissionId>,
    /// The message it came with; `None` with the submission, or when staff or a representative added it later.
    pub message_id: Option<MessageId>,
    /// The file of which this is a redacted copy 遮盖; only such copies go outward.
    pub redacted_of: Option<AttachmentId>,
    /// Its place among the files of the case, from 1.
    pub position: i64,
    /// `jpg`, `png` or `pdf`.
    pub kind: String,
    /// Its size in bytes.
    pub size: i64,
    /// What it is called in the folder.
    pub sha256: Vec<u8>,
}

impl Attachment {
    /// What it is; `None` for a word that this program did not write.
    pub fn kind(&self) -> Option<Kind> {
        [Kind::Jpeg, Kind::Png, Kind::Pdf, Kind::Wav].into_iter().find(|kind| kind.extension() == self.kind)
    }

    /// Whether it is a redacted copy.
    pub const fn is_copy(&self) -> bool {
        self.redacted_of.is_some()
    }

    /// Whether a browser may show it in the page of the case.
    pub fn is_picture(&self) -> bool {
        matches!(self.kind(), Some(Kind::Jpeg | Kind::Png))
    }
}
