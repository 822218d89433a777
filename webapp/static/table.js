// A table's page without reloading: lines go into an outbox on this device first, and other devices' lines appear.
(() => {
  "use strict";
  const table = document.getElementById("table");
  const entry = document.getElementById("entry");
  const lines = document.getElementById("lines");
  const state = document.getElementById("state");
  const text = entry.elements.text;
  // Each line is kept under a name of its own, so that two tabs of one table never write over each other's.
  const name = `line:${location.pathname}:`;
  const memory = new Map();
  const read = () => {
    const found = new Map(memory);
    try {
      for (let place = 0; place < localStorage.length; place += 1) {
        const key = localStorage.key(place);
        if (key.startsWith(name)) found.set(key.slice(name.length), JSON.parse(localStorage.getItem(key)));
      }
    } catch { /* private mode: held in memory */ }
    return [...found.values()].sort((one, other) => one.at - other.at);
  };
  const keep = (line) => {
    memory.set(line.key, line);
    try { localStorage.setItem(name + line.key, JSON.stringify(line)); memory.delete(line.key); } catch { /* stays in memory */ }
  };
  const drop = (line) => {
    memory.delete(line.key);
    try { localStorage.removeItem(name + line.key); } catch { /* was in memory alone */ }
  };
  const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

  // A line half typed outlives a reload.
  const typing = `typing:${location.pathname}`;
  const keepTyping = () => { try { sessionStorage.setItem(typing, text.value); } catch { /* private mode */ } };
  try { text.value ||= sessionStorage.getItem(typing) || ""; } catch { /* private mode */ }
  text.addEventListener("input", keepTyping);

  let version = `"${table.dataset.version}"`;
  let sending = false;
  let pause = 1000;

  // Lines on their way stand below the others, so that nothing typed is ever out of sight.
  const pending = () => {
    lines.querySelectorAll(".pending").forEach((line) => line.remove());
    for (const line of read()) {
      const item = document.createElement("li");
      const said = document.createElement("span");
      item.className = "pending";
      said.className = "said";
      said.dir = "auto";
      said.textContent = line.fields.text;
      item.append(said);
      if (line.refused) {
        const why = document.createElement("p");
        why.className = "error";
        why.textContent = `${entry.dataset.refused} ${line.refused}`;
        const again = document.createElement("button");
        again.type = "button";
        again.textContent = entry.dataset.again;
        again.addEventListener("click", () => {
          drop(line);
          pending();
          text.value = line.fields.text;
          text.focus();
        });
        item.append(why, again);
      }
      lines.append(item);
    }
    document.getElementById("none").hidden = lines.children.length > 0;
  };
  const busy = () => lines.contains(document.activeElement) || lines.querySelector("details[open]");
  const refresh = async () => {
    const answer = await fetch(table.dataset.lines, { headers: { "If-None-Match": version }, cache: "no-store" });
    if (answer.status !== 200 || busy()) return;
    const atFoot = innerHeight + scrollY > document.body.scrollHeight - 120;
    version = answer.headers.get("ETag");
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    lines.replaceChildren(...page.body.children);
    pending();
    if (atFoot) scrollTo(0, document.body.scrollHeight);
  };
  const flush = async () => {
    if (sending) return;
    const next = read().find((line) => !line.refused);
    if (!next) return;
    sending = true;
    state.textContent = entry.dataset.sending;
    const body = new FormData();
    for (const [field, value] of Object.entries({ ...next.fields, csrf_token: entry.elements.csrf_token.value })) body.append(field, value);
    try {
      const answer = await fetch(entry.action, { method: "POST", body, signal: AbortSignal.timeout(20000) });
      if (answer.status >= 500 || answer.status === 429) throw new Error(answer.status);
      if (answer.ok) drop(next);
      else {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        next.refused = (page.getElementById("entry-error") || page.querySelector("main p"))?.textContent || answer.status;
        keep(next);
      }
      pause = 1000;
      sending = false;
      if (!read().length) state.textContent = entry.dataset.sent;
      await refresh();
      pending();
      flush();
    } catch {
      sending = false;
      state.textContent = entry.dataset.kept;
      setTimeout(flush, pause);
      pause = Math.min(pause * 2, 30000);
    }
  };

  entry.addEventListener("submit", (press) => {
    if (!AbortSignal.timeout) return;
    press.preventDefault();
    if (!text.value.trim()) return;
    const fields = Object.fromEntries([...new FormData(entry)].filter(([field]) => field !== "csrf_token"));
    const key = newKey();
    keep({ key, at: Date.now(), fields: { ...fields, client_key: key } });
    text.value = "";
    keepTyping();
    entry.elements.facet.value = "";
    if (entry.elements.weight) entry.elements.weight.selectedIndex = 0;
    pending();
    text.focus();
    scrollTo(0, document.body.scrollHeight);
    flush();
  });

  // Alt and a digit: 1 to 4 mark the point, 5 to 8 weigh it; 0 takes the mark away.
  addEventListener("keydown", (press) => {
    const digit = press.altKey && /^Digit[0-8]$/.test(press.code) ? Number(press.code.at(-1)) : -1;
    if (digit < 0) return;
    press.preventDefault();
    if (digit < 5) entry.elements.facet.selectedIndex = digit;
    else if (entry.elements.weight) entry.elements.weight.selectedIndex = digit - 5;
  });
  // An edit in place stays on this device until it was received, also when the page is loaded again.
  const editing = (form) => `edit:${new URL(form.action).pathname}`;
  const fieldsOf = (form) => ["was", "was_marked", "text", "facet", "weight", "question"].map((field) => form.elements[field]).filter(Boolean);
  const keepEdit = (form, saved) => {
    const values = fieldsOf(form).map(({ name: field, value }) => [field, value]);
    try { localStorage.setItem(editing(form), JSON.stringify({ saved, values })); } catch { /* private mode */ }
  };
  const dropEdit = (form) => { try { localStorage.removeItem(editing(form)); } catch { /* private mode */ } };
  const save = async (form) => {
    state.textContent = entry.dataset.sending;
    let answer;
    try {
      answer = await fetch(form.action, { method: "POST", body: new FormData(form), signal: AbortSignal.timeout(20000) });
      if (answer.status >= 500 || answer.status === 429) throw new Error(answer.status);
    } catch {
      state.textContent = entry.dataset.kept;
      setTimeout(() => { if (form.isConnected) save(form); }, 4000);
      return;
    }
    dropEdit(form);
    // What the server does not take as it is, it shows with what was typed, as it does without this script.
    if (!answer.ok) { form.submit(); return; }
    state.textContent = entry.dataset.sent;
    form.closest("details").open = false;
    text.focus();
    await refresh().catch(() => {});
  };
  const recallEdits = () => {
    for (const form of lines.querySelectorAll("details:not([open]) form")) {
      try {
        const before = JSON.parse(localStorage.getItem(editing(form)));
        if (!before) continue;
        for (const [field, value] of before.values) if (form.elements[field]) form.elements[field].value = value;
        form.closest("details").open = true;
        if (before.saved) save(form);
      } catch { /* private mode */ }
    }
  };
  lines.addEventListener("input", ({ target: { form } }) => { if (form) keepEdit(form, false); });
  lines.addEventListener("submit", (press) => {
    if (!AbortSignal.timeout) return;
    const form = press.target;
    if (press.submitter?.hasAttribute("formaction")) { dropEdit(form); return; }
    press.preventDefault();
    keepEdit(form, true);
    save(form);
  });
  // From now on the page opens without a network too.
  const keepPage = async () => {
    if (!navigator.serviceWorker) return;
    try {
      await navigator.serviceWorker.register(table.dataset.worker);
      if (navigator.serviceWorker.controller) return;
      const files = [...document.querySelectorAll("link[rel=stylesheet],script[src]")].map((file) => file.href || file.src);
      await (await caches.open("forms-2")).addAll([location.pathname + location.search, ...files]);
    } catch { /* no store on this device: everything else still works */ }
  };
  // A mark changed at a line's end is saved at once.
  lines.addEventListener("change", (change) => { if (change.target.matches("select")) change.target.form.requestSubmit(); });

  recallEdits();
  pending();
  flush();
  keepPage();
  if (!("floor" in table.dataset) && !location.hash) scrollTo(0, document.body.scrollHeight);
  setInterval(() => { if (!document.hidden && !sending) refresh().catch(() => {}); }, 3000);
})();
