//! People who sign in.

mod log;
mod sign_in;
