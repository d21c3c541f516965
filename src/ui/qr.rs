//! QR codes: as inline SVG for pages and paper, as SVG and PNG files. Error correction Q (a quarter may be torn or dirty)
//! and a quiet zone of four modules, which ISO/IEC 18004 asks for, are part of every picture.

use image::{DynamicImage, GrayImage, ImageFormat, Luma};
use leptos::prelude::*;
use qrcode::{Color, EcLevel, QrCode};

use crate::error::{Error, Result};

/// White modules on each side.
pub const QUIET_ZONE: usize = 4;
/// The PNG is at least this wide: sharp at 8 cm and 300 dpi.
const PNG_WIDTH: usize = 1024;

/// A drawn code: its modules with the quiet zone around them.
struct Modules {
    /// Modules on each side, the quiet zone included.
    side: usize,
    /// Row by row; true is dark.
    dark: Vec<bool>,
}

impl Modules {
    fn of(text: &str) -> Result<Self> {
        let code = QrCode::with_error_correction_level(text, EcLevel::Q).map_err(Error::internal)?;
        let (inner, colors) = (code.width(), code.to_colors());
        let side = inner + 2 * QUIET_ZONE;
        let mut dark = vec![false; side * side];
        for (i, color) in colors.into_iter().enumerate() {
            let (x, y) = (i % inner + QUIET_ZONE, i / inner + QUIET_ZONE);
            if let Some(module) = dark.get_mut(y * side + x) {
                *module = color == Color::Dark;
            }
        }
        Ok(Self { side, dark })
    }

    /// The dark modules as an SVG path: one rectangle for each run in a row.
    fn path(&self) -> String {
        let mut path = String::new();
        for (y, row) in self.dark.chunks(self.side).enumerate() {
            let mut x = 0;
            for run in row.chunk_by(|a, b| a == b) {
                if run.first() == Some(&true) {
                    path.push_str(&format!("M{x} {y}h{0}v1h-{0}z", run.len()));
                }
                x += run.len();
            }
        }
        path
    }

    fn view_box(&self) -> String {
        format!("0 0 {0} {0}", self.side)
    }
}

/// A QR code in a page, black on white whatever the theme, with a name for screen readers.
///
/// # Errors
/// Internal when the text is too long for a QR code.
pub fn svg(text: &str, label: impl Into<String>) -> Result<AnyView> {
    let modules = Modules::of(text)?;
    let (path, side, label) = (modules.path(), modules.side.to_string(), label.into());
    Ok(view! {
        <svg viewBox=modules.view_box() shape-rendering="crispEdges" role="img" aria-label=label>
            <rect width=side.clone() height=side fill="#fff"/>
            <path d=path fill="#000"/>
        </svg>
    }
    .into_any())
}

/// A QR code as an SVG file.
///
/// # Errors
/// Internal when the text is too long for a QR code.
pub fn svg_document(text: &str) -> Result<String> {
    let modules = Modules::of(text)?;
    let (view_box, side, path) = (modules.view_box(), modules.side, modules.path());
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"{view_box}\" width=\"{side}mm\" height=\"{side}mm\" \
         shape-rendering=\"crispEdges\"><rect width=\"{side}\" height=\"{side}\" fill=\"#fff\"/>\
         <path d=\"{path}\" fill=\"#000\"/></svg>\n"
    ))
}

/// A QR code as a PNG file.
///
/// # Errors
/// Internal when the text is too long for a QR code.
pub fn png(text: &str) -> Result<Vec<u8>> {
    let modules = Modules::of(text)?;
    let scale = PNG_WIDTH.div_ceil(modules.side);
    let width = u32::try_from(modules.side * scale).map_err(Error::internal)?;
    let picture = GrayImage::from_fn(width, width, |x, y| {
        let (x, y) = (x as usize / scale, y as usize / scale);
        let dark = modules.dark.get(y * modules.side + x).copied().unwrap_or(false);
        Luma([if dark { 0 } else { 255 }])
    });
    let mut file = std::io::Cursor::new(Vec::new());
    DynamicImage::ImageLuma8(picture).write_to(&mut file, ImageFormat::Png).map_err(Error::internal)?;
    Ok(file.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADDRESS: &str = "https://huiyin.example.edu.cn/q/K7M3PX";
    /// What rqrr calls level Q.
    const LEVEL_Q: u16 = 3;

    /// Reads the one code in a picture with a decoder that shares nothing with the encoder.
    fn decoded(picture: GrayImage) -> String {
        let mut picture = rqrr::PreparedImage::prepare(picture);
        let grids = picture.detect_grids();
        assert_eq!(grids.len(), 1);
        let (meta, text) = grids[0].decode().unwrap();
        assert_eq!(meta.ecc_level, LEVEL_Q);
        text
    }

    fn png_picture(text: &str) -> GrayImage {
        image::load_from_memory_with_format(&png(text).unwrap(), ImageFormat::Png).unwrap().into_luma8()
    }

    /// Draws the rectangles of our SVG files.
    fn rasterized(svg: &str, scale: u32) -> GrayImage {
        let between = |start: &str, end: &str| svg.split(start).nth(1).unwrap().split(end).next().unwrap().to_string();
        let side: u32 = between("viewBox=\"0 0 ", " ").parse().unwrap();
        let mut picture = GrayImage::from_pixel(side * scale, side * scale, Luma([255]));
        for run in between("<path d=\"M", "\"").trim_end_matches('z').split("zM") {
            let numbers: Vec<u32> = run
                .split(|c: char| !c.is_ascii_digit())
                .filter(|n| !n.is_empty())
                .map(|n| n.parse().unwrap())
                .collect();
            let [x, y, width, height, _] = numbers[..] else { panic!("{run}") };
            for (x, y) in
                (x * scale..(x + width) * scale).flat_map(|x| (y * scale..(y + height) * scale).map(move |y| (x, y)))
            {
                picture.put_pixel(x, y, Luma([0]));
            }
        }
        picture
    }

    #[test]
    fn another_decoder_reads_the_png() {
        assert_eq!(decoded(png_picture(ADDRESS)), ADDRESS);
    }

    #[test]
    fn another_decoder_reads_the_svg() {
        assert_eq!(decoded(rasterized(&svg_document(ADDRESS).unwrap(), 5)), ADDRESS);
    }

    #[test]
    fn a_stained_code_is_still_read() {
        let mut picture = png_picture(ADDRESS);
        let width = picture.width();
        // One blot on about a twentieth of the modules.
        for (x, y) in (width / 2..width * 11 / 16).flat_map(|x| (width / 2..width * 11 / 16).map(move |y| (x, y))) {
            picture.put_pixel(x, y, Luma([255]));
        }
        assert_eq!(decoded(picture), ADDRESS);
    }

    #[test]
    fn four_modules_around_it_stay_white() {
        let modules = Modules::of(ADDRESS).unwrap();
        for (i, dark) in modules.dark.iter().enumerate() {
            let (x, y) = (i % modules.side, i / modules.side);
            let inside = |at: usize| (QUIET_ZONE..modules.side - QUIET_ZONE).contains(&at);
            assert!(!dark || (inside(x) && inside(y)), "{x} {y}");
        }
        let corner = modules.dark.get(QUIET_ZONE * modules.side + QUIET_ZONE);
        assert_eq!(corner, Some(&true), "the finder pattern begins right after it");
    }

    #[test]
    fn a_text_that_does_not_fit_is_an_error() {
        assert!(png(&"x".repeat(3_000)).is_err());
    }
}
