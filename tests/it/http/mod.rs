//! What surrounds every handler.

mod cross_site;
mod headers;
mod malformed;
mod routes;
