// What the browser tests share: the demo's logins and codes, a page that fails on console errors, axe.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import AxeBuilder from '@axe-core/playwright';
import { test as base, expect } from '@playwright/test';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

export const demo = () => JSON.parse(readFileSync(here('../.demo.json'), 'utf8'));
export const photo = here('../fixtures/canteen.jpg');

/** The access point at a place. */
export const pointAt = (place) => demo().access_points.find((point) => point.place === place);

/** The first member of staff of a role, in a department when one is named. */
export const staffOf = (role, department) =>
  demo().staff.find((member) => member.role === role && (!department || member.department === department));

/** An address of its own for each run of a test: the limits by address would hold up tests that run beside each other. */
const addressOf = (info) => `10.${[0, 2, 4].map((at) => parseInt(info.testId.slice(-6).slice(at, at + 2), 16)).join('.')}`;

/** Pages on which a console error or an uncaught error fails the test. Refusals (4xx) are the test's business. */
export const test = base.extend({
  extraHTTPHeaders: async ({}, use, info) => use({ 'X-Forwarded-For': addressOf(info) }),
  /** Whether the test cuts the net or blocks a file: what could not be loaded is its business then. */
  offlineExpected: [false, { option: true }],
  page: async ({ page, offlineExpected }, use) => {
    const errors = [];
    watch(page, errors, offlineExpected);
    await use(page);
    expect(errors).toEqual([]);
  },
});

export function watch(page, errors, offlineExpected = false) {
  page.on('console', (message) => {
    const expected = /the server responded with a status of 4\d\d/.test(message.text())
      || (offlineExpected && /ERR_INTERNET_DISCONNECTED|ERR_FAILED/.test(message.text()));
    if (message.type() === 'error' && !expected) errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(error.message));
}

export { expect };

/** Signs a member of staff in. */
export async function signIn(page, member) {
  await page.goto('/login');
  await page.fill('input[name=username]', member.username);
  await page.fill('input[name=password]', member.password);
  await page.click('main button[type=submit]');
  await expect(page).not.toHaveURL(/\/login/);
}

/** No violation of WCAG 2.2 AA. axe is a script: on pages without scripts the same page is checked in the other projects. */
export async function accessible(page, { javaScriptEnabled }) {
  if (javaScriptEnabled === false) return;
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
  expect(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target).join(' | ')}`)).toEqual([]);
}

/** Nothing sticks out sideways. */
export async function fitsTheScreen(page, { javaScriptEnabled }) {
  if (javaScriptEnabled === false) return;
  const { wide, screen } = await page.evaluate(() => ({ wide: document.documentElement.scrollWidth, screen: window.innerWidth }));
  expect(wide).toBeLessThanOrEqual(screen);
}
