// What makes the desk quick: words on cases, many at once, texts from templates, the next case, saved views, macros.
import { accessible, expect, fitsTheScreen, pointAt, signIn, staffOf, test } from './support.mjs';

test('an office clears its desk: tags, a template, many at once, one after the other, a macro', async ({ page, request, javaScriptEnabled }, info) => {
  test.setTimeout(180_000);
  const mark = `${info.project.name.slice(0, 2)}${Date.now() % 1_000_000}`;
  const looksRight = async () => {
    await fitsTheScreen(page, { javaScriptEnabled });
    await accessible(page, { javaScriptEnabled });
  };
  for (const n of [1, 2, 3]) {
    const sent = await request.post(`/q/${pointAt('教学楼二层').code}`, {
      headers: { accept: 'application/json' },
      form: { idempotency_key: crypto.randomUUID(), role: 'parent', identity: 'anonymous', topic: 'facilities', body: `${mark} 第 ${n} 盏灯坏了` },
    });
    expect(sent.status()).toBe(201);
  }
  await signIn(page, staffOf('office'));

  await page.goto('/desk/tags');
  await page.locator('#f-name').fill(`标${mark}`);
  await page.getByRole('button', { name: '添加' }).click();
  await expect(page.locator(`input[value="标${mark}"]`)).toBeVisible();
  await looksRight();
  await page.goto('/desk/templates/new');
  await page.locator('#f-title').fill(`已修${mark}`);
  await page.locator('#f-body').fill('{编号}：{地点}的灯已经修好。');
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.getByRole('link', { name: `已修${mark}` })).toBeVisible();
  await looksRight();

  // Two of three get a word; the list of that word is walked from one to the next.
  await page.goto(`/desk?view=all&q=${mark}`);
  await expect(page.locator('a.item')).toHaveCount(3);
  await page.locator('.pick input').nth(0).check();
  await page.locator('.pick input').nth(1).check();
  await page.selectOption('select[name=deed]', 'tag');
  await looksRight();
  await page.getByRole('button', { name: '下一步' }).click();
  await expect(page.locator('.choice input')).toHaveCount(2);
  await page.locator('label.chip', { hasText: `标${mark}` }).click();
  await looksRight();
  await page.getByRole('button', { name: '批量加标签' }).click();
  await expect(page.locator('main')).toContainText('办了 2 件，没有办 0 件');
  await looksRight();
  await page.goto(`/desk?tag=${encodeURIComponent(`标${mark}`)}`);
  await expect(page.locator('a.item')).toHaveCount(2);
  await page.locator('a.item').first().click();
  await expect(page.locator('.case-steps')).toContainText('前面没有了');
  await page.locator('.case-steps a', { hasText: '下一件' }).click();
  await expect(page.locator('.case-steps')).toContainText('后面没有了');

  // A template is filled in behind what was typed, looked at, and sent; the case stays in its list.
  const number = await page.locator('.case-head .case-number').innerText();
  await page.locator('#f-reply').fill('您好。');
  await page.selectOption('.composer select[name=template]', { label: `已修${mark}` });
  await page.getByRole('button', { name: '填进来' }).first().click();
  await expect(page.locator('#f-reply')).toHaveValue(`您好。\n\n${number}：教学楼二层的灯已经修好。`);
  await looksRight();
  await page.getByRole('button', { name: '发出答复' }).click();
  await expect(page.locator('.case-head')).toContainText('已答复');
  await expect(page.locator('.case-steps')).toContainText('上一件');

  // The rest is saved as a view with its number, and done at once by a macro.
  await page.goto(`/desk?view=open&q=${mark}`);
  await page.getByRole('link', { name: '存为常用' }).click();
  await page.locator('#f-name').fill(`灯${mark}`);
  await looksRight();
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.locator('.filter', { hasText: `灯${mark}` })).toContainText('2');
  await page.goto('/desk/macros/new');
  await page.locator('#f-name').fill(`修好${mark}`);
  await page.locator('#f-note').fill('后勤说修好了');
  await page.selectOption('#f-template', { label: `已修${mark}` });
  await page.locator('label.switch', { hasText: '答复后办结' }).click();
  await looksRight();
  await page.getByRole('button', { name: '保存' }).click();
  await page.goto(`/desk?view=open&q=${mark}`);
  await page.getByRole('link', { name: '全选本页' }).click();
  await page.selectOption('select[name=deed]', 'macro');
  await page.getByRole('button', { name: '下一步' }).click();
  await page.locator('label.choice', { hasText: `修好${mark}` }).click();
  await looksRight();
  await page.getByRole('button', { name: '组合操作' }).click();
  await expect(page.locator('main')).toContainText('办了 2 件，没有办 0 件');
  await page.goto(`/desk?view=all&q=${mark}`);
  await expect(page.locator('.item .pill', { hasText: '已办结' })).toHaveCount(2);
});
