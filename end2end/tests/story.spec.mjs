// The story that everything exists for: a parent complains with a photo and keeps a code; the office assigns, the
// department answers, the office lets the answer out; the parent reads it and says whether it helped.
import { accessible, expect, fitsTheScreen, photo, pointAt, signIn, staffOf, test } from './support.mjs';

const COMPLAINT = '周三中午三楼的汤是凉的，孩子说最近常这样。希望能看一下保温台。𠮷野家的保温桶就不错 🍲';
const ANSWER = '您好。经查，三楼保温台的加热管坏了一根，已换好，今后每天开餐前测温并登记。感谢您告诉我们。';

/** A staff page in a browser of its own. */
async function desk(browser, contextOptions, member) {
  const context = await browser.newContext(contextOptions);
  const page = await context.newPage();
  await signIn(page, member);
  return { page, end: () => context.close() };
}

test('a complaint goes from the gate to an answer and a judgement', async ({ page, browser, contextOptions, javaScriptEnabled, viewport, isMobile, hasTouch, baseURL, locale }) => {
  test.setTimeout(120_000);
  const options = { ...contextOptions, javaScriptEnabled, viewport, isMobile, hasTouch, baseURL, locale };
  const check = { javaScriptEnabled };

  // The parent.
  await page.goto(`/q/${pointAt('食堂三楼').code}`);
  await fitsTheScreen(page, check);
  await accessible(page, check);
  await page.locator('label.chip', { hasText: '家长' }).click();
  await page.locator('label.chip', { hasText: '食堂' }).click();
  await page.fill('#f-body', COMPLAINT);
  await page.setInputFiles('#f-files', photo);
  await page.locator('label.choice:has(input[value=anonymous])').click();
  await page.click('#send');
  await expect(page.locator('#code')).toBeVisible({ timeout: 30_000 });
  await accessible(page, check);
  await fitsTheScreen(page, check);
  const code = (await page.locator('#code').innerText()).replace(/\s+/g, '');
  const number = (await page.locator('#case-number').innerText()).trim();
  expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{16}$/);
  expect(page.url()).not.toContain(code);
  expect(await page.context().cookies()).toEqual([]);

  // The office.
  const office = await desk(browser, options, staffOf('office'));
  await office.page.goto(`/desk?q=${encodeURIComponent('保温台')}`);
  await expect(office.page.getByText(number)).toBeVisible();
  await fitsTheScreen(office.page, check);
  await accessible(office.page, check);
  await office.page.goto(`/desk/cases/${number}`);
  await expect(office.page.getByText('𠮷野家')).toBeVisible();
  await accessible(office.page, check);
  await fitsTheScreen(office.page, check);
  await office.page.locator('details', { has: office.page.locator('form[action$="/assign"]') }).locator('summary').click();
  const assign = office.page.locator('form[action$="/assign"]');
  await assign.locator('select[name=department]').selectOption({ label: '食堂' });
  await assign.locator('button[type=submit]').click();

  // The department.
  const handler = await desk(browser, options, staffOf('handler', '食堂'));
  await handler.page.goto(`/desk/cases/${number}`);
  const handIn = handler.page.locator('form[action$="/hand-in"]');
  await handIn.locator('textarea[name=reply]').fill(ANSWER);
  await handIn.locator('button.main').click();
  await expect(handler.page.getByText(ANSWER).first()).toBeVisible();
  await handler.end();

  // The answer is not out before the office lets it out.
  await track(page, code);
  await expect(page.getByText(ANSWER)).toHaveCount(0);
  await expect(page.getByText(COMPLAINT)).toHaveCount(0);

  // The office lets it out.
  await office.page.goto(`/desk/cases/${number}`);
  await office.page.locator('form[action$="/let-out"]').locator('button.main').click();
  await office.end();

  // The parent reads and judges.
  await track(page, code);
  await expect(page.getByText(ANSWER)).toBeVisible();
  await accessible(page, check);
  await fitsTheScreen(page, check);
  for (const question of ['contacted', 'solved', 'satisfied']) {
    await page.locator(`label.chip:has(input[name=${question}][value=yes])`).click();
  }
  await page.locator('section.ask button[type=submit]').click();
  await expect(page.getByText('谢谢，已记下您的评价。')).toBeVisible();
});


test('an error keeps everything, and a photo is not sent twice', async ({ page, javaScriptEnabled }) => {
  await page.goto(`/q/${pointAt('校门口').code}`);
  await page.setInputFiles('#f-files', photo);
  await page.locator('label.choice:has(input[value=named])').click();
  await page.locator('label.chip', { hasText: '学生' }).click();
  await page.fill('#f-body', '二楼的灯坏了');
  await page.locator('details.fold > summary').first().click();
  await page.fill('input[name=contact_name]', '小明');
  await page.click('#send');
  await expect(page.locator('.error-summary')).toBeVisible({ timeout: 30_000 });
  await expect(page.locator('#f-body')).toHaveValue('二楼的灯坏了');
  await expect(page.locator('input[name=contact_name]')).toHaveValue('小明');
  await page.locator('label.choice', { hasText: '满 14 岁' }).click();
  await page.click('#send');
  await expect(page.locator('#code')).toBeVisible({ timeout: 30_000 });

  const number = (await page.locator('#case-number').innerText()).trim();
  await signIn(page, staffOf('office'));
  await page.goto(`/desk/cases/${number}`);
  await expect(page.locator(`img[src*="/desk/cases/${number}/files/"]`)).toHaveCount(1);
});

async function track(page, code) {
  await page.goto('/track');
  await page.fill('input[name=tracking_code]', code.toLowerCase());
  await page.click('main button[type=submit]');
  expect(page.url()).not.toContain(code);
}
