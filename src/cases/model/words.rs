//! Code words of what happens to cases and of what is written about them.

crate::code_enum! {
    /// What happened to a case.
    pub enum EventKind {
        /// It came in.
        Received = "received",
        /// Somebody else spoke of the same matter: a further submission of the case.
        Joined = "joined",
        /// The office took it from the hold queue.
        Released = "released",
        /// The office accepted it.
        Accepted = "accepted",
        /// The office declined it, with a reason.
        Declined = "declined",
        /// It was sent to a department.
        Assigned = "assigned",
        /// The department began.
        Started = "started",
        /// A draft of the answer was handed in.
        Submitted = "submitted",
        /// The office sent the draft back.
        SentBack = "sent_back",
        /// The answer went out.
        Answered = "answered",
        /// The submitter judged the answer.
        Rated = "rated",
        /// It was closed.
        Closed = "closed",
        /// It was reopened.
        Reopened = "reopened",
        /// The submitter withdrew it.
        Withdrawn = "withdrawn",
        /// The submitter urged.
        Urged = "urged",
        /// A leader pressed.
        Pressed = "pressed",
        /// The submitter wrote.
        MessageIn = "message_in",
        /// The office wrote to the submitter.
        MessageOut = "message_out",
        /// Somebody or a department was recused.
        Recused = "recused",
        /// A recusal was lifted.
        RecusalLifted = "recusal_lifted",
        /// Danger was reported to the authorities (未成年人保护法 §11).
        ReportMade = "report_made",
        /// It was decided that no mandatory report is due.
        ReportNotNeeded = "report_not_needed",
        /// The safeguarding lead opened the sealed identity, with a reason.
        IdentityOpened = "identity_opened",
    }
}

crate::code_enum! {
    /// Where an outward reply stands.
    pub enum ReplyState {
        /// Being written.
        Draft = "draft",
        /// Waits for the office.
        Review = "review",
        /// Sent back to the department.
        Returned = "returned",
        /// Out.
        Sent = "sent",
        /// Left behind when the case went elsewhere.
        Dropped = "dropped",
    }
}

crate::code_enum! {
    /// What became of a suggestion 建议 (信访工作条例 §29).
    pub enum Outcome {
        /// 采纳.
        Adopted = "adopted",
        /// 部分采纳.
        Partly = "partly",
        /// 未采纳.
        NotAdopted = "not_adopted",
    }
}

crate::code_enum! {
    /// Whether somebody must not see a case.
    pub enum RecusalState {
        /// Named in the text: holds at once, until the office decides.
        Provisional = "provisional",
        /// The office decided that it holds.
        Confirmed = "confirmed",
        /// The office decided that it does not.
        Lifted = "lifted",
    }
}

impl EventKind {
    /// Whether the submitter sees that it happened.
    pub const fn is_outward(self) -> bool {
        !matches!(
            self,
            Self::Released
                | Self::Joined
                | Self::Submitted
                | Self::SentBack
                | Self::Pressed
                | Self::Recused
                | Self::RecusalLifted
                | Self::ReportMade
                | Self::ReportNotNeeded
                | Self::IdentityOpened
        )
    }

    /// Whether the submitter reads its reason too.
    pub const fn has_outward_reason(self) -> bool {
        matches!(self, Self::Declined)
    }
}
