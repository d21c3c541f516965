// Duty to keep and duty to erase: a hold, a submitter's wish with the code, a second person, nothing left; months by channel.
import { accessible, demo, expect, fitsTheScreen, photo, pointAt, signIn, staffOf, test } from './support.mjs';

const office = (n) => demo().staff.filter((member) => member.role === 'office')[n];

/** Sends something at the canteen; number and code. */
async function send(page, body) {
  await page.goto(`/q/${pointAt('食堂三楼').code}`);
  const answer = await page.request.post(`/q/${pointAt('食堂三楼').code}`, {
    headers: { Accept: 'application/json' },
    multipart: { idempotency_key: `duty-${Date.now()}-${Math.random()}`, role: 'parent', identity: 'anonymous', body, files: { name: 'a.jpg', mimeType: 'image/jpeg', buffer: (await import('node:fs')).readFileSync(photo) } },
  });
  expect(answer.status()).toBe(201);
  return answer.json();
}

async function track(page, code) {
  await page.goto('/track');
  await page.fill('input[name=tracking_code]', code);
  await page.locator('main button[type=submit]').first().click();
}

test('a case is held, let go, and erased at the wish of who sent it', async ({ page, browser, javaScriptEnabled }) => {
  test.setTimeout(180_000);
  const sent = await send(page, '汤里有头发，不想留下记录');
  await signIn(page, office(0));
  await page.goto(`/desk/cases/${sent.case_number}`);
  await page.locator('summary', { hasText: '保全' }).click();
  await page.fill('textarea[name=hold_reason]', '教育局正在调查');
  await page.locator('form[action$="/legal-hold"] button[type=submit]').click();
  await expect(page.locator('main')).toContainText('保全中');
  await fitsTheScreen(page, { javaScriptEnabled });
  await accessible(page, { javaScriptEnabled });

  const context = await browser.newContext({ javaScriptEnabled: javaScriptEnabled !== false });
  const own = await context.newPage();
  await track(own, sent.tracking_code);
  await own.locator('summary', { hasText: '我的资料' }).click();
  await fitsTheScreen(own, { javaScriptEnabled });
  await accessible(own, { javaScriptEnabled });
  const download = own.waitForEvent('download');
  await own.getByRole('button', { name: '下载副本' }).click();
  expect((await download).suggestedFilename()).toMatch(/\.zip$/);
  await own.getByText('我知道删除以后不能恢复').click();
  await own.getByRole('button', { name: '申请删除' }).click();
  await expect(own.locator('main')).toContainText('删除申请已提交');

  await page.goto('/desk/erasures');
  const wish = page.locator('section.card', { hasText: sent.case_number });
  await expect(wish).toContainText('在保全中');
  await expect(wish.getByRole('button', { name: '同意，立即删除' })).toHaveCount(0);
  await fitsTheScreen(page, { javaScriptEnabled });
  await accessible(page, { javaScriptEnabled });
  await page.goto(`/desk/cases/${sent.case_number}`);
  await page.locator('summary', { hasText: '解除保全' }).click();
  await page.fill('textarea[name=lift_reason]', '调查结束');
  await page.locator('form[action$="/lift-hold"] button[type=submit]').click();
  await expect(page.locator('main')).not.toContainText('保全中');
  await page.goto('/desk/erasures');
  await wish.locator('textarea').fill('符合规定');
  await wish.getByRole('button', { name: '同意，立即删除' }).click();
  await expect(page).toHaveURL(/\/desk\/erasures$/);
  await expect(page.locator('main')).not.toContainText(sent.case_number);
  await page.goto(`/desk/cases/${sent.case_number}`);
  await expect(page.locator('h1')).toContainText('内容已删除');
  await expect(page.locator('main')).not.toContainText('汤里有头发');
  await fitsTheScreen(page, { javaScriptEnabled });
  await accessible(page, { javaScriptEnabled });
  await track(own, sent.tracking_code);
  await expect(own.locator('main')).toContainText('没有找到');
  await context.close();
});

test('the office takes a wish down; who took it down does not decide it', async ({ page, javaScriptEnabled }) => {
  test.setTimeout(120_000);
  const sent = await send(page, '打饭排队太久');
  await signIn(page, office(0));
  await page.goto(`/desk/cases/${sent.case_number}`);
  await page.getByRole('link', { name: '个人信息：副本与删除' }).click();
  await fitsTheScreen(page, { javaScriptEnabled });
  await accessible(page, { javaScriptEnabled });
  await page.fill('textarea[name=words]', '家长带证件到办公室提出');
  await page.getByRole('button', { name: '提交申请' }).click();
  await expect(page.locator('main')).toContainText('正等另一个人决定');
  await page.goto('/desk/erasures');
  await expect(page.locator('main')).not.toContainText(sent.case_number);
});

test('the administrator sets months and sees what would go', async ({ page, javaScriptEnabled }) => {
  await signIn(page, staffOf('admin'));
  await page.goto('/admin/retention');
  await fitsTheScreen(page, { javaScriptEnabled });
  await accessible(page, { javaScriptEnabled });
  await page.fill('input[name=danger]', '12');
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.locator('#errors')).toContainText('36');
  await expect(page.locator('main')).toContainText('会删除');
});
