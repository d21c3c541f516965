// The last step of scripts/front: node scripts/front.mjs GLUE_FOLDER SITE_FOLDER front|dev
// Scripts and styles get names that change with their content, so that browsers may keep them for ever; what lies in
// public/ keeps its name, because others know it by that name. Everything compressible lies there compressed as well.
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const [glue, site, profile] = process.argv.slice(2);
const small = profile === 'front';
const compressible = new Set(['.css', '.html', '.js', '.json', '.svg', '.txt', '.wasm', '.webmanifest', '.xml']);

// The oldest webviews we look after; syntax that is newer is rewritten where esbuild can. Styles must reach further back
// than scripts: without WebAssembly of 2020 a page still works, and still has to look right.
const oldest = { scripts: ['es2020'], styles: ['chrome78', 'safari12'] };

// The bundles of browser code and what each may weigh, script and WebAssembly together, in bytes of brotli: 80 KB on public
// pages, where a phone at the school gate waits for it; more for people who come every day.
const budgets = { intake: 80 * 1024, forms: 80 * 1024, field: 150 * 1024, desk: 150 * 1024 };

const options = {
  bundle: true,
  write: false,
  minify: small,
  legalComments: 'none',
  logLevel: 'warning',
  // Addresses in style sheets name what the server serves, not files of this machine. (`external: ['/*']` would also
  // leave out every @import, whose full path it matches.)
  plugins: [{
    name: 'served',
    setup: (build) => build.onResolve({ filter: /^\// }, ({ path, kind }) => kind === 'url-token' ? { path, external: true } : undefined),
  }],
};

async function bundle(file, more) {
  const result = await build({ ...options, ...more, entryPoints: [file] });
  return result.outputFiles[0].contents;
}

function withHash(name, content) {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 10);
  const extension = extname(name);
  return `${basename(name, extension)}-${hash}${extension}`;
}

const assets = {};
function add(name, content) {
  assets[name] = withHash(name, content);
  writeFileSync(join(site, assets[name]), content);
}

function compress(file) {
  const content = readFileSync(file);
  const brotli = brotliCompressSync(content, {
    params: { [constants.BROTLI_PARAM_QUALITY]: small ? 11 : 4, [constants.BROTLI_PARAM_SIZE_HINT]: content.length },
  });
  writeFileSync(`${file}.br`, brotli);
  writeFileSync(`${file}.gz`, gzipSync(content, { level: small ? 9 : 1 }));
  return brotli.length;
}

function filesUnder(folder) {
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file).isFile())
    .sort();
}

mkdirSync(site, { recursive: true });
if (existsSync('public')) cpSync('public', site, { recursive: true, filter: (file) => !basename(file).startsWith('.') });
for (const name of Object.keys(budgets)) {
  add(`${name}.js`, await bundle(join(glue, `${name}.js`), { format: 'esm', target: oldest.scripts }));
  add(`${name}_bg.wasm`, readFileSync(join(glue, `${name}_bg.wasm`)));
}
for (const entry of ['public.css', 'questionnaire.css', 'desk.css', 'print.css']) {
  if (existsSync(join('style', entry))) add(entry, await bundle(join('style', entry), { target: oldest.styles }));
}

const code = Object.fromEntries(Object.keys(budgets).map((name) => [name, 0]));
for (const file of filesUnder(site)) {
  const raw = statSync(file).size;
  const brotli = compressible.has(extname(file)) ? compress(file) : raw;
  const of = /^(\w+?)(?:_bg)?-\w+\.(?:js|wasm)$/.exec(basename(file))?.[1];
  if (of in code) code[of] += brotli;
  console.log(`${file.slice(site.length + 1).padEnd(34)} ${String(raw).padStart(8)} B ${String(brotli).padStart(8)} B brotli`);
}
for (const [name, budget] of Object.entries(budgets)) {
  console.log(`${name.padEnd(34)} ${String(code[name]).padStart(19)} B of ${budget}`);
  if (small && code[name] > budget) throw new Error(`The bundle ${name} has ${code[name]} bytes compressed; at most ${budget} may reach a phone.`);
}
writeFileSync(join(site, 'assets.json'), `${JSON.stringify(assets, null, 2)}\n`);
