//! Files built by hand for the tests.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use lopdf::{Document, Object};

/// Stands for anything that must not survive.
pub(super) const SENTINEL: &[u8] = b"SENTINEL-7f3a";

pub(super) fn contains(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle)
}

/// Four coloured quarters: red, green / blue, white.
pub(super) fn quarters(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| match (x < width / 2, y < height / 2) {
        (true, true) => Rgb([255, 0, 0]),
        (false, true) => Rgb([0, 255, 0]),
        (true, false) => Rgb([0, 0, 255]),
        (false, false) => Rgb([255, 255, 255]),
    })
}

/// Something like a photo: every pixel differs a little.
pub(super) fn noise(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let hash = (x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503)).to_be_bytes();
        Rgb([hash[0] / 8 + (x % 200) as u8, hash[1] / 8 + (y % 200) as u8, hash[2] / 8 + 60])
    })
}

pub(super) fn encode(image: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Vec::new();
    image.into().write_to(&mut Cursor::new(&mut bytes), format).unwrap();
    bytes
}

pub(super) fn segment(marker: u8, payload: &[u8]) -> Vec<u8> {
    let mut bytes = vec![0xff, marker];
    bytes.extend_from_slice(&u16::try_from(payload.len() + 2).unwrap().to_be_bytes());
    bytes.extend_from_slice(payload);
    bytes
}

/// A TIFF block with an orientation, a camera's name and a GPS directory with a place.
pub(super) fn exif(orientation: u16) -> Vec<u8> {
    let mut tiff = b"MM\0\x2a\0\0\0\x08".to_vec();
    let entry = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        [&tag.to_be_bytes()[..], &kind.to_be_bytes(), &count.to_be_bytes(), &value].concat()
    };
    let after = 8 + 2 + 3 * 12 + 4u32;
    tiff.extend_from_slice(&3u16.to_be_bytes());
    tiff.extend(entry(0x010f, 2, SENTINEL.len() as u32, after.to_be_bytes()));
    tiff.extend(entry(0x0112, 3, 1, [(orientation >> 8) as u8, orientation as u8, 0, 0]));
    tiff.extend(entry(0x8825, 4, 1, (after + SENTINEL.len() as u32).to_be_bytes()));
    tiff.extend_from_slice(&[0; 4]);
    tiff.extend_from_slice(SENTINEL);
    tiff.extend_from_slice(&1u16.to_be_bytes());
    tiff.extend(entry(0x001d, 2, 4, *b"2026"));
    tiff.extend_from_slice(&[0; 4]);
    tiff
}

/// A JPEG with EXIF, XMP, ICC, IPTC, a comment, a multi-picture mark, a thumbnail in its JFIF mark and a tail.
pub(super) fn noted_jpeg(plain: &[u8], orientation: u16) -> Vec<u8> {
    let mut bytes = plain[..2].to_vec();
    bytes.extend(segment(0xe0, &[b"JFIF\0\x01\x01\0\0\x01\0\x01\x02\x02", &SENTINEL[..12]].concat()));
    bytes.extend(segment(0xe1, &[b"Exif\0\0", &exif(orientation)[..]].concat()));
    bytes.extend(segment(0xe1, &[b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>", SENTINEL].concat()));
    bytes.extend(segment(0xe2, &[b"ICC_PROFILE\0\x01\x01", SENTINEL].concat()));
    bytes.extend(segment(0xe2, &[b"MPF\0", SENTINEL].concat()));
    bytes.extend(segment(0xed, &[b"Photoshop 3.0\0", SENTINEL].concat()));
    bytes.extend(segment(0xfe, SENTINEL));
    bytes.extend_from_slice(&plain[2..]);
    bytes.extend_from_slice(SENTINEL);
    bytes
}

/// A chunk of a PNG file.
pub(super) fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut crc = u32::MAX;
    for byte in kind.iter().chain(data) {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 };
        }
    }
    [&(data.len() as u32).to_be_bytes()[..], kind, data, &(!crc).to_be_bytes()].concat()
}

/// A stream object's text.
pub(super) fn stream(keys: &str, data: &[u8]) -> Vec<u8> {
    [format!("<< {keys} /Length {} >>\nstream\n", data.len()).as_bytes(), data, b"\nendstream"].concat()
}

/// A PDF of the given objects, in order, with a correct cross-reference table.
pub(super) fn pdf(objects: &[(u32, Vec<u8>)], trailer: &str) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec();
    append(&mut bytes, objects, trailer);
    bytes
}

/// Append objects, a table and a trailer, as an incremental update does.
pub(super) fn append(bytes: &mut Vec<u8>, objects: &[(u32, Vec<u8>)], trailer: &str) {
    let mut table = String::from("xref\n0 1\n0000000000 65535 f \n");
    for (number, text) in objects {
        table.push_str(&format!("{number} 1\n{:010} 00000 n \n", bytes.len()));
        bytes.extend_from_slice(format!("{number} 0 obj\n").as_bytes());
        bytes.extend_from_slice(text);
        bytes.extend_from_slice(b"\nendobj\n");
    }
    let size = objects.iter().map(|(number, _)| number + 1).max().unwrap_or(1);
    let start = bytes.len();
    bytes.extend_from_slice(
        format!("{table}trailer\n<< /Size {size} {trailer} >>\nstartxref\n{start}\n%%EOF\n").as_bytes(),
    );
}

/// A one-page PDF with the keys of its page and catalogue and further objects from 10 on. Object 4 is the drawing.
pub(super) fn one_page(catalog: &str, page: &str, more: &[(u32, Vec<u8>)]) -> Vec<u8> {
    let mut objects = vec![
        (1, format!("<< /Type /Catalog /Pages 2 0 R {catalog} >>").into_bytes()),
        (2, b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec()),
        (3, format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Contents 4 0 R {page} >>").into_bytes()),
        (4, stream("", b"0 0 50 50 re f BT (PAGETEXT) Tj ET")),
    ];
    objects.extend_from_slice(more);
    pdf(&objects, "/Root 1 0 R")
}

/// Everything that a cleaned PDF says: its bytes, its strings and names, its unpacked streams.
pub(super) fn everything(bytes: &[u8]) -> Vec<u8> {
    let document = Document::load_mem(bytes).unwrap();
    let mut all = bytes.to_vec();
    for object in document.objects.values() {
        gather(object, &mut all);
    }
    all
}

fn gather(object: &Object, all: &mut Vec<u8>) {
    match object {
        Object::String(text, _) | Object::Name(text) => all.extend_from_slice(text),
        Object::Array(array) => array.iter().for_each(|value| gather(value, all)),
        Object::Dictionary(dict) => dict.iter().for_each(|(key, value)| {
            all.extend_from_slice(key);
            gather(value, all);
        }),
        Object::Stream(stream) => {
            gather(&Object::Dictionary(stream.dict.clone()), all);
            all.extend(stream.decompressed_content().unwrap_or_else(|_| stream.content.clone()));
        }
        _ => {}
    }
}
