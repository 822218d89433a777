// Shows an event's form without a network. It keeps only blank forms and the files they need, never what was typed.
"use strict";
const STORE = "forms-1";
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

addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(caches.open(STORE));
});
addEventListener("activate", (event) => {
  // A worker of an older version leaves nothing behind.
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter((name) => name !== STORE).map((name) => caches.delete(name)))).then(() => clients.claim()));
});
addEventListener("fetch", (event) => {
  if (kept(event.request)) event.respondWith(newestOrKept(event.request));
});
