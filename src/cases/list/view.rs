//! The ready-made views of the list.

use crate::kernel::roles::Role;

crate::code_enum! {
    /// A view: a question that people come to the desk with.
    #[derive(Default)]
    pub enum View {
        /// What is going on.
        #[default]
        Open = "open",
        /// What this person is the next to act on.
        Mine = "mine",
        /// What just came: to the office, or to the department.
        New = "new",
        /// What must be done before tomorrow ends.
        DueSoon = "due_soon",
        /// What should have been done already.
        Overdue = "overdue",
        /// Answers that wait for the office.
        Review = "review",
        /// What was answered and not yet closed.
        Answered = "answered",
        /// Everything, the newest first.
        All = "all",
    }
}

/// What is going on.
pub(super) const OPEN: &str = "c.state IN ('received', 'assigned', 'in_progress', 'returned', 'review', 'reopened')";
/// Open, and the promise to the submitter has passed, with `$4` now.
pub(super) const LATE: &str =
    "c.state IN ('received', 'assigned', 'in_progress', 'returned', 'review', 'reopened') AND c.promised_at < $4";
const DUE_SOON: &str = "c.state IN ('received', 'assigned', 'in_progress', 'returned', 'review', 'reopened') AND c.due_at >= $4 AND c.due_at < $5";
const OVERDUE: &str =
    "c.state IN ('received', 'assigned', 'in_progress', 'returned', 'review', 'reopened') AND c.due_at < $4";

impl View {
    /// The views that make sense for a role, in the order of the navigation.
    pub const fn of(role: Role) -> &'static [Self] {
        match role {
            Role::Leader => &[Self::Open, Self::Overdue, Self::DueSoon, Self::Answered, Self::All],
            _ => Self::ALL,
        }
    }

    /// The condition, with `$2` the person, `$4` now, `$5` the end of "soon". None for everything.
    pub const fn condition(self, role: Role) -> Option<&'static str> {
        Some(match (self, role) {
            (Self::Open, _) => OPEN,
            (Self::Mine, Role::Handler) => {
                "(c.state = 'assigned' OR c.state = 'in_progress' AND (c.handler_id = $2 OR c.handler_id IS NULL))"
            }
            (Self::Mine, Role::DepartmentHead) => "c.state IN ('assigned', 'in_progress')",
            (Self::Mine, _) => {
                "(c.state IN ('received', 'reopened', 'returned', 'review') OR c.state IN ('assigned', 'in_progress') AND EXISTS
                  (SELECT 1 FROM extensions e WHERE e.case_id = c.id AND e.decision = 'pending'))"
            }
            (Self::New, Role::Handler | Role::DepartmentHead) => "c.state = 'assigned'",
            (Self::New, _) => "c.state IN ('received', 'reopened')",
            (Self::DueSoon, _) => DUE_SOON,
            (Self::Overdue, _) => OVERDUE,
            (Self::Review, _) => "c.state = 'review'",
            (Self::Answered, _) => "c.state = 'answered'",
            (Self::All, _) => return None,
        })
    }

    /// Whether the newest come first: what is finished is looked up by when it came, what is open by when it is due.
    pub const fn newest_first(self) -> bool {
        matches!(self, Self::Answered | Self::All)
    }
}

/// "Should have been done already", with `$4` now.
pub const fn overdue() -> &'static str {
    OVERDUE
}
