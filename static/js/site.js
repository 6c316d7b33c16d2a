/* What makes the pages nicer where there is JavaScript. Everything works without it. */
(() => {
  "use strict";

  document.getElementById("errors")?.focus();

  /* Ask before an act that cannot be undone. */
  document.addEventListener("submit", (event) => {
    const question = event.target.dataset.confirm;
    if (question && !window.confirm(question)) event.preventDefault();
  });

  /* One click, one sending; the button says so. The page that comes back from history is fresh again. */
  const sent = [];
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "yes";
    const button = event.submitter;
    if (!button?.dataset.sending) return;
    sent.push([form, button, button.textContent]);
    button.setAttribute("aria-disabled", "true");
    button.textContent = button.dataset.sending;
  });
  window.addEventListener("pageshow", () => {
    for (const [form, button, label] of sent.splice(0)) {
      delete form.dataset.sent;
      button.removeAttribute("aria-disabled");
      button.textContent = label;
    }
  });

  /* How many characters are left. */
  for (const box of document.querySelectorAll("[data-count]")) {
    const text = box.querySelector("textarea");
    const hint = box.querySelector(".limit");
    if (!text || !hint) continue;
    const say = () => {
      const left = Number(box.dataset.count) - text.value.length;
      hint.textContent = `${hint.dataset.left} ${left}`;
      hint.classList.toggle("is-over", left < 0);
    };
    text.addEventListener("input", say);
    if (text.value) say();
  }

  /* <form data-autosave="key">: what is typed outlives a lost connection or a closed tab, on this device only.
     <p data-autosave-done="key"> says that it was received: the draft goes.
     The server's answer wins: a field that came back filled is left alone. */
  const kept = (control) => control.name && control.name !== "csrf_token" && !["hidden", "password", "file", "submit", "checkbox", "radio"].includes(control.type);
  const inStorage = (act) => { try { act(); } catch { /* no storage here: nothing is kept, nothing breaks */ } };
  const draftOf = (form) => `draft:${form.dataset.autosave}`;
  const restore = (part) => inStorage(() => {
    for (const done of part.querySelectorAll("[data-autosave-done]")) localStorage.removeItem(`draft:${done.dataset.autosaveDone}`);
    for (const form of part.querySelectorAll("form[data-autosave]")) {
      const draft = JSON.parse(localStorage.getItem(draftOf(form)) || "{}");
      for (const control of form.elements) {
        if (kept(control) && control.tagName !== "SELECT" && !control.value && draft[control.name]) {
          control.value = draft[control.name];
          control.dispatchEvent(new Event("input", { bubbles: true }));
        }
      }
    }
  });
  /* Listened for on the document, so that not one letter typed into a part just arrived is missed. */
  document.addEventListener("input", (event) => inStorage(() => {
    const form = event.target.closest("form[data-autosave]");
    if (!form) return;
    const now = {};
    for (const control of form.elements) if (kept(control) && control.value) now[control.name] = control.value;
    localStorage.setItem(draftOf(form), JSON.stringify(now));
  }));
  restore(document);
  document.addEventListener("htmx:afterSwap", (event) => restore(event.detail.elt));
})();
