/* The page itself, kept for when there is no network: a service worker (worker.js) serves it from a cache. */

/* The cache of the page at `address`, which the worker knows by how its name ends. */
const cacheOf = ({ kind, address }) => `${kind} ${new URL(address, location.href).href}`;

/* Keeps the page: its `address`, that of its `worker`, the `kind` of page it is; and the static files it loaded.
   Whether that was possible. */
export async function keepPage(page) {
  if (!navigator.serviceWorker || !window.caches) return false;
  try {
    await navigator.serviceWorker.register(page.worker, { scope: page.address });
    const cache = await caches.open(cacheOf(page));
    const answer = await fetch(page.address, { redirect: "manual" });
    if (answer.ok) await cache.put(page.address, answer);
    const loaded = performance.getEntriesByType("resource").map((file) => file.name);
    const files = loaded.filter((file) => new URL(file).pathname.startsWith("/static/"));
    await cache.addAll([...new Set(files)]);
    return true;
  } catch {
    return false; // no worker here: it goes on as long as the page stays open
  }
}

export async function forgetPage(page) {
  await window.caches?.delete(cacheOf(page));
  await (await navigator.serviceWorker?.getRegistration(page.address))?.unregister();
}
