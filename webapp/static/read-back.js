// Reading back line by line: Enter or the button goes to the next line, the arrows up and down.
(() => {
  "use strict";
  const page = document.getElementById("aloud");
  const lines = [...page.querySelectorAll(".read")];
  if (!lines.length) return;
  const at = document.getElementById("at");
  const end = document.getElementById("name");
  let now = -1;
  page.querySelectorAll(".keys, .turn").forEach((part) => { part.hidden = false; });

  const go = (to) => {
    now = Math.max(0, Math.min(to, lines.length));
    lines.forEach((line, number) => {
      if (number === now) line.setAttribute("aria-current", "true");
      else line.removeAttribute("aria-current");
    });
    // After the last line the table says whether it agrees.
    const here = lines[now] || end;
    at.textContent = now < lines.length ? page.dataset.of.replace("{n}", now + 1) : "";
    page.querySelector(".turn").hidden = now === lines.length;
    here.focus({ preventScroll: true });
    here.scrollIntoView({ block: "center" });
  };
  document.getElementById("next").addEventListener("click", () => go(now + 1));
  addEventListener("keydown", (press) => {
    if (press.altKey || press.ctrlKey || press.metaKey || press.target.closest("a, button, input, select")) return;
    const step = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[press.key];
    if (!step) return;
    press.preventDefault();
    go(now + step);
  });
  // Said of a mistake, the page stays where the mistake is told.
  if (!document.getElementById("name-error")) go(0);
})();
