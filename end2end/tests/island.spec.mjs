// What the browser adds to the form: the draft on the phone, photos sent at once, the queue of a dead net, the receipt that
// is not left by accident. Without scripts none of it is there; the story covers that.
import { readFileSync } from 'node:fs';
import { accessible, expect, fitsTheScreen, photo, pointAt, signIn, staffOf, test } from './support.mjs';

const form = () => `/q/${pointAt('北门').code}`;
const TEXT = '北门放学时校车乱停，孩子们从车缝里穿过去。𠮷 🚌';

test.use({ offlineExpected: true });

/** The form with its code running; the service worker has it too. */
async function open(page, path = form()) {
  await page.goto(path);
  await ready(page);
}

const ready = (page) => page.waitForFunction(() => document.documentElement.dataset.ready);
const saved = (page) => expect(page.locator('#draft-state')).toHaveText('草稿已存在这台手机');

/** How many cases hold a text. */
async function cases(browser, contextOptions, baseURL, text) {
  const context = await browser.newContext({ ...contextOptions, baseURL, locale: 'zh-CN' });
  const page = await context.newPage();
  await signIn(page, staffOf('office'));
  await page.goto(`/desk?view=all&q=${encodeURIComponent(text)}`);
  const numbers = await page.locator('a.item .case-number').allInnerTexts();
  const files = [];
  for (const number of numbers) {
    await page.goto(`/desk/cases/${number}`);
    files.push(await page.locator(`img[src*="/desk/cases/${number}/files/"]`).count());
  }
  await context.close();
  return { numbers, files };
}

test('the draft survives a reload with its photo, and can be erased', async ({ page, javaScriptEnabled }) => {
  await open(page);
  await page.fill('#f-body', TEXT);
  await page.locator('label.chip', { hasText: '教职工' }).click();
  await page.setInputFiles('#f-files', photo);
  await expect(page.locator('.photo.done')).toHaveCount(1);
  await expect.poll(() => page.evaluate(() => Object.values(localStorage).join())).toContain('staged=');
  const key = await page.inputValue('input[name=idempotency_key]');
  await page.reload();
  await ready(page);
  await expect(page.locator('#f-body')).toHaveValue(TEXT);
  await expect(page.locator('input[name=role][value=staff]')).toBeChecked();
  await expect(page.locator('.photo.done')).toHaveCount(1);
  await expect(page.locator('input[name=idempotency_key]')).toHaveValue(key);
  await accessible(page, { javaScriptEnabled });
  await fitsTheScreen(page, { javaScriptEnabled });
  page.once('dialog', (dialog) => dialog.accept());
  await page.click('#erase');
  await expect(page.locator('#f-body')).toHaveValue('');
  await ready(page);
  await expect(page.locator('.photo')).toHaveCount(0);
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
  expect(await page.inputValue('input[name=idempotency_key]')).not.toBe(key);
});

test('a shared device keeps nothing', async ({ page }) => {
  await open(page);
  await page.fill('#f-body', TEXT);
  await saved(page);
  await page.locator('label.choice:has(#shared)').click();
  await page.fill('#f-body', `${TEXT}更多`);
  // Longer than the pause after which a draft would be written.
  await page.waitForTimeout(800);
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
  await page.reload();
  await ready(page);
  await expect(page.locator('#f-body')).toHaveValue('');
});

test('the counter counts as the server does, and too long is said at once', async ({ page }) => {
  await open(page);
  await page.fill('#f-body', '𠮷🍲\n汤');
  await expect(page.locator('#counter')).toHaveText('4 / 4000');
  await page.fill('#f-body', '长'.repeat(4001));
  await expect(page.locator('#f-body-live')).toBeVisible();
  await page.click('#send');
  await expect(page.locator('#f-body')).toBeFocused();
  await page.fill('#f-body', '短');
  await expect(page.locator('#f-body-live')).toHaveCount(0);
});

test('photos are made small, lose their notes before they leave, and can be taken away', async ({ page }) => {
  await open(page);
  const sent = page.waitForRequest((request) => request.url().endsWith('/files'));
  await page.setInputFiles('#f-files', [photo, photo]);
  const body = (await sent).postDataBuffer();
  expect(readFileSync(photo).includes('Exif')).toBe(true);
  if (body) expect(body.includes('Exif')).toBe(false);
  await expect(page.locator('.photo.done')).toHaveCount(2);
  await page.locator('.photo-remove').first().click();
  await expect(page.locator('.photo')).toHaveCount(1);
  await page.setInputFiles('#f-files', { name: 'x.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no photo') });
  await expect(page.locator('.photo.failed')).toHaveCount(1);
  await expect(page.locator('.photo.failed')).not.toContainText('再试');
});

test('a double tap is one case, and the receipt is not left by accident', async ({ page, browser, contextOptions, baseURL }) => {
  const text = `双击一次 ${Date.now()}`;
  await open(page);
  await page.fill('#f-body', text);
  await page.locator('#send').dblclick();
  await expect(page.locator('#code')).toBeVisible();
  const code = (await page.locator('#code').innerText()).replace(/\s+/g, '');
  expect(page.url()).not.toContain(code);
  let asked = 0;
  page.on('dialog', (dialog) => { asked += 1; dialog.accept(); });
  // A reload before the receipt was kept shows it again: the same press, the same code.
  await page.reload();
  expect(asked).toBe(1);
  await expect(page.locator('#code')).toBeVisible();
  expect((await page.locator('#code').innerText()).replace(/\s+/g, '')).toBe(code);
  await page.click('#save');
  await expect(page.locator('#picture img')).toHaveJSProperty('complete', true);
  await page.click('#kept');
  await expect(page.locator('#kept')).toBeDisabled();
  await page.goto(form());
  expect(asked).toBe(1);
  await ready(page);
  await expect(page.locator('#f-body')).toHaveValue('');
  expect((await cases(browser, contextOptions, baseURL, text)).numbers).toHaveLength(1);
});

