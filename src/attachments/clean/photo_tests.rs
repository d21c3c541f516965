//! Photos: upright, smaller, without notes.

use std::io::Cursor;
use std::time::Instant;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};

use super::samples::{SENTINEL, chunk, contains, encode, exif, noise, noted_jpeg, quarters};
use super::{Cleaned, Kind, Limits, Refusal, clean};

fn cleaned(bytes: &[u8]) -> Cleaned {
    clean(bytes, &Limits::default()).unwrap()
}

fn pixels(cleaned: &Cleaned) -> RgbImage {
    let format = if cleaned.kind == Kind::Png { ImageFormat::Png } else { ImageFormat::Jpeg };
    image::load_from_memory_with_format(&cleaned.bytes, format).unwrap().into_rgb8()
}

/// Which quarter's colour stands in each corner: top left, top right, bottom left, bottom right.
fn corners(picture: &RgbImage) -> String {
    let (right, bottom) = (picture.width() - 3, picture.height() - 3);
    [(2, 2), (right, 2), (2, bottom), (right, bottom)]
        .map(|(x, y)| match picture.get_pixel(x, y).0.map(|sample| sample > 128) {
            [true, false, false] => 'R',
            [false, true, false] => 'G',
            [false, false, true] => 'B',
            [true, true, true] => 'W',
            other => panic!("{other:?}"),
        })
        .iter()
        .collect()
}

#[test]
fn all_eight_orientations_come_out_upright() {
    let plain = encode(quarters(64, 32), ImageFormat::Jpeg);
    // What a viewer shows for R G / B W stored with each EXIF orientation.
    let shown = ["RGBW", "GRWB", "WBGR", "BWRG", "RBGW", "BRWG", "WGBR", "GWRB"];
    for (orientation, shown) in (1..).zip(shown) {
        let out = cleaned(&noted_jpeg(&plain, orientation));
        let size = if orientation >= 5 { (32, 64) } else { (64, 32) };
        assert_eq!(out.dimensions, Some(size), "orientation {orientation}");
        assert_eq!(corners(&pixels(&out)), shown, "orientation {orientation}");
    }
}

#[test]
fn nothing_but_pixels_survives_in_a_jpeg() {
    let source = noted_jpeg(&encode(noise(80, 60), ImageFormat::Jpeg), 6);
    assert!(contains(&source, SENTINEL));
    let out = cleaned(&source);
    assert_eq!(out.kind, Kind::Jpeg);
    for mark in [SENTINEL, b"Exif", b"ICC_PROFILE", b"http", b"MPF", b"Photoshop", &SENTINEL[..12]] {
        assert!(!contains(&out.bytes, mark), "{}", String::from_utf8_lossy(mark));
    }
    assert!(out.bytes.ends_with(&[0xff, 0xd9]));
    assert_eq!(out.bytes.windows(2).filter(|pair| *pair == [0xff, 0xd9]).count(), 1);
}

#[test]
fn nothing_but_pixels_survives_in_a_png_and_its_orientation_is_applied() {
    let plain = encode(quarters(64, 32), ImageFormat::Png);
    let header = 8 + 25;
    let mut source = plain[..header].to_vec();
    source.extend(chunk(b"tEXt", &[b"Author\0", SENTINEL].concat()));
    source.extend(chunk(b"iTXt", &[b"XML:com.adobe.xmp\0\0\0\0\0", SENTINEL].concat()));
    source.extend(chunk(b"eXIf", &exif(6)));
    source.extend(chunk(b"tIME", &[7, 0xea, 1, 2, 3, 4, 5]));
    source.extend(chunk(b"prVt", SENTINEL));
    source.extend_from_slice(&plain[header..]);
    source.extend_from_slice(SENTINEL);
    let out = cleaned(&source);
    assert_eq!((out.kind, out.dimensions), (Kind::Png, Some((32, 64))));
    assert_eq!(corners(&pixels(&out)), "BRWG");
    for mark in [SENTINEL, b"tEXt", b"iTXt", b"eXIf", b"tIME", b"prVt", b"iCCP"] {
        assert!(!contains(&out.bytes, mark), "{}", String::from_utf8_lossy(mark));
    }
}

#[test]
fn a_screenshot_stays_png_and_a_photo_saved_as_png_becomes_jpeg() {
    assert_eq!(cleaned(&encode(quarters(300, 200), ImageFormat::Png)).kind, Kind::Png);
    assert_eq!(cleaned(&encode(noise(300, 200), ImageFormat::Png)).kind, Kind::Jpeg);
    let opaque = DynamicImage::from(noise(300, 200)).into_rgba8();
    assert_eq!(cleaned(&encode(opaque, ImageFormat::Png)).kind, Kind::Jpeg);
}

