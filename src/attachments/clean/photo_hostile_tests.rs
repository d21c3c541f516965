//! Photos made to exhaust the decoder.

use std::time::Instant;

use image::{DynamicImage, ImageFormat};

use super::samples::{chunk, encode, quarters};
use super::{Limits, Refusal, clean};

#[test]
fn bombs_are_refused_before_they_unpack() {
    let start = Instant::now();
    let png = |width: u32, height: u32| {
        let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 6, 0, 0, 0]].concat();
        [b"\x89PNG\r\n\x1a\n", &chunk(b"IHDR", &header)[..], &chunk(b"IDAT", &[0x78, 0x9c])].concat()
    };
    let refusal = |bytes: &[u8]| clean(bytes, &Limits::default()).unwrap_err();
    assert_eq!(refusal(&png(60_000, 60_000)), Refusal::TooManyPixels);
    assert_eq!(refusal(&png(19_000, 19_000)), Refusal::TooManyPixels);
    assert_eq!(refusal(&png(0, 5)), Refusal::Damaged);
    // A JPEG of four pixels whose frame says 65500 × 65500.
    let mut jpeg = encode(quarters(2, 2), ImageFormat::Jpeg);
    let frame = jpeg.windows(2).position(|pair| pair == [0xff, 0xc0]).unwrap();
    jpeg[frame + 5..frame + 9].copy_from_slice(&[0xff, 0xdc, 0xff, 0xdc]);
    assert_eq!(refusal(&jpeg), Refusal::TooManyPixels);
    jpeg[frame + 5..frame + 9].copy_from_slice(&[0x20, 0, 0x20, 0]);
    assert_eq!(refusal(&jpeg), Refusal::TooManyPixels);
    let mut gif = encode(DynamicImage::from(quarters(2, 2)).into_rgba8(), ImageFormat::Gif);
    gif[6..10].fill(0xff);
    assert_eq!(refusal(&gif), Refusal::TooManyPixels);
    // Thousands of scans of a few bytes.
    let mut jpeg = encode(quarters(64, 64), ImageFormat::Jpeg);
    jpeg.extend(b"\xff\xda\0\x08\x01\x01\0\0\x3f\0".repeat(5000));
    assert_eq!(refusal(&jpeg), Refusal::TooComplex);
    assert_eq!(refusal(&vec![0xff; 21 * 1024 * 1024]), Refusal::TooLarge);
    assert!(start.elapsed().as_secs() < 5, "{:?}", start.elapsed());
}
