/* What makes the pages nicer where there is JavaScript. Everything works without it. */
(() => {
  "use strict";

  document.getElementById("errors")?.focus();

  /* One click, one sending; the button says so. The page that comes back from history is fresh again. */
  const sent = [];
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "yes";
    const button = event.submitter?.dataset.sending ? event.submitter : null;
    sent.push([form, button, button?.textContent]);
    if (!button) return;
    button.setAttribute("aria-disabled", "true");
    button.textContent = button.dataset.sending;
  });
  window.addEventListener("pageshow", () => {
    for (const [form, button, label] of sent.splice(0)) {
      delete form.dataset.sent;
      if (!button) continue;
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

  const HOUR = 3600 * 1000;
  const inStorage = (act) => { try { act(); } catch { /* no storage here: nothing is kept, nothing breaks */ } };

  /* What a form holds, as [name, value]s in their order: never a password, a file or the token. `hidden` names the
     hidden fields that belong to what is typed. */
  const CHOSEN = ["checkbox", "radio"];
  const isTyped = (control, hidden) => control.name && control.name !== "csrf_token"
    && (control.type === "hidden" ? hidden.includes(control.name) : !["password", "file", "submit", "button"].includes(control.type));
  const typedIn = (form, hidden = []) => [...form.elements].filter((control) => isTyped(control, hidden)).flatMap((control) => {
    if (CHOSEN.includes(control.type)) return control.checked ? [[control.name, control.value]] : [];
    if (control.tagName === "SELECT") return [...control.selectedOptions].map((option) => [control.name, option.value]);
    return [[control.name, control.value]];
  });
  /* Fills it in again. With `empty`, what the server sent wins: only texts that came back empty. */
  const fillIn = (form, values, { empty = false, hidden = [] } = {}) => {
    const left = values.slice();
    const take = (name, value) => {
      const at = left.findIndex((pair) => pair[0] === name && (value === undefined || pair[1] === value));
      return at < 0 ? undefined : left.splice(at, 1)[0][1];
    };
    for (const control of form.elements) {
      if (!isTyped(control, hidden)) continue;
      const isChoice = CHOSEN.includes(control.type) || control.tagName === "SELECT";
      if (CHOSEN.includes(control.type)) {
        const checked = take(control.name, control.value) !== undefined;
        if (empty || control.checked === checked) continue;
        control.checked = checked;
      } else if (control.tagName === "SELECT") {
        const chosen = [...control.options].map((option) => take(control.name, option.value) !== undefined);
        if (empty || !chosen.includes(true)) continue;
        chosen.forEach((is, number) => { control.options[number].selected = is; });
      } else {
        const value = take(control.name);
        if (value === undefined || (empty && control.value) || value === control.value) continue;
        control.value = value;
      }
      for (let part = control.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
      control.dispatchEvent(new Event(isChoice ? "change" : "input", { bubbles: true }));
    }
  };

  /* <form data-autosave="key">: what is typed outlives a lost connection and a page loaded anew, in its tab, for two
     hours; with data-autosave-on="device" on this device, for the working day of who is signed in.
     <p data-autosave-done="key"> says that it was received: the draft goes. */
  const DRAFT = "draft:";
  const drafts = (form) => form.dataset.autosaveOn === "device" ? [localStorage, 12 * HOUR] : [sessionStorage, 2 * HOUR];
  /* Also those that an earlier version left on this device. */
  inStorage(() => {
    for (const key of Object.keys(localStorage).filter((name) => name.startsWith(DRAFT))) {
      if (!(Date.now() - JSON.parse(localStorage.getItem(key)).at < 12 * HOUR)) localStorage.removeItem(key);
    }
  });
  const isRefused = () => document.getElementById("errors") !== null;
  const restore = (part) => inStorage(() => {
    for (const done of part.querySelectorAll("[data-autosave-done]")) {
      for (const storage of [sessionStorage, localStorage]) storage.removeItem(DRAFT + done.dataset.autosaveDone);
    }
    for (const form of part.querySelectorAll("form[data-autosave]")) {
      const [storage, lasts] = drafts(form);
      const draft = JSON.parse(storage.getItem(DRAFT + form.dataset.autosave) || "{}");
      if (Date.now() - draft.at < lasts) fillIn(form, draft.values, { empty: isRefused() });
      else storage.removeItem(DRAFT + form.dataset.autosave);
    }
  });
  /* Listened for on the document, so that not one letter typed into a part just arrived is missed. */
  const keep = (event) => inStorage(() => {
    const form = event.target.closest?.("form[data-autosave]");
    if (!form) return;
    drafts(form)[0].setItem(DRAFT + form.dataset.autosave, JSON.stringify({ at: Date.now(), values: typedIn(form) }));
  });
  document.addEventListener("input", keep);
  document.addEventListener("change", keep);
  restore(document);
  document.addEventListener("htmx:afterSwap", (event) => restore(event.detail.elt));

  /* Another language in the middle of a form: everything typed and chosen comes along, once, to that page of this
     tab. Files cannot, which is asked first. */
  const CARRIED = "carried";
  const WITH_IT = ["once", "stood", "seen", "before", "version"];
  const forms = () => [...document.querySelectorAll("main form")].filter((form) => form.method === "post");
  document.querySelector("ul.languages")?.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link) return;
    const files = [...document.querySelectorAll("main input[type=file]")].find((control) => control.files.length);
    if (files && !window.confirm(files.dataset.lost)) return event.preventDefault();
    inStorage(() => sessionStorage.setItem(CARRIED, JSON.stringify({
      at: Date.now(),
      to: link.pathname,
      forms: forms().map((form) => typedIn(form, WITH_IT)),
      screen: [...document.querySelectorAll("[data-screen]")].findIndex((screen) => !screen.hidden),
    })));
  });
  inStorage(() => {
    const carried = JSON.parse(sessionStorage.getItem(CARRIED) || "{}");
    sessionStorage.removeItem(CARRIED);
    if (carried.to !== location.pathname || Date.now() - carried.at > HOUR / 60) return;
    forms().forEach((form, number) => {
      fillIn(form, carried.forms[number] || [], { hidden: WITH_IT });
      form.dataset.screen = carried.screen;
    });
  });
})();
