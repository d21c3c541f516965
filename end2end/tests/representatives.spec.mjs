// Representatives: appointed by the office with a QR code, the promise before everything, second looks on the phone, and
// what is printed.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { accessible, demo, expect, fitsTheScreen, photo, pointAt, signIn, staffOf, test } from './support.mjs';

// The library would fetch its code from the net; ours lies beside it.
const wasm = join(dirname(createRequire(import.meta.url).resolve('zxing-wasm/reader')), '../../reader/zxing_reader.wasm');
prepareZXingModule({ overrides: { wasmBinary: readFileSync(wasm) } });

const memberOf = (username) => demo().staff.find((member) => member.username === username);
const day = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** Touch targets of the main part that are lower than 48 px. */
async function lowTargets(page, { javaScriptEnabled }) {
  if (javaScriptEnabled === false) return [];
  return page.evaluate(() => [...document.querySelectorAll('main a, main button, main .chip, main summary, main .choice')]
    .filter((target) => target.getClientRects().length > 0 && !target.closest('p:not(.button-row), li.event, td'))
    .map((target) => ({ words: target.textContent.trim(), height: Math.round(target.getBoundingClientRect().height) }))
    .filter(({ height }) => height > 0 && height < 48));
}

test('somebody is appointed, scans the slip, accepts the promise and is at work', async ({ page, browser, javaScriptEnabled }, info) => {
  test.setTimeout(90_000);
  const username = `rep-e2e-${info.project.name}`.replace('no-script', 'plain');
  await signIn(page, staffOf('office'));
  await page.goto('/desk/representatives/new');
  await page.fill('#f-display_name', '热依拉');
  await page.fill('#f-username', username);
  await page.fill('#f-last_day', day(60));
  await page.getByRole('button', { name: '聘请' }).click();
  // The area is missing; nothing that was typed is lost.
  await expect(page.locator('#errors')).toContainText('请至少选一个地方');
  await expect(page.locator('#f-username')).toHaveValue(username);
  await page.locator('label.chip', { hasText: '食堂三楼' }).click();
  await page.fill('#f-more_places', '图书馆');
  await page.getByRole('button', { name: '聘请' }).click();
  await expect(page.locator('.slip')).toContainText('热依拉，请扫码');
  const [{ text: link }] = await readBarcodes(new Uint8Array(await page.locator('.slip svg').screenshot()), { formats: ['QRCode'], tryHarder: true });
  expect(link).toMatch(new RegExp(`^${demo().base_url}/invitation/[0-9A-Z]{52}$`));

  const phone = await browser.newContext({ viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true, javaScriptEnabled, locale: 'zh-CN' });
  const own = await phone.newPage();
  await own.goto(link);
  await own.fill('input[name=new]', 'correct horse battery');
  await own.getByRole('button').click();
  await expect(own).toHaveURL(/\/rep\/promise$/);
  await expect(own.locator('main')).toContainText('不打听是谁反映的');
  await fitsTheScreen(own, { javaScriptEnabled });
  await accessible(own, { javaScriptEnabled });
  expect(await lowTargets(own, { javaScriptEnabled })).toEqual([]);
  expect((await own.goto('/rep/visits')).status()).toBe(404);
  await own.goto('/rep');
  await own.locator('label.choice', { hasText: '我读过了' }).click();
  await own.getByRole('button', { name: '接受并开始' }).click();
  await expect(own).toHaveURL(/\/rep$/);
  await expect(own.locator('main')).toContainText('图书馆');
  expect((await own.goto('/rep/visits')).status()).toBe(200);
  // The link was for once.
  expect((await own.goto(link)).status()).toBe(404);
  await phone.close();
});

