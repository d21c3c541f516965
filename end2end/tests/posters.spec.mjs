// What is printed can be scanned: posters go through the browser's own printing and are read by another program than the
// one that drew them (ZXing), as a phone at the school gate would.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { demo, expect, signIn, staffOf, test } from './support.mjs';

// The library would fetch its code from the net; ours lies beside it.
const wasm = join(dirname(createRequire(import.meta.url).resolve('zxing-wasm/reader')), '../../reader/zxing_reader.wasm');
prepareZXingModule({ overrides: { wasmBinary: readFileSync(wasm) } });

// Paper is printed from a desk, in every project.
test.use({ viewport: { width: 1280, height: 1200 }, deviceScaleFactor: 2, isMobile: false, hasTouch: false });

/** The QR codes in a picture: text and level of error correction. */
async function scan(picture) {
  const found = await readBarcodes(new Uint8Array(picture), { formats: ['QRCode'], maxNumberOfSymbols: 255, tryHarder: true });
  return found.map(({ text, ecLevel }) => ({ text, ecLevel }));
}

async function firstPoint(page) {
  await signIn(page, staffOf('office'));
  const { code, place } = demo().access_points[0];
  await page.goto(`/desk/access-points?q=${code}`);
  await page.getByRole('link', { name: 'A4 海报' }).first().click();
  await expect(page.locator('.poster')).toContainText(place);
  return { code, address: `${demo().base_url}/q/${code}` };
}

test('poster, notice and stickers carry a code that another decoder reads, and what to do without scanning', async ({ page }) => {
  const { code, address } = await firstPoint(page);
  const print = page.url().split('?')[0];
  await page.emulateMedia({ media: 'print' });
  for (const [paper, codes] of [['poster', 1], ['notice', 1], ['stickers', 24]]) {
    await page.goto(`${print}?as=${paper}`);
    const sheet = page.locator('.sheet');
    await expect(sheet).toContainText(code);
    if (paper !== 'stickers') await expect(sheet).toContainText('0991-5550123');
    // A phone points at one label of the sheet.
    const labels = paper === 'stickers' ? await page.locator('.sticker').all() : [sheet];
    expect(labels).toHaveLength(codes);
    for (const label of labels) {
      const found = await scan(await label.screenshot());
      expect(found.map((f) => f.text), paper).toEqual([address]);
      expect(['Q', 'H'], paper).toContain(found[0].ecLevel);
    }
  }
});

test('each paper is one page', async ({ page }) => {
  await firstPoint(page);
  const print = page.url().split('?')[0];
  for (const paper of ['poster', 'notice', 'stickers']) {
    await page.goto(`${print}?as=${paper}`);
    const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString('latin1');
    expect(pdf.match(/\/Type\s*\/Page\b/g), paper).toHaveLength(1);
  }
});

test('the downloaded PNG and SVG carry the same code', async ({ page }) => {
  const { address } = await firstPoint(page);
  const at = page.url().replace(/\/print.*/, '');
  const png = await page.request.get(`${at}/qr.png`);
  expect(await scan(await png.body())).toEqual([expect.objectContaining({ text: address })]);
  const svg = await (await page.request.get(`${at}/qr.svg`)).text();
  await page.goto('about:blank');
  await page.setContent(`<body style="margin:0;background:#fff">${svg.replace(/<\?xml.*?\?>/, '')}</body>`);
  await page.locator('svg').evaluate((drawing) => drawing.setAttribute('width', '400'));
  expect(await scan(await page.locator('svg').screenshot())).toEqual([expect.objectContaining({ text: address })]);
});
