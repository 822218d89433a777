// Shows an event's form, or a table's page, without a network, and sends what waits when there is one again (the store
// above does that). Its own store keeps blank forms, tables' pages as they were last seen, and the files they need.
"use strict";
const STORE = "forms-2";
const PATIENCE = 5000;

const kept = (request) => {
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return false;
  return /^\/[et]\/[^/.]+$/.test(url.pathname) || /^\/static\/(delegate|facets|collect|table)[^/]*\.(css|js)$/.test(url.pathname);
};
const fromNetwork = async (request) => {
  const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE) });
  const blank = answer.ok && !answer.redirected;
  if (blank) (await caches.open(STORE)).put(request, answer.clone());
  // A table's link that was called back shows its lines to nobody any more.
  else if (answer.status === 404) (await caches.open(STORE)).delete(request, { ignoreSearch: true });
  return answer;
};
const newestOrKept = async (request) => {
  try {
    return await fromNetwork(request);
  } catch (failure) {
    // At a table the address tells the question, and a line must not go to another one.
    const found = await caches.match(request, { ignoreSearch: !/^\/t\//.test(new URL(request.url).pathname) });
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
