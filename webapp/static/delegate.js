// Keeps what a delegate types on the phone until it was received. The form works without this.
(() => {
  "use strict";
  const store = {
    get(name) { try { return JSON.parse(localStorage.getItem(name)); } catch { return null; } },
    set(name, value) { try { localStorage.setItem(name, JSON.stringify(value)); return true; } catch { return false; } },
    drop(name) { try { localStorage.removeItem(name); } catch { /* private mode keeps nothing */ } },
  };
  const me = document.currentScript;

  // A receipt: the words arrived, so the phone forgets them; unless another person's are already being typed.
  if (me.dataset.received) {
    const name = "draft:" + me.dataset.received;
    const draft = store.get(name);
    if (draft && draft.key === me.dataset.key) store.drop(name);
  }
  // "Next person" leaves no way back to the last one's receipt.
  document.querySelector("[data-next]")?.addEventListener("click", (press) => {
    press.preventDefault();
    location.replace(press.currentTarget.href);
  });

  const form = document.querySelector("form[data-keep]");
  if (!form) return;
  const name = "draft:" + form.dataset.keep;
  const state = document.getElementById("state");
  const key = form.elements.client_key;
  const kept = [...form.elements].filter((field) => field.name && !["csrf_token", "client_key"].includes(field.name));
  const ticks = (field) => field.type === "radio" || field.type === "checkbox";
  let pressed = false;
  let renewed = false;
  let sending = false;
  let pause = 1000;

  const typed = () => kept.filter((field) => (ticks(field) ? field.checked : field.value)).map((field) => [field.name, field.value]);
  const untouched = JSON.stringify(typed());
  const keep = () => {
    const values = typed();
    if (JSON.stringify(values) === untouched && !store.get(name)) return;
    state.textContent = store.set(name, { key: key.value, values, pressed }) ? state.dataset.saved : state.dataset.unsaved;
  };
  const restore = (draft) => {
    key.value = draft.key;
    for (const field of kept) {
      const mine = draft.values.filter(([other]) => other === field.name).map(([, value]) => value);
      if (ticks(field)) field.checked = mine.includes(field.value);
      else if (mine.length) field.value = mine[0];
    }
    state.textContent = state.dataset.saved;
  };

  // What the server gave back after a mistake is newer than what the phone kept.
  const draft = store.get(name);
  const problems = document.getElementById("problems");
  if (problems) { keep(); problems.focus(); }
  else {
    // A page from the phone's own store has the key of its first showing, which may have been used.
    key.value = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    if (draft) restore(draft);
  }
  form.addEventListener("input", () => { pressed = false; keep(); });

  // A rank that another choice has is taken from it; that one gets the rank which is free now.
  for (const list of form.querySelectorAll(".rank select")) {
    let before = list.value;
    const others = [...list.closest("fieldset").querySelectorAll("select")].filter((other) => other !== list);
    list.addEventListener("focus", () => { before = list.value; });
    list.addEventListener("input", () => {
      const same = list.value && others.find((other) => other.value === list.value);
      if (same) same.value = before;
      before = list.value;
    });
  }

  // A bar at the top tells how far down the questions one is.
  const asked = [...form.querySelectorAll(".field")];
  const bar = document.createElement("progress");
  bar.className = "where";
  bar.max = asked.length;
  bar.setAttribute("aria-hidden", "true");
  document.body.prepend(bar);
  const answered = () => {
    bar.value = asked.filter((each) => [...each.querySelectorAll("input,textarea,select")].some((field) => (ticks(field) ? field.checked : field.value))).length;
  };
  form.addEventListener("input", answered);
  answered();

  const show = (page, url) => {
    if (new URL(url).pathname.startsWith("/r/")) { location.replace(url); return; }
    document.open();
    document.write(page);
    document.close();
  };
  const send = async () => {
    if (sending) return;
    // The server would hang up on it unread, and this page is the only one that has the words: it must stay.
    if (typed().reduce((total, [, value]) => total + value.length, 0) > 1000000) {
      pressed = false;
      keep();
      state.textContent = state.dataset.large;
      return;
    }
    sending = true;
    state.textContent = state.dataset.sending;
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form), signal: AbortSignal.timeout(30000) });
      if (answer.status >= 500 || answer.status === 429) throw new Error(answer.status);
      const page = await answer.text();
      const fresh = answer.status === 400 && new DOMParser().parseFromString(page, "text/html").querySelector("form[data-stale] [name=csrf_token]");
      if (fresh && !renewed) {
        // The page was older than its token: nothing that the person needs to see.
        renewed = true;
        form.elements.csrf_token.value = fresh.value;
        sending = false;
        send();
        return;
      }
      show(page, answer.url);
    } catch {
      // The same key goes with every try: if only the reply was lost, the server gives back what it has.
      sending = false;
      state.textContent = state.dataset.waiting;
      setTimeout(send, pause);
      pause = Math.min(pause * 2, 60000);
    }
  };
  form.addEventListener("submit", (press) => {
    pressed = true;
    keep();
    if (!window.fetch || !AbortSignal.timeout) return;
    press.preventDefault();
    pause = 1000;
    send();
  });
  // Pressed before the page was reloaded or the browser closed, and no receipt since: the words still wait.
  if (draft?.pressed && !problems && AbortSignal.timeout) { pressed = true; send(); }
  // From the first touch on, the form opens without a network too. Not before: the first visit is to be light.
  form.addEventListener("input", async () => {
    if (!navigator.serviceWorker || navigator.serviceWorker.controller) return;
    try {
      await navigator.serviceWorker.register("/e/worker.js");
      const files = [...document.querySelectorAll("link[rel=stylesheet],script[src]")].map((file) => file.href || file.src);
      await (await caches.open("forms-1")).addAll([location.pathname, ...files]);
    } catch { /* no store on this phone: everything else still works */ }
  }, { once: true });
  addEventListener("online", () => { if (state.textContent === state.dataset.waiting) send(); });
  // A page that the browser took from its memory may hold what the last person sent.
  addEventListener("pageshow", (shown) => { if (shown.persisted) location.reload(); });
})();
