// A questionnaire from the first word to the third answer: built by hand, checked in the preview, published, answered from
// three devices, with and without scripts; slips with one-time codes; what the browser adds to the form.
import { accessible, expect, fitsTheScreen, pointAt, signIn, staffOf, test, watch } from './support.mjs';

const ready = (page) => page.waitForFunction(() => document.documentElement.dataset.ready);
const live = () => `/q/${pointAt('家长会签到处').code}`;

/** Begins a questionnaire and adds a question; gives the address of its desk page. */
async function begin(page, title) {
  await page.goto('/desk/questionnaires/new');
  await page.fill('#f-title', title);
  await page.click('main button[type=submit]');
  await expect(page).toHaveURL(/\/edit$/);
  return new URL(page.url()).pathname.replace('/edit', '');
}

/** Opens the kinds of the n-th section and presses one of them. */
async function add(page, kind, section = 0) {
  const fold = page.locator('.build-section').nth(section).locator('details.fold');
  if (await fold.getAttribute('open') === null) await fold.locator('summary').click();
  await fold.getByRole('button', { name: kind, exact: true }).click();
  await expect(page).toHaveURL(/\/questions\//);
}

const save = async (page) => {
  await page.locator('main form button.main').click();
  await expect(page).toHaveURL(/\/edit#/);
};

/** Builds a small questionnaire of two sections with a condition, and publishes it; gives the address of its form. */
async function built(page, title, settings) {
  const desk = await begin(page, title);
  await add(page, '单选');
  await page.fill('#f-label', '你常去食堂吗');
  await page.fill('#f-choices', '常去\n很少去');
  await page.locator('label.switch', { hasText: '必须回答' }).click();
  await save(page);
  await add(page, '多行字');
  await page.fill('#f-label', '为什么很少去');
  await page.locator('#condition summary').click();
  await page.selectOption('#f-look-0', 'q1 is c2');
  await save(page);
  await expect(page.locator('#q2 .condition')).toContainText('“你常去食堂吗”选了“很少去”');
  await page.getByRole('button', { name: '加一个部分' }).click();
  await add(page, '打分', 1);
  await page.fill('#f-label', '给食堂打几分');
  await page.fill('#f-low', '很差');
  await save(page);
  await page.goto(desk);
  await page.getByRole('button', { name: '发布并开始收' }).click();
  await expect(page.locator('.banner.ok')).toContainText('发布了');
  if (settings) {
    await page.locator('#settings label.chip', { hasText: settings }).click();
    await page.locator('#settings button[type=submit]').click();
    await expect(page.locator('.banner.ok')).toContainText('保存了');
  }
  await page.fill('#f-place', `${title}`.slice(0, 20));
  await page.getByRole('button', { name: '生成一个二维码' }).click();
  await expect(page.locator('.banner.ok')).toContainText('二维码好了');
  return { desk, form: new URL(await page.locator('#points .qr-card a').first().getAttribute('href')).pathname };
}

/** Another device. */
async function device(browser, options, baseURL) {
  // The project's own settings would hold here, too.
  const context = await browser.newContext({ javaScriptEnabled: true, ...options, baseURL, locale: 'zh-CN' });
  const page = await context.newPage();
  const errors = [];
  watch(page, errors);
  return { page, close: async () => { expect(errors).toEqual([]); await context.close(); } };
}

const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

test('a questionnaire is built by hand and answered from three devices', async ({ page, browser, baseURL, javaScriptEnabled }, info) => {
  test.setTimeout(120_000);
  await signIn(page, staffOf('office'));
  const { desk, form } = await built(page, `食堂 ${info.project.name}`);
  for (const path of [desk, `${desk}/edit`, `${desk}/questions/q2`, `${desk}/sections/s2`, `${desk}/words`, `${desk}/preview`]) {
    await page.goto(path);
    await fitsTheScreen(page, { javaScriptEnabled });
    await accessible(page, { javaScriptEnabled });
  }

  // A phone with scripts: one section a page, the condition opens its question.
  const first = await device(browser, phone, baseURL);
  await first.page.goto(form);
  await ready(first.page);
  await expect(first.page.locator('[data-question=q2]')).toBeHidden();
  await first.page.click('#step-next');
  await expect(first.page.locator('[data-question=q1] .error')).toHaveText('这一项请填一下。');
  await first.page.locator('label.chip', { hasText: '很少去' }).click();
  await expect(first.page.locator('[data-question=q1] .error')).toHaveCount(0);
  await first.page.fill('[data-question=q2] textarea', '排队太久');
  await first.page.click('#step-next');
  await expect(first.page.locator('[data-section=s2]')).toBeFocused();
  await expect(first.page.locator('#form-lead')).toBeHidden();
  await first.page.locator('.scale label').nth(1).click();
  await first.page.click('#send');
  await expect(first.page.locator('h1')).toHaveText('收到了，谢谢');
  await first.close();

  // A phone without: everything shows, conditions in words; what is not reached is dropped.
  const second = await device(browser, { ...phone, javaScriptEnabled: false }, baseURL);
  await second.page.goto(form);
  await expect(second.page.locator('.condition').first()).toContainText('只在这种情况下回答');
  await second.page.locator('label.chip', { hasText: '常去' }).first().click();
  await second.page.fill('[data-question=q2] textarea', '不该留下');
  await second.page.click('#send');
  await expect(second.page.locator('h1')).toHaveText('收到了，谢谢');
  await second.close();

  // A desktop.
  const third = await device(browser, { viewport: { width: 1280, height: 800 } }, baseURL);
  await third.page.goto(form);
  await ready(third.page);
  await third.page.locator('label.chip', { hasText: '常去' }).first().click();
  await third.page.click('#step-next');
  await third.page.click('#send');
  await expect(third.page.locator('h1')).toHaveText('收到了，谢谢');
  await third.close();

  await page.goto(desk);
  await expect(page.locator('main')).toContainText('已收到 3 份回答');
  await page.getByRole('button', { name: '结束，不再收回答' }).click();
  await page.goto(form);
  await expect(page.locator('h1')).toHaveText('问卷已经结束');
  await accessible(page, { javaScriptEnabled });
});

test('a question is seen as it will be while it is written', async ({ page, javaScriptEnabled }, info) => {
  await signIn(page, staffOf('office'));
  await begin(page, `样子 ${info.project.name}`);
  await add(page, '多选');
  await page.fill('#f-label', '想去哪里');
  await page.fill('#f-choices', '动物园\n科技馆');
  const look = page.locator('#look');
  if (javaScriptEnabled === false) await page.click('#look-now');
  else await expect(page.locator('#look-now')).toBeHidden();
  await expect(look.locator('label.chip')).toHaveText(['动物园', '科技馆']);
  await expect(look).toContainText('想去哪里');
  await expect(page.locator('#f-choices')).toHaveValue('动物园\n科技馆');
  await fitsTheScreen(page, { javaScriptEnabled });
  await accessible(page, { javaScriptEnabled });
  await save(page);
  await expect(page.locator('.build-question h3').first()).toHaveText('1. 想去哪里');
});

test('deleting is taken back, moving and copying stay in place', async ({ page }, info) => {
  await signIn(page, staffOf('office'));
  const desk = await begin(page, `撤销 ${info.project.name}`);
  await add(page, '日期');
  await page.fill('#f-label', '哪一天');
  await save(page);
  await add(page, '数字');
  await page.fill('#f-label', '多少人');
  await save(page);
  await page.getByRole('button', { name: '上移：2. 多少人' }).click();
  await expect(page).toHaveURL(/#q2$/);
  await expect(page.locator('.build-question h3').first()).toHaveText('1. 多少人');
  await page.getByRole('button', { name: '复制：1. 多少人' }).click();
  await expect(page.locator('.build-question')).toHaveCount(3);
  await page.getByRole('button', { name: '删除：3. 哪一天' }).click();
  await expect(page.locator('.build-question')).toHaveCount(2);
  await page.getByRole('button', { name: '撤销上一步' }).click();
  await expect(page.locator('.build-question h3').nth(2)).toHaveText('3. 哪一天');
  await page.goto(`${desk}/edit`);
  await expect(page.locator('.build-question')).toHaveCount(3);
});

test('a slip opens the form with its code, once', async ({ page, browser, baseURL, javaScriptEnabled }, info) => {
  test.setTimeout(90_000);
  await signIn(page, staffOf('office'));
  const { desk, form } = await built(page, `纸条 ${info.project.name}`, '凭答题码');
  await page.goto(desk);
  await page.fill('#f-cohort', '三（1）班');
  await page.fill('#f-count', '30');
  await page.getByRole('button', { name: '生成纸条' }).click();
  await expect(page.locator('.sticker')).toHaveCount(30);
  await expect(page.locator('.sheet')).toHaveCount(2);
  const code = await page.locator('.sticker-code').first().innerText();

  for (const [scripts, refused] of [[true, false], [true, true], [false, true]]) {
    const { page: phonePage, close } = await device(browser, { ...phone, javaScriptEnabled: scripts }, baseURL);
    await phonePage.goto(`${form}#c=${code.replaceAll('-', '')}`);
    if (scripts) {
      await ready(phonePage);
      await expect(phonePage.locator('#f-response_code')).toHaveValue(code.replaceAll('-', ''));
      expect(phonePage.url()).not.toContain('#');
    } else {
      await phonePage.fill('#f-response_code', code.toLowerCase());
    }
    await phonePage.locator('label.chip', { hasText: '常去' }).first().click();
    if (scripts) await phonePage.click('#step-next');
    await phonePage.click('#send');
    if (refused) await expect(phonePage.locator('#errors')).toContainText('已经用过了');
    else await expect(phonePage.locator('h1')).toHaveText('收到了，谢谢');
    await close();
  }
  await page.goto(desk);
  await expect(page.locator('#codes table')).toContainText('1 / 30');
  await accessible(page, { javaScriptEnabled });
});

test('what was answered is there after a reload and gone after sending', async ({ page, javaScriptEnabled }) => {
  if (javaScriptEnabled === false) return;
  await page.goto(live());
  await ready(page);
  await page.locator('label.chip', { hasText: '三（2）班' }).click();
  await page.locator('[data-question=overall] label').nth(1).click();
  await page.fill('[data-question=why] textarea', '汤是凉的');
  await expect.poll(() => page.evaluate(() => Object.values(localStorage).join())).toContain(encodeURIComponent('汤是凉的'));
  const key = await page.inputValue('input[name=idempotency_key]');
  await page.reload();
  await ready(page);
  await expect(page.locator('#draft-state')).toContainText('已经放回来了');
  await expect(page.locator('[data-question=why] textarea')).toHaveValue('汤是凉的');
  expect(await page.inputValue('input[name=idempotency_key]')).toBe(key);
  await accessible(page, { javaScriptEnabled });
  await fitsTheScreen(page, { javaScriptEnabled });
  await page.click('#step-next');
  for (const row of await page.locator('.matrix-row').all()) await row.locator('label').first().click();
  await page.click('#step-next');
  await page.click('#step-back');
  await expect(page.locator('[data-section=s2]')).toBeVisible();
  await page.click('#step-next');
  await page.click('#send');
  await expect(page.locator('h1')).toHaveText('收到了，谢谢');
  await ready(page);
  expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([]);
  await accessible(page, { javaScriptEnabled });
});

test('what somebody left on a device that is handed around is gone after a while', async ({ page, javaScriptEnabled }) => {
  if (javaScriptEnabled === false) return;
  await page.clock.install();
  await page.goto(`${live()}?kiosk=1`);
  await ready(page);
  const chosen = page.locator('input[name="answer.class"]:checked');
  await page.locator('label.chip', { hasText: '三（1）班' }).click();
  await page.clock.runFor(80_000);
  await expect(page.locator('#idle-note')).toContainText('还在填吗');
  await page.mouse.click(5, 5);
  await expect(page.locator('#idle-note')).toBeHidden();
  await page.clock.runFor(80_000);
  await expect(chosen).toHaveCount(1);
  await page.clock.runFor(15_000);
  await expect(chosen).toHaveCount(0);
  await expect(page).toHaveURL(/kiosk=1$/);
});

test('one device is handed around', async ({ page, javaScriptEnabled }) => {
  await page.goto(`${live()}?kiosk=1`);
  if (javaScriptEnabled !== false) await ready(page);
  await page.locator('label.chip', { hasText: '三（3）班' }).click();
  await page.locator('[data-question=overall] label').nth(4).click();
  if (javaScriptEnabled !== false) await page.click('#step-next');
  for (const row of await page.locator('.matrix-row').all()) await row.locator('label').first().click();
  if (javaScriptEnabled !== false) {
    await page.click('#step-next');
    expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([]);
  }
  await page.click('#send');
  await expect(page.locator('h1')).toHaveText('收到了，谢谢');
  await page.click('#next-person');
  await expect(page).toHaveURL(/kiosk=1$/);
  await expect(page.locator('input[name="answer.class"]:checked')).toHaveCount(0);
});