test('a case is drawn, looked at with a photo, and comes back to the office', async ({ page, request, browser, javaScriptEnabled }) => {
  test.setTimeout(120_000);
  const secret = `哨兵${Date.now()}`;
  const answer = await request.post(`/q/${pointAt('食堂三楼').code}`, {
    headers: { accept: 'application/json' },
    form: { idempotency_key: crypto.randomUUID(), role: 'parent', identity: 'anonymous', topic: 'canteen', body: `汤不热，${secret}` },
  });
  const number = (await answer.json()).case_number;
  await signIn(page, staffOf('office'));
  await page.goto(`/desk/cases/${number}`);
  await page.locator('textarea[name=reply]').fill('汤已换保温桶，请放心。');
  await page.getByRole('button', { name: '发出答复' }).click();
  await page.goto('/desk/representatives/rechecks');
  await page.selectOption('#f-appointment', { label: '阿依古丽' });
  await page.fill('#f-wanted', '10');
  await page.getByRole('button', { name: '抽取', exact: true }).click();
  // Another project may have drawn it already: then it waits for the representative all the same.
  if (!(await page.locator('#errors').count())) {
    await expect(page.locator('.banner.ok')).toContainText('一致');
    await fitsTheScreen(page, { javaScriptEnabled });
    await accessible(page, { javaScriptEnabled });
  }

  const phone = await browser.newContext({ viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true, javaScriptEnabled, locale: 'zh-CN' });
  const own = await phone.newPage();
  await signIn(own, memberOf('aygul'));
  await own.goto('/rep');
  await fitsTheScreen(own, { javaScriptEnabled });
  await accessible(own, { javaScriptEnabled });
  expect(await lowTargets(own, { javaScriptEnabled })).toEqual([]);
  await own.locator('a.walk-link', { hasText: number }).click();
  await expect(own.locator('main')).toContainText('汤已换保温桶');
  expect(await own.content()).not.toContain(secret);
  await fitsTheScreen(own, { javaScriptEnabled });
  await accessible(own, { javaScriptEnabled });
  expect(await lowTargets(own, { javaScriptEnabled })).toEqual([]);
  await own.locator('label.chip', { hasText: '没解决' }).click();
  await own.setInputFiles('#f-photos', photo);
  await own.getByRole('button', { name: '交给学校' }).click();
  await expect(own.locator('#errors')).toContainText('请写看到了什么');
  await expect(own.locator('main')).toContainText('已收下 1 张');
  await own.fill('#f-comment', '还是用的老桶，汤是温的。');
  await own.getByRole('button', { name: '交给学校' }).click();
  await expect(own).toHaveURL(/\/rep$/);
  await expect(own.locator('a.walk-link', { hasText: number })).toHaveCount(0);
  await phone.close();

  await page.goto(`/desk/cases/${number}`);
  await expect(page.locator('main')).toContainText('代表回头看：没有解决');
  await expect(page.locator('main')).toContainText('还是用的老桶');
  await expect(page.locator('.pill', { hasText: '重办' })).toBeVisible();
  await expect(page.locator('main .photos img')).toHaveCount(1);
});

test('a representative whose term is over reads thanks, and nothing else opens', async ({ page, javaScriptEnabled }) => {
  await signIn(page, memberOf('tianguoqiang'));
  await expect(page.locator('h1')).toContainText('任期已经结束');
  await accessible(page, { javaScriptEnabled });
  for (const path of ['/rep/visits', '/rep/place', '/rep/promise']) expect((await page.goto(path)).status(), path).toBe(404);
});

test('a representative scans a place and says how its paper looks', async ({ page, javaScriptEnabled }) => {
  await signIn(page, memberOf('songjiaming'));
  await page.goto('/rep/place');
  await page.fill('#f-code', pointAt('教学楼二层').code.toLowerCase());
  await page.getByRole('button', { name: '打开' }).click();
  await expect(page.locator('main')).toContainText('教学楼意见箱');
  await fitsTheScreen(page, { javaScriptEnabled });
  await accessible(page, { javaScriptEnabled });
  await page.getByRole('button', { name: '记下' }).click();
  await expect(page.locator('.banner.ok')).toBeVisible();
});

test('each sheet of letter, promise and register is one page of A4', async ({ page, javaScriptEnabled }) => {
  await signIn(page, staffOf('office'));
  await page.goto('/desk/representatives');
  const here = await page.locator('td.title a', { hasText: '阿依古丽' }).getAttribute('href');
  for (const path of [`${here}/letter`, `${here}/promise`, '/desk/access-points/register']) {
    await page.goto(path);
    await accessible(page, { javaScriptEnabled });
    const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString('latin1');
    expect(pdf.match(/\/Type\s*\/Page\b/g), path).toHaveLength(await page.locator('.sheet').count());
  }
});
