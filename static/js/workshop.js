/* A workshop's room on bad Wi-Fi: what could not be sent says so, stays, and is sent when the network is back. */
(() => {
  "use strict";

  const unsent = new Set();
  document.addEventListener("htmx:sendError", (event) => {
    const form = event.target.closest("form");
    const notice = form?.querySelector("[data-unsent]");
    if (!notice) return;
    notice.hidden = false;
    unsent.add(form);
  });
  window.addEventListener("online", () => {
    for (const form of unsent) if (form.isConnected) form.requestSubmit();
    unsent.clear();
  });
})();
