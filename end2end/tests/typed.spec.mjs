// What is typed on the page of a case stays in its tab until it is sent.
import { expect, pointAt, signIn, staffOf, test } from './support.mjs';

test('words that were not sent are there after a reload; sent or signed out, they are gone', async ({ page, request, javaScriptEnabled }) => {
  if (javaScriptEnabled === false) return;
  const answer = await request.post(`/q/${pointAt('食堂三楼').code}`, {
    headers: { accept: 'application/json' },
    form: { idempotency_key: crypto.randomUUID(), role: 'parent', identity: 'anonymous', topic: 'canteen', body: '汤是凉的，写备注用' },
  });
  const number = (await answer.json()).case_number;
  const note = page.locator('textarea[name=note]');
  const open = async () => {
    await page.goto(`/desk/cases/${number}`);
    await page.waitForSelector('html[data-ready]');
    await page.locator('.tab-note').click();
  };
  await signIn(page, staffOf('office'));
  await open();
  await note.fill('等总务处回话 𠮷');
  await page.reload();
  await page.waitForSelector('html[data-ready]');
  await expect(note).toHaveValue('等总务处回话 𠮷');
  await page.locator('.tab-note').click();
  await page.getByRole('button', { name: '保存备注' }).click();
  await expect(page.locator('.done[role=status]')).toBeVisible();
  await open();
  await expect(note).toHaveValue('');
  await note.fill('不该留给下一个人的话');
  await page.evaluate(() => document.querySelector('form[action="/logout"]').requestSubmit());
  await expect(page).toHaveURL(/login/);
  await signIn(page, staffOf('office'));
  await open();
  await expect(note).toHaveValue('');
});
