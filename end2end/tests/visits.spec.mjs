// Walking by a checklist on a phone: offline from start to end, once; a patrol as a plain form; who may open what.
import { accessible, demo, expect, fitsTheScreen, photo, pointAt, signIn, staffOf, test } from './support.mjs';

test.use({ offlineExpected: true });

/** The people of a role, one a test that changes something, so that tests beside each other do not meet. */
const people = (role) => demo().staff.filter((member) => member.role === role);

const walking = (page) => page.waitForFunction(() => document.querySelector('#answers')?.dataset.walkReady);
const shell = async (page, base) => {
  await page.goto(base);
  await page.waitForFunction(() => document.documentElement.dataset.ready);
  await page.waitForFunction(() => document.querySelector('#field-queue')?.dataset.kept);
};

/** Goes on to the next part, where there are parts. */
async function next(page) {
  const button = page.locator('#step-next');
  if (await button.isVisible()) await button.click();
}

/** Answers every item that shows with yes or 5, part by part; `wrong` (words of an item) with no and a comment. */
async function walk(page, { place, wrong, comment, file, signature = '本人' }) {
  if (place) await page.fill('input[name="answer.place"]', place);
  await next(page);
  const sections = await page.locator('section.form-section').count();
  for (let i = 1; i < sections - 1; i += 1) {
    const section = page.locator('section.form-section').nth(i);
    for (const field of await section.locator('fieldset[data-question]').all()) {
      const words = await field.locator('legend').innerText();
      if (wrong && words.includes(wrong)) {
        await field.locator('label', { hasText: '否' }).click();
        const key = await field.getAttribute('data-question');
        await page.fill(`textarea[name="answer.${key}_why"]`, comment);
        if (file) await page.setInputFiles(`input[name="answer.${key}_photo"]`, file);
      } else {
        const yes = field.locator('label', { hasText: '是' });
        await ((await yes.count()) ? yes.first() : field.locator('label', { hasText: '5' })).click();
      }
    }
    await next(page);
  }
  await page.fill('input[name="answer.signature"]', signature);
}

/** The cases that hold a text, and how many photos each has. */
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

test('a visit without a net: filled, photographed, signed, the page closed; sent once when the net is back', async ({ page, context, browser, contextOptions, baseURL, javaScriptEnabled }) => {
  if (javaScriptEnabled === false) return;
  test.setTimeout(120_000);
  const comment = `留样记录没有填 ${Date.now()}`;
  await signIn(page, people('representative')[0]);
  await shell(page, '/rep/visits');
  await page.evaluate(() => navigator.serviceWorker.ready);
  await context.setOffline(true);
  await page.click('a.walk-link:has-text("食堂巡查")');
  await walking(page);
  await walk(page, { place: '食堂二楼', wrong: '留样', comment, file: photo });
  await expect(page.locator('#walk-summary')).toContainText('留样');
  await expect(page.locator('#walk-summary')).toContainText(comment);
  await accessible(page, { javaScriptEnabled });
  await page.click('#send');
  await expect(page.locator('#field-count')).toHaveText('1 次检查还没发出');
  await page.close();
  const again = await context.newPage();
  await again.goto('/rep/visits');
  await expect(again.locator('#field-entries li')).toContainText('食堂二楼');
  await context.setOffline(false);
  await expect(again.locator('#field-sent')).toHaveText('已发出 1 次检查。', { timeout: 40_000 });
  await expect(again.locator('#field-queue')).toBeHidden();
  await again.reload();
  const found = await cases(browser, contextOptions, baseURL, comment.split(' ')[1]);
  expect(found.numbers).toHaveLength(1);
  expect(found.files).toEqual([1]);
});

