//! The browser's entry: makes the islands of `huiyin` available to the page's loader. Nothing else lives here,
//! so that link-time optimisation can drop everything that no island uses.

/// Keeps the islands' exported functions in the bundle.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    huiyin::hydrate();
}
