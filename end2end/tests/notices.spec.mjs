// Notices outside the pages: one's own settings, and the administrator's robots and webhooks. Every page of this part is
// looked at here as pages.spec does with the others.
import { accessible, expect, fitsTheScreen, signIn, staffOf, test } from './support.mjs';

test('somebody of the staff chooses what comes by e-mail', async ({ page, javaScriptEnabled }) => {
  await signIn(page, staffOf('leader'));
  await page.goto('/account');
  await page.locator('main').getByRole('link', { name: '邮件提醒' }).click();
  await page.getByRole('radio', { name: '每天早上一封' }).check();
  await page.getByLabel('邮箱').fill('leader@school.example');
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.getByRole('status')).toBeVisible();
  await expect(page.getByLabel('邮箱')).toHaveValue('leader@school.example');
  await fitsTheScreen(page, { javaScriptEnabled });
  await accessible(page, { javaScriptEnabled });
});

test('the administrator adds a webhook and sees why a try does not arrive', async ({ page, javaScriptEnabled }, { project }) => {
  await signIn(page, staffOf('admin'));
  await page.goto('/admin/notices');
  await page.getByRole('link', { name: '添加机器人或接口' }).click();
  await fitsTheScreen(page, { javaScriptEnabled });
  await accessible(page, { javaScriptEnabled });
  await page.getByRole('radio', { name: '自己的程序（签名接口）' }).check();
  await page.getByLabel('名称').fill(`接口 ${project.name}`);
  await page.getByLabel('Webhook 地址').fill('https://localhost:9/hook');
  await page.getByLabel('签名密钥').fill('0123456789abcdef');
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.locator('h1')).toHaveText(`接口 ${project.name}`);
  await page.getByRole('button', { name: '试发一条' }).click();
  await expect(page.locator('.pill.late')).toHaveText('地址不在公网上，为了安全不发送');
  await fitsTheScreen(page, { javaScriptEnabled });
  await accessible(page, { javaScriptEnabled });
  await page.goto('/admin/notices');
  await expect(page.getByText(`接口 ${project.name}`)).toBeVisible();
  await fitsTheScreen(page, { javaScriptEnabled });
  await accessible(page, { javaScriptEnabled });
});
