/* Works a second for the right to send, in a worker, from the first touch of the form on (ALTCHA's protocol).
   Without it the form is sent all the same; the server then takes fewer from one address. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-proof]");
  if (!form || !window.Worker || !window.crypto?.subtle) return;

  const prove = async () => {
    const address = new URL(form.dataset.proof, location.href);
    address.searchParams.set("once", form.elements.once.value);
    const challenge = await (await fetch(address)).json();
    const solution = await new Promise((resolve, reject) => {
      const worker = new Worker(form.dataset.worker);
      worker.onmessage = ({ data }) => {
        worker.terminate();
        if (data?.derivedKey) resolve(data);
        else reject(data);
      };
      worker.onerror = reject;
      worker.postMessage({ type: "work", challenge, counterStart: 0, counterStep: 1 });
    });
    form.elements.altcha.value = btoa(JSON.stringify({ challenge, solution }));
  };

  let proof;
  const begin = () => (proof ??= prove().catch(() => {}));
  form.addEventListener("input", begin, { once: true });

  /* Sent before it is done: wait for it, then send. */
  form.addEventListener("submit", (event) => {
    if (form.elements.altcha.value || form.dataset.waited) return;
    event.preventDefault();
    const button = event.submitter;
    button?.setAttribute("aria-disabled", "true");
    begin().finally(() => {
      form.dataset.waited = "yes";
      form.requestSubmit(button);
    });
  });
})();