test('without a net it waits on the phone, photo included, and is sent once', async ({ page, context, browser, contextOptions, baseURL }) => {
  const text = `没有信号 ${Date.now()}`;
  await open(page);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.reload();
  await ready(page);
  await context.setOffline(true);
  await page.fill('#f-body', text);
  await page.setInputFiles('#f-files', photo);
  await expect(page.locator('.photo.failed')).toContainText('再试');
  await page.click('#send');
  await expect(page.locator('#queue-title')).toHaveText('还没发出，已存在这台手机');
  // Closing and opening the page without a net changes nothing.
  await page.reload();
  await expect(page.locator('#queue')).toBeVisible();
  await context.setOffline(false);
  await expect(page.locator('#code')).toBeVisible({ timeout: 40_000 });
  await page.click('#kept');
  const found = await cases(browser, contextOptions, baseURL, text);
  expect(found.numbers).toHaveLength(1);
  expect(found.files).toEqual([1]);
});

test('a form opened before opens without a net; nothing secret is kept', async ({ page, context }) => {
  await open(page);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.reload();
  await ready(page);
  await page.goto('/track');
  await context.setOffline(true);
  await page.goto(form());
  await ready(page);
  expect(await page.evaluate(() => getComputedStyle(document.querySelector('#send')).backgroundColor)).not.toBe('rgba(0, 0, 0, 0)');
  await context.setOffline(false);
  const kept = await page.evaluate(async () => {
    const addresses = [];
    for (const name of await caches.keys()) addresses.push(...(await (await caches.open(name)).keys()).map((r) => new URL(r.url).pathname));
    return addresses;
  });
  expect(kept.length).toBeGreaterThan(2);
  for (const address of kept) expect(address).toMatch(/^\/(assets\/|q\/|icon|manifest)/);
});

test('an error comes back in place, with everything and the photo', async ({ page }) => {
  await open(page);
  await page.setInputFiles('#f-files', photo);
  await expect(page.locator('.photo.done')).toHaveCount(1);
  await page.locator('label.choice:has(input[value=named])').click();
  await page.locator('label.chip', { hasText: '学生' }).click();
  await page.fill('#f-body', '楼道的灯坏了');
  await page.locator('details.fold > summary').first().click();
  await page.fill('input[name=contact_name]', '小明');
  await page.click('#send');
  await expect(page.locator('.error-summary')).toBeFocused();
  await expect(page.locator('#f-body')).toHaveValue('楼道的灯坏了');
  await expect(page.locator('input[name=staged]')).toHaveCount(1);
  await page.locator('label.choice', { hasText: '满 14 岁' }).click();
  await page.click('#send');
  await expect(page.locator('#code')).toBeVisible();
});

test('when the code does not load, the form is a plain form', async ({ page }) => {
  await page.route('**/*.wasm', (route) => route.abort());
  await page.goto(form());
  await page.waitForFunction(() => document.documentElement.dataset.plain);
  await expect(page.locator('#local')).toBeHidden();
  await page.fill('#f-body', '没有脚本也能写');
  await page.click('#send');
  await expect(page.locator('#code')).toBeVisible();
});

test('a photo is not lost when the form is sent at once', async ({ page, browser, contextOptions, baseURL }) => {
  const text = `拍完就发 ${Date.now()}`;
  await open(page);
  await page.fill('#f-body', text);
  await page.setInputFiles('#f-files', photo);
  // No waiting: the photo is still being made small.
  await page.click('#send');
  await expect(page.locator('#code')).toBeVisible();
  expect((await cases(browser, contextOptions, baseURL, text)).files).toEqual([1]);
});

test('what was typed and chosen before the code arrived is not lost', async ({ page, browser, contextOptions, baseURL }) => {
  const text = `网很慢 ${Date.now()}`;
  // An older draft lies on the phone.
  await open(page);
  await page.fill('#f-body', '上次没写完的');
  await saved(page);
  let letThrough;
  const arrived = new Promise((resolve) => { letThrough = resolve; });
  await page.route('**/*.wasm', async (route) => { await arrived; await route.continue(); });
  await page.goto('about:blank');
  await page.goto(form());
  await page.fill('#f-body', text);
  await page.setInputFiles('#f-files', photo);
  letThrough();
  await ready(page);
  await expect(page.locator('#f-body')).toHaveValue(text);
  await page.click('#send');
  await expect(page.locator('#code')).toBeVisible();
  expect((await cases(browser, contextOptions, baseURL, text)).files).toEqual([1]);
});

test('who wants to write another one is not shown the old receipt', async ({ page }) => {
  await open(page);
  await page.fill('#f-body', `第一件 ${Date.now()}`);
  await page.click('#send');
  await expect(page.locator('#code')).toBeVisible();
  page.on('dialog', (dialog) => dialog.accept());
  // A later scan opens the form, and the receipt that was not kept is offered.
  await page.goto('about:blank');
  await page.goto(form());
  await ready(page);
  await expect(page.locator('#f-body')).toBeVisible();
  await expect(page.locator('#earlier')).toBeVisible();
  await page.click('#earlier-show');
  await expect(page.locator('#code')).toBeVisible();
});
