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
add('client.js', await bundle(join(glue, 'client.js'), { format: 'esm', target: oldest.scripts }));
add('client_bg.wasm', readFileSync(join(glue, 'client_bg.wasm')));
for (const entry of ['public.css', 'desk.css', 'print.css']) {
  if (existsSync(join('style', entry))) add(entry, await bundle(join('style', entry), { target: oldest.styles }));
}

// What a phone at the school gate has to load, in bytes of brotli.
const budget = 80 * 1024;
let code = 0;
for (const file of filesUnder(site)) {
  const raw = statSync(file).size;
  const brotli = compressible.has(extname(file)) ? compress(file) : raw;
  if (/client.*\.(js|wasm)$/.test(file)) code += brotli;
  console.log(`${file.slice(site.length + 1).padEnd(34)} ${String(raw).padStart(8)} B ${String(brotli).padStart(8)} B brotli`);
}
if (small && code > budget) throw new Error(`The browser code has ${code} bytes compressed; at most ${budget} may reach a phone.`);
writeFileSync(join(site, 'assets.json'), `${JSON.stringify(assets, null, 2)}\n`);
