//! Documents: what pages draw stays, everything else goes.

use image::ImageFormat;
use lopdf::{Document, Object};

use super::samples::{SENTINEL, contains, encode, everything, noise, noted_jpeg, one_page, pdf, stream};
use super::{Kind, Limits, Refusal, clean};

fn cleaned(bytes: &[u8]) -> Vec<u8> {
    let out = clean(bytes, &Limits::default()).unwrap();
    assert_eq!((out.kind, out.dimensions), (Kind::Pdf, None));
    out.bytes
}

fn refusal(bytes: &[u8]) -> Refusal {
    clean(bytes, &Limits::default()).unwrap_err()
}

#[test]
fn a_plain_page_still_draws_the_same() {
    let bytes = cleaned(&one_page(
        "",
        "/Resources << /Font << /F1 10 0 R >> >> /Rotate 90",
        &[(10, b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /FirstChar 32 /Widths [250 300] >>".to_vec())],
    ));
    let document = Document::load_mem(&bytes).unwrap();
    assert_eq!(document.get_pages().len(), 1);
    let page = document.page_iter().next().unwrap();
    assert!(contains(&document.get_page_content(page), b"PAGETEXT"));
    assert_eq!(document.get_page_fonts(page).unwrap().len(), 1);
    assert_eq!(document.get_dictionary(page).unwrap().get(b"Rotate").unwrap().as_i64().unwrap(), 90);
    assert!(document.xref_recovery.is_none());
}

#[test]
fn pictures_keep_their_pixels_and_lose_their_notes() {
    let plain = encode(noise(60, 40), ImageFormat::Jpeg);
    let noted = noted_jpeg(&plain, 6);
    let hex: String = noted.iter().map(|byte| format!("{byte:02x}")).collect::<String>() + ">";
    let keys =
        "/Type /XObject /Subtype /Image /Width 60 /Height 40 /BitsPerComponent 8 /Metadata 20 0 R /PieceInfo (x)";
    let page = "/Resources << /XObject << /A 10 0 R /B 11 0 R /C 12 0 R >> >>";
    let objects = [
        (10, stream(&format!("{keys} /ColorSpace [/ICCBased 21 0 R] /Filter /DCTDecode"), &noted)),
        (
            11,
            stream(
                &format!("{keys} /ColorSpace /DeviceRGB /Filter [/DCTDecode] /DecodeParms [<< /ColorTransform 1 >>]"),
                &noted,
            ),
        ),
        (12, stream(&format!("{keys} /ColorSpace 22 0 R /Filter [/ASCIIHexDecode /DCTDecode]"), hex.as_bytes())),
        (20, stream("/Type /Metadata", SENTINEL)),
        (21, stream("/N 3 /Alternate /DeviceRGB", SENTINEL)),
        (22, b"[/ICCBased 21 0 R]".to_vec()),
    ];
    let bytes = cleaned(&one_page("", page, &objects));
    let out = everything(&bytes);
    for mark in [SENTINEL, b"Exif", b"Photoshop", b"ICCBased", b"Metadata", b"PieceInfo"] {
        assert!(!contains(&out, mark), "{}", String::from_utf8_lossy(mark));
    }
    let document = Document::load_mem(&bytes).unwrap();
    let pictures: Vec<_> = document
        .objects
        .values()
        .filter_map(|object| object.as_stream().ok())
        .filter(|stream| stream.dict.has(b"Width"))
        .collect();
    assert_eq!(pictures.len(), 3);
    for picture in pictures {
        let pixels = image::load_from_memory(&picture.content).unwrap().into_rgb8();
        assert_eq!(pixels, image::load_from_memory(&plain).unwrap().into_rgb8());
    }
}

#[test]
fn object_streams_and_what_they_hold_are_read_and_not_kept() {
    let mut document =
        Document::load_mem(&one_page("/Lang (SENTINEL)", "/Group << /S /Transparency /CS /DeviceRGB >>", &[])).unwrap();
    let mut source = Vec::new();
    document.save_modern(&mut source).unwrap();
    assert!(contains(&source, b"ObjStm") && !contains(&source, b"Transparency"));
    let out = everything(&cleaned(&source));
    assert!(contains(&out, b"PAGETEXT") && contains(&out, b"Transparency"));
    assert!(!contains(&out, b"SENTINEL") && !contains(&out, b"ObjStm") && !contains(&out, b"XRef"));
}

#[test]
fn pages_inherit_what_the_tree_gives_them_and_keep_their_order() {
    let objects = [
        (1, b"<< /Type /Catalog /Pages 2 0 R >>".to_vec()),
        (
            2,
            b"<< /Type /Pages /Kids [5 0 R 4 0 R] /Count 3 /MediaBox [0 0 111 222] /Resources << /Font << >> >> >>"
                .to_vec(),
        ),
        (3, b"<< /Type /Page /Parent 5 0 R /Rotate 90 >>".to_vec()),
        (4, b"<< /Type /Page /Parent 2 0 R /Rotate 270 >>".to_vec()),
        (5, b"<< /Type /Pages /Kids [3 0 R 6 0 R] /Parent 2 0 R /Count 2 >>".to_vec()),
        (6, b"<< /Type /Page /Parent 5 0 R /Rotate 180 /MediaBox [0 0 1 1] >>".to_vec()),
    ];
    let document = Document::load_mem(&cleaned(&pdf(&objects, "/Root 1 0 R"))).unwrap();
    let pages: Vec<_> = document.page_iter().map(|id| document.get_dictionary(id).unwrap()).collect();
    let turns: Vec<_> = pages.iter().map(|page| page.get(b"Rotate").unwrap().as_i64().unwrap()).collect();
    assert_eq!(turns, [90, 180, 270]);
    let widths: Vec<_> =
        pages.iter().map(|page| page.get(b"MediaBox").unwrap().as_array().unwrap()[2].clone()).collect();
    assert_eq!(widths, [Object::Integer(111), Object::Integer(1), Object::Integer(111)]);
}

#[test]
fn what_cannot_be_cleaned_is_refused() {
    let encrypted =
        pdf(&[(1, b"<< /Type /Catalog /Pages 2 0 R >>".to_vec())], "/Root 1 0 R /Encrypt << /Filter /Standard >>");
    assert_eq!(refusal(&encrypted), Refusal::Encrypted);
    assert_eq!(refusal(&one_page("/NeedsRendering true", "", &[])), Refusal::ActiveContent);
    let jpx = stream("/Subtype /Image /Width 1 /Height 1 /Filter /JPXDecode", SENTINEL);
    let page = "/Resources << /XObject << /A 10 0 R >> >>";
    assert_eq!(refusal(&one_page("", page, &[(10, jpx)])), Refusal::DocumentPicture);
    let huge = stream("/Subtype /Image /Width 60000 /Height 60000 /Filter /FlateDecode", SENTINEL);
    assert_eq!(refusal(&one_page("", page, &[(10, huge)])), Refusal::TooManyPixels);
    let inline = stream("/Subtype /Form /BBox [0 0 1 1]", b"q BI /W 1 /H 1 /F /DCT ID \xff\xd8\xff EI Q");
    assert_eq!(refusal(&one_page("", page, &[(10, inline)])), Refusal::DocumentPicture);
    let kids: String = (0..201).map(|_| "<< /Type /Page >> ").collect();
    let many = [
        (1, b"<< /Type /Catalog /Pages 2 0 R >>".to_vec()),
        (2, format!("<< /Type /Pages /Kids [{kids}] >>").into_bytes()),
    ];
    assert_eq!(refusal(&pdf(&many, "/Root 1 0 R")), Refusal::TooManyPages);
    assert_eq!(refusal(b"%PDF-1.4\nnothing"), Refusal::Damaged);
}
