// An open letter from its first word to what became of the replies: written, looked at, published, answered on a phone,
// sorted, decided, published again, read. And its paper.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { accessible, demo, expect, fitsTheScreen, pointAt, signIn, staffOf, test } from './support.mjs';

// The library would fetch its code from the net; ours lies beside it.
const wasm = join(dirname(createRequire(import.meta.url).resolve('zxing-wasm/reader')), '../../reader/zxing_reader.wasm');
prepareZXingModule({ overrides: { wasmBinary: readFileSync(wasm) } });

const day = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

test('a letter is written, answered, and what became of the suggestions is published', async ({ page, browser, contextOptions, javaScriptEnabled, viewport, isMobile, hasTouch, baseURL, locale }, info) => {
  test.setTimeout(180_000);
  const check = { javaScriptEnabled };
  const title = `关于放学接送的一封信 ${info.project.name}`;

  // The office writes, and looks.
  await signIn(page, staffOf('office'));
  await page.goto('/desk/letters/new');
  await accessible(page, check);
  await fitsTheScreen(page, check);
  await page.fill('#f-title', title);
  await page.fill('#f-body', '# 想商量的事\n\n- 错峰放学，**低年级先走**\n\n<img src=x onerror=alert(1)>');
  await page.fill('#f-classes', '一年级一班 40\n一年级二班 38');
  await page.fill('#f-statements', '低年级提前十分钟放学');
  await page.click('button[value=look]');
  await expect(page.locator('#look h2').nth(1)).toHaveText('想商量的事');
  await expect(page.locator('#look .letter b').first()).toHaveText('低年级先走');
  await expect(page.locator('#look')).toContainText('<img src=x onerror=alert(1)>');
  await accessible(page, check);
  await fitsTheScreen(page, check);
  await page.click('button[value=save]');
  await expect(page.locator('h1')).toHaveText(title);

  // It goes out.
  await page.fill('#f-until', day(7));
  await page.locator('label.chip:has(input[name=replies][value=free])').click();
  await page.locator('form[action$="/publish"] button').click();
  const address = await page.locator('.qr-card a').innerText();
  const desk = page.url();
  await accessible(page, check);
  await fitsTheScreen(page, check);

  // Six families reply on their phones.
  const context = await browser.newContext({ ...contextOptions, javaScriptEnabled, viewport, isMobile, hasTouch, baseURL, locale });
  const phone = await context.newPage();
  for (let i = 0; i < 6; i += 1) {
    await phone.goto(address);
    if (i === 0) {
      await expect(phone.locator('h1')).toHaveText(title);
      await accessible(phone, check);
      await fitsTheScreen(phone, check);
      await phone.locator('#answers').evaluate((form) => form.noValidate = true).catch(() => {});
      await phone.fill('#f-answer-comment', '想留下的话');
      await phone.click('#send');
      await expect(phone.locator('#errors')).toBeVisible();
      await expect(phone.locator('#f-answer-comment')).toHaveValue('想留下的话');
    }
    await phone.locator('select[name=class]').selectOption('一年级一班');
    await phone.locator(`label.chip:has(input[value=${i === 0 ? 'disagree' : 'agree'}])`).click();
    if (i === 0) await phone.fill('#f-answer-opinion_1_reason', '我家两个孩子，一个早一个晚');
    await phone.fill('#f-answer-comment', `校门口能不能划出等候区 ${i}`);
    await phone.click('#send');
    await expect(phone.locator('h1')).toHaveText('收到了，谢谢');
    // What was kept on the phone is gone; without scripts nothing was.
    if (javaScriptEnabled !== false) await expect.poll(() => phone.evaluate(() => Object.keys(localStorage).filter((name) => name.startsWith('huiyin-answers')))).toEqual([]);
  }
  await accessible(phone, check);
  expect(await context.cookies()).toEqual([]);

  // The office sorts and decides.
  await page.goto(desk);
  await expect(page.locator('tr', { hasText: '一年级二班' })).toContainText('还没有人回');
  for (const comment of await page.locator('.letter-comments .choice', { hasText: '等候区' }).all()) await comment.click();
  await page.fill('#f-new_title', '校门口划出家长等候区');
  await page.click('button[value=group]');
  await page.locator('.letter-comments .choice', { hasText: '一个早一个晚' }).click();
  await page.click('button[value=nothing]');
  await expect(page.locator('#comments')).toContainText('都归好类了');
  await page.getByRole('link', { name: '校门口划出家长等候区' }).click();
  await accessible(page, check);
  await fitsTheScreen(page, check);
  await page.locator('label.chip', { hasText: /^部分采纳$/ }).click();
  await page.locator('form button.main').first().click();
  await expect(page.locator('#errors')).toContainText('请写明');
  await page.fill('#f-reason', '北门内侧划线，雨天开放门厅；东门太窄，暂时不划。');
  await page.selectOption('#f-department', { label: '安全办' });
  await page.locator('form button.main').first().click();
  await page.locator('form[action$="/table"] button').click();
  await expect(page.locator('#table')).toContainText('已公布第 1 版');
  await accessible(page, check);
  await fitsTheScreen(page, check);

  // The same readers read it, and the start page says that it is there.
  await phone.goto('/xuelian');
  await phone.getByRole('link', { name: title }).click();
  await expect(phone.locator('#table')).toContainText('部分采纳');
  await expect(phone.locator('#table')).toContainText('6 位家长提到');
  await expect(phone.locator('#table')).toContainText('雨天开放门厅');
  await expect(phone.locator('#table')).not.toContainText('能不能');
  await accessible(phone, check);
  await fitsTheScreen(phone, check);
  await context.close();
});

