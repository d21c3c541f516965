//! Organisations 单位, their departments 处室, topics 类别 and people.
//!
//! Everything that differs between schools is data here: names, texts, hours, calendar, limits. One installation serves
//! many organisations, sealed from each other (promise 14): every action takes the organisation from the actor.

pub mod actions;
pub mod departments;
pub mod form;
pub mod model;
pub mod pages;
pub mod settings;
pub mod staff;
pub mod store;
pub mod topics;

use crate::{
    http::{Access, Route},
    kernel::roles::Role,
};

const ADMIN: Access = Access::Roles(&[Role::Admin]);

/// Routes of the administrator's pages.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/admin", ADMIN, pages::settings::page),
        Route::post("/admin", ADMIN, pages::settings::save),
        Route::get("/admin/sign-in", ADMIN, pages::sign_in::page),
        Route::post("/admin/sign-in", ADMIN, pages::sign_in::save),
        Route::get("/admin/departments", ADMIN, pages::departments::page),
        Route::post("/admin/departments", ADMIN, pages::departments::create),
        Route::get("/admin/departments/{id}", ADMIN, pages::departments::edit_page),
        Route::post("/admin/departments/{id}", ADMIN, pages::departments::save),
        Route::get("/admin/topics", ADMIN, pages::topics::page),
        Route::post("/admin/topics", ADMIN, pages::topics::create),
        Route::get("/admin/topics/{id}", ADMIN, pages::topics::edit_page),
        Route::post("/admin/topics/{id}", ADMIN, pages::topics::save),
        Route::get("/admin/staff", ADMIN, pages::staff::page),
        Route::post("/admin/staff", ADMIN, pages::staff_new::create),
        Route::get("/admin/staff/new", ADMIN, pages::staff_new::page),
        Route::get("/admin/staff/{id}", ADMIN, pages::staff::edit_page),
        Route::post("/admin/staff/{id}", ADMIN, pages::staff::save),
        Route::post("/admin/staff/{id}/invitation", ADMIN, pages::staff::invite),
        Route::post("/admin/staff/{id}/second-factor", ADMIN, pages::staff::reset_second),
        Route::post("/admin/staff/{id}/disable", ADMIN, pages::staff::disable),
        Route::post("/admin/staff/{id}/enable", ADMIN, pages::staff::enable),
    ]
}
