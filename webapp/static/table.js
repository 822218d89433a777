// A table's page without reloading: lines go into an outbox on this device first, and other devices' lines appear.
(() => {
  "use strict";
  const table = document.getElementById("table");
  const entry = document.getElementById("entry");
  const lines = document.getElementById("lines");
  const state = document.getElementById("state");
  const text = entry.elements.text;
  const name = "lines:" + location.pathname;

  const read = () => { try { return JSON.parse(localStorage.getItem(name)) || []; } catch { return []; } };
  let held = read();
  const write = () => { try { localStorage.setItem(name, JSON.stringify(held)); } catch { /* private mode: held in memory */ } };
  const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

  let version = `"${table.dataset.version}"`;
  let sending = false;
  let pause = 1000;

  // Lines on their way stand below the others, so that nothing typed is ever out of sight.
  const pending = () => {
    lines.querySelectorAll(".pending").forEach((line) => line.remove());
    for (const line of held) {
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
          held = held.filter((other) => other !== line);
          write();
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
    const next = held.find((line) => !line.refused);
    if (!next) return;
    sending = true;
    state.textContent = entry.dataset.sending;
    const body = new FormData();
    for (const [field, value] of Object.entries({ ...next.fields, csrf_token: entry.elements.csrf_token.value })) body.append(field, value);
    try {
      const answer = await fetch(entry.action, { method: "POST", body, signal: AbortSignal.timeout(20000) });
      if (answer.status >= 500 || answer.status === 429) throw new Error(answer.status);
      if (answer.ok) held = held.filter((line) => line.key !== next.key);
      else {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        next.refused = (page.getElementById("entry-error") || page.querySelector("main p"))?.textContent || answer.status;
      }
      write();
      pause = 1000;
      sending = false;
      if (!held.length) state.textContent = entry.dataset.sent;
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
    held.push({ key, fields: { ...fields, client_key: key } });
    write();
    text.value = "";
    entry.elements.facet.value = "";
    entry.elements.weight.selectedIndex = 0;
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
    else entry.elements.weight.selectedIndex = digit - 5;
  });
  // A mark changed at a line's end is saved at once.
  lines.addEventListener("change", (change) => { if (change.target.matches("select")) change.target.form.requestSubmit(); });

  pending();
  flush();
  if (!("floor" in table.dataset) && !location.hash) scrollTo(0, document.body.scrollHeight);
  setInterval(() => { if (!document.hidden && !sending) refresh().catch(() => {}); }, 3000);
})();
