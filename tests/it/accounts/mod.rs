//! People who sign in.

mod log;
mod second;
mod sign_in;
