//! Who may see which case: decided here, and nowhere else.
//!
//! Every statement that reads cases for a member of staff (list, search, counts, export, one case, its attachments)
//! has [`Scope::condition`] in its `WHERE` and the three values of [`Scope`] as `$1`, `$2`, `$3`. So they can't differ,
//! and for a person who is recused everything is as in a world without the case (promise 12).
//!
//! | Role | Sees |
//! |---|---|
//! | office 文明办 | the ordinary queue and what is held |
//! | leader 校领导 | the ordinary queue |
//! | handler, department head | of the ordinary queue, what their department has: in the lead, or by an open assignment |
//! | safeguarding lead 保密员 | danger cases alone (未成年人保护法 §11) |
//! | everybody else | nothing |
//!
//! Somebody can always act (promise 7; 未成年人保护法 §11). When nobody of the office can see an ordinary case, because all of
//! them are recused or there is nobody, the leaders stand in for it, and after them the safeguarding leads; for a danger
//! case without a safeguarding lead it is the leaders, and after them the office. Who stands in has the rights of the
//! office in this case ([`Side::of`](crate::cases::model::Side::of)).
//!
//! A safeguarding lead can let somebody of the office, a leader, a head or a handler look at one case of the lane
//! ([`safeguarding`](crate::cases::safeguarding)): they read it, and do nothing with it.
//!
//! Whoever sees: never another organisation's case (promise 14), and never one from which the person or the person's
//! department is recused 回避, from the moment somebody proposes it (信访工作条例 §28, §30).

use crate::{
    accounts::model::Actor,
    cases::{
        model::Case,
        store::visible::{by_id, by_number, by_number_locked},
    },
    db::Conn,
    error::{Error, Result},
    kernel::{
        case_number,
        ids::{CaseId, DepartmentId, OrganizationId, StaffId},
        roles::Role,
    },
};

/// What a person may see: a condition and the values it needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scope {
    /// `$1`: the organisation.
    pub organization: OrganizationId,
    /// `$2`: the person.
    pub staff: StaffId,
    /// `$3`: the person's department.
    pub department: Option<DepartmentId>,
    /// The role, for what else depends on it.
    pub role: Role,
}

/// What holds for everybody, before what the role adds.
macro_rules! visible {
    ($of_the_role:expr) => {
        concat!(
            "c.organization_id = $1 AND ",
            $of_the_role,
            " AND NOT EXISTS (SELECT 1 FROM recusals r WHERE r.case_id = c.id AND r.state <> 'lifted'",
            " AND (r.staff_id = $2 OR r.department_id = $3))"
        )
    };
}

/// Nobody of this role can sign in and see the case `c`.
macro_rules! nobody {
    ($role:literal) => {
        concat!(
            "NOT EXISTS (SELECT 1 FROM staff p WHERE p.organization_id = c.organization_id AND p.role = '",
            $role,
            "' AND p.disabled_at IS NULL AND p.password_hash IS NOT NULL AND NOT EXISTS (SELECT 1 FROM recusals q ",
            "WHERE q.case_id = c.id AND q.state <> 'lifted' AND (q.staff_id = p.id OR q.department_id = p.department_id)))"
        )
    };
}

/// Leaders stand in for the office, or for the safeguarding lead.
macro_rules! leaders_stand_in {
    () => {
        concat!(
            "(c.lane = 'safeguarding' AND ",
            nobody!("safeguarding_lead"),
            " OR c.lane <> 'safeguarding' AND ",
            nobody!("office"),
            ")"
        )
    };
}

/// The safeguarding lead lets this person see the case `c`.
macro_rules! guest {
    () => {
        "(c.lane = 'safeguarding' AND EXISTS (SELECT 1 FROM lane_guests g WHERE g.case_id = c.id AND g.staff_id = $2 \
         AND g.ended_at IS NULL))"
    };
}

/// The office stands in for safeguarding leads when no leader can.
macro_rules! office_stands_in {
    () => {
        concat!("(c.lane = 'safeguarding' AND ", nobody!("safeguarding_lead"), " AND ", nobody!("leader"), ")")
    };
}

