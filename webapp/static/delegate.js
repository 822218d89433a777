// Keeps what a delegate types on the phone, and what was sent until it was received. The form works without this.
// The first half is the phone's store; the worker has it too, and no page.
(() => {
  "use strict";
  const LONGEST = 60000;
  const others = self.BroadcastChannel && new BroadcastChannel("outbox");
  const address = (answer) => /\/r\/[^/]+$/.test(answer.url) && answer.url;

  let opened;
  const store = () => (opened ??= new Promise((good, bad) => {
    const asked = indexedDB.open("rapporteur", 1);
    asked.onupgradeneeded = () => { for (const name of ["drafts", "outbox"]) asked.result.createObjectStore(name, { keyPath: "key" }); };
    asked.onsuccess = () => good(asked.result);
    asked.onerror = () => bad(asked.error);
  }));
  // One transaction; gives what its last request found, once it is done.
  const change = async (act, durability = "relaxed") => {
    const work = (await store()).transaction(["drafts", "outbox"], "readwrite", { durability });
    const last = act(work.objectStore("drafts"), work.objectStore("outbox"));
    return new Promise((good, bad) => {
      work.oncomplete = () => good(last?.result);
      work.onabort = () => bad(work.error);
    });
  };
  const drafts = () => change((typed) => typed.getAll());
  const entries = () => change((_typed, sent) => sent.getAll());
  const forget = (key) => change((typed, sent) => { typed.delete(key); sent.delete(key); });
  const note = (key, more) => change((_typed, sent) => {
    sent.get(key).onsuccess = ({ target: { result: entry } }) => {
      // Nobody will ask for the receipt of one whose author has left.
      if (entry && more.received && !entry.shown) sent.delete(key);
      else if (entry) sent.put({ ...entry, ...more });
    };
  });

  const tokenIn = (page) => /name="csrf_token"[^>]*value="([^"]*)"/.exec(page)?.[1] || "";
  const freshToken = async (to) => tokenIn(await (await fetch(to, { cache: "no-store", signal: AbortSignal.timeout(15000) })).text());
  const post = (entry, token) => {
    const body = new FormData();
    for (const [name, value] of [...entry.values, ["client_key", entry.key], ["csrf_token", token]]) body.append(name, value);
    return fetch(entry.to, { method: "POST", body, signal: AbortSignal.timeout(30000) });
  };
  const tried = async (entry, token) => {
    try {
      let answer = await post(entry, token || await freshToken(entry.to));
      let page = await answer.text();
      // The page was older than its token: nothing that the person needs to see.
      if (answer.status === 400 && page.includes(" data-stale")) {
        answer = await post(entry, await freshToken(entry.to));
        page = await answer.text();
      }
      if (address(answer)) return { state: "received", url: answer.url, word: /<h1>([^<]*)/.exec(page)?.[1] };
      if (answer.status < 500 && answer.status !== 429) return { state: answer.status === 409 ? "closed" : "refused", page };
    } catch { /* no network, or no answer in time */ }
    return { state: "waiting" };
  };
  // The same key goes with every try: if only the reply was lost, the server gives back what it has. Whoever else is
  // at the same one, in another tab or in the worker, is left to it.
  const attempt = (entry, token) => {
    const act = async (lock) => {
      if (!lock) return { state: "busy" };
      const result = await tried(entry, token);
      if (result.state === "received") {
        await note(entry.key, { received: result.url });
        others?.postMessage({ ...result, key: entry.key });
      } else {
        const tries = (entry.tries || 0) + 1;
        const pause = result.state === "closed" ? LONGEST : Math.min(500 * 2 ** tries, LONGEST) * (0.75 + Math.random() / 2);
        await note(entry.key, { tries, next: Date.now() + pause, refused: result.state === "refused" });
      }
      return result;
    };
    return navigator.locks ? navigator.locks.request("send-" + entry.key, { ifAvailable: true }, act) : act(true);
  };

  if (!self.document) {
    // The browser calls when there is a network again, also when no page is open any more.
    addEventListener("sync", (event) => event.waitUntil((async () => {
      const waiting = (await entries()).filter((entry) => !entry.received && !entry.refused);
      for (const entry of waiting) if ((await attempt(entry)).state === "waiting") throw new Error("No network yet");
    })()));
    return;
  }

  const ticks = (field) => field.type === "radio" || field.type === "checkbox";
  const filled = (field) => (ticks(field) ? field.checked : field.value);
  const find = (id) => document.getElementById(id);
  const say = (word) => { const state = find("state"); if (state) state.textContent = state.dataset[word] ?? word; };
  const home = () => document.querySelector("[data-next]")?.href;
  const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  let form, kept, mine, timer, running, again, closedShown;

  const blank = (field) => {
    if (ticks(field)) return field.checked === field.defaultChecked;
    return field.value === (field.options ? ([...field.options].find((each) => each.defaultSelected) ?? field.options[0]).value : field.defaultValue);
  };
  const typed = () => kept.filter(filled).map((field) => [field.name, field.value]);
  const written = () => ({ key: form.elements.client_key.value, to: form.action, values: typed(), at: Date.now() });
  const keep = async () => {
    const draft = written();
    try {
      if (!find("problems") && kept.every(blank)) await forget(draft.key);
      else { await change((all) => all.put(draft)); say("saved"); }
    } catch { say("unsaved"); }
  };
  const fill = ({ key, values }) => {
    form.elements.client_key.value = key;
    for (const field of kept) {
      const own = values.filter(([name]) => name === field.name).map(([, value]) => value);
      if (ticks(field)) field.checked = own.includes(field.value);
      else field.value = own[0] ?? "";
    }
    for (const field of form.querySelectorAll("details select")) field.closest("details").open = !!field.value;
    form.dispatchEvent(new Event("filled"));
  };
  // The words leave the screen while they wait: the phone may go to the next person.
  const wait = (waiting) => {
    if (form) { form.hidden = waiting; form.inert = false; }
    const box = find("waiting");
    if (!box || box.hidden !== waiting) return;
    box.hidden = !waiting;
    if (waiting) box.focus();
  };
  // The browser may send it when this page is closed.
  const callLater = () => navigator.serviceWorker?.ready.then((worker) => worker.sync?.register("outbox")).catch(() => {});
  const show = (page) => {
    document.body.replaceWith(document.adoptNode(new DOMParser().parseFromString(page, "text/html").body));
    start(true);
  };
  const takeBack = (entry) => change((all, sent) => {
    sent.delete(entry.key);
    all.put({ key: entry.key, to: entry.to, values: entry.values, at: Date.now() });
  });
  const settle = async (entry, result) => {
    if (entry.key !== mine?.key) { if (result.state === "received") say(result.word || ""); return; }
    if (result.state === "received") location.replace(result.url);
    else if (result.state === "waiting") { wait(true); say("waiting"); callLater(); }
    else if (result.state === "refused") { await takeBack(entry); mine = null; show(result.page); }
    else if (result.state === "closed" && !closedShown) { show(result.page); closedShown = true; }
  };
  const count = async () => {
    const box = find("queue");
    if (!box) return;
    const left = (await entries()).filter((entry) => !entry.shown && !entry.received);
    const stuck = left.filter((entry) => entry.refused && entry.to === home());
    const told = (word, list) => (list.length ? box.dataset[word].replace("0", list.length) : "");
    box.textContent = [told("queue", left.filter((entry) => !entry.refused)), told("stuck", stuck)].filter(Boolean).join(" ");
    const open = find("reopen");
    if (open) { open.hidden = !stuck.length; open.onclick = async () => { await takeBack(stuck[0]); location.reload(); }; }
  };
  const sendAll = async (hurry) => {
    if (running) { again = again || hurry; return; }
    running = true;
    clearTimeout(timer);
    let soonest = Infinity;
    try {
      for (const entry of await entries()) {
        if (entry.received || (entry.refused && entry.key !== mine?.key)) continue;
        const left = hurry ? 0 : Math.min((entry.next || 0) - Date.now(), LONGEST);
        if (left > 0) { soonest = Math.min(soonest, left); continue; }
        if (hurry && entry.key === mine?.key) say("sending");
        const result = await attempt(entry, form && entry.to === form.action && form.elements.csrf_token?.value);
        await settle(entry, result);
        if (result.state !== "received") soonest = Math.min(soonest, 1000 * Math.min(2 ** (entry.tries || 0), 60));
        if (result.state === "waiting") break;
      }
      await count();
    } catch { /* no store on this phone */ } finally { running = false; }
    if (again) { again = false; sendAll(true); }
    else if (soonest < Infinity) timer = setTimeout(sendAll, soonest);
  };
  const press = async () => {
    const entry = { ...written(), shown: true };
    // The server would hang up on it unread, and this page is the only one that has the words: it must stay.
    if (entry.values.reduce((total, [, value]) => total + value.length, 0) > 1000000) { say("large"); return; }
    try {
      await change((all, sent) => { all.delete(entry.key); sent.put(entry); }, "strict");
    } catch { form.submit(); return; }
    mine = entry;
    form.inert = true;
    sendAll(true);
  };
  const nextPerson = async (press) => {
    press.preventDefault();
    const { href } = press.currentTarget;
    document.cookie = "next=1;path=/;samesite=lax";
    try {
      await change((all, sent) => {
        for (const place of [all, sent]) {
          place.openCursor().onsuccess = ({ target: { result: cursor } }) => {
            if (!cursor) return;
            if (cursor.value.to === href) {
              if (place === all || cursor.value.received) cursor.delete();
              else cursor.update({ ...cursor.value, shown: false });
            }
            cursor.continue();
          };
        }
      });
    } catch { /* a phone without a store keeps nothing */ }
    location.replace(href);
  };

  // A rank that another choice has is taken from it; that one gets the rank which is free now.
  const shareRanks = (list) => {
    let before = list.value;
    list.addEventListener("focus", () => { before = list.value; });
    list.addEventListener("input", () => {
      const same = list.value && [...list.closest("fieldset").querySelectorAll("select")].find((other) => other !== list && other.value === list.value);
      if (same) same.value = before;
      before = list.value;
    });
  };
  // A bar at the top tells how far down the questions one is.
  const tellWhere = () => {
    const asked = [...form.querySelectorAll(".field")];
    const bar = document.createElement("progress");
    bar.className = "where";
    bar.max = asked.length;
    bar.setAttribute("aria-hidden", "true");
    document.body.prepend(bar);
    const answered = () => { bar.value = asked.filter((each) => [...each.querySelectorAll("input,textarea,select")].some(filled)).length; };
    for (const name of ["input", "filled"]) form.addEventListener(name, answered);
    answered();
  };
  // Pages, where the organiser wants them: one form and one sending all the same.
  const turnPages = () => {
    const [bar, words] = [find("pages"), find("page")];
    if (!bar) return;
    const pages = new Map();
    let last = 0;
    for (const block of form.querySelectorAll("[data-page],.field")) {
      if (!block.dataset.page) pages.set(block, last);
      else if (pages.size) last += 1;
    }
    let at = 0;
    const turn = (to, moved) => {
      at = to;
      for (const [block, page] of pages) block.hidden = page !== at;
      for (const part of form.querySelectorAll("section")) part.hidden = ![...part.querySelectorAll(".field")].some((each) => !each.hidden);
      find("last").hidden = at < last;
      for (const button of bar.children) button.hidden = Number(button.dataset.turn) < 0 ? !at : at === last;
      words.textContent = words.dataset.says.replace("#1", at + 1).replace("#2", last + 1);
      if (moved) words.focus();
    };
    bar.hidden = words.hidden = !last;
    bar.addEventListener("click", ({ target }) => target.dataset.turn && turn(at + Number(target.dataset.turn), true));
    find("problems")?.addEventListener("click", ({ target }) => {
      const wrong = target.hash && find(target.hash.slice(1))?.closest(".field");
      if (wrong) turn(pages.get(wrong));
    });
    // Enter in a field goes on; it does not send what was not seen yet.
    form.addEventListener("submit", (sent) => {
      if (at === last) return;
      sent.preventDefault();
      sent.stopImmediatePropagation();
      turn(at + 1, true);
    });
    turn(pages.get(form.querySelector(".field.wrong")) ?? 0);
  };
  // From the first touch on, the form opens without a network too. Not before: the first visit is to be light.
  const keepForm = async () => {
    if (!navigator.serviceWorker || navigator.serviceWorker.controller) return;
    try {
      await navigator.serviceWorker.register("/e/worker.js");
      const files = [...document.querySelectorAll("link[rel=stylesheet],script[src]")].map((file) => file.href || file.src);
      await (await caches.open("forms-2")).addAll([location.pathname, ...files]);
    } catch { /* no store on this phone: everything else still works */ }
  };

  const begin = () => {
    const problems = find("problems");
    kept = [...form.elements].filter((field) => field.name && !["csrf_token", "client_key"].includes(field.name));
    // A page from the phone's own store has the key of its first showing, which may have been used.
    if (!problems) form.elements.client_key.value = newKey();
    form.addEventListener("input", keep);
    form.addEventListener("input", keepForm, { once: true });
    turnPages();
    form.addEventListener("submit", (sent) => {
      if (!window.indexedDB || !AbortSignal.timeout) return;
      sent.preventDefault();
      press();
    });
    for (const list of form.querySelectorAll(".rank select")) shareRanks(list);
    tellWhere();
    // What the server gave back after a mistake is newer than what the phone kept.
    if (problems || !kept.every(blank)) keep();
    problems?.focus();
  };
  const recall = async () => {
    const to = home();
    mine = (await entries()).find((entry) => entry.shown && entry.to === to);
    if (mine?.received) { location.replace(mine.received); return; }
    if (!form) return;
    if (mine && kept.every(blank)) { fill(mine); wait(true); return; }
    // Somebody was quicker than the phone's store: what they type stays, and what waits is sent beside it.
    mine = null;
    const before = (await drafts()).filter((draft) => draft.to === to).sort((one, other) => other.at - one.at)[0];
    if (before && kept.every(blank)) { fill(before); say("saved"); }
  };
  const start = async (shownAgain) => {
    form = document.querySelector("form[data-keep]");
    if (form) begin();
    for (const link of document.querySelectorAll("[data-next]")) link.addEventListener("click", nextPerson);
    find("change")?.addEventListener("click", async () => { await takeBack(mine); mine = null; wait(false); say("saved"); });
    try {
      // A receipt: the words arrived, so the phone forgets them.
      if (me.dataset.key) await forget(me.dataset.key);
      if (!shownAgain && find("queue") && !find("problems")) await recall();
      sendAll(!shownAgain);
    } catch { /* a phone without a store sends as any form does */ }
  };
  const me = document.currentScript;
  others?.addEventListener("message", ({ data }) => {
    if (data.key === (mine?.key ?? form?.elements.client_key.value)) location.replace(data.url);
    else sendAll();
  });
  addEventListener("online", () => sendAll(true));
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) sendAll();
    else if (mine) callLater();
  });
  // A page that the browser took from its memory may hold what the last person sent.
  addEventListener("pageshow", (shown) => { if (shown.persisted) location.reload(); });
  start();
})();
