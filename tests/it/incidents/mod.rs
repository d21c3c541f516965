//! What must survive accidents.

mod kill;
