// Shows an event's form without a network, and sends what waits when there is one again (the store above does that).
// Its own store keeps only blank forms and the files they need, never what was typed.
"use strict";
const STORE = "forms-2";
const PATIENCE = 5000;

const kept = (request) => {
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return false;
  return /^\/e\/[^/.]+$/.test(url.pathname) || /^\/static\/delegate[^/]*\.(css|js)$/.test(url.pathname);
};
const fromNetwork = async (request) => {
  const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE) });
  const blank = answer.ok && !answer.redirected;
  if (blank) (await caches.open(STORE)).put(request, answer.clone());
  return answer;
};
const newestOrKept = async (request) => {
  try {
    return await fromNetwork(request);
  } catch (failure) {
    const found = await caches.match(request, { ignoreSearch: true });
    if (found) return found;
    throw failure;
  }
};
// What a worker of an older version kept is fetched anew, so that the form still opens without a network.
const takeOver = async (name) => {
  const old = await caches.open(name);
  for (const { url } of await old.keys()) {
    const page = /\/e\/[^/.]+$/.test(url) && await fromNetwork(new Request(url)).catch(() => null);
    const files = page ? new Set((await page.text()).match(/\/static\/delegate[^"]*/g)) : [];
    await Promise.all([...files].map((file) => fromNetwork(new Request(file)).catch(() => {})));
  }
  await caches.delete(name);
};

addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(caches.open(STORE));
});
addEventListener("activate", (event) => {
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter((name) => /^forms-/.test(name) && name !== STORE).map(takeOver))).then(() => clients.claim()));
});
addEventListener("fetch", (event) => {
  if (kept(event.request)) event.respondWith(newestOrKept(event.request));
});
