//! What pages are made of: the page itself (shell, layout), the navigation of staff, the way back, fields with their state, icons, times, QR codes, pagers.

pub mod back;
pub mod desk_page;
pub mod field;
pub mod form_state;
pub mod icon;
pub mod nav;
pub mod page;
pub mod pager;
pub mod qr;
pub mod time;

pub use field::FormState;
pub use page::{Page, respond};
