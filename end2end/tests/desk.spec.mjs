// The office at its list: filters, search, export, the same on a phone.
import { demo, expect, pointAt, signIn, staffOf, test } from './support.mjs';

/** A case on the desk, posted as another program would. */
async function post(request, place, fields) {
  const answer = await request.post(`/q/${pointAt(place).code}`, {
    headers: { accept: 'application/json' },
    form: { idempotency_key: crypto.randomUUID(), role: 'parent', identity: 'anonymous', ...fields },
  });
  expect(answer.status()).toBe(201);
  return (await answer.json()).case_number;
}

test('the list is narrowed by a filter alone, by words alone, and by both', async ({ page, request }) => {
  const word = `荧${Date.now() % 100_000}`;
  const lamp = await post(request, '教学楼二层', { topic: 'facilities', body: `走廊的灯一闪一闪，${word}号灯管坏了` });
  const soup = await post(request, '食堂三楼', { topic: 'canteen', body: `汤太咸，${word}号窗口` });
  await signIn(page, staffOf('office'));

  await page.goto(`/desk?view=all&q=${encodeURIComponent(word)}`);
  await expect(page.locator('a.item')).toHaveCount(2);
  await page.locator('summary', { hasText: /筛选/ }).click();
  await page.selectOption('#f-topic', 'canteen');
  await page.getByRole('button', { name: '看结果' }).click();
  await expect(page.locator('a.item')).toHaveCount(1);
  await expect(page.locator('a.item')).toContainText(soup);

  await page.goto('/desk?view=all');
  await page.locator('summary', { hasText: /筛选/ }).click();
  await page.selectOption('#f-topic', 'facilities');
  await page.getByRole('button', { name: '看结果' }).click();
  await expect(page).toHaveURL(/topic=facilities/);
  await expect(page.locator('a.item', { hasText: lamp })).toHaveCount(1);
  await expect(page.locator('a.item', { hasText: soup })).toHaveCount(0);
});

test('what the list shows can be taken along as a table', async ({ page, request }) => {
  const number = await post(request, '食堂三楼', { topic: 'canteen', body: '=HYPERLINK("http://example.com") 这一格不能变成公式' });
  await signIn(page, staffOf('office'));
  const csv = await page.request.get(`/desk?view=all&format=csv&q=${number}`);
  expect(csv.headers()['content-type']).toContain('text/csv');
  const text = await csv.text();
  expect(text).toContain(number);
  expect(text).not.toMatch(/(^|,)"?=HYPERLINK/m);
  expect(demo().staff.length).toBeGreaterThan(5);
});

test('the list and its cases are stepped through by keyboard', async ({ page, request, javaScriptEnabled, isMobile }) => {
  if (javaScriptEnabled === false || isMobile) return;
  const word = `键${Date.now() % 100_000}`;
  for (const n of [1, 2]) await post(request, '教学楼二层', { topic: 'facilities', body: `${word} 第 ${n} 件` });
  await signIn(page, staffOf('office'));
  await page.goto(`/desk?view=all&q=${encodeURIComponent(word)}`);
  await page.waitForSelector('html[data-ready]');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  await expect(page.locator('a.item').first()).toBeFocused();
  await page.keyboard.press('Enter');
  await page.waitForSelector('html[data-ready]');
  await expect(page.locator('.case-steps')).toContainText('前面没有了');
  await page.keyboard.press('j');
  await expect(page.locator('.case-steps')).toContainText('后面没有了');
  await page.waitForSelector('html[data-ready]');
  // A question opens with the focus in it; Escape closes it; letters typed into a text are letters.
  await page.keyboard.press('a');
  await expect(page.locator('details.dialog[open] select[name=department]')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.locator('details.dialog[open]')).toHaveCount(0);
  await page.keyboard.press('n');
  await page.keyboard.type('jka');
  await expect(page.locator('textarea[name=note]')).toHaveValue('jka');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('jka')).toBeVisible();
  await page.waitForSelector('html[data-ready]');
  // It can be switched off.
  await page.keyboard.press('?');
  await page.locator('#keys-on').setChecked(false, { force: true });
  await page.keyboard.press('Escape');
  await page.keyboard.press('u');
  await expect(page).toHaveURL(/desk\/cases/);
});

test('by keyboard nothing is done by mistake, and nothing typed is left behind', async ({ page, request, javaScriptEnabled, isMobile }) => {
  if (javaScriptEnabled === false || isMobile) return;
  const word = `误${Date.now() % 100_000}`;
  const numbers = [];
  for (const n of [1, 2]) numbers.push(await post(request, '教学楼二层', { topic: 'facilities', body: `${word} 第 ${n} 件` }));
  await signIn(page, staffOf('office'));
  await page.goto(`/desk?view=all&q=${encodeURIComponent(word)}`);
  await page.waitForSelector('html[data-ready]');
  // Chosen without the mouse, and how many.
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await expect(page.locator('#chosen')).toHaveText('已选 1 件');
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await expect(page.locator('#chosen')).toHaveText('已选 2 件');
  await page.keyboard.press('c');
  await expect(page.locator('select[name=deed]')).toBeFocused();
  await page.locator('a.item').first().focus();
  await page.keyboard.press('Enter');
  await page.waitForSelector('html[data-ready]');
  const open = page.locator('details.dialog[open]');
  // One question at a time: other letters wait until it is closed.
  await page.keyboard.press('a');
  await expect(open.locator('select[name=department]')).toBeFocused();
  await open.getByRole('button', { name: '交办' }).focus();
  await page.keyboard.press('d');
  await expect(open).toHaveCount(1);
  await expect(open.locator('select[name=department]')).toBeVisible();
  // Tab goes round in it.
  await page.keyboard.press('Tab');
  await expect(open.locator(':focus')).toHaveCount(1);
  await page.keyboard.press('Shift+Tab');
  await expect(open.getByRole('button', { name: '交办' })).toBeFocused();
  // Refused, it says so itself.
  await open.locator('select[name=department]').selectOption({ label: '食堂' });
  await page.keyboard.press('Control+Enter');
  await page.waitForSelector('html[data-ready]');
  await expect(open.locator('.error-summary')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(open).toHaveCount(0);
  // Words that were not sent hold one back; sent, they are acknowledged where one goes on.
  await page.keyboard.press('n');
  await page.keyboard.type('等总务处回话');
  await page.keyboard.press('Tab');
  await page.keyboard.press('j');
  await expect(page.locator('#keys-unsent')).toBeVisible();
  await expect(page.locator('textarea[name=note]')).toBeFocused();
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('.done[role=status]')).toBeFocused();
  await page.waitForSelector('html[data-ready]');
  // Back in the list one stands where one was.
  await page.keyboard.press('u');
  await expect(page.locator('a.item', { hasText: numbers[1] }).or(page.locator('a.item', { hasText: numbers[0] })).first()).toBeVisible();
  await expect(page.locator('a.item:focus')).toHaveCount(1);
});
