// Ticks in a long list: all on the page at once, and kept while leafing through its pages.
"use strict";

for (const form of document.querySelectorAll("form[data-choosing]")) {
  const name = form.dataset.choosing;
  const store = `ticked:${name}:${location.pathname}`;
  const boxes = [...form.querySelectorAll(`input[type=checkbox][name="${name}"]`)];
  const here = new Set(boxes.map((box) => box.value));
  const ticked = new Set(JSON.parse(sessionStorage.getItem(store) || "[]"));

  const all = document.createElement("input");
  all.type = "checkbox";
  all.className = "form-check-input";
  const head = form.querySelector("thead .ticks");
  all.setAttribute("aria-label", head.textContent.trim());
  head.replaceChildren(all);

  const elsewhere = document.createElement("input");
  elsewhere.type = "hidden";
  elsewhere.name = name;
  form.append(elsewhere);

  const show = () => {
    for (const box of boxes) box.checked = ticked.has(box.value);
    all.checked = boxes.length > 0 && boxes.every((box) => box.checked);
    all.indeterminate = !all.checked && boxes.some((box) => box.checked);
    elsewhere.value = [...ticked].filter((id) => !here.has(id)).join(",");
    for (const count of form.querySelectorAll("[data-ticked]")) count.textContent = `(${ticked.size})`;
    sessionStorage.setItem(store, JSON.stringify([...ticked]));
  };
  form.addEventListener("change", ({ target }) => {
    const changed = target === all ? boxes : boxes.filter((box) => box === target);
    for (const box of changed) ticked[target.checked ? "add" : "delete"](box.value);
    show();
  });
  form.addEventListener("submit", () => sessionStorage.removeItem(store));
  show();
}
