//! What people of the staff may do with a case: by their side of it, and by its state.
//!
//! | Side | Verbs |
//! |---|---|
//! | office (in the safeguarding lane: the safeguarding lead) | assign, ask to assist, end that, decline, transfer, release, rule on an objection, decide on more time, send back, let out, close, reopen, pause, resume, message, note, give a task, tag, split, merge, part, recuse, decide on a recusal, set and lift a legal hold |
//! | department (own cases) | start, object, ask for more time, pause, resume, draft, hand in, note, give a task, tag |
//! | assisting department 协办 | contribute, note, give a task: what goes out goes out through the lead (首接负责) |
//! | leader | press, give a task, decide on more time, decide on a recusal (the office's own people may be the ones named), set and lift a legal hold |

use crate::{
    accounts::model::Actor,
    cases::model::{Case, Lane, State},
    kernel::roles::Role,
};

crate::code_enum! {
    /// A verb; its code word is the last part of its address.
    pub enum Verb {
        /// Accept and send to a department.
        Assign = "assign",
        /// Ask a department to assist the one that has it 协办.
        Assist = "assist",
        /// Contribute to what another department answers 协办意见.
        Contribute = "contribute",
        /// Release an assisting department.
        EndAssist = "end-assist",
        /// Decline, with a reason.
        Decline = "decline",
        /// Give to another body 转办, with a reason.
        Transfer = "transfer",
        /// Take from the hold queue.
        Release = "release",
        /// Begin.
        Start = "start",
        /// Object: "not ours" 退单.
        Object = "object",
        /// Rule on an objection.
        Rule = "rule",
        /// Ask for more time 延期.
        AskExtension = "ask-extension",
        /// Grant or refuse more time.
        DecideExtension = "decide-extension",
        /// Write at the answer.
        Draft = "draft",
        /// Hand the answer in.
        HandIn = "hand-in",
        /// Send the answer back.
        SendBack = "send-back",
        /// Let the answer out.
        LetOut = "let-out",
        /// Close.
        Close = "close",
        /// Reopen.
        Reopen = "reopen",
        /// Write to the submitter.
        Message = "message",
        /// Write for colleagues.
        Note = "note",
        /// Give a colleague something to do about it.
        Task = "task",
        /// Put words on it, or take them off 标签.
        Tag = "tag",
        /// Recuse a person or a department.
        Recuse = "recuse",
        /// Confirm or lift a recusal.
        DecideRecusal = "recusal",
        /// Take one of several matters from it as a case of its own 分案.
        Split = "split",
        /// Merge other cases into this one 并件.
        Merge = "merge",
        /// Part it from its lead.
        Unmerge = "unmerge",
        /// Put it under legal hold 保全.
        LegalHold = "legal-hold",
        /// Lift the hold.
        LiftHold = "lift-hold",
        /// Press 催办.
        Press = "press",
        /// Let the clocks stand still 暂停: the submitter has to say something first.
        Pause = "pause",
        /// Let them go on.
        Resume = "resume",
    }
}

/// On which side of a case somebody stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The office; in the safeguarding lane, the safeguarding lead.
    Office,
    /// The department that has it.
    Department,
    /// A department that assists it.
    Assisting,
    /// The leaders.
    Leader,
}

