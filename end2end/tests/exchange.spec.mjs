// A questionnaire comes from a file, is looked at, becomes a draft, and leaves again; another begins with a template.
import { accessible, expect, fitsTheScreen, signIn, staffOf, test } from './support.mjs';

const SURVEY = {
  title: '食堂调查',
  pages: [{
    name: 'p1',
    elements: [
      { type: 'radiogroup', name: 'eats', title: '在食堂吃吗', choices: ['吃', '不吃'], isRequired: true },
      { type: 'signaturepad', name: 'sign', title: '请签名' },
      { type: 'comment', name: 'why', title: '为什么不吃', visibleIf: "{eats} = '不吃'" },
    ],
  }],
};

test('a file is looked at before it becomes a draft', async ({ page, javaScriptEnabled }) => {
  await signIn(page, staffOf('office'));
  await page.goto('/desk/questionnaires/import');
  await page.setInputFiles('input[name=file]', { name: 'survey.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(SURVEY)) });
  await page.getByRole('button', { name: '看一看' }).click();
  await expect(page.locator('#losses')).toContainText('请签名');
  await expect(page.locator('.outline')).toContainText('只在这种情况下回答');
  await fitsTheScreen(page, { javaScriptEnabled });
  await accessible(page, { javaScriptEnabled });
  await page.locator('#make').click();
  await expect(page).toHaveURL(/\/desk\/questionnaires\/[0-9a-f]+\/edit$/);
  await expect(page.locator('main')).toContainText('为什么不吃');

  await page.goto(page.url().replace(/edit$/, 'export'));
  await expect(page.getByRole('heading', { name: 'LimeSurvey' })).toBeVisible();
  await fitsTheScreen(page, { javaScriptEnabled });
  await accessible(page, { javaScriptEnabled });
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '下载文件：SurveyJS' }).click()]);
  expect(download.suggestedFilename()).toBe('questionnaire.surveyjs.json');
});

test('what can not be read is said beside its field', async ({ page }) => {
  await signIn(page, staffOf('office'));
  await page.goto('/desk/questionnaires/import');
  await page.fill('textarea[name=text]', '姓名\t年龄');
  await page.getByRole('button', { name: '看一看' }).click();
  await expect(page.locator('#f-text-error')).toContainText('认不出');
  await expect(page.locator('textarea[name=text]')).toHaveValue('姓名\t年龄');
});

test('a questionnaire begins with a template', async ({ page }) => {
  await signIn(page, staffOf('office'));
  await page.goto('/desk/questionnaires/new');
  await page.getByRole('link', { name: '看看“校园欺凌情况调查”' }).click();
  await expect(page.locator('main')).toContainText('12355');
  await page.getByRole('button', { name: '用这个模板：校园欺凌情况调查' }).click();
  await expect(page).toHaveURL(/\/edit$/);
  await expect(page.locator('main')).toContainText('这学期，别人这样对过你吗');
});