test('a walk that was begun survives closing the page, photo included', async ({ page, context, javaScriptEnabled }) => {
  if (javaScriptEnabled === false) return;
  await signIn(page, people('representative')[0]);
  await shell(page, '/rep/visits');
  await page.click('a.walk-link:has-text("卫生间巡查")');
  await walking(page);
  await page.fill('input[name="answer.place"]', '教学楼三层');
  await next(page);
  const field = page.locator('fieldset[data-question]', { hasText: '有保洁记录' });
  await field.locator('label', { hasText: '否' }).click();
  const key = await field.getAttribute('data-question');
  await page.setInputFiles(`input[name="answer.${key}_photo"]`, photo);
  await expect(page.locator('.photo.done')).toHaveCount(1);
  await page.waitForTimeout(900);
  const address = page.url();
  await page.close();
  await context.setOffline(true);
  const again = await context.newPage();
  await again.goto(address);
  await walking(again);
  await expect(again.locator('input[name="answer.place"]')).toHaveValue('教学楼三层');
  await next(again);
  await expect(again.locator('.photo.done')).toHaveCount(1);
  await again.locator('.photo-remove').click();
  await expect(again.locator('.photo.done')).toHaveCount(0);
  await context.setOffline(false);
});

test('a session that ended keeps the visit and asks to sign in', async ({ page, context, javaScriptEnabled }) => {
  if (javaScriptEnabled === false) return;
  test.setTimeout(90_000);
  const person = people('representative')[1];
  await signIn(page, person);
  await shell(page, '/rep/visits');
  await page.click('a.walk-link:has-text("图书室巡查")');
  await walking(page);
  await walk(page, { place: '图书室' });
  await context.setOffline(true);
  await page.click('#send');
  await expect(page.locator('#field-count')).toHaveText('1 次检查还没发出');
  await context.clearCookies();
  await context.setOffline(false);
  await expect(page.locator('#field-entries li')).toContainText('登录后发出', { timeout: 40_000 });
  await page.click('#field-signin');
  await page.fill('input[name=username]', person.username);
  await page.fill('input[name=password]', person.password);
  await page.click('main button[type=submit]');
  await expect(page.locator('#field-sent')).toHaveText('已发出 1 次检查。', { timeout: 40_000 });
});

test('what is refused after waiting comes back to be changed, photo included', async ({ page, context, javaScriptEnabled }) => {
  if (javaScriptEnabled === false) return;
  test.setTimeout(120_000);
  await signIn(page, people('student_inspector')[0]);
  await shell(page, '/patrol/visits');
  await page.evaluate(() => navigator.serviceWorker.ready);
  await context.setOffline(true);
  await page.click('a.walk-link:has-text("楼道检查")');
  await walking(page);
  await walk(page, { place: '教学楼四层', wrong: '垃圾桶没有满', comment: '吴志强没有换垃圾袋', file: photo });
  await page.click('#send');
  await expect(page.locator('#field-count')).toHaveText('1 次检查还没发出');
  await context.setOffline(false);
  await expect(page.locator('#field-entries li')).toContainText('有几处要改', { timeout: 40_000 });
  await page.click('#field-entries a');
  await walking(page);
  await expect(page.locator('input[name="answer.place"]')).toHaveValue('教学楼四层');
  await next(page);
  await expect(page.locator('.photo.done')).toHaveCount(1);
  const words = page.locator('textarea:visible').first();
  await expect(words).toHaveValue('吴志强没有换垃圾袋');
  await words.fill('垃圾袋满了没有换');
  for (let i = 0; i < 5; i += 1) await next(page);
  await page.click('#send');
  await expect(page).toHaveURL(/\/patrol\/visits\/[0-9a-f]{32}\?sent=1/);
  await expect(page.locator('.walk-photo img')).toHaveCount(1);
  await page.goto('/patrol/visits');
  await page.waitForFunction(() => document.documentElement.dataset.ready);
  await expect(page.locator('#field-queue')).toBeHidden();
});

