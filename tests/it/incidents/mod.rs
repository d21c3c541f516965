//! What must survive accidents.

mod kill;
mod typed;
