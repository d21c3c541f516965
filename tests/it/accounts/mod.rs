//! People who sign in.

mod second;
mod sign_in;
