// Small helps on top of pages that work without them: conditional questions, answers that
// exclude others, the reason field, and a word before unsaved typing is lost.
"use strict";

const form = document.querySelector("form[data-guard]");
document.documentElement.classList.add("scripted");

function chosen(question) {
  const inputs = [...document.getElementsByName(`q.${question}`)];
  return inputs
    .filter((input) => !/radio|checkbox/.test(input.type) || input.checked)
    .map((input) => input.value.trim())
    .filter((value) => value && !value.startsWith("~"));
}

// The values given to a question; null where it is off route, so that no test of it counts.
function answer(question, elsewhere) {
  const fieldset = document.querySelector(`[data-question="${CSS.escape(question)}"]`);
  if (fieldset) return fieldset.hidden ? null : chosen(question);
  if (!(question in elsewhere)) return null;
  return [elsewhere[question] ?? []].flat().map(spelt);
}

function spelt(value) {
  return value === true ? "yes" : value === false ? "no" : String(value);
}

function number(text) {
  return parseFloat(text.normalize("NFKC").replace(/[,\s%]/g, ""));
}

function meets(condition, given) {
  if (condition.is) return given.some((value) => condition.is.includes(value));
  return given.length > 0 && number(given[0]) >= condition.atLeast;
}

// Whether a condition was tested and came out as `wanted`.
function comesOut(condition, wanted, elsewhere) {
  const part = (inner) => comesOut(inner, wanted, elsewhere);
  if (condition.not) return comesOut(condition.not, !wanted, elsewhere);
  if (condition.all) return wanted ? condition.all.every(part) : condition.all.some(part);
  if (condition.any) return wanted ? condition.any.some(part) : condition.any.every(part);
  const given = answer(condition.question, elsewhere);
  return given !== null && meets(condition, given) === wanted;
}

function route() {
  const elsewhere = JSON.parse(form.dataset.elsewhere || "{}");
  for (const fieldset of form.querySelectorAll("[data-when]")) {
    fieldset.hidden = !comesOut(JSON.parse(fieldset.dataset.when), true, elsewhere);
  }
}

function excludeOthers(changed) {
  const fieldset = changed.closest("fieldset");
  if (!fieldset) return;
  const typed = !/radio|checkbox/.test(changed.type);
  if ((typed && (!changed.value || changed.name.endsWith(".reason"))) || (!typed && !changed.checked)) return;
  const alone = "excludes" in changed.dataset;
  for (const other of fieldset.querySelectorAll("input[type=checkbox]")) {
    if (other !== changed && (alone || "excludes" in other.dataset)) other.checked = false;
  }
  const line = fieldset.querySelector(".typed input, textarea");
  if (alone && line && line !== changed) line.value = "";
}

function wantReasons() {
  for (const reason of form.querySelectorAll(".reason")) {
    const ticked = reason.closest("fieldset").querySelector('input[value="~not_applicable"]');
    reason.classList.toggle("reason-wanted", ticked.checked);
  }
}

if (form) {
  let unsaved = false;
  form.addEventListener("input", (event) => {
    unsaved = true;
    excludeOthers(event.target);
    route();
    wantReasons();
  });
  form.addEventListener("submit", () => { unsaved = false; });
  window.addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });
  route();
  wantReasons();
}
