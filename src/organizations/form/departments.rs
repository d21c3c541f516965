//! A department as it is typed.

use crate::{
    http::Form,
    kernel::ids::StaffId,
    organizations::form::{checked, number, required_name},
    ui::FormState,
};

/// A department as an administrator wants it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DepartmentInput {
    /// The name.
    pub name: String,
    /// The leader in charge.
    pub leader_id: Option<StaffId>,
    /// Its place in lists; at the end when it is new.
    pub position: Option<u16>,
    /// Whether it gets cases.
    pub in_use: bool,
}

/// Reads a department.
///
/// # Errors
/// The form with its errors.
pub fn department(values: Form) -> Result<DepartmentInput, FormState> {
    let mut state = FormState::of(values);
    let name = required_name(&mut state, "name");
    let leader = state.values.optional("leader_id").map(StaffId::parse);
    if leader == Some(None) {
        state.error("leader_id", "organizations.error.leader");
    }
    let position = state.values.has("position").then(|| number(&mut state, "position", 1, 999));
    let in_use = state.values.has("in_use");
    checked(state, DepartmentInput { name, leader_id: leader.flatten(), position, in_use })
}
