//! Redaction 遮盖: a copy of a photo or of a text in which something is really gone, not covered. Pure.
//!
//! A photo is divided into a grid; the chosen cells are painted over in the decoded samples, then the copy is encoded anew
//! by [`clean`](fn@super::clean). In a text each word that is to go becomes the same few blocks, whatever its length, so that
//! neither letters nor their number are left.

use std::{collections::BTreeSet, io::Cursor};

use image::{ImageFormat, ImageReader, Rgb};

use super::{Cleaned, Limits, Refusal, clean};

/// Cells of the grid from left to right. A phone shows them wide enough for a finger.
pub const COLUMNS: u32 = 12;
/// What stands in place of a word.
pub const BLOCKS: &str = "████";

/// A cell: row and column, from 0.
pub type Cell = (u32, u32);

/// How many rows of about square cells a picture of this size has.
pub fn rows(width: u32, height: u32) -> u32 {
    let side = f64::from(width.max(1)) / f64::from(COLUMNS);
    (f64::from(height) / side).round().clamp(1.0, 60.0) as u32
}

/// The size of a stored picture.
///
/// # Errors
/// `Damaged` when it is none.
pub fn size(bytes: &[u8]) -> Result<(u32, u32), Refusal> {
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|_| Refusal::Damaged)?;
    reader.into_dimensions().map_err(|_| Refusal::Damaged)
}

/// A copy of a stored picture in which these cells are black. Cells beyond the grid are ignored.
///
/// # Errors
/// As [`clean`](fn@super::clean).
pub fn black_out(bytes: &[u8], cells: &BTreeSet<Cell>) -> Result<Cleaned, Refusal> {
    let (width, height) = size(bytes)?;
    let rows = rows(width, height);
    let mut picture = image::load_from_memory(bytes).map_err(|_| Refusal::Damaged)?.into_rgb8();
    // Edges are rounded outwards: what is touched is gone.
    let start = |at: u32, of: u32, length: u32| u64::from(at) * u64::from(length) / u64::from(of);
    let end = |at: u32, of: u32, length: u32| (u64::from(at + 1) * u64::from(length)).div_ceil(u64::from(of));
    for (row, column) in cells.iter().filter(|(r, c)| *r < rows && *c < COLUMNS) {
        for y in start(*row, rows, height)..end(*row, rows, height) {
            for x in start(*column, COLUMNS, width)..end(*column, COLUMNS, width) {
                if let (Ok(x), Ok(y)) = (u32::try_from(x), u32::try_from(y))
                    && let Some(pixel) = picture.get_pixel_mut_checked(x, y)
                {
                    *pixel = Rgb([0, 0, 0]);
                }
            }
        }
    }
    let mut plain = Cursor::new(Vec::new());
    picture.write_to(&mut plain, ImageFormat::Png).map_err(|_| Refusal::Damaged)?;
    clean(plain.get_ref(), &Limits { max_bytes: usize::MAX, ..Limits::default() })
}

/// A text in which these words are gone; upper and lower case of Latin letters count as the same.
pub fn hide_words(text: &str, words: &[String]) -> String {
    let mut words: Vec<Vec<char>> =
        words.iter().map(|w| w.trim().chars().collect::<Vec<_>>()).filter(|w| !w.is_empty()).collect();
    words.sort_by_key(|w| std::cmp::Reverse(w.len()));
    let all: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(rest) = all.get(at..).filter(|rest| !rest.is_empty()) {
        let same = |word: &&Vec<char>| {
            rest.len() >= word.len() && rest.iter().zip(word.iter()).all(|(a, b)| a.eq_ignore_ascii_case(b))
        };
        match words.iter().find(same) {
            Some(word) => {
                // Neighbours count as one: their number would tell too.
                if !out.ends_with(BLOCKS) {
                    out.push_str(BLOCKS);
                }
                at += word.len();
            }
            None => {
                out.extend(rest.first());
                at += 1;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::RgbImage;

    fn photo(width: u32, height: u32) -> Vec<u8> {
        // Noise, so that it is taken for a photo and every pixel would show through.
        let picture = RgbImage::from_fn(width, height, |x, y| {
            let n = x.wrapping_mul(2_654_435_761).wrapping_add(y.wrapping_mul(40_503)) >> 3;
            Rgb([128 + (n % 128) as u8, 128 + (n / 7 % 128) as u8, 128 + (n / 13 % 128) as u8])
        });
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, ImageFormat::Png).unwrap();
        clean(bytes.get_ref(), &Limits::default()).unwrap().bytes
    }

    #[test]
    fn chosen_cells_are_black_in_the_decoded_copy_and_the_rest_is_as_it_was() {
        let original = photo(600, 400);
        let (rows, cells) = (rows(600, 400), BTreeSet::from([(0, 0), (3, 5), (99, 1)]));
        assert_eq!(rows, 8);
        let copy = black_out(&original, &cells).unwrap();
        let (old, new) = (
            image::load_from_memory(&original).unwrap().into_rgb8(),
            image::load_from_memory(&copy.bytes).unwrap().into_rgb8(),
        );
        assert_eq!(new.dimensions(), (600, 400));
        for (x, y, pixel) in new.enumerate_pixels() {
            let hidden = (x < 50 && y < 50) || ((250..300).contains(&x) && (150..200).contains(&y));
            // A block of JPEG that lies across the edge is not quite black, and tells nothing of what was there.
            let inner = (x < 40 && y < 40) || ((260..290).contains(&x) && (160..190).contains(&y));
            if inner {
                assert!(pixel.0.iter().all(|v| *v < 16), "{x},{y} is {pixel:?}");
            }
            if !hidden && (x > 70 || y > 70) && !((230..320).contains(&x) && (130..220).contains(&y)) {
                let before = old.get_pixel(x, y);
                assert!(pixel.0.iter().zip(before.0).all(|(a, b)| a.abs_diff(b) < 90), "{x},{y}");
            }
        }
    }

    #[test]
    fn the_copy_is_the_same_whatever_was_hidden() {
        // Two pictures that differ in one cell alone give the same copy once it is black.
        let (width, height) = (480, 360);
        let make = |inside: u8| {
            let picture = RgbImage::from_fn(width, height, |x, y| {
                if x < 40 && y < 40 {
                    Rgb([inside, (x * 3) as u8, inside])
                } else {
                    Rgb([(x % 200) as u8, (y % 200) as u8, 90])
                }
            });
            let mut bytes = Cursor::new(Vec::new());
            picture.write_to(&mut bytes, ImageFormat::Png).unwrap();
            bytes.into_inner()
        };
        let cells = BTreeSet::from([(0, 0)]);
        assert_eq!(black_out(&make(10), &cells).unwrap().bytes, black_out(&make(250), &cells).unwrap().bytes);
    }

    #[test]
    fn words_become_the_same_blocks_whatever_their_length() {
        let words = ["王小明".to_string(), "李".into(), "Li Lei".into()];
        assert_eq!(hide_words("王小明打了李，Li lei看见", &words), "████打了████，████看见");
        assert_eq!(hide_words("王小明李来了", &words), "████来了");
        assert_eq!(hide_words("没有名字", &words), "没有名字");
        assert_eq!(hide_words("", &words), "");
    }
}
