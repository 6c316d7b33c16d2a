// What the weights of the activities add up to, while they are typed.
const form = document.querySelector("[data-weights]");
if (form) {
  const output = form.querySelector("[data-sum]");
  form.addEventListener("input", () => {
    const typed = [...form.querySelectorAll("[data-weight]")].map((field) =>
      Number(field.value.replace(",", ".")),
    );
    const total = typed.reduce((sum, number) => sum + (Number.isFinite(number) ? number : 0), 0);
    output.textContent = String(Math.round(total * 10) / 10);
  });
}
