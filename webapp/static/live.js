// Keeps parts of a page as they are now: each [data-live] is asked for again every data-every seconds, 304 where
// nothing changed. With data-offer the new part waits for a press, so that nothing moves under a thumb.
(() => {
  "use strict";
  for (const part of document.querySelectorAll("[data-live]")) {
    let version = `W/"${part.dataset.version}"`;
    const every = Number(part.dataset.every) * 1000;
    const put = (html) => {
      const focused = document.activeElement?.id;
      part.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
      if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
      // A screen reader hears one sentence of it, and only when that sentence has changed.
      const said = part.querySelector("[data-say]")?.textContent.trim();
      const voice = document.getElementById(part.dataset.voice);
      if (voice && said && voice.textContent !== said) voice.textContent = said;
    };
    const offer = (html) => {
      part.querySelector(".offer")?.remove();
      const row = document.createElement("p");
      const button = document.createElement("button");
      row.className = "offer";
      row.setAttribute("role", "status");
      button.type = "button";
      button.textContent = part.dataset.offer;
      button.addEventListener("click", () => { put(html); part.setAttribute("tabindex", "-1"); part.focus(); });
      row.append(button);
      part.prepend(row);
    };
    const look = async () => {
      const answer = await fetch(part.dataset.live, { headers: { "If-None-Match": version }, cache: "no-store" });
      if (answer.status !== 200) return;
      version = answer.headers.get("ETag");
      const html = await answer.text();
      if ("offer" in part.dataset) offer(html);
      else put(html);
    };
    let waiting = false;
    const tick = () => {
      if (document.hidden || waiting) return;
      waiting = true;
      look().catch(() => {}).finally(() => { waiting = false; });
    };
    setInterval(tick, every);
    addEventListener("visibilitychange", tick);
  }

  // While a question is typed, those that ask nearly the same are shown.
  const ask = document.getElementById("ask");
  if (!ask) return;
  const like = document.getElementById("alike");
  const sure = document.createElement("input");
  Object.assign(sure, { type: "hidden", name: "sure", value: "" });
  const name = "asking:" + location.pathname;
  const text = ask.elements.text;
  // What was being typed is kept on the phone until it was received.
  const kept = { read() { try { return localStorage.getItem(name) || ""; } catch { return ""; } }, write() { try { if (text.value) localStorage.setItem(name, text.value); else localStorage.removeItem(name); } catch { /* private mode */ } } };
  if (document.querySelector(".flash.good")) kept.write();
  else if (!text.value) text.value = kept.read();
  let pause;
  let asked = 0;
  ask.append(sure);
  const seek = async () => {
    const mine = ++asked;
    const body = new FormData();
    body.append("csrf_token", ask.elements.csrf_token.value);
    body.append("text", text.value);
    const answer = await fetch(ask.dataset.alike, { method: "POST", body });
    if (!answer.ok || mine !== asked) return;
    const found = new DOMParser().parseFromString(await answer.text(), "text/html").body;
    if (like.textContent.trim() === found.textContent.trim()) return;
    like.replaceChildren(...found.childNodes);
    // Whoever has seen them here is not asked once more.
    sure.value = like.children.length ? "1" : "";
  };
  text.addEventListener("input", () => {
    kept.write();
    clearTimeout(pause);
    pause = setTimeout(() => { seek().catch(() => {}); }, 600);
  });
})();
