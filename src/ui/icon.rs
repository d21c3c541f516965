//! Icons: inline SVG, drawn in the colour of the text, hidden from screen readers.

use leptos::prelude::*;

/// An icon by its path on a 24×24 grid.
pub fn icon(path: &'static str) -> AnyView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d=path fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"/>
        </svg>
    }
    .into_any()
}

/// A box that letters go into.
pub const INBOX: &str = "M3 13l3-8h12l3 8v6H3zM3 13h5a4 4 0 0 0 8 0h5";
/// A clock.
pub const CLOCK: &str = "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3 2";
/// A bell.
pub const BELL: &str = "M6 16V11a6 6 0 0 1 12 0v5l2 2H4zM10 21h4";
/// A list.
pub const LIST: &str = "M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01";
/// A QR code.
pub const QR: &str = "M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2v2h-2zM18 18h2v2h-2zM18 14h2M14 18v2";
/// People.
pub const PEOPLE: &str = "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20a6.5 6.5 0 0 1 13 0M16 4.5a3.5 3.5 0 0 1 0 6M18 14a6.5 6.5 0 0 1 3.5 6";
/// A house.
pub const HOUSE: &str = "M4 11l8-7 8 7v9h-5v-6H9v6H4z";
/// A speech bubble.
pub const SPEECH: &str = "M4 5h16v11H9l-5 4z";
/// A menu.
pub const MENU: &str = "M4 7h16M4 12h16M4 17h16";
/// A camera.
pub const CAMERA: &str = "M4 8h4l2-3h4l2 3h4v11H4zM12 17a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z";
/// The way back.
pub const BACK: &str = "M14.5 5.5L8 12l6.5 6.5";
/// An envelope.
pub const ENVELOPE: &str = "M3.5 6h17v12.5h-17zM4 6.5l8 6.5 8-6.5";
/// A lock.
pub const LOCK: &str = "M6 11h12v9.5H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3";
/// A magnifying glass.
pub const SEARCH: &str = "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5 20 20";
/// A telephone.
pub const PHONE: &str = "M6 3.5h3l1.8 4.5-2.3 1.7a12 12 0 0 0 5.8 5.8l1.7-2.3 4.5 1.8v3a2.5 2.5 0 0 1-2.7 2.5A16 16 0 0 1 3.5 6.2 2.5 2.5 0 0 1 6 3.5z";
/// An envelope.
pub const LETTER: &str = "M3.5 6h17v12.5h-17zM4 6.5l8 6.5 8-6.5";
/// A sheet of questions.
pub const SHEET: &str = "M6 3.5h12v17H6zM9.5 8.5h5M9.5 12h5M9.5 15.5h3";
/// Bars.
pub const CHART: &str = "M4 20h16M7.5 16.5v-5M12 16.5v-10M16.5 16.5V9";
/// A box with a slit.
pub const BOX: &str = "M4 9h16v11H4zM4 9l3-5h10l3 5M9 13h6";
/// An eye.
pub const EYE: &str = "M2.5 12C5 7.5 8.3 5.5 12 5.5s7 2 9.5 6.5c-2.5 4.5-5.8 6.5-9.5 6.5S5 16.5 2.5 12zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z";
/// A flag.
pub const FLAG: &str = "M5.5 21V4M5.5 4.5h12l-2.5 4 2.5 4h-12";
/// A wrench.
pub const WRENCH: &str = "M14.5 6.5a4 4 0 0 1 5-3l-2.8 2.8 1.5 1.5 2.8-2.8a4 4 0 0 1-5.2 5L8 17.8A2.3 2.3 0 1 1 4.7 14.5L12.5 6.7a4 4 0 0 1 2-.2z";
/// A person.
pub const PERSON: &str = "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.5a7.5 7.5 0 0 1 15 0";
/// Ways that part: routing.
pub const ROUTE: &str = "M12 21v-7M12 14l-7-6V3M12 14l7-6V3M2.5 5.5L5 3l2.5 2.5M16.5 5.5L19 3l2.5 2.5";
