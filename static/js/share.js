/* What takes a page along, where there is JavaScript: <button data-print hidden> prints it,
   <button data-copy="said when done" hidden> copies its address. */
(() => {
  "use strict";
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
  for (const button of document.querySelectorAll("[data-copy]")) {
    if (!navigator.clipboard) break; /* none on a page that came without encryption */
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.querySelector("link[rel=canonical]")?.href || location.href);
      button.textContent = button.dataset.copy;
    });
  }
})();
