//! People who sign in.

mod sign_in;
