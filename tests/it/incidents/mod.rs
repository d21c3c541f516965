//! What must survive accidents.

mod kill;
mod several;
mod typed;
