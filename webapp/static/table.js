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
  // A mark changed at a line's end is saved at once.
  lines.addEventListener("change", (change) => { if (change.target.matches("select")) change.target.form.requestSubmit(); });

  pending();
  flush();
  if (!("floor" in table.dataset) && !location.hash) scrollTo(0, document.body.scrollHeight);
  setInterval(() => { if (!document.hidden && !sending) refresh().catch(() => {}); }, 3000);
})();
