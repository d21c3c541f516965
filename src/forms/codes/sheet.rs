//! Sheets of slips: a QR code that brings its code along, and the code in letters for those without a camera. The page is
//! the answer to the press that made the codes: it can't be shown again later.

use leptos::prelude::*;

use crate::{
    access_points::model::AccessPoint,
    error::Result,
    http::Cx,
    kernel::response_code::ResponseCode,
    ui::{Page, qr},
};

/// Slips on a sheet.
const A_SHEET: usize = 24;
/// Characters of a title that fit a slip above its code.
const A_SLIP: usize = 20;

/// What stands on the slips.
#[derive(Clone, Copy)]
pub struct Sheets<'a> {
    /// The page's language.
    pub cx: &'a Cx,
    /// The organisation's name.
    pub organization: &'a str,
    /// What is asked: the questionnaire's or the letter's title.
    pub title: &'a str,
    /// Where the codes are typed in.
    pub point: &'a AccessPoint,
    /// The address from outside.
    pub base_url: &'a str,
    /// Where the office goes back to.
    pub back: &'a str,
}

impl Sheets<'_> {
    /// The page: the slips of one class after those of another, each class on sheets of its own.
    ///
    /// # Errors
    /// When an address is too long for a QR code.
    pub fn page(&self, classes: &[(String, Vec<ResponseCode>)]) -> Result<Page> {
        let cx = self.cx;
        let mut sheets = Vec::new();
        for (class, codes) in classes {
            for sheet in codes.chunks(A_SHEET) {
                let slips = sheet.iter().map(|code| self.slip(class, code)).collect::<Result<Vec<_>>>()?;
                sheets.push(view! { <section class="sheet stickers slips">{slips}</section> });
            }
        }
        let names: Vec<&str> = classes.iter().map(|(name, _)| name.as_str()).collect();
        let title = match names[..] {
            [name] => format!("{} · {name}", self.title),
            _ => self.title.to_string(),
        };
        let href = self.back.to_string();
        let body = view! {
            <nav class="print-toolbar" aria-label=cx.t("forms.slips.label")>
                <b>{title.clone()}</b>
                <span>{cx.t("forms.slips.now")}</span>
                <a href=href>{cx.t("forms.slips.back")}</a>
            </nav>
            <main id="main">{sheets}</main>
        };
        Ok(Page::print(title, body))
    }

    fn slip(&self, class: &str, code: &ResponseCode) -> Result<AnyView> {
        let cx = self.cx;
        let address = self.point.address(self.base_url);
        // Behind the `#`: browsers send it to nobody, so it lands in no log.
        let scanned = format!("{address}#c={}", code.plain());
        let label = cx.tf("forms.slips.qr", &[("code", &code.grouped())]);
        let qr = qr::svg(&scanned, label)?;
        let (name, class) = (self.organization.to_string(), class.to_string());
        let title: String = self.title.chars().take(A_SLIP).collect();
        let host = address.split_once("://").map_or(&*address, |(_, rest)| rest);
        let typed = host.rsplit_once('/').map_or(host, |(before, _)| before);
        let how = cx.tf("forms.slips.how", &[("address", typed), ("point", &self.point.code)]);
        Ok(view! {
            <div class="sticker">
                <div class="sticker-qr">{qr}</div>
                <div><small>{name}" "{class}</small><b>{title}</b><p>{how}</p><p class="sticker-code">{code.grouped()}</p></div>
            </div>
        }
        .into_any())
    }
}
