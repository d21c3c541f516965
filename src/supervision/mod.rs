//! Supervision orders 督办单 and the ladder that raises them.
//!
//! A leader or the office presses a department in writing: a numbered order with a level, what it rests on, what is
//! demanded and until when, over one or several cases of that department. The department replies; who supervises judges
//! the reply. It can be printed in official form.
//!
//! The [`ladder`] climbs by itself: warnings before a limit, a flag after it, an order two working days later, an item for
//! the next meeting five working days later. Each rung fires once for each limit of a case, whatever restarts.

pub mod actions;
mod form;
pub mod ladder;
pub mod model;
mod pages;
mod store;

use crate::{
    http::{Access, Route},
    kernel::roles::Role,
};

/// Who supervises.
pub(crate) const SUPERVISORS: &[Role] = &[Role::Office, Role::Leader];
/// Who reads orders: who supervises, and the departments that got them.
pub(crate) const READERS: &[Role] = &[Role::Office, Role::Leader, Role::DepartmentHead, Role::Handler];
/// Who replies.
const DEPARTMENT: &[Role] = &[Role::DepartmentHead, Role::Handler];

/// Routes of this slice.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/desk/orders", Access::Roles(READERS), pages::list::list_page),
        Route::get("/desk/orders/new", Access::Roles(SUPERVISORS), pages::new::new_page),
        Route::post("/desk/orders", Access::Roles(SUPERVISORS), pages::new::issue),
        Route::get("/desk/orders/{id}", Access::Roles(READERS), pages::order::order_page),
        Route::get("/desk/orders/{id}/print", Access::Roles(READERS), pages::paper::print_page),
        Route::post("/desk/orders/{id}/reply", Access::Roles(DEPARTMENT), pages::order::reply),
        Route::post("/desk/orders/{id}/judge", Access::Roles(SUPERVISORS), pages::order::judge),
        Route::post("/desk/agenda/{id}", Access::Roles(SUPERVISORS), pages::list::dealt_with),
    ]
}
