//! Whatever comes in, an answer comes out.

use image::ImageFormat;
use proptest::prelude::*;

use super::samples::{encode, noise, noted_jpeg, one_page, quarters, stream};
use super::{Limits, clean};

/// One valid file of each kind.
fn seeds() -> Vec<Vec<u8>> {
    let jpeg = noted_jpeg(&encode(noise(24, 16), ImageFormat::Jpeg), 6);
    let page = "/Resources << /XObject << /A 10 0 R >> /Font << /F 11 0 R >> >> /Annots [12 0 R]";
    let keys = "/Subtype /Image /Width 24 /Height 16 /ColorSpace /DeviceRGB /Filter /DCTDecode";
    let objects = [
        (10, stream(keys, &jpeg)),
        (11, b"<< /Type /Font /Subtype /Type0 /DescendantFonts [<< /W [1 [2 3]] >>] >>".to_vec()),
        (12, b"<< /Subtype /Text /Contents (note) /Rect [0 0 1 1] /AP << /N 10 0 R >> >>".to_vec()),
    ];
    let pdf = one_page("", page, &objects);
    let mut packed = Vec::new();
    lopdf::Document::load_mem(&pdf).unwrap().save_modern(&mut packed).unwrap();
    let small = || quarters(24, 16);
    vec![
        jpeg,
        encode(small(), ImageFormat::Png),
        encode(small(), ImageFormat::WebP),
        encode(image::DynamicImage::from(small()).into_rgba8(), ImageFormat::Gif),
        pdf,
        packed,
    ]
}

/// Small limits, so that a flipped size does not cost much time.
fn limits() -> Limits {
    Limits { max_pixels: 1_000_000, max_unpacked_bytes: 4 << 20, ..Limits::default() }
}

#[test]
fn the_seeds_are_accepted() {
    for (index, seed) in seeds().iter().enumerate() {
        assert!(clean(seed, &limits()).is_ok(), "{index}: {:?}", clean(seed, &limits()));
    }
}

#[test]
fn a_file_cut_anywhere_gives_an_answer() {
    for seed in seeds() {
        for end in (0..seed.len()).step_by(7) {
            let _ = clean(&seed[..end], &limits());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn changed_bytes_give_an_answer(
        kind in 0usize..6,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
    ) {
        let mut bytes = seeds().swap_remove(kind);
        for (index, value) in changes {
            let index = index.index(bytes.len());
            bytes[index] = value;
        }
        let _ = clean(&bytes, &limits());
    }

    #[test]
    fn random_bytes_behind_a_true_beginning_give_an_answer(
        kind in 0usize..6,
        bytes in prop::collection::vec(any::<u8>(), 0..600),
    ) {
        let beginnings: [&[u8]; 6] =
            [b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF\0\0\0\0WEBPVP8 ", b"%PDF-1.7\n1 0 obj<<", b""];
        let _ = clean(&[beginnings[kind], &bytes].concat(), &limits());
    }
}
