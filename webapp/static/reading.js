// Unfolds a paragraph's evidence in place. Without script its link leads to the same on a page of its own.
"use strict";

document.querySelectorAll("a[data-unfold]").forEach((link) => {
  const fold = document.createElement("details");
  fold.className = "evidence";
  const summary = document.createElement("summary");
  summary.textContent = link.textContent;
  const state = document.createElement("p");
  state.setAttribute("role", "status");
  fold.append(summary, state);
  fold.addEventListener("toggle", async () => {
    if (!fold.open || fold.dataset.filled) return;
    fold.dataset.filled = "yes";
    state.textContent = "Fetching the statements.";
    try {
      const answer = await fetch(link.href);
      if (!answer.ok) throw new Error(answer.status);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const found = page.querySelector("#evidence");
      found.removeAttribute("id");
      state.replaceWith(found);
    } catch {
      delete fold.dataset.filled;
      state.replaceChildren("The statements could not be fetched. ", Object.assign(document.createElement("a"), { href: link.href, textContent: "Open them as a page" }));
    }
  });
  link.parentElement.replaceWith(fold);
});
