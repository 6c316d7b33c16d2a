/* <input data-associations="address" list="…">: names of the directory are offered while one is typed. */
(() => {
  "use strict";
  const input = document.querySelector("[data-associations]");
  if (!input?.list) return;
  let waiting;
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    const typed = input.value.trim();
    const speaks = input.form.querySelector("[name=kind]:checked")?.value === "association";
    if (!speaks || typed.length < 3) return input.list.replaceChildren();
    waiting = setTimeout(async () => {
      const address = new URL(input.dataset.associations, location.href);
      address.searchParams.set("q", typed);
      const answer = await fetch(address).catch(() => null);
      if (!answer?.ok) return;
      input.list.replaceChildren(...(await answer.json()).map((name) => new Option(name, name)));
    }, 400);
  });
})();
