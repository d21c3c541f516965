//! Identifiers: UUID version 7, one type a table, so that ids of different things can't be mixed up.
//!
//! The time inside an id is the clock's, so a row whose time is coarse (anonymous submissions) gets an id from the
//! same coarse time: an id never tells more than the row.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::kernel::random::Random;

/// A new version 7 id from the given time and randomness.
pub fn new_uuid(at: DateTime<Utc>, random: &dyn Random) -> Uuid {
    let mut bytes = [0u8; 10];
    random.fill(&mut bytes);
    let millis = u64::try_from(at.timestamp_millis()).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid()
}

/// Declares an id type over [`Uuid`].
#[macro_export]
macro_rules! id_type {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, ::serde::Serialize, ::serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub ::uuid::Uuid);

        impl $name {
            /// A new id from the given time and randomness.
            pub fn new(at: ::chrono::DateTime<::chrono::Utc>, random: &dyn $crate::kernel::random::Random) -> Self {
                Self($crate::kernel::ids::new_uuid(at, random))
            }

            /// Reads an id from a form field or an address; `None` when it is not one.
            pub fn parse(text: &str) -> Option<Self> {
                ::uuid::Uuid::parse_str(text).ok().map(Self)
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                self.0.simple().fmt(f)
            }
        }

        impl<DB: ::sqlx::Database> ::sqlx::Type<DB> for $name where ::uuid::Uuid: ::sqlx::Type<DB> {
            fn type_info() -> DB::TypeInfo { <::uuid::Uuid as ::sqlx::Type<DB>>::type_info() }
            fn compatible(ty: &DB::TypeInfo) -> bool { <::uuid::Uuid as ::sqlx::Type<DB>>::compatible(ty) }
        }

        impl<'q, DB: ::sqlx::Database> ::sqlx::Encode<'q, DB> for $name where ::uuid::Uuid: ::sqlx::Encode<'q, DB> {
            fn encode_by_ref(&self, buf: &mut DB::ArgumentBuffer)
                -> Result<::sqlx::encode::IsNull, ::sqlx::error::BoxDynError> {
                <::uuid::Uuid as ::sqlx::Encode<'q, DB>>::encode_by_ref(&self.0, buf)
            }
        }

        impl<'r, DB: ::sqlx::Database> ::sqlx::Decode<'r, DB> for $name where ::uuid::Uuid: ::sqlx::Decode<'r, DB> {
            fn decode(value: DB::ValueRef<'r>) -> Result<Self, ::sqlx::error::BoxDynError> {
                <::uuid::Uuid as ::sqlx::Decode<'r, DB>>::decode(value).map(Self)
            }
        }
    };
}

id_type!(/// An organisation 单位, the tenant.
    OrganizationId);
id_type!(/// A department 处室.
    DepartmentId);
id_type!(/// A person with an account.
    StaffId);
id_type!(/// A topic 类别.
    TopicId);
id_type!(/// A signed-in browser.
    SessionId);
id_type!(/// A one-time invitation.
    InvitationId);
id_type!(/// A form 表单.
    FormId);
id_type!(/// A frozen version of a form.
    FormVersionId);
id_type!(/// An access point 受理点.
    AccessPointId);
id_type!(/// A submission 来件.
    SubmissionId);
id_type!(/// A cleaned photo or PDF.
    AttachmentId);
id_type!(/// A case 件.
    CaseId);

impl CaseId {
    /// The place of the case in the order in which cases came, as a number that both databases can sort and search by:
    /// the milliseconds of the id and the first 20 bits of its randomness. Two cases of one coarse hour can meet in it
    /// (once in a million); the later one gets another id then.
    pub const fn arrival(self) -> i64 {
        let bits = self.0.as_u128();
        let (millis, random_a, random_b) = (bits >> 80, (bits >> 64) & 0xFFF, (bits >> 54) & 0xFF);
        // 43 bits of milliseconds last until the year 2248.
        ((millis << 20 | random_a << 8 | random_b) & 0x7FFF_FFFF_FFFF_FFFF) as i64
    }

    /// What no case that came in the hour of `at` or later has less than: ids tell the hour alone.
    pub const fn first_arrival(at: DateTime<Utc>) -> i64 {
        (at.timestamp() / 3600 * 3_600_000) << 20
    }
}
id_type!(/// An event in the life of a case.
    EventId);
