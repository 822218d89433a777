// Follows a running analysis. Every page works without it.
"use strict";

const progress = document.querySelector("[data-run]");
if (progress) {
  const follow = async () => {
    try {
      const run = await (await fetch(progress.dataset.run, { credentials: "same-origin" })).json();
      progress.querySelector("[data-stage]").textContent = run.stage || "Waiting for the worker";
      progress.querySelector("progress").value = run.progress;
      if (run.state === "done" || run.state === "failed") return location.reload();
    } catch {
      // The network went away for a moment; the next try will tell.
    }
    setTimeout(follow, 700);
  };
  setTimeout(follow, 400);
}
