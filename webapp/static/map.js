// The map of statements: zoom, pan, read, and select by drawing round. The table on the page says the same without it.
"use strict";

(async () => {
  const map = document.getElementById("map");
  const canvas = map.querySelector("canvas");
  const pen = canvas.getContext("2d");
  const reading = map.querySelector(".reading");
  const { points, themes } = await (await fetch(map.dataset.points)).json();
  if (!points.length) return;
  map.hidden = false;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const numbers = new Map(themes.map(([id], i) => [id, i]));
  const colour = (id) => (numbers.has(id) ? `hsl(${Math.round(numbers.get(id) * 137.5) % 360} 60% ${dark.matches ? 66 : 40}%)` : dark.matches ? "#777" : "#aaa");
  const titles = new Map(themes);
  let view = { x: 0, y: 0, zoom: 1 }; // x and y: the part of the map at the left and the top, 0 to 1
  let chosen = new Set();
  let near = -1;
  let lasso = null;
  let drawing = false;
  let waiting = false;

  const size = () => [canvas.clientWidth, canvas.clientHeight];
  const place = ([, x, y], [w, h]) => [(x * 0.94 + 0.03 - view.x) * view.zoom * w, (y * 0.94 + 0.03 - view.y) * view.zoom * h];

  function draw() {
    waiting = false;
    const [w, h] = size();
    const dense = devicePixelRatio || 1;
    if (canvas.width !== Math.round(w * dense) || canvas.height !== Math.round(h * dense)) {
      canvas.width = Math.round(w * dense);
      canvas.height = Math.round(h * dense);
    }
    pen.setTransform(dense, 0, 0, dense, 0, 0);
    pen.clearRect(0, 0, w, h);
    const r = Math.min(7, 2.5 + view.zoom);
    points.forEach((point, i) => {
      const [x, y] = place(point, [w, h]);
      if (x < -r || y < -r || x > w + r || y > h + r) return;
      pen.fillStyle = colour(point[3]);
      pen.beginPath();
      pen.arc(x, y, i === near ? r + 3 : r, 0, 7);
      pen.fill();
      if (!chosen.has(i) && i !== near) return;
      pen.lineWidth = 2;
      pen.strokeStyle = getComputedStyle(canvas).color;
      pen.stroke();
    });
    if (!lasso) return;
    pen.strokeStyle = getComputedStyle(canvas).color;
    pen.beginPath();
    lasso.forEach(([x, y]) => pen.lineTo(x, y));
    pen.stroke();
  }
  function redraw() {
    if (!waiting) requestAnimationFrame(draw);
    waiting = true;
  }

  function zoom(by, [x, y] = size().map((side) => side / 2)) {
    const [w, h] = size();
    const after = Math.min(40, Math.max(1, view.zoom * by));
    view.x += (x / w) * (1 / view.zoom - 1 / after);
    view.y += (y / h) * (1 / view.zoom - 1 / after);
    view.zoom = after;
    pan(0, 0);
  }
  function pan(dx, dy) {
    const [w, h] = size();
    const within = (value) => Math.min(1 - 1 / view.zoom, Math.max(0, value));
    view.x = within(view.x - dx / w / view.zoom);
    view.y = within(view.y - dy / h / view.zoom);
    redraw();
  }

  const here = (event) => [event.offsetX, event.offsetY];
  function read([x, y]) {
    const all = size();
    let best = 144;
    near = -1;
    points.forEach((point, i) => {
      const [a, b] = place(point, all);
      const apart = (a - x) ** 2 + (b - y) ** 2;
      if (apart < best) [best, near] = [apart, i];
    });
    tell();
  }
  function tell() {
    reading.textContent = near < 0 ? "" : `${points[near][4]} — ${titles.get(points[near][3]) || "in no theme"}`;
    redraw();
  }

  function inside([x, y]) {
    let within = false;
    lasso.forEach(([x1, y1], i) => {
      const [x2, y2] = lasso[(i + 1) % lasso.length];
      if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) within = !within;
    });
    return within;
  }
  function select() {
    const all = size();
    pick(points.map((_, i) => i).filter((i) => inside(place(points[i], all))));
  }
  function pick(numbers) {
    chosen = new Set(numbers);
    const list = document.getElementById("selected");
    list.replaceChildren(...[...chosen].map((i) => {
      const row = document.createElement("li");
      const label = document.createElement("label");
      const box = Object.assign(document.createElement("input"), { type: "checkbox", name: "statement", value: points[i][0], checked: true });
      box.setAttribute("form", "verbs");
      box.setAttribute("aria-label", `Tick: ${points[i][4].slice(0, 80)}`);
      label.className = "box";
      label.append(box);
      const words = Object.assign(document.createElement("p"), { className: "said", textContent: points[i][4], dir: "auto" });
      row.append(label, words);
      return row;
    }));
    const bar = document.querySelector("#verbs [data-ticked]");
    if (bar) bar.textContent = `${chosen.size.toLocaleString("en-GB")} selected on the map`;
    reading.textContent = `${chosen.size.toLocaleString("en-GB")} selected. They are listed below; the verbs are about those that are ticked.`;
    document.getElementById("verbs")?.classList.toggle("follows", chosen.size > 0);
    redraw();
  }

  let held = null;
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    held = here(event);
    if (drawing) lasso = [held];
    else read(held);
  });
  canvas.addEventListener("pointermove", (event) => {
    const at = here(event);
    if (!held) return read(at);
    if (lasso) lasso.push(at);
    else pan(at[0] - held[0], at[1] - held[1]);
    held = at;
    redraw();
  });
  canvas.addEventListener("pointerup", () => {
    held = null;
    if (lasso && lasso.length > 2) select();
    lasso = null;
    redraw();
  });
  canvas.addEventListener("pointercancel", () => ([held, lasso] = [null, null]));
  canvas.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && view.zoom === 1 && event.deltaY > 0) return;
    event.preventDefault();
    zoom(event.deltaY < 0 ? 1.2 : 1 / 1.2, here(event));
  }, { passive: false });
  // Among the dots that lie more that way than to its sides, the nearest; from nowhere, the one nearest to the middle.
  function step(dx, dy) {
    const all = size();
    const from = near < 0 ? [all[0] / 2, all[1] / 2] : place(points[near], all);
    let best = Infinity;
    let next = near;
    points.forEach((point, i) => {
      const [x, y] = place(point, all).map((at, axis) => at - from[axis]);
      // Dots on one spot lie in the order of their statements.
      const along = x || y ? x * dx + y * dy : (i - near) * (dx + dy) * 1e-6;
      const aside = Math.abs(x * dy) + Math.abs(y * dx);
      if (near >= 0 && (i === near || along <= 0 || aside > along)) return;
      const apart = near < 0 ? Math.hypot(x, y) : along + 2 * aside;
      if (apart < best) [best, next] = [apart, i];
    });
    near = next;
    const [w, h] = all;
    const [x, y] = place(points[near], all);
    if (x < 0 || y < 0 || x > w || y > h) pan(w / 2 - x, h / 2 - y);
    tell();
  }
  const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const keys = { "+": () => zoom(1.4), "=": () => zoom(1.4), "-": () => zoom(1 / 1.4), Escape: () => pick([]) };
  keys[" "] = () => near >= 0 && pick(chosen.has(near) ? [...chosen].filter((i) => i !== near) : [...chosen, near]);
  keys.Enter = () => near >= 0 && location.assign(map.dataset.source.replace(/0$/, points[near][0]));
  for (const [key, [dx, dy]] of Object.entries(arrows)) keys[key] = (event) => (event.shiftKey ? pan(-60 * dx, -60 * dy) : step(dx, dy));
  canvas.addEventListener("keydown", (event) => {
    if (!keys[event.key] || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    keys[event.key](event);
  });
  const buttons = { in: () => zoom(1.5), out: () => zoom(1 / 1.5), all: () => zoom(1 / 100), lasso: (button) => {
    drawing = !drawing;
    map.classList.toggle("drawing", drawing);
    button.setAttribute("aria-pressed", drawing);
  } };
  map.addEventListener("click", (event) => {
    const button = event.target.closest("[data-map]");
    if (button) buttons[button.dataset.map](button);
  });

  function legend() {
    const counts = new Map();
    points.forEach((point) => counts.set(point[3], (counts.get(point[3]) || 0) + 1));
    map.querySelector(".legend").replaceChildren(...[...themes, [0, "In no theme"]].filter(([id]) => counts.has(id)).map(([id, title]) => {
      const line = document.createElement("li");
      line.innerHTML = '<svg viewBox="0 0 12 12" aria-hidden="true"><circle cx="6" cy="6" r="6"/></svg>';
      line.querySelector("circle").setAttribute("fill", colour(id));
      line.append(`${title} (${counts.get(id).toLocaleString("en-GB")})`);
      return line;
    }));
  }
  dark.addEventListener("change", () => { legend(); redraw(); });
  new ResizeObserver(redraw).observe(canvas);
  legend();
  draw();
})();