test('a slip from the class is one reply, scanned or typed', async ({ page, browser, contextOptions, javaScriptEnabled, viewport, isMobile, hasTouch, baseURL, locale }, info) => {
  test.setTimeout(120_000);
  const check = { javaScriptEnabled };
  await signIn(page, staffOf('office'));
  await page.goto('/desk/letters/new');
  await page.fill('#f-title', `关于社团时间的一封信 ${info.project.name}`);
  await page.fill('#f-body', '想商量社团改到周五。');
  await page.fill('#f-classes', '二年级一班 3\n二年级二班');
  await page.fill('#f-statements', '社团改到周五');
  await page.click('button[value=save]');
  await page.fill('#f-until', day(7));
  await page.locator('form[action$="/publish"] button').click();
  const address = await page.locator('.qr-card a').innerText();
  const desk = page.url();

  // The second class has no number of pupils: the office says how many.
  await page.locator('form[action$="/codes"] button').click();
  await expect(page.locator('#errors')).toContainText('每班几张');
  await page.selectOption('#f-cohort', '二年级一班');
  await page.locator('form[action$="/codes"] button').click();
  const slips = page.locator('.sticker-code');
  await expect(slips).toHaveCount(3);
  await accessible(page, check);
  const [first, second] = await slips.allInnerTexts();
  const picture = await page.locator('.sticker-qr svg').first().screenshot({ scale: 'device' });
  const [found] = await readBarcodes(new Uint8Array(picture), { formats: ['QRCode'], tryHarder: true });
  expect(found.text).toBe(`${address}#c=${first.replaceAll('-', '')}`);

  const context = await browser.newContext({ ...contextOptions, javaScriptEnabled, viewport, isMobile, hasTouch, baseURL, locale });
  const phone = await context.newPage();
  await phone.goto(found.text);
  await accessible(phone, check);
  await fitsTheScreen(phone, check);
  if (javaScriptEnabled) await expect(phone.locator('#f-response_code')).toHaveValue(first.replaceAll('-', ''));
  else await phone.fill('#f-response_code', first);
  await phone.locator('label.chip:has(input[value=agree])').click();
  await phone.click('#send');
  await expect(phone.locator('h1')).toHaveText('收到了，谢谢');

  // The same slip again is refused with everything kept; another one is good.
  await phone.goto(address);
  await phone.fill('#f-response_code', first.toLowerCase());
  await phone.fill('#f-answer-comment', '周五下午好');
  await phone.click('#send');
  await expect(phone.locator('#errors')).toContainText('已经用过');
  await expect(phone.locator('#f-answer-comment')).toHaveValue('周五下午好');
  await phone.fill('#f-response_code', second);
  await phone.click('#send');
  await expect(phone.locator('h1')).toHaveText('收到了，谢谢');
  expect(await context.cookies()).toEqual([]);
  await context.close();

  await page.goto(desk);
  const row = page.locator('tr', { hasText: '二年级一班' });
  await expect(row.locator('.num').nth(0)).toHaveText('2');
  await expect(row.locator('.num').nth(1)).toHaveText('3');
});

test('the printed letter carries its code, and headings are not torn from their text', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 1200 });
  await signIn(page, staffOf('office'));
  await page.goto('/desk/letters');
  await page.getByRole('link', { name: '关于午餐价格的一封信' }).click();
  await page.getByRole('link', { name: '打印' }).first().click();
  await page.emulateMedia({ media: 'print' });
  const slip = page.locator('.slip-qr svg');
  const found = await readBarcodes(new Uint8Array(await slip.screenshot({ scale: 'device' })), { formats: ['QRCode'], tryHarder: true });
  expect(found.map((f) => f.text)).toEqual([`${demo().base_url}/q/${pointAt('致家长一封信').code}`]);
  expect(['Q', 'H']).toContain(found[0].ecLevel);
  expect(await page.locator('.letter h2').first().evaluate((h) => getComputedStyle(h).breakAfter)).toBe('avoid');
  expect(await page.locator('.reply-slip').evaluate((s) => getComputedStyle(s).breakInside)).toBe('avoid');
  const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString('latin1');
  expect(pdf.match(/\/MediaBox\s*\[\s*0\s+0\s+59[45]/g)?.length ?? 0).toBeGreaterThan(0);
});

test('the letter to the head is a form like others, with its own words', async ({ page, javaScriptEnabled }) => {
  await page.goto('/xuelian');
  await page.getByRole('link', { name: '校长信箱' }).click();
  await expect(page.locator('h1')).toHaveText('写给校长');
  await accessible(page, { javaScriptEnabled });
  await fitsTheScreen(page, { javaScriptEnabled });
  await page.locator('label.choice:has(input[value=anonymous])').click();
  await page.fill('#f-body', '想请校长来听听我们班的早读');
  await page.click('#send');
  await expect(page.locator('#code')).toBeVisible({ timeout: 30_000 });
});
