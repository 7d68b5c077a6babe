// On every page: let the style know that scripts run, and warn before unsaved typing is lost.
"use strict";

document.documentElement.classList.add("scripted");

for (const form of document.querySelectorAll("form[data-guard]")) {
  let unsaved = false;
  form.addEventListener("input", () => { unsaved = true; });
  form.addEventListener("submit", () => { unsaved = false; });
  window.addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });
}
