// The hotline: a whole call by the keyboard alone, with scripts and without; nothing lost on a reload; call-backs; the slip.
import { accessible, expect, fitsTheScreen, signIn, staffOf, test } from './support.mjs';

const operator = () => staffOf('hotline_operator');
const ready = (page) => page.waitForFunction(() => document.documentElement.dataset.ready);

/** Opens an empty screen. */
async function open(page, javaScriptEnabled, address = '/desk/hotline/new?fresh=1') {
  await page.goto(address);
  if (javaScriptEnabled !== false) await ready(page);
}

/** Presses Tab until a control has the focus; fails when it never gets there. */
async function tabTo(page, selector) {
  for (let presses = 0; presses < 60; presses += 1) {
    if (await page.locator(selector).first().evaluate((e) => e === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never reaches ${selector}`);
}

test('a whole call by the keyboard alone', async ({ page, javaScriptEnabled }) => {
  test.setTimeout(90_000);
  await signIn(page, operator());
  await open(page, javaScriptEnabled);
  await expect(page.locator('#f-body')).toBeFocused();
  const words = `荧${Date.now() % 100_000} 北门早上只开一扇门，堵得厉害`;
  await page.keyboard.insertText(words);
  if (javaScriptEnabled === false) {
    await tabTo(page, '#f-topic');
    await page.keyboard.type('安');
    await page.locator('#f-topic').selectOption('safety');
    await tabTo(page, '#f-contact_name');
    await page.keyboard.insertText('王女士');
    await page.keyboard.press('Tab');
    await page.keyboard.insertText('13800138000');
    await tabTo(page, '#call-save');
    await page.keyboard.press('Enter');
  } else {
    await page.keyboard.press('Tab');
    await expect(page.locator('#f-topic-find')).toBeFocused();
    await page.keyboard.type('aq');
    await expect(page.locator('#topic-list li[aria-selected=true]')).toHaveText('安全');
    await accessible(page, { javaScriptEnabled });
    await page.keyboard.press('Enter');
    await expect(page.locator('#f-topic')).toHaveValue('safety');
    // Escape closes and changes nothing.
    await page.keyboard.press('ArrowDown');
    await expect(page.locator('#topic-list')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.locator('#topic-list')).toBeHidden();
    await expect(page.locator('#f-topic-find')).toHaveValue('安全');
    await page.keyboard.press('Alt+3');
    await expect(page.locator('#f-place')).toBeFocused();
    await page.keyboard.insertText('北门');
    await page.keyboard.press('Alt+6');
    await page.keyboard.insertText('王女士');
    await page.keyboard.press('Alt+7');
    await page.keyboard.insertText('13800138000');
    // Tab leads through to the end: nothing holds the focus.
    await tabTo(page, '#call-save');
    await page.keyboard.press('Alt+1');
    await expect(page.locator('#f-body')).toBeFocused();
    await page.keyboard.press('Control+Enter');
  }
  await expect(page.locator('#code')).toBeVisible();
  expect((await page.locator('#code').innerText()).replace(/\s+/g, '')).toMatch(/^[0-9A-HJKMNP-TV-Z]{16}$/);
  await expect(page.locator('.spelled li')).toHaveCount(4);
  await accessible(page, { javaScriptEnabled });
  await fitsTheScreen(page, { javaScriptEnabled });
  const number = (await page.locator('#case-number').innerText()).trim();
  await page.goto('/desk/hotline');
  await expect(page.getByText(number)).toBeVisible();
});

test('what is typed is kept without being asked, and a reload brings it back', async ({ page, javaScriptEnabled }) => {
  await signIn(page, operator());
  await open(page, javaScriptEnabled, '/desk/walk-in/new?fresh=1');
  const words = `来访的话 ${Date.now()}`;
  await page.fill('#f-body', words);
  await page.fill('#f-contact_name', '张<b>奶奶</b>');
  if (javaScriptEnabled === false) {
    await page.click('#call-keep');
    await expect(page).toHaveURL(/\/desk\/walk-in$/);
  } else {
    await expect(page.locator('#draft-state')).toHaveText('已存好，断电也不丢', { timeout: 10_000 });
  }
  await page.goto('/desk/walk-in/new');
  const drafts = page.locator('.file-list li', { hasText: words });
  if ((await page.locator('#f-body').inputValue()) !== words) await drafts.getByRole('link', { name: '接着记' }).click();
  await expect(page.locator('#f-body')).toHaveValue(words);
  await expect(page.locator('#f-contact_name')).toHaveValue('张<b>奶奶</b>');
  await accessible(page, { javaScriptEnabled });
  await fitsTheScreen(page, { javaScriptEnabled });
  await page.locator('#call-save').click();
  await expect(page.locator('#code')).toBeVisible();
  await page.goto('/desk/walk-in/new?fresh=1');
  await expect(drafts).toHaveCount(0);
});

test('a second caller joins the case of the first', async ({ page, javaScriptEnabled }) => {
  test.setTimeout(60_000);
  await signIn(page, operator());
  const words = `操场西边的单杠松了，孩子荡的时候摇晃，第${Date.now() % 100_000}次说`;
  const numbers = [];
  for (const times of [1, 2]) {
    await open(page, javaScriptEnabled);
    await page.fill('#f-body', words);
    await page.locator('#f-topic').selectOption('facilities', { force: true });
    await page.fill('#f-contact_name', `家长${times}`);
    if (times === 2) {
      await page.click('#find-similar');
      const choice = page.locator('#similar label.choice', { hasText: numbers[0] });
      await expect(choice).toBeVisible();
      await expect(choice).not.toContainText('单杠');
      await accessible(page, { javaScriptEnabled });
      await choice.click();
    }
    await page.locator('#call-save').click();
    await expect(page.locator('#code')).toBeVisible();
    numbers.push((await page.locator('#case-number').innerText()).trim());
  }
  expect(numbers[1]).toBe(numbers[0]);
});

test('a missed call is written down and called back', async ({ page, javaScriptEnabled }) => {
  await signIn(page, operator());
  await page.goto('/desk/hotline/missed');
  const number = `0991-${Date.now() % 10_000_000}`;
  await page.fill('#f-number', number);
  await page.getByRole('button', { name: '记下' }).click();
  const card = page.locator('.call-back', { hasText: number });
  if (!(await card.isVisible())) await page.locator('details.fold > summary', { hasText: '以后要回的' }).click();
  await expect(card).toBeVisible();
  await accessible(page, { javaScriptEnabled });
  await card.locator('summary').click();
  await card.locator('label.chip', { hasText: '打通了' }).first().click();
  await card.getByRole('button', { name: '记下' }).click();
  await expect(page.locator('.call-back', { hasText: number })).toHaveCount(0);
});

test('an answer on the spot and danger say what they are', async ({ page, javaScriptEnabled }) => {
  await signIn(page, operator());
  await open(page, javaScriptEnabled);
  await page.fill('#f-body', '问放学时间');
  await page.locator('label.chip', { hasText: '当场答复了' }).click();
  await page.fill('#f-answer', '四点二十');
  await page.locator('#call-save').click();
  await expect(page.getByText('已经当场答复')).toBeVisible();
  await open(page, javaScriptEnabled);
  await page.fill('#f-body', '有孩子说不想活了');
  await page.locator('label.chip', { hasText: '有危险' }).click();
  await page.locator('#call-save').click();
  await expect(page.locator('.danger-panel')).toContainText('先确认自己安全');
  await accessible(page, { javaScriptEnabled });
});

test('the slip is one page of paper with the code on it', async ({ page, javaScriptEnabled }) => {
  await signIn(page, operator());
  await open(page, javaScriptEnabled, '/desk/walk-in/new?fresh=1');
  await page.fill('#f-body', '想要一张回执');
  await page.locator('#call-save').click();
  const code = (await page.locator('#code').innerText()).replace(/\s+/g, ' ').trim();
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('.paper-slip-code')).toHaveText(code);
  await expect(page.locator('#receipt')).toBeHidden();
  if (javaScriptEnabled === false) return;
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
});

test('a line of a week is read by the operator and kept by the office', async ({ page, javaScriptEnabled }) => {
  await signIn(page, staffOf('office'));
  await page.goto('/desk/hotline/roster?week=2030-01-07');
  await page.locator('select').nth(1).selectOption({ index: 1 });
  await page.getByRole('button', { name: '存好这一周' }).click();
  await accessible(page, { javaScriptEnabled });
  await fitsTheScreen(page, { javaScriptEnabled });
  await expect(page.locator('select').nth(1)).not.toHaveValue('');
});