/// The safeguarding leads stand in for the office when no leader can.
macro_rules! leads_stand_in {
    () => {
        concat!("(c.lane <> 'safeguarding' AND ", nobody!("office"), " AND ", nobody!("leader"), ")")
    };
}

impl Scope {
    /// "This person stands in for the office in the case `c`"; `None` for roles that never do.
    pub const fn stand_in(&self) -> Option<&'static str> {
        match self.role {
            Role::Office => Some(office_stands_in!()),
            Role::Leader => Some(leaders_stand_in!()),
            Role::SafeguardingLead => Some(leads_stand_in!()),
            _ => None,
        }
    }

    /// The scope of a signed-in person.
    pub const fn of(actor: &Actor) -> Self {
        Self {
            organization: actor.organization_id,
            staff: actor.staff_id,
            department: actor.department_id,
            role: actor.role,
        }
    }

    /// "The case `c` is visible", with `$1` the organisation, `$2` the person, `$3` the department.
    pub const fn condition(&self) -> &'static str {
        match self.role {
            Role::Office => {
                visible!(concat!("(c.lane IN ('ordinary', 'held') OR ", office_stands_in!(), " OR ", guest!(), ")"))
            }
            Role::Leader => {
                visible!(concat!("(c.lane = 'ordinary' OR ", leaders_stand_in!(), " OR ", guest!(), ")"))
            }
            Role::SafeguardingLead => visible!(concat!("(c.lane = 'safeguarding' OR ", leads_stand_in!(), ")")),
            Role::Handler | Role::DepartmentHead => visible!(concat!(
                "(c.lane = 'ordinary' AND (c.department_id = $3 OR EXISTS (SELECT 1 FROM assignments a \
                 WHERE a.case_id = c.id AND a.department_id = $3 AND a.ended_at IS NULL)) OR ",
                guest!(),
                ")"
            )),
            Role::HotlineOperator | Role::Auditor | Role::Admin | Role::Representative | Role::StudentInspector => {
                visible!("c.lane = ''")
            }
        }
    }
}

impl Scope {
    /// "The case `c` can take what one more person says of the same matter", for those who take it down: open, in the
    /// ordinary queue, and not one from which they are recused. Operators see nothing of a case but that it is there.
    pub const fn joinable(&self) -> &'static str {
        match self.role {
            Role::Office | Role::HotlineOperator => visible!(
                "c.lane = 'ordinary' AND c.state IN ('received', 'assigned', 'in_progress', 'review', 'reopened')"
            ),
            _ => visible!("c.lane = ''"),
        }
    }
}

impl Scope {
    /// "Of the case `c`, of the ordinary queue, the person may know that its submitter is to be called back": who sees the
    /// case; and of sealed ones the safeguarding lead, who alone may open the number. The case does not come with it.
    pub const fn callable(&self) -> &'static str {
        match self.role {
            Role::SafeguardingLead => {
                visible!(concat!("c.lane = 'ordinary' AND (c.identity = 'sealed' OR ", leads_stand_in!(), ")"))
            }
            _ => self.condition(),
        }
    }
}

/// The case of a number, for reading.
///
/// # Errors
/// `NotFound` when there is none, or this person may not know of it: both look the same (promise 13).
pub async fn case_for(c: &mut Conn, actor: &Actor, number: &str) -> Result<Case> {
    let number = case_number::parse(number).ok_or(Error::NotFound)?;
    by_number(c, &Scope::of(actor), &number).await?.ok_or(Error::NotFound)
}

/// The case of a number, for changing it: nobody else changes it before this transaction ends.
///
/// # Errors
/// `NotFound` as for [`case_for`].
pub async fn case_to_change(tx: &mut Conn, actor: &Actor, number: &str) -> Result<Case> {
    let number = case_number::parse(number).ok_or(Error::NotFound)?;
    by_number_locked(tx, &Scope::of(actor), &number).await?.ok_or(Error::NotFound)
}

/// The case of an id: for attachments and notices, which know the id.
///
/// # Errors
/// `NotFound` as for [`case_for`].
pub async fn case_of_id(c: &mut Conn, actor: &Actor, id: CaseId) -> Result<Case> {
    by_id(c, &Scope::of(actor), id).await?.ok_or(Error::NotFound)
}
