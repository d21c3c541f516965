//! Measurements; see `make bench`.

fn main() {}