#[test]
fn transparency_is_kept_and_hidden_colour_is_not() {
    let mut source = RgbaImage::from_pixel(20, 20, Rgba([10, 200, 30, 128]));
    for x in 0..20 {
        source.put_pixel(x, 0, Rgba([83, 69, 78, 0]));
    }
    let out = cleaned(&encode(source, ImageFormat::Png));
    assert_eq!(out.kind, Kind::Png);
    let out = image::load_from_memory(&out.bytes).unwrap().into_rgba8();
    assert_eq!(out.get_pixel(5, 0).0, [0, 0, 0, 0]);
    assert_eq!(out.get_pixel(5, 5).0, [10, 200, 30, 128]);
}

#[test]
fn webp_becomes_jpeg_without_its_notes_and_gif_gives_its_first_frame() {
    let mut webp = encode(noise(40, 30), ImageFormat::WebP);
    // The simple file becomes an extended one with EXIF and XMP.
    let body = webp.split_off(12);
    let chunk = |name: &[u8], data: &[u8]| {
        let padding = vec![0; data.len() % 2];
        [name, &(data.len() as u32).to_le_bytes(), data, &padding].concat()
    };
    let extended = chunk(b"VP8X", &[0b1100, 0, 0, 0, 39, 0, 0, 29, 0, 0]);
    let rest = [extended, body, chunk(b"EXIF", &exif(6)), chunk(b"XMP ", SENTINEL)].concat();
    let webp = [b"RIFF", &(rest.len() as u32 + 4).to_le_bytes()[..], b"WEBP", &rest, SENTINEL].concat();
    let out = cleaned(&webp);
    assert_eq!((out.kind, out.dimensions), (Kind::Jpeg, Some((30, 40))));
    assert!(!contains(&out.bytes, SENTINEL));

    let mut gif = Vec::new();
    let mut encoder = image::codecs::gif::GifEncoder::new(&mut gif);
    for image in [quarters(64, 32), RgbImage::from_pixel(64, 32, Rgb([0, 0, 0]))] {
        encoder.encode_frame(image::Frame::new(DynamicImage::from(image).into_rgba8())).unwrap();
    }
    drop(encoder);
    let out = cleaned(&gif);
    assert_eq!(out.kind, Kind::Png);
    assert_eq!(corners(&pixels(&out)), "RGBW");
}

#[test]
fn a_large_photo_is_shrunk_in_proportion_and_a_small_one_is_not_enlarged() {
    let out = cleaned(&encode(quarters(4000, 1000), ImageFormat::Jpeg));
    assert_eq!(out.dimensions, Some((2560, 640)));
    assert_eq!(corners(&pixels(&out)), "RGBW");
    assert_eq!(cleaned(&encode(quarters(8, 6), ImageFormat::Jpeg)).dimensions, Some((8, 6)));
}

#[test]
fn a_photo_of_twelve_megapixels_takes_seconds_at_most() {
    let source = noted_jpeg(&encode(noise(4032, 3024), ImageFormat::Jpeg), 6);
    let start = Instant::now();
    let out = cleaned(&source);
    let took = start.elapsed();
    println!("12 megapixels, {} bytes in, {} bytes out: {took:?}", source.len(), out.bytes.len());
    assert_eq!(out.dimensions, Some((1920, 2560)));
    assert!(took.as_secs() < 60, "{took:?}");
}

#[test]
fn the_kind_comes_from_the_bytes() {
    let refusal = |bytes: &[u8]| clean(bytes, &Limits::default()).unwrap_err();
    assert_eq!(refusal(b"\0\0\0\x20ftypheic\0\0\0\0"), Refusal::Heic);
    assert_eq!(refusal(b"\0\0\0\x20ftypavif\0\0\0\0"), Refusal::UnknownKind);
    assert_eq!(refusal(b"<svg xmlns='http://www.w3.org/2000/svg'/>"), Refusal::UnknownKind);
    assert_eq!(refusal(b"PK\x03\x04"), Refusal::UnknownKind);
    assert_eq!(refusal(b""), Refusal::UnknownKind);
    let jpeg = encode(quarters(64, 64), ImageFormat::Jpeg);
    assert_eq!(refusal(&jpeg[..40]), Refusal::Damaged);
    let _ = image::ImageReader::new(Cursor::new(cleaned(&jpeg).bytes)).with_guessed_format().unwrap();
}

#[test]
fn every_refusal_has_its_own_key() {
    let keys: std::collections::HashSet<_> = Refusal::ALL.iter().map(|refusal| refusal.message_key()).collect();
    assert_eq!(keys.len(), Refusal::ALL.len());
    assert!(keys.iter().all(|key| key.starts_with("attachments.refusal.")));
}
