// What was typed stays when the language is changed, with and without scripts; a question on the desk can be left.
import { accessible, expect, pointAt, signIn, staffOf, test } from './support.mjs';

const ready = async (page, javaScriptEnabled) => {
  if (javaScriptEnabled !== false) await page.waitForSelector('html[data-ready]');
};

test('changing the language and the size keeps what was typed', async ({ page, javaScriptEnabled }) => {
  const words = '三楼的汤是凉的，保温台像是坏了';
  await page.goto(`/q/${pointAt('食堂三楼').code}`);
  await ready(page, javaScriptEnabled);
  await page.fill('#f-body', words);
  await page.locator('label.chip', { hasText: '学生' }).click();
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await ready(page, javaScriptEnabled);
  await expect(page.locator('#f-body')).toHaveValue(words);
  await expect(page.locator('input[name=role][value=student]')).toBeChecked();
  await page.getByRole('button', { name: 'Large type' }).click();
  await expect(page.locator('html')).toHaveClass('large');
  await ready(page, javaScriptEnabled);
  await expect(page.locator('#f-body')).toHaveValue(words);
  await accessible(page, { javaScriptEnabled });
  // Nothing was sent on the way.
  await page.getByRole('button', { name: '中文' }).click();
  await expect(page.locator('#f-body')).toHaveValue(words);
  await expect(page.locator('#receipt')).toHaveCount(0);
});

test('on a shared device the switch keeps what was typed, and the device nothing', async ({ page, javaScriptEnabled }) => {
  test.skip(javaScriptEnabled === false, 'without scripts nothing is kept on a device at all');
  await page.goto(`/q/${pointAt('食堂三楼').code}`);
  await ready(page, javaScriptEnabled);
  await page.locator('#shared').setChecked(true, { force: true });
  await page.fill('#f-body', '写在公用电脑上的话');
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.locator('#f-body')).toHaveValue('写在公用电脑上的话');
  expect(await page.evaluate(() => Object.keys(localStorage).filter((k) => k.startsWith('huiyin-draft')))).toEqual([]);
});

test('a question before an act can be left without acting', async ({ page, javaScriptEnabled }) => {
  await signIn(page, staffOf('office'));
  await page.goto('/desk?view=new');
  await page.locator('a.item').first().click();
  await ready(page, javaScriptEnabled);
  const dialog = page.locator('details.dialog', { has: page.locator('form[action$="/decline"]') });
  await dialog.locator('summary').click();
  await expect(dialog.locator('.dialog-body')).toBeVisible();
  await accessible(page, { javaScriptEnabled });
  await dialog.getByRole('link', { name: '取消' }).click();
  await expect(dialog.locator('.dialog-body')).toBeHidden();
  await expect(page).toHaveURL(/\/desk\/cases\/HY-/);
});

test('a reply slip keeps what was typed when the language is changed', async ({ page, javaScriptEnabled }) => {
  const words = '周四的辅导能不能改到五点';
  await page.goto(`/q/${pointAt('致家长一封信').code}`);
  await ready(page, javaScriptEnabled);
  await page.fill('#f-answer-comment', words);
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await ready(page, javaScriptEnabled);
  await expect(page.locator('#f-answer-comment')).toHaveValue(words);
  await expect(page.locator('#errors')).toHaveCount(0);
  await accessible(page, { javaScriptEnabled });
});
