// Marking words with the mouse ticks them, and the page shows what will be left. Without script the boxes do.
"use strict";

const form = document.getElementById("redact");
const words = form.querySelector(".words");
const reason = form.querySelector("#reason");
const left = form.querySelector("#left");

function show() {
  const mark = reason.selectedOptions[0].dataset.mark || "[…]";
  let shown = "";
  let cutting = false;
  for (const node of words.childNodes) {
    const box = node.nodeType === 1 ? node.querySelector("input") : null;
    const isSpace = node.nodeType === 3;
    if (box && box.checked) {
      if (!cutting) shown += mark;
      cutting = true;
    } else if (isSpace) {
      const next = node.nextSibling && node.nextSibling.querySelector && node.nextSibling.querySelector("input");
      if (!(cutting && next && next.checked)) shown += node.textContent;
    } else {
      cutting = false;
      shown += node.textContent;
    }
  }
  left.textContent = shown;
}

words.addEventListener("mouseup", () => {
  const marked = getSelection();
  if (marked.isCollapsed) return;
  const chosen = [...words.querySelectorAll("label")].filter((label) => marked.containsNode(label, true));
  if (chosen.length < 1 || !words.contains(marked.anchorNode)) return;
  for (const label of chosen) label.querySelector("input").checked = true;
  marked.removeAllRanges();
  show();
});
form.addEventListener("change", show);
for (const each of form.querySelectorAll("[data-script]")) each.hidden = false;
show();
