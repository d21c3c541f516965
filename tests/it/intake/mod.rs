//! The public side.

mod anonymous;
mod files;
mod idempotency;
mod submit;
mod track;
