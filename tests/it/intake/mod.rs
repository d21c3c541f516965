//! The public side.

mod anonymous;
mod board;
mod boxes;
mod files;
mod idempotency;
mod order;
mod submit;
mod track;
