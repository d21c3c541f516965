// What a thumb does: the menu that opens where one stands, a photo that is blacked out by drawing over it.
import { expect, photo, pointAt, signIn, staffOf, test } from './support.mjs';

test('the menu opens and closes where the page stands, and going back does not open it again', async ({ page }, info) => {
  test.skip(info.project.name === 'desktop', 'the menu stands beside the page there');
  await signIn(page, staffOf('office'));
  await page.goto('/desk/reports');
  await page.locator('h2').last().scrollIntoViewIfNeeded();
  const more = page.locator('.tab-bar button');
  const menu = page.locator('#nav');
  const top = () => page.evaluate(() => window.scrollY);
  const before = await top();
  expect(before).toBeGreaterThan(200);
  await more.click();
  await expect(menu).toBeVisible();
  await menu.locator('button.nav-close').click();
  await expect(menu).toBeHidden();
  expect(await top()).toBe(before);
  await expect(page).toHaveURL(/\/desk\/reports$/);
  await more.click();
  await menu.locator('a[href="/desk/boxes"]').click();
  await expect(page).toHaveURL(/\/desk\/boxes$/);
  await page.goBack();
  await expect(page).toHaveURL(/\/desk\/reports$/);
  await expect(menu).toBeHidden();
});

test('a photo is blacked out by drawing over it, or by keys', async ({ page }, info) => {
  test.skip(info.project.name === 'no-script', 'each cell is ticked alone there');
  test.setTimeout(60_000);
  await page.goto(`/q/${pointAt('食堂三楼').code}`);
  await page.fill('#f-body', `照片上有一张脸，${info.project.name}。`);
  await page.setInputFiles('#f-files', photo);
  await page.locator('#send').click();
  await expect(page.locator('#code')).toBeVisible({ timeout: 30_000 });
  const number = (await page.locator('.case-number').first().innerText()).trim();
  await signIn(page, staffOf('office'));
  await page.goto(`/desk/cases/${number}`);
  await page.goto(await page.locator('a[href*="/redact/"]').first().getAttribute('href'));
  const grid = page.locator('#paint-grid[data-drawn]');
  const black = grid.locator('input:checked');
  await grid.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await grid.boundingBox();
  const cell = width / 12;
  const at = (column) => [x + cell * (column + .5), y + Math.min(height, 200) / 2];
  await page.mouse.move(...at(0));
  await page.mouse.down();
  await page.mouse.move(...at(4));
  await page.mouse.up();
  await expect(black).toHaveCount(5);
  // Begun on a black cell, a stroke clears.
  await page.mouse.move(...at(4));
  await page.mouse.down();
  await page.mouse.move(...at(3));
  await page.mouse.up();
  await expect(black).toHaveCount(3);
  await grid.locator('input[tabindex="0"]').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await expect(grid.locator('input[value="1-1"]')).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Space');
  await expect(black).toHaveCount(4);
  await page.locator('button[value=look]').click();
  await expect(page.locator('img.redact-preview')).toBeVisible();
  await expect(black).toHaveCount(4);
});
