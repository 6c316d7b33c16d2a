/* Serves one page while there is no network. Its scope is that page and what lies below it; what it keeps was put
   into a cache by the page (page.js), which also deletes it. The name of that cache ends with the scope. */
"use strict";

const SLOW = 4000; // milliseconds after which what is kept answers instead

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

/* Looking makes no cache: what was forgotten stays so. */
const kept = async (request) => {
  const name = (await caches.keys()).find((cache) => cache.endsWith(` ${self.registration.scope}`));
  return name && caches.match(request, { cacheName: name, ignoreSearch: request.mode === "navigate" });
};
const late = () => new Promise((resolve) => setTimeout(resolve, SLOW));

self.addEventListener("fetch", (event) => {
  const request = event.request;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  const isPage = request.mode === "navigate";
  const isOurs = isPage
    ? address.origin + address.pathname === self.registration.scope
    : address.pathname.startsWith("/static/");
  if (!isOurs) return;
  event.respondWith(
    (async () => {
      const copy = await kept(request);
      if (copy && !isPage) return copy; // the address of a static file changes with its content
      const fresh = fetch(request);
      if (!copy) return fresh;
      return (await Promise.race([fresh.catch(() => null), late()])) || copy;
    })(),
  );
});
