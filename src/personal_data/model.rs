//! Code words of wishes to erase.

crate::code_enum! {
    /// Who wants it.
    pub enum Source {
        /// The submitter, with the tracking code.
        Code = "code",
        /// The submitter by another way; the office took it down.
        Office = "office",
    }
}

crate::code_enum! {
    /// On which ground (PIPL §47).
    pub enum Basis {
        /// The consent is withdrawn 撤回同意.
        Consent = "consent",
        /// What it was for is reached, or can't be reached 目的已实现.
        Purpose = "purpose",
        /// It is kept against the law or the agreement 违法或违约处理.
        Unlawful = "unlawful",
        /// Another one, in words.
        Other = "other",
    }
}

crate::code_enum! {
    /// How it was seen who asks.
    pub enum Proof {
        /// By the tracking code.
        Code = "code",
        /// They came with a document 当面核验证件.
        Document = "document",
        /// They were called at the number that the case has 回拨核实.
        CalledBack = "called_back",
        /// In writing, signed 书面申请.
        Written = "written",
    }
}

/// What is erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Erased {
    /// Everything about a case.
    Case(uuid::Uuid),
    /// What one of several people said in a case.
    Submission(uuid::Uuid),
}
