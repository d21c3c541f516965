//! Visits by checklist 巡查: what representatives and student inspectors see when they walk through the school.
//!
//! A [`model::Checklist`] is a form whose items are yes-or-no questions and scores; under each one a comment and a photo are
//! asked for when it is not in order. Such an answer is a [`model::Finding`]. Findings of representatives become cases at
//! once ([`becomes_case`]); those of patrols stay with the office, see `patrols`. A visit is stored as a response of its
//! form, by a person with a role and with exact times; sending it twice is one visit.
//!
//! Shipped checklists ([`templates`]) are given to every organisation when it is founded ([`checklists`]).

#[cfg(feature = "ssr")]
pub mod actions;
#[cfg(feature = "ssr")]
pub mod becomes_case;
#[cfg(feature = "ssr")]
pub mod checklists;
#[cfg(feature = "ssr")]
pub mod model;
#[cfg(feature = "ssr")]
mod store;
#[cfg(feature = "ssr")]
pub mod templates;
