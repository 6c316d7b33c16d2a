/* The order of a programme by dragging, or with Alt and an arrow: the same form as its buttons, sent for you. */
(() => {
  "use strict";

  const list = document.querySelector("[data-programme]");
  if (!list) return;
  const slots = () => [...list.querySelectorAll("[data-slot]")];
  for (const hint of document.querySelectorAll("[data-with-script]")) hint.hidden = false;

  const move = (slot, places) => {
    const form = slot.querySelector(".slot-move");
    if (!form || !places) return;
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: "places", value: places });
    form.append(field);
    form.submit();
  };

  /* Keys: the page comes back at the part that moved, which then has the focus and can be moved on. */
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
    const slot = event.target.closest?.("[data-slot]");
    const places = event.key === "ArrowUp" ? -1 : 1;
    const all = slots();
    if (!slot || !all[all.indexOf(slot) + places]) return;
    event.preventDefault();
    move(slot, places);
  });

  let dragged = null;
  const clear = () => { for (const slot of slots()) slot.classList.remove("is-target"); };
  for (const slot of slots()) {
    if (!slot.querySelector(".slot-move")) continue;
    slot.draggable = true;
    slot.addEventListener("dragstart", (event) => { dragged = slot; event.dataTransfer.effectAllowed = "move"; });
    slot.addEventListener("dragend", () => { dragged = null; clear(); });
    slot.addEventListener("dragover", (event) => {
      if (!dragged || dragged === slot) return;
      event.preventDefault();
      clear();
      slot.classList.add("is-target");
    });
    slot.addEventListener("drop", (event) => {
      event.preventDefault();
      const all = slots();
      if (dragged) move(dragged, all.indexOf(slot) - all.indexOf(dragged));
    });
  }
})();
