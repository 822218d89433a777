// Sends the board's verbs without leaving the page, and brings in what others decide. The pages work without it.
"use strict";

(() => {
  const board = document.getElementById("board");
  if (!board) return;
  const bar = document.getElementById("verbs");
  const news = document.getElementById("news");
  const EVERY = 2000;
  let sending = false;

  // What the server sent of each part, without what differs in every answer: only what really changed is replaced.
  const served = new WeakMap();
  const plain = (part) => part.outerHTML.replace(/(name="(?:csrf_token|seen)" value=")[^"]*/g, "$1");
  const note = (part) => {
    if (part.id) served.set(part, plain(part));
    if (part === board || part.dataset.keyed !== undefined) [...part.children].forEach(note);
  };
  note(board);

  const parse = (html) => new DOMParser().parseFromString(html, "text/html");
  const fields = "input:not([type=hidden]):not([type=checkbox]), textarea";
  const beingWritten = (part) =>
    [...part.querySelectorAll(fields)].some((field) => field.value !== field.defaultValue || field === document.activeElement);

  // Bring the children of `mine` in line with those of `fresh`, by id, without touching what is the same.
  function merge(mine, fresh) {
    const have = new Map([...mine.children].map((part) => [part.id, part]));
    const wanted = [...fresh.children].map((part) => {
      const old = part.id && have.get(part.id);
      const html = plain(part);
      if (old && served.get(old) === html) return old;
      if (old && part.dataset.keyed !== undefined) {
        merge(old, part);
        served.set(old, html);
        return old;
      }
      if (old && beingWritten(old)) return old;
      note(part);
      return part;
    });
    const stay = new Set(wanted);
    [...mine.children].filter((part) => !stay.has(part)).forEach((part) => part.remove());
    let at = mine.firstElementChild;
    for (const part of wanted) {
      if (part === at) at = at.nextElementSibling;
      else mine.insertBefore(part, at);
    }
  }

  const boxes = () => [...document.querySelectorAll("input[type=checkbox][form=verbs]")];
  const name = (box) => box.name + box.value;

  function swap(page) {
    const fresh = page.getElementById("board");
    if (!fresh) return location.reload();
    const ticked = new Set(boxes().filter((box) => box.checked).map(name));
    const open = [...document.querySelectorAll("details[open][id]")].map((details) => details.id);
    merge(board, fresh);
    Object.assign(board.dataset, fresh.dataset);
    boxes().forEach((box) => (box.checked = ticked.has(name(box))));
    open.forEach((id) => document.getElementById(id)?.setAttribute("open", ""));
    renewBar(page);
    document.dispatchEvent(new Event("board:swapped"));
  }

  function renewBar(page) {
    const token = page.querySelector("input[name=csrf_token]")?.value;
    if (token) document.querySelectorAll("input[name=csrf_token]").forEach((field) => (field.value = token));
    const fresh = page.getElementById("verbs");
    if (!bar || !fresh) return;
    bar.elements.seen.value = fresh.elements.seen.value;
    const to = bar.elements.to;
    const chosen = to.value;
    to.innerHTML = fresh.elements.to.innerHTML;
    to.value = chosen;
    if (to.selectedIndex < 0) to.selectedIndex = 0;
    if (fresh.elements.found && bar.elements.found) bar.elements.found.value = fresh.elements.found.value;
  }

  function tell(words, good, themes = []) {
    const line = document.createElement("p");
    line.className = `flash ${good ? "good" : "bad"}`;
    line.append(words);
    const theme = themes.map((id) => document.getElementById(`theme-${id}`)).find(Boolean);
    if (theme) {
      const link = document.createElement("a");
      link.href = `#${theme.id}`;
      link.textContent = "Show";
      line.append(link);
    }
    news.replaceChildren(...[...news.children].slice(-2), line);
    setTimeout(() => line.remove(), good ? 12000 : 60000);
  }

  async function send(form, button) {
    const sent = boxes().filter((box) => box.checked);
    const answer = await fetch(form.getAttribute("action"), { method: "POST", body: new FormData(form, button) });
    const page = parse(await answer.text());
    if (!answer.ok) return refused(form, page);
    if (new URL(answer.url).pathname !== location.pathname) return location.assign(answer.url);
    finish(form, sent);
    swap(page);
    news.replaceChildren();
    page.querySelectorAll(".flashes .flash").forEach((flash) => tell(flash.textContent, flash.classList.contains("good")));
  }

  // Nothing was changed: what was typed and ticked stays, and may be sent again by who has read why not.
  function refused(form, page) {
    const why = page.querySelector(".problems strong, .flash.bad, main p");
    const told = page.querySelector(".problems li")?.textContent || why?.textContent || "This could not be done.";
    tell(`${told} What you typed is still here.`, false);
    const seen = page.querySelector("input[name=seen]");
    if (seen && form.elements.seen) form.elements.seen.value = seen.value;
  }

  function finish(form, sent) {
    if (form === bar) {
      sent.forEach((box) => (box.checked = false));
      form.reset();
      // The field is about to be hidden: let the keys go back to the row.
      if (form.contains(document.activeElement)) document.activeElement.blur();
    }
    const row = form.closest(".item");
    form.closest("details.rename")?.removeAttribute("open");
    // The fields are as they were served again, so that the row counts as no longer being written in.
    if (row && row.contains(form)) {
      form.reset();
      row.tabIndex = 0;
      row.focus({ preventScroll: true });
    }
  }

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (form.dataset.live === undefined) return;
    event.preventDefault();
    if (sending) return;
    sending = true;
    try {
      await send(form, event.submitter);
    } catch {
      tell("The network went away, and nothing was sent. Try again in a moment.", false);
    } finally {
      sending = false;
    }
  });

  async function look() {
    const { address, version, state } = board.dataset;
    const answer = await fetch(`${address}?since=${version}`, { cache: "no-cache" });
    if (!answer.ok) return;
    const found = await answer.json();
    if (found.state === state || sending) return;
    const page = await fetch(location.href);
    if (!page.ok || sending) return;
    swap(parse(await page.text()));
    found.news.slice(-3).forEach((each) => tell(`${each.words}. `, true, each.themes));
  }

  async function keepLooking() {
    try {
      if (!document.hidden && !sending) await look();
    } catch {
      // The network went away for a moment; the next look will tell.
    }
    setTimeout(keepLooking, EVERY);
  }
  setTimeout(keepLooking, EVERY);
})();
