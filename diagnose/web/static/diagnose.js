// On every page: let the style know that scripts run, warn before unsaved typing is lost, and send
// a form once only where its button is pressed twice.
"use strict";

document.documentElement.classList.add("scripted");

for (const form of document.querySelectorAll("form[data-guard]")) {
  let unsaved = false;
  form.addEventListener("input", () => { unsaved = true; });
  form.addEventListener("submit", () => { unsaved = false; });
  window.addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });
}

const PAUSE = 5000; // milliseconds; a form that answers with a file stays on the page
const sent = new Set();

function release(form) {
  sent.delete(form);
  form.removeAttribute("aria-busy");
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (sent.has(form)) {
    event.preventDefault();
    return;
  }
  sent.add(form);
  form.setAttribute("aria-busy", "true");
  setTimeout(release, PAUSE, form);
});
window.addEventListener("pageshow", () => [...sent].forEach(release));
