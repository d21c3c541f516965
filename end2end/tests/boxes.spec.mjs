// The wooden box: opened by two people with a photo of its seal, one letter typed in with its scan, a slip for the sender.
import { accessible, expect, fitsTheScreen, photo, signIn, staffOf, test } from './support.mjs';

test('a box is opened, its letter typed in, and the slip can be printed', async ({ page, javaScriptEnabled }) => {
  test.setTimeout(60_000);
  await signIn(page, staffOf('office'));
  await page.goto('/desk/boxes');
  await page.fill('#f-opener', '冯涛');
  await page.fill('#f-witness', '冯涛');
  await page.fill('#f-letters', '1');
  await page.setInputFiles('#f-seal', photo);
  const save = page.locator('form[action="/desk/boxes"] button[type=submit]');
  await save.click();
  // The witness must be somebody else; the photo is not asked for again.
  await expect(page.locator('.error-summary')).toBeVisible();
  await expect(page.locator('input[name=staged_seal]')).toBeChecked();
  await accessible(page, { javaScriptEnabled });
  await page.fill('#f-witness', '陈磊');
  await save.click();
  await expect(page).toHaveURL(/\/desk\/box-openings\//);
  await expect(page.locator('img[src$="/seal"]')).toBeVisible();
  await accessible(page, { javaScriptEnabled });
  await fitsTheScreen(page, { javaScriptEnabled });
  await page.getByRole('link', { name: '录入一封信' }).click();
  await page.fill('#f-body', '信上说：校门口的路灯不亮');
  await page.setInputFiles('#f-files', photo);
  await accessible(page, { javaScriptEnabled });
  await fitsTheScreen(page, { javaScriptEnabled });
  await page.locator('main form button[type=submit]').click();
  await expect(page.locator('#code')).toBeVisible({ timeout: 30_000 });
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('.paper-slip')).toContainText((await page.locator('.paper-slip-code').innerText()).trim());
  await expect(page.locator('.paper-slip')).toContainText('/track');
});