test('signing out takes the checklists from the phone', async ({ page, javaScriptEnabled }) => {
  if (javaScriptEnabled === false) return;
  await signIn(page, people('student_inspector')[0]);
  await shell(page, '/patrol/visits');
  await page.evaluate(() => navigator.serviceWorker.ready);
  const kept = () => page.evaluate(async () => {
    const addresses = [];
    for (const name of await caches.keys()) addresses.push(...(await (await caches.open(name)).keys()).map((r) => new URL(r.url).pathname));
    return addresses;
  });
  const before = await kept();
  expect(before.filter((address) => address.startsWith('/patrol/visits/new/')).length).toBeGreaterThan(5);
  for (const address of before) expect(address).toMatch(/^\/(assets\/|patrol\/visits|icon|manifest)/);
  await page.reload();
  await page.evaluate(() => document.querySelector('form[action="/logout"]').requestSubmit());
  await expect(page).toHaveURL(/\/login/);
  await expect.poll(kept).not.toContain('/patrol/visits');
});

test('a patrol by the plain form; a teacher\'s name is refused and everything comes back', async ({ page, javaScriptEnabled }) => {
  test.setTimeout(90_000);
  await signIn(page, people('student_inspector')[0]);
  await page.goto('/patrol');
  await page.click('a.walk-link:has-text("卫生间检查")');
  if (javaScriptEnabled !== false) await walking(page);
  await walk(page, { place: '教学楼一层', wrong: '水龙头', comment: '周建平老师说水龙头坏了' });
  await page.click('#send');
  await expect(page.locator('.error').first()).toContainText('请把名字去掉');
  const words = page.locator('.has-error textarea');
  await expect(words).toHaveValue('周建平老师说水龙头坏了');
  // The error goes as soon as somebody is at it.
  await page.locator(`#${await words.getAttribute('id')}`).fill('最里面的水龙头关不紧');
  if (javaScriptEnabled !== false) for (let i = 0; i < 6; i += 1) await next(page);
  await page.click('#send');
  await expect(page).toHaveURL(/\/patrol\/visits\/[0-9a-f]{32}\?sent=1/);
  await expect(page.locator('.banner.ok')).toContainText('文明办和班主任会看到');
  await expect(page.locator('body')).toContainText('最里面的水龙头关不紧');
});

test('targets are large enough for a thumb, and nothing sticks out', async ({ page, javaScriptEnabled }) => {
  if (javaScriptEnabled === false) return;
  test.setTimeout(60_000);
  await signIn(page, people('student_inspector')[0]);
  for (const path of ['/patrol', '/patrol/visits']) {
    await page.goto(path);
    await fitsTheScreen(page, { javaScriptEnabled });
    await accessible(page, { javaScriptEnabled });
  }
  await page.click('a.walk-link:has-text("班级检查")');
  await walking(page);
  for (let i = 0; i < 2; i += 1) {
    const small = await page.evaluate(() => [...document.querySelectorAll('main button, main .chip, main .scale label, main label.choice, main input[type=text], main a')]
      .filter((e) => e.offsetParent && e.getBoundingClientRect().height > 0)
      .map((e) => ({ words: e.innerText, height: e.getBoundingClientRect().height, width: e.getBoundingClientRect().width }))
      .filter((e) => e.height < 47.5));
    expect(small).toEqual([]);
    await accessible(page, { javaScriptEnabled });
    await fitsTheScreen(page, { javaScriptEnabled });
    if (i === 0) await page.locator('label.choice', { hasText: '五(1)班' }).click();
    await next(page);
  }
});

test('each role opens its own pages only', async ({ page }) => {
  await signIn(page, people('representative')[0]);
  for (const path of ['/patrol', '/patrol/visits', '/desk/patrols', '/desk/visits', '/desk/checklists']) {
    expect((await page.goto(path)).status(), path).toBe(404);
  }
  expect((await page.goto('/rep/visits')).status()).toBe(200);
});

test('the code of a place leads to its checklist', async ({ page }) => {
  await signIn(page, people('representative')[0]);
  await page.goto(`/q/${pointAt('家长接待室').code}`);
  await page.click('#checklist');
  await expect(page).toHaveURL(/\/rep\/visits\/new\//);
  await expect(page.locator('input[name="answer.place"]')).toHaveValue('家长接待室');
});
