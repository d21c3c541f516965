// Results: what the office sees of the demo's questionnaires, on every device and without scripts; paper; a text that becomes a case.
import { accessible, expect, fitsTheScreen, signIn, staffOf, test } from './support.mjs';

/** Opens the results of the questionnaire of this title; gives their address. */
async function results(page, title) {
  await page.goto('/desk/questionnaires');
  await page.getByRole('link', { name: title }).first().click();
  const href = await page.locator('main a[href$="/results"]').first().getAttribute('href');
  await page.goto(href);
  return href;
}

test('the office reads results by chart, by table and on paper', async ({ page, javaScriptEnabled }) => {
  test.setTimeout(60_000);
  await signIn(page, staffOf('office'));
  const href = await results(page, '运动会');
  await expect(page.locator('.results-count')).toContainText('收到 34 份，已统计 34 份');
  await fitsTheScreen(page, { javaScriptEnabled });
  await accessible(page, { javaScriptEnabled });
  const figure = page.locator('figure.chart:has(svg)').first();
  await expect(figure.locator('svg').first()).toHaveAttribute('role', 'img');
  await figure.locator('details summary').first().click();
  const numbers = await figure.locator('details').first().locator('td.num').allInnerTexts();
  const people = numbers.filter((text) => !text.includes('%')).map(Number);
  expect(people.length).toBeGreaterThan(1);
  for (const n of people) expect(n).toBeGreaterThanOrEqual(5);
  await page.goto(`${href}/print`);
  await expect(page.locator('.sheet.report h1')).toContainText('运动会');
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('.print-toolbar')).toBeHidden();
});

test('a text becomes a case, and it says so', async ({ page, javaScriptEnabled }) => {
  test.setTimeout(60_000);
  await signIn(page, staffOf('office'));
  const href = await results(page, '满意度');
  const link = page.locator('a[href*="/texts?question="]').first();
  if (await link.count() === 0) return;
  await link.click();
  await accessible(page, { javaScriptEnabled });
  await fitsTheScreen(page, { javaScriptEnabled });
  const texts = page.url();
  await page.locator('.results-texts form button').first().click();
  await expect(page).toHaveURL(/\/desk\/cases\//);
  await page.goto(texts);
  await expect(page.locator('.results-texts .pill.ok').first()).toContainText('已转为来件');
  expect(href).toMatch(/results$/);
});