impl Side {
    /// The side of a person who may see the case; `None` when they may only look.
    pub fn of(actor: &Actor, case: &Case) -> Option<Self> {
        if case.stood_in_for {
            return Some(Self::Office);
        }
        let safeguarding = case.lane == Lane::Safeguarding;
        match actor.role {
            Role::Office if !safeguarding => Some(Self::Office),
            Role::SafeguardingLead if safeguarding => Some(Self::Office),
            Role::Leader if !safeguarding => Some(Self::Leader),
            Role::Handler | Role::DepartmentHead => {
                let leads = case.department_id.is_some() && case.department_id == actor.department_id;
                match (safeguarding, leads, case.assisted) {
                    (false, true, _) => Some(Self::Department),
                    (false, false, true) => Some(Self::Assisting),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// Whether a verb belongs to this side.
    pub const fn has(self, verb: Verb) -> bool {
        match self {
            Self::Office => !matches!(
                verb,
                Verb::Start
                    | Verb::Object
                    | Verb::AskExtension
                    | Verb::Draft
                    | Verb::HandIn
                    | Verb::Contribute
                    | Verb::Press
            ),
            Self::Department => matches!(
                verb,
                Verb::Start
                    | Verb::Object
                    | Verb::AskExtension
                    | Verb::Draft
                    | Verb::HandIn
                    | Verb::Note
                    | Verb::Task
                    | Verb::Tag
                    | Verb::Pause
                    | Verb::Resume
            ),
            Self::Assisting => matches!(verb, Verb::Contribute | Verb::Note | Verb::Task),
            Self::Leader => matches!(
                verb,
                Verb::Press
                    | Verb::DecideExtension
                    | Verb::DecideRecusal
                    | Verb::Task
                    | Verb::LegalHold
                    | Verb::LiftHold
            ),
        }
    }
}

impl Verb {
    /// Whether a case can take it now.
    pub fn possible(self, case: &Case) -> bool {
        let state = case.state;
        if case.erased_at.is_some() {
            return false;
        }
        if case.lane == Lane::Held {
            return matches!(self, Self::Release | Self::Note | Self::Recuse | Self::DecideRecusal)
                || (self == Self::Decline && state.decline().is_ok());
        }
        match self {
            // The safeguarding lane stays with the safeguarding lead: a department would see it.
            Self::Assign => case.lane == Lane::Ordinary && state.assign().is_ok(),
            Self::Assist => {
                case.lane == Lane::Ordinary
                    && case.department_id.is_some()
                    && matches!(state, State::Assigned | State::InProgress | State::Review)
            }
            Self::Contribute | Self::EndAssist => case.lane == Lane::Ordinary && state.is_open(),
            Self::Decline => state.decline().is_ok(),
            // Danger is reported to the authorities, not passed on (未成年人保护法 §11).
            Self::Transfer => case.lane == Lane::Ordinary && state.transfer().is_ok(),
            Self::Release => false,
            Self::Start => state.start().is_ok(),
            Self::Object => state.object().is_ok(),
            Self::Rule => state == State::Returned,
            Self::AskExtension => matches!(state, State::Assigned | State::InProgress) && case.paused_until.is_none(),
            Self::Pause => {
                case.lane == Lane::Ordinary
                    && matches!(state, State::Assigned | State::InProgress)
                    && case.paused_until.is_none()
            }
            Self::Resume => case.paused_until.is_some(),
            Self::DecideExtension => case.department_id.is_some() && state.is_open(),
            Self::Draft | Self::HandIn => state.hand_in().is_ok(),
            Self::SendBack => state.send_back().is_ok(),
            Self::LetOut => state.let_out().is_ok(),
            Self::Close => state.close().is_ok(),
            Self::Reopen => state.reopen().is_ok(),
            Self::Message => !matches!(state, State::Withdrawn | State::Merged),
            Self::Note | Self::Task | Self::Tag | Self::LegalHold | Self::LiftHold => true,
            // While it is merged, who may not see it may not see its lead: that is decided there.
            Self::Recuse | Self::DecideRecusal => state != State::Merged,
            Self::Split => state.is_open(),
            Self::Merge => state.merge().is_ok(),
            Self::Unmerge => state == State::Merged,
            Self::Press => state.is_open(),
        }
    }

    /// Whether this person may do it with this case now; the person may see the case.
    pub fn offered(self, actor: &Actor, case: &Case) -> bool {
        Side::of(actor, case).is_some_and(|side| side.has(self)) && self.possible(case)
    }
}
