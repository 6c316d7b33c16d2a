/* The screening room by keys. A key only leads somewhere (a link, a field, a button): it never decides. */
(() => {
  "use strict";

  const legend = document.querySelector("[data-keys]");
  if (!legend) return;
  const button = legend.querySelector("button");
  const reachable = "button, input:not([type=hidden]), select, textarea";

  /* Whoever speaks to their computer, or brushes a key, can turn them off: on this device, for good. */
  let on = true;
  try { on = localStorage.getItem("keys") !== "off"; } catch { /* no storage here: they are on */ }
  const say = () => {
    button.textContent = on ? button.dataset.off : button.dataset.on;
    legend.classList.toggle("is-off", !on);
  };
  button.addEventListener("click", () => {
    on = !on;
    try { localStorage.setItem("keys", on ? "on" : "off"); } catch { /* then until the next page */ }
    say();
  });
  say();
  legend.hidden = false;

  const isTyping = (element) => element.isContentEditable || element.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=submit])");

  document.addEventListener("keydown", (event) => {
    if (!on || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const key = event.key.toLowerCase();
    const place = key === "?" || key === "؟" ? legend : [...document.querySelectorAll("[data-key]")].find((element) => element.dataset.key.split(" ").includes(key));
    if (!place) return;
    event.preventDefault();
    if (place.tagName === "A") return place.click();
    if (place.tagName === "DETAILS") place.open = true;
    const target = place === legend || place.matches("button") ? place : place.querySelector(reachable);
    target?.focus();
    target?.scrollIntoView({ block: "center" });
  });
})();
