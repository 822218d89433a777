// Keeps what is typed in the editor until it is saved, and the focus where it was. The page works without it.
"use strict";

const shelf = `typed ${location.pathname}${location.search} `;
let sending = false;
const differs = (box) => box.value.trim() !== box.defaultValue.trim();

document.querySelectorAll("textarea[data-keep]").forEach((box) => {
  const name = shelf + box.dataset.keep;
  const kept = sessionStorage.getItem(name);
  const sent = sessionStorage.getItem(`${name} sent`);
  const refused = box.getAttribute("aria-invalid") === "true";
  // Sent and not refused: the server has it.
  if (kept !== null && (refused || sent === kept || kept.trim() === box.defaultValue.trim())) {
    sessionStorage.removeItem(name);
  } else if (kept !== null) {
    offer(box, name, kept);
  }
  sessionStorage.removeItem(`${name} sent`);
  box.addEventListener("input", () => sessionStorage.setItem(name, box.value));
  box.form.addEventListener("submit", () => sessionStorage.setItem(`${name} sent`, box.value));
});

function offer(box, name, kept) {
  const line = document.createElement("p");
  line.className = "kept";
  line.textContent = "What you typed here before was not saved. ";
  const back = Object.assign(document.createElement("button"), { type: "button", className: "link", textContent: "Put it back" });
  const forget = Object.assign(document.createElement("button"), { type: "button", className: "link", textContent: "Forget it" });
  back.addEventListener("click", () => { box.value = kept; line.remove(); box.focus(); });
  forget.addEventListener("click", () => { sessionStorage.removeItem(name); line.remove(); });
  line.append(back, " ", forget);
  box.before(line);
  box.closest("details").open = true;
}

document.querySelectorAll("details.typing").forEach((fold) =>
  fold.addEventListener("toggle", () => fold.open && fold.querySelector("textarea").focus()));

// After a move the same button is at hand again.
document.querySelectorAll(".tools form").forEach((form) =>
  form.addEventListener("submit", (event) => {
    const verb = event.submitter && event.submitter.value;
    if (verb === "up" || verb === "down") sessionStorage.setItem("again", `${form.elements.key.value} ${verb}`);
  }));
const [key, verb] = (sessionStorage.getItem("again") || "").split(" ");
sessionStorage.removeItem("again");
if (verb) {
  const here = document.getElementById(`edit-${key}`);
  if (here) here.querySelector(`button[value="${verb}"]`).focus();
} else if (location.hash.startsWith("#edit-")) {
  const here = document.getElementById(location.hash.slice(1));
  if (here && !document.querySelector("textarea[autofocus]")) here.focus();
}

document.querySelectorAll("form").forEach((form) => form.addEventListener("submit", () => { sending = true; }));
window.addEventListener("beforeunload", (event) => {
  if (!sending && [...document.querySelectorAll("textarea[data-keep]")].some(differs)) event.preventDefault();
});
