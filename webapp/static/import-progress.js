// While a file is gone through, or what it brought is read, look every two seconds how far it is.
"use strict";
async function look() {
  try {
    const answer = await fetch(location.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const main = page.getElementById("main");
    // The page that comes afterwards has scripts of its own.
    if (answer.ok && document.querySelector("[data-reload]") && !page.querySelector("[data-running]")) return location.reload();
    if (answer.ok && main) document.getElementById("main").replaceChildren(...main.childNodes);
    const [stations, before] = [page, document].map((each) => each.querySelector(".corridor"));
    if (answer.ok && stations && before) before.replaceWith(stations);
  } catch { /* No network for a moment: look again. */ }
  if (document.querySelector("[data-running]")) setTimeout(look, 2000);
  else document.getElementById("main").focus();
}
if (document.querySelector("[data-running]")) setTimeout(look, 2000);
