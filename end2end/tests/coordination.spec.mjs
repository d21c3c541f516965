// Several departments, one case: one leads, another assists; a second matter is split off and goes to another body; a
// colleague is given a task. The submitter follows all of it with the one code.
import { accessible, expect, fitsTheScreen, pointAt, signIn, staffOf, test } from './support.mjs';

async function desk(browser, contextOptions, member) {
  const context = await browser.newContext(contextOptions);
  const page = await context.newPage();
  await signIn(page, member);
  return { page, end: () => context.close() };
}

/** Opens the question before a verb and gives its form. */
async function ask(page, verb) {
  const form = page.locator(`form[action$="/${verb}"]`);
  await page.locator('details', { has: form }).locator('summary').first().click();
  return form;
}

test('departments assist, a matter is split off and passed on, and the one code shows it', async ({ page, browser, contextOptions, javaScriptEnabled, viewport, isMobile, hasTouch, baseURL, locale }) => {
  test.setTimeout(180_000);
  const options = { ...contextOptions, javaScriptEnabled, viewport, isMobile, hasTouch, baseURL, locale };
  const check = { javaScriptEnabled };
  const looks = async (one) => { await fitsTheScreen(one, check); await accessible(one, check); };

  await page.goto(`/q/${pointAt('食堂三楼').code}`);
  await page.locator('label.chip', { hasText: '家长' }).click();
  await page.locator('label.chip', { hasText: '食堂' }).click();
  await page.fill('#f-body', '三楼的汤是凉的。另外想问明年的学区怎么划。');
  await page.locator('label.choice:has(input[value=anonymous])').click();
  await page.click('#send');
  await expect(page.locator('#code')).toBeVisible({ timeout: 30_000 });
  const code = (await page.locator('#code').innerText()).replace(/\s+/g, '');
  const number = (await page.locator('#case-number').innerText()).trim();

  // The office: the canteen leads, general affairs assist, the second matter is split off.
  const office = await desk(browser, options, staffOf('office'));
  const theCase = `/desk/cases/${number}`;
  await office.page.goto(theCase);
  let form = await ask(office.page, 'assign');
  await form.locator('select[name=department]').selectOption({ label: '食堂' });
  await form.locator('button[type=submit]').click();
  form = await ask(office.page, 'assist');
  await looks(office.page);
  await form.locator('select[name=assist_department]').selectOption({ label: '总务处' });
  await form.locator('textarea[name=assist_instruction]').fill('请查保温台的电路');
  await form.locator('button[type=submit]').click();
  await expect(office.page.locator('#assists')).toContainText('总务处');
  form = await ask(office.page, 'split');
  await form.locator('select[name=matter_topic]').selectOption({ label: '其他' });
  await form.locator('textarea[name=matter]').fill('明年的学区怎么划');
  await form.locator('button[type=submit]').click();
  await expect(office.page.locator('#parts')).toContainText('明年的学区怎么划');
  await looks(office.page);
  await office.page.locator('#parts a').first().click();
  await expect(office.page.locator('main')).toContainText('明年的学区怎么划');
  const part = (await office.page.locator('.case-head .case-number').innerText()).trim();
  expect(part).not.toBe(number);
  await looks(office.page);
  form = await ask(office.page, 'transfer');
  await looks(office.page);
  await form.locator('input[name=transfer_to]').fill('天山区教育局');
  await form.locator('textarea[name=transfer_reason]').fill('学区由区教育局划定，请直接向他们了解。');
  await form.locator('textarea[name=transfer_summary]').fill('家长想了解明年的学区怎么划。');
  await form.locator('button[type=submit]').click();
  await office.page.locator('.banner a', { hasText: '打印函' }).click();
  await expect(office.page.locator('.official')).toContainText('天山区教育局');
  await expect(office.page.locator('.official')).not.toContainText('汤是凉的');

  // General affairs contribute; the handler of the canteen gets a task and answers.
  const general = await desk(browser, options, staffOf('handler', '总务处'));
  await general.page.goto('/desk?view=mine');
  await expect(general.page.locator('main').getByText(number)).toBeVisible();
  await general.page.goto(theCase);
  await looks(general.page);
  form = general.page.locator('form[action$="/contribute"]');
  await form.locator('textarea').fill('三楼回路跳闸，开关已换。');
  await form.locator('button[type=submit]').click();
  await expect(general.page.locator('#assists')).toContainText('开关已换');
  await general.end();

  await office.page.goto(theCase);
  form = await ask(office.page, 'task');
  await form.locator('select[name=person]').selectOption({ label: staffOf('handler', '食堂').name ?? '古丽娜尔' });
  await form.locator('input[name=task_due_on]').fill('2035-03-01');
  await form.locator('textarea[name=task]').fill('开餐前测一次温');
  await form.locator('button[type=submit]').click();
  await office.end();

  const handler = await desk(browser, options, staffOf('handler', '食堂'));
  await handler.page.goto('/desk/tasks');
  const task = handler.page.locator('main li', { hasText: number });
  await expect(task).toContainText('开餐前测一次温');
  await looks(handler.page);
  await task.getByRole('button').click();
  await handler.page.goto(theCase);
  await handler.page.locator('form[action$="/watch"] button').click();
  await expect(handler.page.locator('#assists')).toContainText('开关已换');
  await handler.end();

  // One code shows both.
  await page.goto('/track');
  await page.fill('input[name=tracking_code]', code);
  await page.click('main button[type=submit]');
  await expect(page.locator('main')).toContainText(part);
  await expect(page.locator('main')).toContainText('天山区教育局');
  await expect(page.locator('main')).not.toContainText('开关已换');
  await looks(page);
});
