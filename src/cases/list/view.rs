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

/// Open.
macro_rules! open {
    () => {
        "c.state IN ('received', 'assigned', 'in_progress', 'returned', 'review', 'reopened')"
    };
}

/// The department assists in the case `c`, has not contributed yet, and its own limit is as said.
macro_rules! assists {
    ($limit:literal) => {
        concat!(
            "EXISTS (SELECT 1 FROM assignments a WHERE a.case_id = c.id AND a.department_id = $3 AND a.kind = 'assist'",
            " AND a.ended_at IS NULL AND a.done_at IS NULL",
            $limit,
            ")"
        )
    };
}

/// What somebody of a department is asked about a limit: of what it leads, the case's; of what it assists in, its own.
macro_rules! of_department {
    ($cases:literal, $orders:literal) => {
        concat!(
            open!(),
            " AND ((c.department_id IS NULL OR c.department_id = $3)",
            $cases,
            " OR ",
            assists!($orders),
            ")"
        )
    };
}

/// What is going on.
pub(super) const OPEN: &str = open!();
/// Open or answered: the states of the index `cases_going_on`, in its own words, by which SQLite knows that it serves.
pub const GOING_ON: &str =
    "c.state IN ('received', 'assigned', 'in_progress', 'returned', 'review', 'reopened', 'answered')";
/// Open, and the promise to the submitter has passed, with `$4` now.
pub(super) const LATE: &str =
    "c.state IN ('received', 'assigned', 'in_progress', 'returned', 'review', 'reopened') AND c.promised_at < $4";
const DUE_SOON: &str = concat!(open!(), " AND c.due_at >= $4 AND c.due_at < $5");
const OVERDUE: &str = concat!(open!(), " AND c.due_at < $4");
const OWN_DUE_SOON: &str =
    of_department!(" AND c.due_at >= $4 AND c.due_at < $5", " AND a.due_at >= $4 AND a.due_at < $5");
const OWN_OVERDUE: &str = of_department!(" AND c.due_at < $4", " AND a.due_at < $4");
/// Due on the days from `$18` until `$19`.
const DUE_ON: &str = "c.due_at >= $18 AND c.due_at < $19";
const OWN_DUE_ON: &str =
    of_department!(" AND c.due_at >= $18 AND c.due_at < $19", " AND a.due_at >= $18 AND a.due_at < $19");

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
            (Self::Mine, Role::Handler) => concat!(
                "(c.department_id = $3 AND (c.state = 'assigned' OR c.state = 'in_progress' AND (c.handler_id = $2 \
                 OR c.handler_id IS NULL)) OR ",
                open!(),
                " AND ",
                assists!(""),
                ")"
            ),
            (Self::Mine, Role::DepartmentHead) => concat!(
                "(c.department_id = $3 AND c.state IN ('assigned', 'in_progress') OR ",
                open!(),
                " AND ",
                assists!(""),
                ")"
            ),
            (Self::Mine, _) => {
                "(c.state IN ('received', 'reopened', 'returned', 'review') OR c.state IN ('assigned', 'in_progress') AND EXISTS
                  (SELECT 1 FROM extensions e WHERE e.case_id = c.id AND e.decision = 'pending'))"
            }
            (Self::New, Role::Handler | Role::DepartmentHead) => {
                concat!("(c.department_id = $3 AND c.state = 'assigned' OR ", open!(), " AND ", assists!(""), ")")
            }
            (Self::New, _) => "c.state IN ('received', 'reopened')",
            (Self::DueSoon, Role::Handler | Role::DepartmentHead) => OWN_DUE_SOON,
            (Self::DueSoon, _) => DUE_SOON,
            (Self::Overdue, role) => overdue(role),
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
pub const fn overdue(role: Role) -> &'static str {
    match role {
        Role::Handler | Role::DepartmentHead => OWN_OVERDUE,
        _ => OVERDUE,
    }
}

/// "Is due on these days", with `$18` their beginning, `$19` their end.
pub const fn due_on(role: Role) -> &'static str {
    match role {
        Role::Handler | Role::DepartmentHead => OWN_DUE_ON,
        _ => DUE_ON,
    }
}
