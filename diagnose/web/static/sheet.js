// The questions of a page: what their fields hold, which of them are asked, what excludes what.

export const form = document.querySelector("form[data-save]");

export function questions() {
  return [...form.querySelectorAll("fieldset[data-question]")];
}

export function questionOf(element) {
  return element.closest("fieldset[data-question]");
}

function inputs(fieldset, name) {
  return [...fieldset.querySelectorAll(`[name="${CSS.escape(name)}"]`)];
}

function ticks(input) {
  return input.type === "radio" || input.type === "checkbox";
}

// The fields of a question, in the form in which they are sent and come back.
export function said(fieldset) {
  const name = `q.${fieldset.dataset.question}`;
  const given = [...inputs(fieldset, name), ...inputs(fieldset, `${name}.state`)]
    .filter((input) => !ticks(input) || input.checked)
    .map((input) => input.value)
    .filter((value) => value.trim());
  const [reason] = inputs(fieldset, `${name}.reason`);
  return { given, reason: given.includes("~not_applicable") && reason ? reason.value : "" };
}

export function fill(fieldset, { given, reason }) {
  const name = `q.${fieldset.dataset.question}`;
  for (const input of [...inputs(fieldset, name), ...inputs(fieldset, `${name}.state`)]) {
    if (ticks(input)) input.checked = given.includes(input.value);
    else input.value = given.find((value) => !value.startsWith("~")) ?? "";
  }
  for (const input of inputs(fieldset, `${name}.reason`)) input.value = reason;
  settle();
}

// The values given to a question; null where it is off route, so that no test of it counts.
function answer(question, elsewhere) {
  const fieldset = form.querySelector(`[data-question="${CSS.escape(question)}"]`);
  if (fieldset) {
    return fieldset.hidden ? null : said(fieldset).given.filter((value) => !value.startsWith("~"));
  }
  if (!(question in elsewhere)) return null;
  return [elsewhere[question] ?? []].flat().map(spelt);
}

function spelt(value) {
  return value === true ? "yes" : value === false ? "no" : String(value);
}

export function number(text) {
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

export function excludeOthers(changed) {
  const fieldset = questionOf(changed);
  const typed = !ticks(changed);
  if ((typed && (!changed.value || changed.name.endsWith(".reason"))) || (!typed && !changed.checked)) return;
  const alone = "excludes" in changed.dataset;
  for (const other of fieldset.querySelectorAll("input[type=checkbox]")) {
    if (other !== changed && (alone || "excludes" in other.dataset)) other.checked = false;
  }
  const line = fieldset.querySelector(".typed input[name], textarea");
  if (alone && line && line !== changed) line.value = "";
}

function wantReasons() {
  for (const reason of form.querySelectorAll(".reason")) {
    const ticked = questionOf(reason).querySelector('input[value="~not_applicable"]');
    reason.classList.toggle("reason-wanted", ticked.checked);
  }
}

// Bring what is shown in line with what the fields hold.
export function settle() {
  route();
  wantReasons();
}
