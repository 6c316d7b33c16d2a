/* One question on a screen: <form data-wizard="id of a template"> with its [data-screen]s, the last of which sends.
   Without this file the form is one long page that works. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-wizard]");
  const parts = document.getElementById(form?.dataset.wizard)?.content;
  if (!form || !parts) return;

  const screens = [...form.querySelectorAll("[data-screen]")];
  const last = screens.length - 1;
  const where = parts.querySelector(".where").cloneNode(true);
  where.setAttribute("role", "status");
  const go = parts.querySelector(".go").cloneNode(true);
  const [next, back] = [go.querySelector("[data-next]"), go.querySelector("[data-back]")];
  const summary = form.querySelector("[data-summary]");
  let current = 0;

  form.prepend(where);
  screens.at(-1).after(go);
  where.querySelector("span").textContent = where.querySelector("progress").max = screens.length;
  for (const plain of form.querySelectorAll("[data-plain]")) plain.hidden = true;
  for (const screen of screens) screen.tabIndex = -1;

  /* Shows screen `to`; its page is one of the browser's history, so that Back goes to the question before. */
  const show = (to, { focus = true, keep = true } = {}) => {
    current = to;
    screens.forEach((screen, number) => { screen.hidden = number !== to; });
    for (const first of document.querySelectorAll("[data-first]")) first.hidden = to > 0;
    where.querySelector("b").textContent = where.querySelector("progress").value = to + 1;
    back.hidden = to === 0;
    next.hidden = to === last;
    if (to === last) sum();
    name();
    if (keep) history.pushState({ screen: to }, "");
    if (!focus) return;
    where.scrollIntoView({ block: "start" });
    const control = screens[to].querySelector("textarea, select, input:not([type=hidden], [type=file])");
    (to === last || !control ? screens[to] : control).focus({ preventScroll: true });
  };

  /* Whether everything on a screen can be used. What cannot is said beside its control in the language of the page,
     in the place and with the marks of an error of the server. */
  const unsay = (control) => {
    document.getElementById(`${control.id}-wrong`)?.remove();
    if (control.closest(".field")?.querySelector(".error")) return;
    control.removeAttribute("aria-invalid");
    control.closest(".field")?.classList.remove("has-error");
  };
  const say = (control) => {
    unsay(control);
    const box = control.closest(".field");
    const line = parts.querySelector("[data-error]").cloneNode(true);
    const kind = control.validity.customError ? "" : control.validity.valueMissing ? "missing" : control.type === "email" ? "email" : "other";
    line.id = `${control.id}-wrong`;
    line.append(kind ? line.dataset[kind] : control.validationMessage);
    if (!control.getAttribute("aria-describedby")?.includes(line.id)) control.setAttribute("aria-describedby", `${line.id} ${control.getAttribute("aria-describedby") ?? ""}`.trim());
    control.setAttribute("aria-invalid", "true");
    box?.classList.add("has-error");
    (control.closest("label.choice") ?? control).before(line);
  };
  const holds = (screen) => {
    const wrong = [...screen.querySelectorAll("input, select, textarea")].filter((control) => control.id && !control.checkValidity());
    for (const control of wrong) say(control);
    wrong[0]?.focus();
    name();
    return !wrong.length;
  };
  form.addEventListener("input", ({ target }) => { if (target.id && target.checkValidity()) unsay(target); });

  /* The title of the page says which question of how many, and that something there must be corrected. */
  const title = document.title;
  const name = () => {
    const count = `${where.querySelector("p").textContent.trim()} ${screens[current].getAttribute("aria-label")}`;
    const error = screens[current].querySelector("[aria-invalid]") ? `${parts.querySelector("[data-error]").textContent.trim()} ` : "";
    document.title = `${error}${count} · ${title}`;
  };
  const forward = () => { if (holds(screens[current])) show(current + 1); };

  next.addEventListener("click", forward);
  back.addEventListener("click", () => show(current - 1));
  window.addEventListener("popstate", ({ state }) => { if (state?.screen !== undefined) show(state.screen, { keep: false }); });

  /* Enter goes on; only the last screen sends. What the browser finds wrong on a screen not shown is shown. */
  form.addEventListener("submit", (event) => {
    if (current === last || event.submitter?.name === "act") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    forward();
  }, true);
  form.noValidate = true;
  form.addEventListener("submit", (event) => {
    if (event.submitter?.name === "act") return;
    const wrong = screens.findIndex((screen) => [...screen.querySelectorAll("input, select, textarea")].some((control) => !control.checkValidity()));
    if (wrong < 0) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (wrong !== current) show(wrong, { focus: false });
    holds(screens[wrong]);
  }, true);

  /* A link to a field (of the errors, of the similar ideas) opens its screen. */
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    const target = link && document.getElementById(link.hash.slice(1));
    const screen = screens.findIndex((candidate) => target && candidate.contains(target));
    if (screen < 0) return;
    event.preventDefault();
    show(screen, { focus: false });
    target.focus();
  });

  /* The last screen: everything once more, with the way back to each answer. */
  const said = (control) => {
    if (control.type === "file") return [...control.files].map((file) => file.name).join(" · ");
    if (control.type === "checkbox" || control.type === "radio") return control.checked ? control.closest("label").textContent.trim() : "";
    return control.tagName === "SELECT" ? control.selectedOptions[0]?.textContent : control.value.trim();
  };
  const sum = () => {
    summary.hidden = false;
    summary.querySelector("dl").replaceChildren(...screens.slice(0, last).map((screen, number) => {
      const row = document.createElement("div");
      const title = document.createElement("dt");
      const text = document.createElement("dd");
      title.textContent = screen.getAttribute("aria-label");
      const controls = [...screen.querySelectorAll("textarea, select, input:not([type=hidden])")].filter((control) => !control.closest(".trap"));
      const answers = controls.map(said).filter(Boolean).join("\n");
      text.textContent = answers || "—";
      if (answers) text.dir = "auto";
      const change = parts.querySelector("[data-change]").cloneNode(true);
      change.setAttribute("aria-label", `${change.textContent}: ${title.textContent}`);
      change.addEventListener("click", () => show(number));
      const way = document.createElement("dd");
      way.className = "change";
      way.append(change);
      row.append(title, way, text);
      return row;
    }));
  };

  /* Files that would be refused are said so before they travel. */
  const files = form.querySelector("input[type=file]");
  files?.addEventListener("change", () => {
    const chosen = [...files.files];
    const { most, tooMany, tooLarge } = files.dataset;
    const wrong = chosen.length > Number(most) ? tooMany : chosen.some((file) => file.size > 5 * 1024 * 1024) ? tooLarge : "";
    files.setCustomValidity(wrong);
    if (wrong) say(files);
    else unsay(files);
    name();
  });

  /* Similar ideas, when the typing rests. */
  const similar = form.querySelector("[data-similar]");
  const proposal = form.elements.proposal;
  let waiting;
  let asked = "";
  proposal.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const typed = proposal.value.trim().slice(0, 600);
      if (typed.length < 20 || typed === asked) return;
      asked = typed;
      const address = new URL(similar.dataset.similar, location.href);
      address.searchParams.set("q", typed);
      const answer = await fetch(address).catch(() => null);
      if (answer?.ok && asked === typed) similar.innerHTML = await answer.text();
    }, 900);
  });

  const broken = screens.findIndex((screen) => screen.querySelector(".has-error"));
  const first = broken < 0 ? Math.max(Number(form.dataset.screen ?? 0), 0) : broken;
  history.replaceState({ screen: first }, "");
  show(first, { focus: false, keep: false });
})();
