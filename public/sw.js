// The service worker: what was opened once can be opened without a net. It keeps styles, code and icons (their names change
// with their content), and the newest copy of each form. Nothing else: no tracking page, no receipt, nothing of the staff.
// A kept form carries a used key; the form's code gives it a fresh one, and the server refuses a used key with another text.
const SHELL = 'huiyin-shell';
const FORMS = 'huiyin-forms';
const MOST = 60;
const PATIENCE = 5000;

self.addEventListener('install', () => self.skipWaiting());

self.addEventListener('activate', (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith('huiyin-') && ![SHELL, FORMS, 'huiyin-queue'].includes(name)) await caches.delete(name);
    }
    await self.clients.claim();
  })());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (url.pathname.startsWith('/assets/') || /^\/(icon|manifest)[^/]*$/.test(url.pathname)) event.respondWith(shell(request));
  else if (request.mode === 'navigate' && /^\/q\/[^/]+$/.test(url.pathname)) event.respondWith(form(event));
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
