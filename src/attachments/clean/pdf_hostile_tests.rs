//! Documents made to exhaust the reader: each must end soon, with a refusal or a small document.

use std::time::{Duration, Instant};

use super::samples::{one_page, pdf, stream};
use super::{Cleaned, Limits, Refusal, clean};

fn soon(bytes: &[u8]) -> Result<Cleaned, Refusal> {
    let start = Instant::now();
    let out = clean(bytes, &Limits::default());
    let took = start.elapsed();
    println!("{} bytes: {:?} in {took:?}", bytes.len(), out.as_ref().map(|out| out.bytes.len()));
    assert!(took < Duration::from_secs(15), "{took:?}");
    out
}

fn deflated(data: Vec<u8>) -> Vec<u8> {
    let mut packed = lopdf::Stream::new(lopdf::Dictionary::new(), data);
    packed.compress().unwrap();
    packed.content
}

#[test]
fn a_drawing_that_unpacks_to_gigabytes_is_refused() {
    let bomb = deflated(vec![0; 65 << 20]);
    let twice = deflated(bomb.clone());
    let page = |filters: &str, data: &[u8]| {
        one_page(
            "",
            "/Resources << /XObject << /A 10 0 R >> >>",
            &[(10, stream(&format!("/Subtype /Form /Filter [{filters}]"), data))],
        )
    };
    assert_eq!(soon(&page("/FlateDecode", &bomb)), Err(Refusal::TooComplex));
    assert_eq!(soon(&page("/FlateDecode /FlateDecode", &twice)), Err(Refusal::TooComplex));
    assert_eq!(soon(&page(&"/FlateDecode ".repeat(1000), &bomb)), Err(Refusal::TooComplex));
}

#[test]
fn an_object_stream_that_names_one_large_member_a_hundred_thousand_times_is_harmless() {
    let mut index: String = (100..90_000).map(|number| format!("{number} 0 ")).collect();
    let first = index.len();
    index.push_str(&format!("[{}]", "1 ".repeat(400_000)));
    let packed = deflated(index.into_bytes());
    let keys = format!("/Type /ObjStm /N 90000 /First {first} /Filter /FlateDecode");
    let page = "/Annots [100 0 R 5000 0 R] /Resources << /Font 200 0 R >>";
    assert!(soon(&one_page("", page, &[(10, stream(&keys, &packed))])).is_ok());
}

#[test]
fn many_object_streams_share_one_budget() {
    let packed = deflated(vec![b' '; 2 << 20]);
    let objects: Vec<_> =
        (10..500).map(|number| (number, stream("/Type /ObjStm /N 1 /First 2 /Filter /FlateDecode", &packed))).collect();
    assert_eq!(soon(&one_page("", "", &objects)), Err(Refusal::TooComplex));
}

#[test]
fn deep_nesting_and_loops_end() {
    for text in
        ["[".repeat(300_000), "(".repeat(300_000), "<<".repeat(300_000), "<</A".repeat(100_000), "<".repeat(300_000)]
    {
        let _ = soon(&one_page("", "/Resources << /Font 10 0 R >>", &[(10, text.clone().into_bytes())]));
        let _ = soon(&one_page("", &format!("/Resources << /Font {text} >>"), &[]));
    }
    let objects = [
        (1, b"<< /Type /Catalog /Pages 2 0 R >>".to_vec()),
        (2, b"<< /Type /Pages /Kids [2 0 R 3 0 R 3 0 R 4 0 R] /Resources 4 0 R >>".to_vec()),
        (3, b"<< /Type /Page /Resources 2 0 R /Contents 3 0 R /MediaBox 5 0 R >>".to_vec()),
        (4, b"4 0 R".to_vec()),
        (5, b"6 0 R".to_vec()),
        (6, b"5 0 R".to_vec()),
    ];
    assert!(soon(&pdf(&objects, "/Root 1 0 R")).is_ok());
    let chain: Vec<_> = (10..12_000u32)
        .map(|number| (number, format!("<< /Type /Pages /Kids [{} 0 R] >>", number + 1).into_bytes()))
        .collect();
    assert_eq!(soon(&one_page("", "", &chain)).map(|out| out.bytes.len() < 2000), Ok(true));
    let objects: Vec<_> = [(1, b"<< /Type /Catalog /Pages 10 0 R >>".to_vec())].into_iter().chain(chain).collect();
    assert_eq!(soon(&pdf(&objects, "/Root 1 0 R")), Err(Refusal::TooComplex));
    // A chain of twelve thousand forms, each naming the next.
    let chain: Vec<_> = (10..12_000u32)
        .map(|number| {
            (number, stream(&format!("/Subtype /Form /Resources << /XObject << /A {} 0 R >> >>", number + 1), b""))
        })
        .collect();
    assert!(soon(&one_page("", "/Resources << /XObject << /A 10 0 R >> >>", &chain)).is_ok());
}

#[test]
fn a_large_file_of_small_things_is_read_in_one_pass() {
    let start = b"%PDF-1.4\n".to_vec();
    let many = |text: &str| [start.clone(), text.repeat((2 << 20) / text.len()).into_bytes()].concat();
    for text in [
        "1 0 obj ",
        "1 0 obj\n<<>>stream\n",
        "1 0 obj<<>>stream\nendstream",
        "trailer <<",
        "trailer ",
        "(",
        "%",
        "obj ",
        "1 0 obj (",
        "stream\n",
        "[1 0 R ",
        "1 0 obj << /Type /ObjStm /N 1 /First 0 /Length 0 >> stream\nendstream endobj ",
        "1 0 obj << /Length 99999999 >> stream\n",
    ] {
        assert!(soon(&many(text)).is_err(), "{text}");
    }
}

#[test]
fn a_page_that_lists_more_values_than_allowed_is_refused() {
    let list = format!("[{}]", "0 ".repeat(20_000));
    let page = "/Resources << /Font << /A << /Widths 10 0 R /W 11 0 R /W2 12 0 R >> >> >>";
    let objects: Vec<_> = (10..13).map(|number| (number, list.clone().into_bytes())).collect();
    let source = one_page("", page, &objects);
    assert!(clean(&source, &Limits::default()).is_ok());
    assert_eq!(clean(&source, &Limits { max_values: 50_000, ..Limits::default() }), Err(Refusal::TooComplex));
}
