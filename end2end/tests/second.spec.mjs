// The second step of signing in, on a person of its own: set up with the app's code, asked for, recovery codes, turned off.
import { createHmac } from 'node:crypto';
import { accessible, expect, fitsTheScreen, signIn, staffOf, test } from './support.mjs';

/** An authenticator app: shares nothing with the program. */
function appCode(letters, shift = 0) {
  const bits = [...letters.replace(/\s/g, '')].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
  const secret = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigInt64BE(BigInt(Math.floor(Date.now() / 30_000) + shift));
  const hash = createHmac('sha1', secret).update(counter).digest();
  const at = hash[19] & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

test('the phone is set up, asked for, and a recovery code stands in for it', async ({ page, browser, javaScriptEnabled }, info) => {
  test.setTimeout(120_000);
  const username = `second-${info.project.name}-${info.retry}`.replaceAll('_', '-');
  await signIn(page, staffOf('admin'));
  await page.goto('/admin/staff/new');
  await page.fill('input[name=display_name]', '温书敏');
  await page.fill('input[name=username]', username);
  await page.selectOption('select[name=role]', 'auditor');
  await page.getByRole('button', { name: '添加并生成链接' }).click();
  const link = await page.locator('#f-link').inputValue();

  const context = await browser.newContext({ javaScriptEnabled: javaScriptEnabled !== false });
  const own = await context.newPage();
  await own.goto(new URL(link).pathname);
  await own.fill('input[name=new]', 'four words and more');
  await own.locator('main button[type=submit]').click();
  await own.goto('/account/second-factor');
  await own.fill('input[name=password]', 'four words and more');
  await own.getByRole('button', { name: '开始设置' }).click();
  await expect(own.locator('.second-qr svg')).toBeVisible();
  await fitsTheScreen(own, { javaScriptEnabled });
  await accessible(own, { javaScriptEnabled });
  await own.locator('summary', { hasText: '手动输入' }).click();
  const letters = await own.locator('.second-letters').innerText();
  await own.fill('input[name=code]', '12345');
  await own.getByRole('button', { name: '确认并打开' }).click();
  await expect(own.locator('#errors')).toContainText('验证码不对');
  await own.fill('input[name=code]', appCode(letters));
  await own.getByRole('button', { name: '确认并打开' }).click();
  await expect(own.locator('.recovery-codes li')).toHaveCount(10);
  const recovery = await own.locator('.recovery-codes li').first().innerText();
  await fitsTheScreen(own, { javaScriptEnabled });
  await accessible(own, { javaScriptEnabled });
  await own.goto('/account/second-factor');
  await expect(own.locator('main')).toContainText('还剩 10 个');
  await context.close();

  const again = await browser.newContext({ javaScriptEnabled: javaScriptEnabled !== false });
  const fresh = await again.newPage();
  await fresh.goto('/login?next=/account');
  await fresh.fill('input[name=username]', username);
  await fresh.fill('input[name=password]', 'four words and more');
  await fresh.locator('main button[type=submit]').click();
  await expect(fresh).toHaveURL(/\/login\/code/);
  await fitsTheScreen(fresh, { javaScriptEnabled });
  await accessible(fresh, { javaScriptEnabled });
  await fresh.fill('input[name=code]', '00 00 0');
  await fresh.locator('main button[type=submit]').click();
  await expect(fresh.locator('#errors')).toContainText('验证码不对');
  await expect(fresh.locator('input[name=code]')).toHaveValue('00 00 0');
  await fresh.fill('input[name=code]', recovery);
  await fresh.locator('main button[type=submit]').click();
  await expect(fresh).toHaveURL(/\/account$/);
  await fresh.goto('/account/second-factor');
  await expect(fresh.locator('main')).toContainText('还剩 9 个');
  await fresh.fill('input[name=off_password]', 'four words and more');
  await fresh.getByRole('button', { name: '关闭二次验证' }).click();
  await expect(fresh.locator('main')).toContainText('二次验证已关闭');
  await again.close();
});
