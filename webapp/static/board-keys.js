// Ticks, the bar at the foot, keys and dragging on the board and on lists of statements. An extra to what works without.
"use strict";

(() => {
  const bar = document.getElementById("verbs");
  const help = document.getElementById("keys");
  const rows = () => [...document.querySelectorAll(".item")];
  const boxOf = (row) => row?.querySelector(".box input");
  const boxes = (kind) => [...document.querySelectorAll(`.item[data-kind="${kind}"] .box input`)];
  const ticked = (kind) => boxes(kind).filter((box) => box.checked);
  let at = 0; // the row that the keys are about, by its place on the page
  let id = "";

  const current = () => document.getElementById(id) || rows()[Math.min(at, rows().length - 1)];

  function go(row, focus = true) {
    if (!row) return;
    rows().forEach((each) => (each.tabIndex = each === row ? 0 : -1));
    at = rows().indexOf(row);
    id = row.id;
    if (focus) {
      row.focus({ preventScroll: true });
      row.scrollIntoView({ block: "nearest" });
    }
  }

  const how = (n, word) => `${n.toLocaleString("en-GB")} ${word}${n === 1 ? "" : "s"}`;

  function show() {
    document.querySelectorAll("[data-script]").forEach((part) => (part.hidden = false));
    if (!bar) return;
    bar.classList.add("follows");
    const n = { theme: ticked("theme").length, statement: ticked("statement").length };
    if (bar.elements.all?.checked) n.statement = Number(bar.elements.found.value);
    bar.querySelectorAll("[data-for]").forEach((group) => (group.hidden = !n[group.dataset.for]));
    bar.querySelectorAll("[data-says]").forEach((button) => {
      const [kind, ...words] = button.dataset.says.split(" ");
      button.textContent = words.join(" ").replace("#", n[kind].toLocaleString("en-GB"));
    });
    bar.querySelectorAll("[data-least]").forEach((button) => (button.closest(".verb").hidden = n.theme < 2));
    bar.querySelectorAll("[data-most]").forEach((button) => (button.closest(".verb").hidden = n.theme !== 1));
    bar.querySelector(".note").hidden = !n.theme && !n.statement;
    const words = Object.entries(n).filter(([, many]) => many).map(([kind, many]) => how(many, kind));
    bar.querySelector("[data-ticked]").textContent = words.length ? `${words.join(" and ")} ticked` : "Nothing is ticked";
  }

  document.addEventListener("change", (event) => {
    const box = event.target;
    if (box.dataset?.all !== undefined) box.closest("section").querySelectorAll(".box input").forEach((each) => (each.checked = box.checked));
    show();
  });

  let lastClicked = null;
  document.addEventListener("click", (event) => {
    const box = event.target.closest?.(".box input");
    if (event.target.closest?.("[data-help]")) help.showModal();
    if (!box) return;
    const row = box.closest(".item");
    if (event.shiftKey && lastClicked?.isConnected) {
      const all = rows();
      const [a, b] = [all.indexOf(lastClicked), all.indexOf(row)].sort((x, y) => x - y);
      all.slice(a, b + 1).filter((each) => each.dataset.kind === row.dataset.kind).forEach((each) => (boxOf(each).checked = box.checked));
      show();
    }
    lastClicked = row;
  });
  document.addEventListener("focusin", (event) => {
    const row = event.target.closest?.(".item");
    if (row && row.id !== id) go(row, false);
  });
  document.addEventListener("board:swapped", () => {
    const lost = !document.activeElement || document.activeElement === document.body;
    go(current(), lost && id !== "");
    document.querySelectorAll("[data-all]").forEach((box) => (box.checked = false));
    show();
  });

  // Where nothing is ticked, a verb is about the row that one is at.
  function choose(kind) {
    const row = current();
    if (!ticked(kind).length && row?.dataset.kind === kind && boxOf(row)) boxOf(row).checked = true;
    show();
    return ticked(kind).length || bar?.elements.all?.checked;
  }

  const inBar = (key) => bar?.querySelector(`[data-key="${key}"]`);
  function press(key, kind) {
    if (choose(kind)) inBar(key)?.click();
  }
  function fill(key, kind) {
    const field = inBar(key);
    if (!field || !choose(kind)) return;
    field.closest("details")?.setAttribute("open", "");
    field.focus();
    field.select?.();
  }
  const inRow = (key) => current()?.querySelector(`[data-key="${key}"]`);
  const onPage = (key) => document.querySelector(`[data-key="${key}"]`);

  function rename() {
    const details = inRow("r")?.closest("details");
    if (!details) return document.getElementById("title")?.select();
    details.open = true;
    details.querySelector("input[name=title]").select();
  }
  document.addEventListener("toggle", (event) => {
    const field = event.target.open && event.target.matches("details.rename") && event.target.querySelector("input[name=title]");
    if (field && field !== document.activeElement) field.select();
  }, true);

  function tick(row) {
    const box = boxOf(row);
    if (box) box.checked = !box.checked;
    show();
  }

  function open(row) {
    const details = row?.querySelector(".entry details");
    if (details) details.open = !details.open;
    else if (row?.dataset.open) location.assign(row.dataset.open);
  }

  const step = (by) => go(id ? rows()[Math.max(0, at + by)] || current() : rows()[0]);
  const keys = {
    j: () => step(1), k: () => step(-1), ArrowDown: () => step(1), ArrowUp: () => step(-1),
    J: () => { tick(current()); step(1); },
    x: () => tick(current()), " ": () => tick(current()), Enter: () => open(current()),
    Escape: () => { [...boxes("theme"), ...boxes("statement")].forEach((box) => (box.checked = false)); show(); },
    r: rename, s: () => (inRow("s") || onPage("s"))?.click(), "[": () => inRow("[")?.click(), "]": () => inRow("]")?.click(),
    g: () => press("g", "theme"), d: () => press("d", "theme"), o: () => fill("o", "theme"),
    m: () => fill("m", "statement"), n: () => fill("n", "statement"), f: () => fill("f", "statement"),
    p: () => fill("p", "statement"), w: () => fill("w", "statement"),
    0: () => press("0", "statement"), t: () => press("t", "statement"), Y: () => press("Y", "statement"),
    y: () => current()?.querySelector("[data-yes]")?.click(),
    u: () => onPage("u")?.click(), U: () => onPage("U")?.click(),
    "/": () => { document.getElementById("narrow")?.setAttribute("open", ""); onPage("/")?.focus(); },
    i: () => go(document.querySelector("#list-in_no_theme .item")),
    a: () => onPage("a")?.click(),
    "?": () => help?.showModal(),
  };
  const onlyInARow = ["ArrowDown", "ArrowUp", " ", "Enter", "Escape"];

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || help?.open || event.isComposing) return;
    const field = event.target.closest("input:not([type=checkbox]), select, textarea");
    if (field) return inField(event, field);
    const here = event.target.matches(".item") || event.target === document.body;
    if (!keys[event.key] || (onlyInARow.includes(event.key) && !here)) return;
    event.preventDefault();
    keys[event.key]();
  });

  function inField(event, field) {
    if (event.key === "Escape") {
      field.closest("details.rename")?.removeAttribute("open");
      go(current());
    }
    if (event.key !== "Enter" || field.form !== bar || !bar) return;
    event.preventDefault();
    field.closest(".verb")?.querySelector("button")?.click();
  }

  // Dragging by the gutter: statements onto a theme, a theme to the place of another.
  let dragged = "";
  document.querySelectorAll(".box").forEach((box) => (box.draggable = true));
  document.addEventListener("board:swapped", () => document.querySelectorAll(".box").forEach((box) => (box.draggable = true)));
  document.addEventListener("dragstart", (event) => {
    const row = event.target.closest?.(".box")?.closest(".item");
    if (!row || !bar) return;
    dragged = row.dataset.kind;
    if (!boxOf(row).checked || dragged === "theme") boxes(dragged).forEach((box) => (box.checked = box === boxOf(row)));
    event.dataTransfer.setData("text/plain", row.id);
    // A browser gives up a drag whose start changes the page.
    setTimeout(show);
  });
  const over = (event) => (dragged ? event.target.closest?.('.item[data-kind="theme"]') : null);
  document.addEventListener("dragover", (event) => {
    const theme = over(event);
    document.querySelectorAll(".over, .before").forEach((row) => row.classList.remove("over", "before"));
    if (!theme) return;
    event.preventDefault();
    theme.classList.add(dragged === "theme" ? "before" : "over");
  });
  document.addEventListener("drop", (event) => {
    const theme = over(event);
    if (!theme) return;
    event.preventDefault();
    const field = inBar(dragged === "theme" ? "o" : "m");
    field.value = dragged === "theme" ? theme.dataset.number : theme.id.replace("theme-", "");
    field.closest(".verb").querySelector("button").click();
  });
  document.addEventListener("dragend", () => {
    dragged = "";
    document.querySelectorAll(".over, .before").forEach((row) => row.classList.remove("over", "before"));
  });

  if (rows().length) rows()[0].tabIndex = 0;
  const target = location.hash && document.getElementById(location.hash.slice(1));
  if (target && target.matches(".item")) go(target);
  show();
})();
