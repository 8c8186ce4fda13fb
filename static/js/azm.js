/* Comfort only: every page works without this file, and what needs it is hidden until it runs. */
"use strict";

/* The menu of a phone closes on Escape, and when one points elsewhere. */
const menu = document.querySelector("details.menu");
if (menu) {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  document.addEventListener("pointerdown", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
}

/* <button data-copy="selector" hidden>: copies the words of that element, and says so in the next [data-copied]. */
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue; // over plain HTTP a browser has none
  button.hidden = false;
  button.addEventListener("click", async () => {
    const text = document.querySelector(button.dataset.copy).textContent.replace(/\s+/g, " ").trim();
    const said = button.parentElement.querySelector("[data-copied]");
    try { await navigator.clipboard.writeText(text); } catch { return; } // the reader said no
    said.textContent = said.dataset.copied;
    setTimeout(() => { said.textContent = ""; }, 4000);
  });
}

/* <button data-print hidden> */
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

/* On paper nothing can be opened, so that everything is; afterwards it is as before. */
let closed = [];
addEventListener("beforeprint", () => {
  closed = [...document.querySelectorAll("main details:not([open]):not(.filters)")];
  closed.forEach((one) => { one.open = true; });
});
addEventListener("afterprint", () => { closed.forEach((one) => { one.open = false; }); });
