// The pictures of the README: node pictures.mjs ADDRESS, beside a server with the demo.
import { mkdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium } from '@playwright/test';

const [address] = process.argv.slice(2);
for (let tries = 0; tries < 100; tries += 1) {
  if ((await fetch(`${address}/healthz`).catch(() => ({ ok: false }))).ok) break;
  await sleep(200);
}
const demo = JSON.parse(readFileSync('.demo.json', 'utf8'));
const browser = await chromium.launch({
  executablePath: process.env.HUIYIN_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
});
const open = (viewport) => browser.newPage({ viewport, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
mkdirSync('pictures', { recursive: true });

const phone = await open({ width: 360, height: 740 });
const point = demo.access_points.find((p) => p.place === '食堂三楼');
await phone.goto(`${address}/q/${point.code}`);
await phone.fill('#f-body', '周三中午三楼的汤是凉的，孩子说最近常这样。希望能看一下保温台。');
await phone.locator('h1').click();
await phone.waitForFunction(() => document.querySelector('#draft-state')?.textContent);
await phone.evaluate(() => window.scrollTo(0, 0));
await phone.screenshot({ path: 'pictures/form.png' });

const desk = await open({ width: 1280, height: 800 });
const office = demo.staff.find((member) => member.role === 'office');
await desk.goto(`${address}/login`);
await desk.fill('input[name=username]', office.username);
await desk.fill('input[name=password]', office.password);
await desk.click('main button[type=submit]');
await desk.goto(`${address}/desk?view=review`);
await desk.locator('a.item').first().click();
await desk.screenshot({ path: 'pictures/desk.png' });
await browser.close();
