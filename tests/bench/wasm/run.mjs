// Measures what scripts/bench-wasm built: prints µs for one check of everything and for one reading of the answers.
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const { Form } = createRequire(import.meta.url)(resolve(process.argv[2]));
const ROUNDS = 300;
const form = new Form();

function micros(work) {
  work(ROUNDS); // node compiles hot code anew
  const start = performance.now();
  const kept = work(ROUNDS);
  if (kept !== ROUNDS * 100) throw new Error(`${kept} answers`);
  return ((performance.now() - start) * 1000) / ROUNDS;
}

console.log(JSON.stringify({ check: micros((n) => form.check(n)), read: micros((n) => form.read(n)) }));
