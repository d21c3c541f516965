//! Code words of what happens to cases and of what is written about them.

crate::code_enum! {
    /// What happened to a case.
    pub enum EventKind {
        /// It came in.
        Received = "received",
        /// Somebody else spoke of the same matter: a further submission of the case.
        Joined = "joined",
        /// It was merged into another case 并件.
        Merged = "merged",
        /// It was parted from that case again.
        Unmerged = "unmerged",
        /// Other cases were merged into it.
        TookIn = "took_in",
        /// A case that was merged into it was parted from it.
        LetGo = "let_go",
        /// A part was taken from it, which is a case of its own 分案.
        SplitOff = "split_off",
        /// It was taken from another case.
        SplitFrom = "split_from",
        /// The office took it from the hold queue.
        Released = "released",
        /// The office accepted it.
        Accepted = "accepted",
        /// The office declined it, with a reason.
        Declined = "declined",
        /// It was given to another body, with a reason.
        Transferred = "transferred",
        /// It was sent to a department.
        Assigned = "assigned",
        /// The office chose another department than the one proposed, with a reason.
        RoutedOtherwise = "routed_otherwise",
        /// A department was asked to assist 协办.
        AssistAsked = "assist_asked",
        /// An assisting department contributed.
        AssistGiven = "assist_given",
        /// An assisting department was released.
        AssistEnded = "assist_ended",
        /// The time of an assisting department has passed.
        AssistOverdue = "assist_overdue",
        /// The department began.
        Started = "started",
        /// The department objected: "not ours" 退单.
        Objected = "objected",
        /// The office upheld the objection.
        ObjectionUpheld = "objection_upheld",
        /// The office overruled it: the department keeps the case.
        ObjectionOverruled = "objection_overruled",
        /// The department asked for more time 延期.
        ExtensionAsked = "extension_asked",
        /// It got more time; the submitter is told why and until when.
        Extended = "extended",
        /// It did not.
        ExtensionRefused = "extension_refused",
        /// Half of the time is gone; a notice, no event.
        DueHalf = "due_half",
        /// One working day is left; a notice, no event.
        DueSoon = "due_soon",
        /// The limit has passed.
        Overdue = "overdue",
        /// A supervision order was issued 督办.
        Supervised = "supervised",
        /// The department replied to an order; a notice, no event.
        SupervisionReplied = "supervision_replied",
        /// Its reply was judged; a notice, no event.
        SupervisionJudged = "supervision_judged",
        /// The next meeting deals with it.
        OnAgenda = "on_agenda",
        /// A draft of the answer was handed in.
        Submitted = "submitted",
        /// The answer waits for a second person of the office.
        SecondAsked = "second_asked",
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
        /// It was put under legal hold 保全.
        HoldSet = "hold_set",
        /// The hold was lifted.
        HoldLifted = "hold_lifted",
        /// Somebody wants it erased 删除.
        ErasureAsked = "erasure_asked",
        /// It was decided that it stays.
        ErasureRefused = "erasure_refused",
        /// What one of several people said was erased.
        PartErased = "part_erased",
        /// Its content was erased.
        Erased = "erased",
        /// A copy of what is stored was handed to the submitter.
        DataCopied = "data_copied",
        /// Danger was reported to the authorities (未成年人保护法 §11).
        ReportMade = "report_made",
        /// It was decided that no mandatory report is due.
        ReportNotNeeded = "report_not_needed",
        /// The safeguarding lead asks to open the sealed identity, with a reason.
        IdentityAsked = "identity_asked",
        /// A second person agreed.
        IdentityAgreed = "identity_agreed",
        /// A second person did not agree.
        IdentityRefused = "identity_refused",
        /// One person looked alone, because of danger 紧急查看.
        GlassBroken = "glass_broken",
        /// The safeguarding lead let somebody else see a case of their lane.
        GuestAdded = "guest_added",
        /// The safeguarding lead ended that.
        GuestEnded = "guest_ended",
        /// The safeguarding lead looked at the sealed identity, after a second person agreed.
        IdentityOpened = "identity_opened",
        /// A representative looked again 回头看 and found it as the answer says.
        RecheckFixed = "recheck_fixed",
        /// A representative looked again and found it otherwise.
        RecheckNotFixed = "recheck_not_fixed",
        /// A representative looked again and could not tell.
        RecheckUnclear = "recheck_unclear",
        /// Something is to be put in order 整改.
        RectificationSet = "rectification_set",
        /// What was to be put in order was reported done.
        RectificationDone = "rectification_done",
        /// What was to be put in order was a mistake.
        RectificationWithdrawn = "rectification_withdrawn",
        /// It stands still until the submitter says something.
        Paused = "paused",
        /// It goes on.
        Resumed = "resumed",
        /// Its limit was counted again, because the calendar changed.
        Recounted = "recounted",
        /// Words were put on it or taken off it 标签.
        Tagged = "tagged",
    }
}

crate::code_enum! {
    /// What became of a department's objection, or of its wish for more time.
    pub enum Decision {
        /// Nobody decided yet.
        Pending = "pending",
        /// The department was right, or got the time.
        Granted = "granted",
        /// It was not, or did not.
        Refused = "refused",
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
                | Self::RoutedOtherwise
                | Self::AssistAsked
                | Self::AssistGiven
                | Self::AssistEnded
                | Self::AssistOverdue
                | Self::Objected
                | Self::ObjectionUpheld
                | Self::ObjectionOverruled
                | Self::ExtensionAsked
                | Self::ExtensionRefused
                | Self::DueHalf
                | Self::DueSoon
                | Self::Overdue
                | Self::Supervised
                | Self::SupervisionReplied
                | Self::SupervisionJudged
                | Self::OnAgenda
                | Self::Joined
                | Self::TookIn
                | Self::LetGo
                | Self::Submitted
                | Self::SentBack
                | Self::SecondAsked
                | Self::Pressed
                | Self::Recused
                | Self::RecusalLifted
                | Self::ErasureAsked
                | Self::ErasureRefused
                | Self::PartErased
                | Self::Erased
                | Self::DataCopied
                | Self::HoldSet
                | Self::HoldLifted
                | Self::ReportMade
                | Self::ReportNotNeeded
                | Self::IdentityAsked
                | Self::IdentityAgreed
                | Self::IdentityRefused
                | Self::GlassBroken
                | Self::GuestAdded
                | Self::GuestEnded
                | Self::RecheckUnclear
                | Self::RectificationSet
                | Self::RectificationDone
                | Self::RectificationWithdrawn
                | Self::Recounted
                | Self::Tagged
        )
    }

    /// Whether the submitters of the cases that are merged into one see that it happened there: what the office and the
    /// departments do is done for all of them, what the other submitters do is not theirs to know.
    pub const fn concerns_all(self) -> bool {
        self.is_outward()
            && !matches!(
                self,
                Self::Received
                    | Self::Merged
                    | Self::Unmerged
                    | Self::MessageIn
                    | Self::Urged
                    | Self::Rated
                    | Self::Withdrawn
            )
    }

    /// Whether the submitter reads its reason too.
    pub const fn has_outward_reason(self) -> bool {
        matches!(self, Self::Declined | Self::Transferred | Self::Extended | Self::Paused)
    }
}