id_type!(/// An assignment 交办.
    AssignmentId);
id_type!(/// What an assisting department contributed 协办意见.
    ContributionId);
id_type!(/// An outward reply 答复.
    ReplyId);
id_type!(/// An internal note 内部备注.
    NoteId);
id_type!(/// A message between the submitter and the office.
    MessageId);
id_type!(/// A callback 回访.
    CallbackId);
id_type!(/// An objection of a department 退单.
    ObjectionId);
id_type!(/// A wish for more time 延期.
    ExtensionId);
id_type!(/// A time that a case was merged into another one 并件.
    MergeId);
id_type!(/// A letter by which a case went to another body 转办.
    TransferId);
id_type!(/// A recusal 回避.
    RecusalId);
id_type!(/// A wish to open a sealed identity.
    IdentityRequestId);
id_type!(/// A look that one person took alone because of danger 紧急查看.
    GlassBreakId);
id_type!(/// A legal hold 保全.
    LegalHoldId);
id_type!(/// A wish to erase 删除.
    ErasureRequestId);
id_type!(/// A mandatory report 强制报告.
    MandatoryReportId);
id_type!(/// An opening of a wooden box 开箱.
    OpeningId);
id_type!(/// A questionnaire 问卷.
    QuestionnaireId);
id_type!(/// An open letter 一封信.
    LetterId);
id_type!(/// A suggestion 建议 that replies to a letter make.
    SuggestionId);
id_type!(/// An appointment of a representative 聘任.
    AppointmentId);
id_type!(/// A draw of cases to look at again 抽取.
    DrawId);
id_type!(/// A second look at an answered case 回头看.
    RecheckId);
id_type!(/// A rectification 整改.
    RectificationId);
id_type!(/// A step in the life of a rectification.
    RectificationStepId);
id_type!(/// A photo of a rectification.
    RectificationPhotoId);
id_type!(/// A look at the paper of an access point.
    SightingId);
id_type!(/// A call on the hotline, a visit at the desk.
    CallId);
id_type!(/// A call or visit that is being taken down.
    DraftId);
id_type!(/// A call-back that somebody was promised.
    TaskId);
id_type!(/// What a colleague is to do about a case.
    CaseTaskId);
id_type!(/// A response 答卷.
    ResponseId);
id_type!(/// A photo of a response.
    ResponseFileId);
id_type!(/// A supervision order 督办单.
    SupervisionOrderId);
id_type!(/// An item for the next meeting.
    AgendaItemId);
id_type!(/// A job of the runner.
    JobId);
id_type!(/// A notice waiting to be sent.
    OutboxId);
id_type!(/// A robot or webhook by which an organisation hears of news.
    NoticeChannelId);
id_type!(/// A submitter's wish to hear of an answer by e-mail.
    SubmitterMailId);
id_type!(/// A message to somebody outside the pages, on its way or settled.
    DeliveryId);
id_type!(/// A photo that was accepted before its form was.
    StagedFileId);
id_type!(/// A checklist 检查表.
    ChecklistId);
id_type!(/// A visit by checklist 巡查.
    VisitId);
id_type!(/// What was found on a visit 发现问题.
    FindingId);
id_type!(/// A class that patrols look at 班级.
    PatrolClassId);
id_type!(/// A version of the routing matrix 分派表.
    RoutingVersionId);
id_type!(/// A row of the routing matrix.
    RoutingRowId);
id_type!(/// A decision about where a case goes.
    RoutingDecisionId);
id_type!(/// A try to call somebody back 回访.
    CallbackTryId);
id_type!(/// A callback that was handed to a representative.
    HandoverId);
id_type!(/// A school term 学期.
    TermId);
id_type!(/// A report of a term or a year.
    TermReportId);
id_type!(/// A word that an organisation puts on cases 标签.
    TagId);
id_type!(/// Something that was done to many cases at once 批量.
    BulkRunId);
id_type!(/// A text that is written again and again 回复模板.
    TemplateId);
id_type!(/// A list that somebody comes back to 常用视图.
    SavedViewId);
id_type!(/// Steps that are always taken together 组合操作.
    MacroId);
