// Every page that a role can open by its address: no console error, nothing sticks out, WCAG 2.2 AA.
import { accessible, demo, expect, fitsTheScreen, pointAt, signIn, staffOf, test } from './support.mjs';

const PUBLIC = () => ['/', '/xuelian', '/xuelian/board', `/q/${pointAt('北门').code}`, `/q/${pointAt('北门').code}?lang=en&large=1`, `/q/${pointAt('家长会签到处').code}`, '/q/NOPE99', '/track', '/login', '/privacy', '/no/such/page', `/q/${pointAt('致家长一封信').code}`, `/q/${pointAt('校长信箱').code}`];
const BY_ROLE = {
  office: ['/desk', '/desk/callbacks', '/desk?view=all', '/desk?q=没有这样的词', '/desk/notices', '/desk/orders', '/desk/reports', '/desk/reports/rates', '/desk/reports/conduct', '/desk/reports/departments', '/desk/reports/term', '/desk/reports/terms', '/desk/reports/cases?measure=received', '/desk/orders/new', '/desk/hotline/new', '/desk/walk-in/new', '/desk/boxes', '/desk/access-points', '/desk/access-points/new', '/account', '/account/second-factor', '/desk/questionnaires', '/desk/questionnaires/new', '/desk/questionnaires/import', '/desk/questionnaires/templates/bullying', '/desk/questionnaires/templates/satisfaction?lang=en', '/desk/letters', '/desk/letters/new', '/desk/visits', '/desk/patrols', '/desk/patrols/classes', '/desk/checklists', '/desk/checklists/new', '/desk/representatives', '/desk/representatives/new', '/desk/representatives/rechecks', '/desk/access-points?flag=any&sort=seen', '/desk/hotline', '/desk/hotline/missed', '/desk/hotline/roster', '/desk/walk-in', '/desk/calendar', '/desk/routing', '/desk/tasks', '/desk/tags', '/desk/bulk', '/desk/templates', '/desk/templates/new', '/desk/rectifications', '/desk/rectifications?state=open&overdue=1', '/desk/erasures'],
  admin: ['/admin', '/admin/departments', '/admin/topics', '/admin/staff', '/admin/sign-in', '/desk/letters', '/admin/calendar', '/admin/retention'],
  auditor: ['/desk/glass-reviews', '/admin/audit'],
  hotline_operator: ['/desk/hotline/new', '/desk/walk-in/new', '/desk/hotline', '/desk/hotline/missed', '/desk/hotline/roster', '/desk/walk-in'],
  leader: ['/desk', '/desk/callbacks', '/desk/orders', '/desk/rectifications', '/desk/reports', '/desk/reports/rates', '/desk/reports/conduct', '/desk/reports/departments', '/desk/reports/term', '/desk/reports/terms', '/desk/reports/cases?measure=received', '/desk/letters', '/desk/visits', '/desk/patrols', '/desk/representatives', '/desk/representatives/rechecks'],
  representative: ['/rep', '/rep/visits', '/rep/promise', '/rep/place'],
  student_inspector: ['/patrol', '/patrol/visits'],
  handler: ['/desk', '/desk/calendar', '/desk/tasks', '/desk/rectifications'],
  department_head: ['/desk', '/desk/templates'],
  safeguarding_lead: ['/desk', '/desk/callbacks', '/desk/safeguarding', '/desk/identity-requests', '/desk/break-glass', '/desk/glass-reviews', '/desk/erasures', '/admin/retention'],
};

test('public pages', async ({ page, javaScriptEnabled }) => {
  test.setTimeout(240_000);
  for (const path of PUBLIC()) {
    await page.goto(path);
    await expect(page.locator('h1').first(), path).toBeVisible();
    await fitsTheScreen(page, { javaScriptEnabled });
    await accessible(page, { javaScriptEnabled });
  }
});

for (const [role, paths] of Object.entries(BY_ROLE)) {
  test(`pages of ${role}`, async ({ page, javaScriptEnabled }) => {
    test.setTimeout(240_000);
    await signIn(page, staffOf(role));
    for (const path of paths) {
      const answer = await page.goto(path);
      expect(answer.status(), path).toBe(200);
      await fitsTheScreen(page, { javaScriptEnabled });
      await accessible(page, { javaScriptEnabled });
    }
  });
}

test('a page without islands loads no script at all', async ({ page }) => {
  for (const path of ['/track', '/login', '/privacy', '/xuelian/board']) {
    await page.goto(path);
    await expect(page.locator('script')).toHaveCount(0);
  }
});

test('no request leaves for another host', async ({ page, baseURL }) => {
  const foreign = [];
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(baseURL) && !url.startsWith('blob:') && !url.startsWith('data:')) foreign.push(url);
  });
  for (const path of PUBLIC()) await page.goto(path);
  expect(foreign).toEqual([]);
  expect(demo().base_url).toBe(baseURL);
});
