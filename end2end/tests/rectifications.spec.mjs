// Something is put in order: made from a case with a photo, reported done with another.
import { accessible, expect, fitsTheScreen, pointAt, signIn, staffOf, test } from './support.mjs';

const photo = 'fixtures/canteen.jpg';
const day = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

test('a rectification is made from a case, reported with a photo, and found again', async ({ page, request, javaScriptEnabled }) => {
  test.setTimeout(120_000);
  const check = { javaScriptEnabled };
  const answer = await request.post(`/q/${pointAt('食堂三楼').code}`, {
    headers: { accept: 'application/json' },
    form: { idempotency_key: crypto.randomUUID(), role: 'parent', identity: 'anonymous', topic: 'canteen', body: '汤桶的盖子坏了' },
  });
  const number = (await answer.json()).case_number;
  const measure = `换三楼汤桶的盖子 ${number}`;
  await signIn(page, staffOf('office'));
  await page.goto(`/desk/cases/${number}`);
  await page.getByRole('link', { name: '下达整改' }).click();
  await fitsTheScreen(page, check);
  await accessible(page, check);
  await page.fill('#f-measure', measure);
  await page.selectOption('#f-department', { label: '食堂' });
  await page.fill('#f-due_on', day(9));
  await page.fill('#f-planned', '1,280.5');
  await page.setInputFiles('#f-photos', photo);
  await page.getByRole('button', { name: '下达', exact: true }).click();
  await expect(page.locator('main')).toContainText('1280.50 元');
  await expect(page.locator('main .photos img')).toHaveCount(1);
  await fitsTheScreen(page, check);
  await accessible(page, check);

  // Done is what a photo shows.
  await page.fill('#f-report', '盖子换好了，试了一中午');
  await page.getByRole('button', { name: '报完成' }).click();
  await expect(page.locator('#errors')).toContainText('整改后的照片');
  await expect(page.locator('#f-report')).toHaveValue('盖子换好了，试了一中午');
  await page.setInputFiles('#f-photos', photo);
  await page.getByRole('button', { name: '报完成' }).click();
  await expect(page.locator('main .photos img')).toHaveCount(2);
  await expect(page.locator('.pill', { hasText: '已报完成' })).toBeVisible();
  await fitsTheScreen(page, check);
  await accessible(page, check);

  const one = page.url();
  await page.goto('/desk/rectifications?state=reported');
  await expect(page.getByRole('link', { name: measure })).toBeVisible();
  await page.goto(`/desk/cases/${number}`);
  await expect(page.locator('aside')).toContainText('已报完成');

  // It was a mistake after all: it stays to be read, with the reason.
  await page.goto(one);
  await page.locator('summary', { hasText: '下达错了' }).click();
  await fitsTheScreen(page, check);
  await accessible(page, check);
  await page.fill('#f-reason', '同一处下达过了');
  await page.getByRole('button', { name: '撤回整改' }).click();
  await expect(page.locator('.pill', { hasText: '已撤回' })).toBeVisible();
  await expect(page.locator('main')).toContainText('同一处下达过了');
  await page.goto('/desk/rectifications?state=withdrawn');
  await expect(page.getByRole('link', { name: measure })).toBeVisible();
});
