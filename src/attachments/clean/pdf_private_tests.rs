//! Documents: what is not drawn goes.

use super::samples::{SENTINEL, append, contains, everything, one_page, pdf, stream};
use super::{Limits, clean};

fn cleaned(bytes: &[u8]) -> Vec<u8> {
    clean(bytes, &Limits::default()).unwrap().bytes
}

fn text(text: &str) -> Vec<u8> {
    text.replace("SENTINEL", &String::from_utf8_lossy(SENTINEL)).into_bytes()
}

fn deflated(data: &[u8]) -> (String, Vec<u8>) {
    let mut packed = lopdf::Stream::new(lopdf::Dictionary::new(), data.to_vec());
    packed.compress().unwrap();
    assert!(packed.dict.has(b"Filter"));
    ("/Filter /FlateDecode".to_owned(), packed.content)
}

#[test]
fn notes_on_the_document_do_not_survive() {
    let (filter, xmp) = deflated(&SENTINEL.repeat(20));
    let catalog = "/Metadata 10 0 R /PieceInfo << /X (SENTINEL) >> /Lang (SENTINEL) /Outlines 11 0 R \
        /OCProperties << /OCGs [12 0 R] >> /StructTreeRoot 13 0 R /OutputIntents [<< /Info (SENTINEL) >>]";
    let page = "/LastModified (D:SENTINEL) /Metadata 10 0 R /Thumb 14 0 R /PieceInfo << /Y (SENTINEL) >> /ID (SENTINEL) \
        /VP [<< /Measure << /Subtype /GEO /GPTS [31.2 121.4] >> >>] /StructParents 0";
    let mut objects = vec![
        (10, stream(&format!("/Type /Metadata /Subtype /XML {filter}"), &xmp)),
        (11, text("<< /Type /Outlines /Title (SENTINEL) >>")),
        (12, text("<< /Type /OCG /Name (SENTINEL) >>")),
        (13, text("<< /Type /StructTreeRoot /Alt (SENTINEL) >>")),
        (14, stream("/Width 1 /Height 1", SENTINEL)),
        (15, text("<< /Author (SENTINEL) /Producer (SENTINEL) >>")),
        (16, text("(an orphan: SENTINEL)")),
    ];
    for (_, object) in &mut objects {
        assert!(!object.is_empty());
    }
    let mut source =
        one_page(&String::from_utf8(text(catalog)).unwrap(), &String::from_utf8(text(page)).unwrap(), &objects);
    let trailer = text("/Root 1 0 R /Info 15 0 R /ID [(SENTINEL) (SENTINEL)]");
    append(&mut source, &[(17, b"null".to_vec())], &String::from_utf8(trailer).unwrap());
    let out = everything(&cleaned(&source));
    assert!(contains(&out, b"PAGETEXT"));
    for mark in [SENTINEL, b"Metadata", b"/Info", b"/ID", b"PieceInfo", b"Measure", b"GPTS", b"Thumb", b"OCProperties"]
    {
        assert!(!contains(&out, mark), "{}", String::from_utf8_lossy(mark));
    }
}

/// Scripts, files, forms, links and a note, as objects 10 to 19.
fn acting_objects() -> [(u32, Vec<u8>); 10] {
    [
        (10, text("<< /S /JavaScript /JS (app.alert\\('SENTINEL'\\)) >>")),
        (11, text("<< /Type /Filespec /F (SENTINEL) /EF << /F 18 0 R >> >>")),
        (12, stream("", SENTINEL)),
        (
            13,
            text(
                "<< /Type /Annot /Subtype /Widget /FT /Tx /T (SENTINEL) /V (SENTINEL) /Rect [0 0 9 9] /AA << /K 10 0 R >> \
            /A << /S /SubmitForm /F (SENTINEL) >> /AP << /N 19 0 R >> >>",
            ),
        ),
        (14, text("<< /Type /Annot /Subtype /FileAttachment /FS 11 0 R /Rect [0 0 9 9] >>")),
        (15, text("<< /Type /Annot /Subtype /Link /A << /S /URI /URI (http://SENTINEL) >> /Rect [0 0 9 9] >>")),
        (
            16,
            text(
                "<< /Type /Annot /Subtype /Highlight /Rect [0 0 9 9] /T (SENTINEL) /M (SENTINEL) /NM (SENTINEL) \
            /Contents (KEPT-NOTE) /A 10 0 R /Popup 15 0 R /QuadPoints [0 0 1 1 2 2 3 3] >>",
            ),
        ),
        (17, text("<< /Type /Annot /Subtype /Screen /A << /S /ImportData /F (SENTINEL) >> /Rect [0 0 9 9] >>")),
        (18, stream("/Type /EmbeddedFile", SENTINEL)),
        (19, stream("/Type /XObject /Subtype /Form /BBox [0 0 9 9]", b"BT (FIELD-VALUE) Tj ET")),
    ]
}

#[test]
fn nothing_that_acts_survives() {
    let catalog = "/OpenAction << /S /JavaScript /JS (SENTINEL) >> /AA << /WC 10 0 R >> \
        /Names << /JavaScript << /Names [(a) 10 0 R] >> /EmbeddedFiles << /Names [(SENTINEL.exe) 11 0 R] >> >> \
        /AcroForm << /Fields [13 0 R] /XFA 12 0 R >> /AF [11 0 R] /URI << /Base (http://SENTINEL) >>";
    let page = "/AA << /O 10 0 R >> /Annots [13 0 R 14 0 R 15 0 R 16 0 R 17 0 R << /Type /Annot /Subtype /Link \
        /Rect [0 0 9 9] /A << /S /Launch /F (SENTINEL) >> >>]";
    let source = one_page(&String::from_utf8(text(catalog)).unwrap(), page, &acting_objects());
    let bytes = cleaned(&source);
    let out = everything(&bytes);
    let gone: [&[u8]; 14] = [
        SENTINEL,
        b"JavaScript",
        b"/JS",
        b"/AA",
        b"/A ",
        b"OpenAction",
        b"Names",
        b"EmbeddedFile",
        b"AcroForm",
        b"XFA",
        b"Launch",
        b"URI",
        b"SubmitForm",
        b"Widget",
    ];
    for mark in gone {
        assert!(!contains(&out, mark), "{}", String::from_utf8_lossy(mark));
    }
    for mark in [&b"KEPT-NOTE"[..], b"FIELD-VALUE", b"Highlight", b"QuadPoints", b"Stamp"] {
        assert!(contains(&out, mark), "{}", String::from_utf8_lossy(mark));
    }
}

#[test]
fn earlier_revisions_and_orphans_do_not_survive() {
    let old = one_page("", "", &[(10, text("(an orphan: SENTINEL)"))]);
    let mut source = pdf(&[], "");
    source.extend_from_slice(&old[15..]);
    let old_text = contains(&source, b"PAGETEXT");
    append(&mut source, &[(4, stream("", b"BT (NEWTEXT) Tj ET"))], "/Root 1 0 R /Prev 15");
    let out = everything(&cleaned(&source));
    assert!(old_text && contains(&out, b"NEWTEXT"));
    assert!(!contains(&out, b"PAGETEXT"));
    assert!(!contains(&out, SENTINEL));
}
