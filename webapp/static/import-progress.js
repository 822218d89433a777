// While a file is gone through, look every two seconds how far it is.
"use strict";
async function look() {
  try {
    const answer = await fetch(location.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const main = page.getElementById("main");
    if (answer.ok && main) document.getElementById("main").replaceChildren(...main.childNodes);
  } catch { /* No network for a moment: look again. */ }
  if (document.querySelector("[data-running]")) setTimeout(look, 2000);
  else document.getElementById("main").focus();
}
if (document.querySelector("[data-running]")) setTimeout(look, 2000);
