//! What surrounds every handler.

mod connections;
mod cross_site;
mod headers;
mod malformed;
mod phones;
mod routes;
