// The service worker: what was opened once can be opened without a net. It keeps styles, code and icons (their names change
// with their content), and the newest copy of each form. Nothing else: no tracking page, no receipt, nothing of the staff.
// The checklists of representatives and student inspectors are kept as well, by the page that lists them (huiyin-field), with
// the photos of walks that are not signed yet; signing out takes both away. What waits to be sent stays in its queue.
// A kept form carries a used key; the form's code gives it a fresh one, and the server refuses a used key with another text.
const SHELL = 'huiyin-shell';
const FORMS = 'huiyin-forms';
const FIELD = 'huiyin-field';
const PHOTOS = 'huiyin-field-photos';
const QUEUES = ['huiyin-queue', 'huiyin-field-queue'];
const MOST = 60;
const PATIENCE = 5000;

self.addEventListener('install', () => self.skipWaiting());

self.addEventListener('activate', (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith('huiyin-') && ![SHELL, FORMS, FIELD, PHOTOS, ...QUEUES].includes(name)) await caches.delete(name);
    }
    await self.clients.claim();
  })());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method === 'POST' && url.origin === self.location.origin && /^\/(logout|account\/sign-out-everywhere)$/.test(url.pathname)) {
    // Once more when the page is gone, which may have been keeping something just now.
    const forget = () => Promise.all([caches.delete(FIELD), caches.delete(PHOTOS)]);
    event.waitUntil(forget().then(() => new Promise((resolve) => setTimeout(resolve, 2000))).then(forget));
    return;
  }
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (url.pathname.startsWith('/assets/') || /^\/(icon|manifest)[^/]*$/.test(url.pathname)) event.respondWith(shell(request));
  else if (request.mode === 'navigate' && /^\/q\/[^/]+$/.test(url.pathname)) event.respondWith(form(event));
  else if (request.mode === 'navigate' && /^\/(rep|patrol)(\/start|\/visits|\/visits\/new\/[^/]+)?$/.test(url.pathname)) event.respondWith(walk(event, url));
});

// What has the hash of its content in its name never changes; the rest is looked up when there is a net.
async function shell(request) {
  const cache = await caches.open(SHELL);
  const kept = await cache.match(request);
  if (kept && new URL(request.url).pathname.startsWith('/assets/')) return kept;
  try {
    const answer = await fetch(request);
    if (answer.ok) {
      await cache.put(request, answer.clone());
      const keys = await cache.keys();
      await Promise.all(keys.slice(0, Math.max(0, keys.length - MOST)).map((key) => cache.delete(key)));
    }
    return answer;
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
}

// The net first, with patience; then the copy.
async function form(event) {
  const cache = await caches.open(FORMS);
  const fresh = fetch(event.request).then(async (answer) => {
    if (answer.status === 200) {
      await cache.put(event.request, answer.clone());
      // What the page needs was loaded before this worker was there, the first time.
      const addresses = (await answer.clone().text()).match(/\/assets\/[\w.-]+/g) ?? [];
      await Promise.all([...new Set(addresses)].map((address) => shell(new Request(address)).catch(() => {})));
    }
    return answer;
  });
  event.waitUntil(fresh.catch(() => {}));
  const kept = await cache.match(event.request);
  if (!kept) return fresh;
  const waited = new Promise((resolve) => setTimeout(() => resolve(kept.clone()), PATIENCE));
  return Promise.race([fresh.catch(() => kept), waited]);
}

// The net first, with patience; then the checklist that was kept, whatever place stands in the address. The homes, which show
// more than checklists, are not kept: without a net they are the list of checklists.
async function walk(event, url) {
  const cache = await caches.open(FIELD);
  const [, role, rest] = url.pathname.split('/');
  const kept = await cache.match(rest === 'visits' ? url.pathname : `/${role}/visits`);
  const fresh = fetch(event.request);
  if (!kept) return fresh;
  event.waitUntil(fresh.catch(() => {}));
  const waited = new Promise((resolve) => setTimeout(() => resolve(kept.clone()), PATIENCE));
  return Promise.race([fresh.catch(() => kept), waited]);
}
