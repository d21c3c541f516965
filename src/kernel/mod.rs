//! What every slice may use and what uses nothing: ids, clock, randomness, codes, text, roles, calendar. No I/O.

#[cfg(feature = "ssr")]
pub mod calendar;
#[cfg(feature = "ssr")]
pub mod case_number;
#[cfg(feature = "ssr")]
pub mod clock;
pub mod code;
pub mod crockford;
#[cfg(feature = "ssr")]
pub mod ids;
#[cfg(feature = "ssr")]
pub mod keys;
pub mod proof;
#[cfg(feature = "ssr")]
pub mod random;
#[cfg(feature = "ssr")]
pub mod response_code;
pub mod roles;
pub mod text;
#[cfg(feature = "ssr")]
pub mod totp;
pub mod tracking_code;
