// The browser tests: desktop, phone, and a phone without scripts, against a server with the demo organisation.
import { defineConfig } from '@playwright/test';

const port = process.env.HUIYIN_END2END_PORT ?? '3900';
const baseURL = `http://127.0.0.1:${port}`;
const phone = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true };

export default defineConfig({
  testDir: './tests',
  testMatch: '**/*.spec.mjs',
  outputDir: 'results',
  workers: 2,
  retries: 0,
  forbidOnly: true,
  // A page that answers in a tenth of a second may take seconds while the other worker starts a browser.
  expect: { timeout: 15_000 },
  fullyParallel: true,
  reporter: 'list',
  use: {
    baseURL,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.HUIYIN_CHROMIUM ?? '/usr/bin/chromium',
      // Debian's browser calls home at every start unless told not to; a network that refuses makes it wait.
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    },
  },
  projects: [
    { name: 'desktop', use: { viewport: { width: 1280, height: 800 } } },
    { name: 'phone', use: phone },
    { name: 'no-script', testIgnore: '**/island.spec.mjs', use: { ...phone, javaScriptEnabled: false } },
  ],
  webServer: {
    command: '../scripts/serve-demo',
    url: `${baseURL}/healthz`,
    timeout: 60_000,
    stdout: 'ignore',
    stderr: 'pipe',
  },
});
