// Follows a running analysis, and counts the ticked boxes. Every page works without it.
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

const counted = document.querySelector("[data-ticked]");
const boxes = document.querySelectorAll("input[type=checkbox][form=verbs], input[type=checkbox][form=merge]");
if (counted && boxes.length) {
  const asIs = counted.textContent;
  const bar = counted.closest(".verbs");
  bar.classList.add("follows");
  const merge = document.querySelector("[data-merge]");
  const tell = () => {
    const n = [...boxes].filter((box) => box.checked).length;
    if (merge) merge.textContent = n > 1 ? `Merge ${n} themes` : "Merge the ticked themes";
    counted.textContent = n ? `${n} ticked:` : asIs;
    bar.classList.toggle("waits", !n);
  };
  boxes.forEach((box) => box.addEventListener("change", tell));
  tell();
}
