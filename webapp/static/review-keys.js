// Keys of the review queue: y yes, t there, n in no theme, l later, u undo. The page works without it.
"use strict";

(() => {
  const form = document.getElementById("doubt");
  document.querySelectorAll("[data-script]").forEach((part) => (part.hidden = false));
  let sent = false;
  document.addEventListener("submit", (event) => {
    // A key held down decides one statement, not the next ones as well.
    if (sent) event.preventDefault();
    sent = true;
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing) return;
    const list = event.target.closest("select");
    if (list) {
      if (event.key === "Escape") list.blur();
      if (event.key === "Enter" && list.value) {
        event.preventDefault();
        form.querySelector("button[value=there]").click();
      }
      return;
    }
    if (event.target.closest("input, textarea")) return;
    const part = /^[ytnluU]$/.test(event.key) && document.querySelector(`[data-key="${event.key}"]`);
    if (!part) return;
    event.preventDefault();
    if (part.matches("select")) part.focus();
    else part.click();
  });
  // Back from the cache, nothing has been sent.
  addEventListener("pageshow", () => (sent = false));
})();
