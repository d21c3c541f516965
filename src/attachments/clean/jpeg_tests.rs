//! The segment walker.

use image::ImageFormat;

use super::Refusal;
use super::jpeg::{check_scans, strip};
use super::samples::{SENTINEL, contains, encode, noise, noted_jpeg, quarters, segment};

#[test]
fn stripping_removes_the_notes_and_changes_no_pixel() {
    let plain = encode(noise(70, 50), ImageFormat::Jpeg);
    let noted = noted_jpeg(&plain, 6);
    let out = strip(&noted).unwrap();
    for mark in [SENTINEL, b"Exif", b"ICC_PROFILE", b"Photoshop", b"MPF", &SENTINEL[..12]] {
        assert!(!contains(&out, mark), "{}", String::from_utf8_lossy(mark));
    }
    let before = image::load_from_memory(&plain).unwrap();
    let after = image::load_from_memory(&out).unwrap();
    assert_eq!(before.into_rgb8(), after.into_rgb8());
    assert_eq!(strip(&out).unwrap(), out);
}

#[test]
fn adobes_mark_keeps_only_how_colours_are_coded() {
    let plain = encode(quarters(16, 16), ImageFormat::Jpeg);
    let mark = segment(0xee, &[b"Adobe\0\x64\0\0\0\0\x01", SENTINEL].concat());
    let out = strip(&[&plain[..2], &mark, &plain[2..]].concat()).unwrap();
    assert!(contains(&out, &segment(0xee, b"Adobe\0\x64\0\0\0\0\x01")));
    assert!(!contains(&out, SENTINEL));
}

#[test]
fn a_picture_that_ends_early_is_closed_and_one_without_pixels_is_refused() {
    let plain = encode(noise(64, 64), ImageFormat::Jpeg);
    let out = strip(&plain[..plain.len() - 40]).unwrap();
    assert!(out.ends_with(&[0xff, 0xd9]));
    for bytes in [&plain[..30], b"", b"\xff\xd8", b"\xff\xd8\xff\xd9", b"\xff\xd8\xff\xe1\xff\xff"] {
        assert_eq!(strip(bytes), Err(Refusal::Damaged));
    }
}

#[test]
fn thousands_of_scans_are_refused() {
    let scans = [0xff, 0xda].repeat(200);
    assert_eq!(check_scans(&scans), Err(Refusal::TooComplex));
    assert_eq!(check_scans(&scans[..40]), Ok(()));
}
