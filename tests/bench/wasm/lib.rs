//! What `run.mjs` measures: the logic of forms as the browser has it.

use huiyin::forms::model::{Answers, Definition};
use wasm_bindgen::prelude::wasm_bindgen;

#[path = "../branching.rs"]
mod branching;

/// A form, an answer to it, and the answer as it is stored.
#[wasm_bindgen]
pub struct Form {
    form: Definition,
    given: Answers,
    stored: String,
}

#[wasm_bindgen]
impl Form {
    /// The form of the measurement.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        let given = branching::given();
        Self { form: branching::form(), stored: serde_json::to_string(&given).unwrap_or_default(), given }
    }

    /// Checks everything, so many times.
    pub fn check(&self, rounds: u32) -> usize {
        branching::check(&self.form, &self.given, rounds)
    }

    /// Reads the stored answers, so many times.
    pub fn read(&self, rounds: u32) -> usize {
        branching::read(&self.stored, rounds)
    }
}

impl Default for Form {
    fn default() -> Self {
        Self::new()
    }
}
