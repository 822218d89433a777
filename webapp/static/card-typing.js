// Typing cards in: Enter goes to the next field and saves at the last; Shift and Enter is a new line.
"use strict";
const form = document.querySelector(".typing");
const fields = [...form.querySelectorAll("input[type=text], input[type=checkbox], textarea")];

form.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  const at = fields.indexOf(event.target);
  if (at < 0) return;
  event.preventDefault();
  if (event.ctrlKey || event.metaKey || at === fields.length - 1) form.requestSubmit();
  else fields[at + 1].focus();
});

// A second Enter while the first is under way must not send the card twice; its key makes it harmless anyway.
form.addEventListener("submit", () => { form.querySelector("button").disabled = true; });
addEventListener("pageshow", () => { form.querySelector("button").disabled = false; });

// Say at once that a number came before: the server says it again when the card is saved.
const typed = new Set(form.dataset.typed.split(" ").map(Number));
form.elements.serial.addEventListener("change", () => {
  const number = Number(form.elements.serial.value);
  document.getElementById("known").textContent = typed.has(number) ? `Card ${number} was typed in before.` : "";
});

const wrong = form.querySelector(".wrong input, .wrong textarea");
(wrong || fields[0]).focus();
