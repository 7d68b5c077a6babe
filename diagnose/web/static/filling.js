// Saves a page of questions while it is filled in: a few answers at a time, one request after the
// other. What is not acknowledged stays “not saved yet” and is tried again; nothing typed is lost.
import { excludeOthers, fill, form, number, questionOf, questions, said, settle } from "./sheet.js";

const words = JSON.parse(form.dataset.words);
const line = document.getElementById("saved");
const kept = new Map(Object.entries(JSON.parse(form.dataset.kept)).map(([id, held]) => [id, same(held)]));
const touched = new Set();
const disputed = new Map();
const WAIT = 700;
const LONGEST_WAIT = 30_000;
let token = document.querySelector('meta[name="csrf-token"]').content;
let edition = Number(form.elements.edition.value);
let under = null;
let timer = 0;
let wait = 0;
let over = "";

function same(held) {
  return JSON.stringify([held.given, held.reason]);
}

function fieldsetOf(id) {
  return form.querySelector(`[data-question="${CSS.escape(id)}"]`);
}

function say(text, sort = "", link = null) {
  line.textContent = text;
  line.className = `saved ${sort}`;
  if (!link) return;
  const anchor = document.createElement("a");
  Object.assign(anchor, { href: link.address, textContent: link.words, target: "_blank", rel: "noopener" });
  line.append(" ", anchor);
}

// Sending -----------------------------------------------------------------------------------

function plan(after) {
  clearTimeout(timer);
  if (touched.size && !over) timer = setTimeout(send, after);
}

function send() {
  under ??= attempt().finally(() => { under = null; });
  return under;
}

async function attempt() {
  const batch = [...touched].filter((id) => !disputed.has(id));
  if (!batch.length || over) return;
  touched.clear();
  const sent = Object.fromEntries(batch.map((id) => [id, said(fieldsetOf(id))]));
  say(words.saving);
  let reply;
  try {
    reply = await post({ edition, answers: sent });
  } catch {
    return later(batch, words.offline);
  }
  if (reply.type === "opaqueredirect" || reply.status === 401) {
    return later(batch, words.signedOut, { address: form.dataset.signIn, words: words.signIn });
  }
  if (reply.status === 409) return meetOther(await reply.json(), sent);
  if (reply.status === 404) return giveUp(batch, words.gone);
  if (reply.status === 400 || reply.status === 403) return giveUp(batch, words.refused);
  if (!reply.ok) return later(batch, words.failed);
  return acknowledged(await reply.json(), sent);
}

async function post(body) {
  const reply = await ask(body);
  if (reply.status !== 400 && reply.status !== 403) return reply;
  // Signing in again makes older tokens worthless; a fresh page brings the one that counts now.
  const page = await fetch(location.href, { redirect: "manual", cache: "no-store" });
  if (!page.ok) return page;
  const fresh = new DOMParser().parseFromString(await page.text(), "text/html");
  token = fresh.querySelector('meta[name="csrf-token"]')?.content ?? token;
  form.elements.csrf_token.value = token;
  return ask(body);
}

function ask(body) {
  return fetch(form.dataset.save, {
    method: "POST",
    redirect: "manual",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(20_000),
  });
}

function later(batch, text, link = null) {
  batch.forEach((id) => touched.add(id));
  wait = Math.min(Math.max(2 * wait, 2000), LONGEST_WAIT);
  say(text, "saved-not", link);
  plan(wait);
}

function giveUp(batch, text, link = null) {
  batch.forEach((id) => touched.add(id));
  over = text;
  say(text, "saved-not", link);
}

// Replies -----------------------------------------------------------------------------------

function reopen(next) {
  edition = next;
  form.elements.edition.value = next;
}

function acknowledged(reply, sent) {
  wait = 0;
  reopen(reply.edition);
  for (const [id, held] of Object.entries(sent)) {
    if (!(id in reply.problems)) kept.set(id, same(held));
    tell(fieldsetOf(id), "problem-now", reply.problems[id] ?? "");
  }
  for (const [id, held] of Object.entries(reply.filled)) {
    kept.set(id, same(held));
    const fieldset = fieldsetOf(id);
    if (fieldset && !touched.has(id)) fill(fieldset, held);
  }
  showShares(reply.shares);
  showProgress(reply.progress);
  offerLastTime();
  const wrong = Object.keys(reply.problems).length;
  if (wrong) say(words.wrong, "saved-not");
  else if (touched.size) say(words.waiting);
  else say(words.saved.replace("{time}", reply.time), "saved-well");
  plan(0);
}

// Another window saved this sheet. What only it changed is taken over; where both changed the
// same question, both answers are shown and somebody has to choose.
function meetOther(reply, sent) {
  Object.keys(sent).forEach((id) => touched.add(id));
  if (reply.closed) return giveUp([], words.closed, { address: reply.closed, words: words.see });
  reopen(reply.edition);
  for (const [id, theirs] of Object.entries(reply.kept)) {
    const fieldset = fieldsetOf(id);
    if (!fieldset || same(theirs) === kept.get(id)) continue;
    kept.set(id, same(theirs));
    if (!touched.has(id)) {
      fill(fieldset, theirs);
      tell(fieldset, "elsewhere-now", words.takenOver);
    } else if (same(theirs) === same(said(fieldset))) touched.delete(id);
    else dispute(fieldset, theirs);
  }
  if (disputed.size) say(words.disputed, "saved-not");
  plan(0);
}

function dispute(fieldset, theirs) {
  const id = fieldset.dataset.question;
  disputed.set(id, theirs);
  const box = tell(fieldset, "elsewhere-now", `${words.theirs} ${theirs.words}`);
  for (const [text, choose] of [
    [words.keepMine, () => touched.add(id)],
    [words.takeTheirs, () => { fill(fieldset, theirs); touched.delete(id); }],
  ]) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "btn btn-outline btn-small", textContent: text });
    button.addEventListener("click", () => {
      choose();
      disputed.delete(id);
      tell(fieldset, "elsewhere-now", "");
      plan(0);
      if (!touched.size) say(words.saved.replace(" {time}", ""), "saved-well");
      fieldset.querySelector("input, textarea").focus();
    });
    box.append(" ", button);
  }
}

// What is shown -----------------------------------------------------------------------------

// A sentence beside a question, tied to its fields; an empty one takes it away.
function tell(fieldset, sort, text) {
  const id = `${fieldset.id}-${sort}`;
  document.getElementById(id)?.remove();
  fieldset.classList.toggle("question-wrong", text !== "" && sort === "problem-now");
  const fields = [...fieldset.querySelectorAll("[aria-describedby]"), fieldset];
  for (const field of fields) {
    const others = (field.getAttribute("aria-describedby") ?? "").split(" ").filter((one) => one && one !== id);
    if (text) others.push(id);
    if (others.length) field.setAttribute("aria-describedby", others.join(" "));
    else field.removeAttribute("aria-describedby");
  }
  if (sort === "problem-now") fieldset.querySelectorAll(".problem:not([id$='-now'])").forEach((old) => { old.hidden = true; });
  if (!text) return null;
  const box = document.createElement("p");
  Object.assign(box, { id, className: sort === "problem-now" ? "problem" : "problem problem-warn", textContent: text });
  fieldset.querySelector("legend").after(box);
  return box;
}

function showShares(shares) {
  for (const fieldset of questions()) {
    const place = fieldset.querySelector(".share");
    if (!place) continue;
    const found = shares[fieldset.dataset.question];
    place.textContent = found?.words ?? "";
    place.classList.toggle("share-odd", found?.contradicts ?? false);
  }
}

function showProgress(progress) {
  document.querySelector(".progress-label").textContent = progress.words;
  Object.assign(document.getElementById("progress"), { max: Math.max(progress.of, 1), value: progress.done });
  for (const [id, state] of Object.entries(progress.sections)) {
    for (const item of document.querySelectorAll(`li[data-section="${CSS.escape(id)}"]`)) {
      item.className = `standing-${state.standing}`;
      item.querySelector(".count").textContent = `${state.done}/${state.of}`;
      item.querySelector(".visually-hidden").textContent = words[state.standing];
    }
  }
}

function offerLastTime() {
  for (const fieldset of questions()) {
    const offer = fieldset.querySelector(".before");
    if (offer) offer.hidden = said(fieldset).given.length > 0;
  }
}

// What people do ----------------------------------------------------------------------------

function touch(fieldset, after) {
  touched.add(fieldset.dataset.question);
  // What was typed before this script ran, or stands here again after going back, is saved too.
for (const fieldset of questions()) {
  const id = fieldset.dataset.question;
  if (same(said(fieldset)) === kept.get(id)) continue;
  if (fieldset.dataset.theirs) {
    fieldset.querySelector(".elsewhere").remove();
    dispute(fieldset, JSON.parse(fieldset.dataset.theirs));
  } else touched.add(id);
}
settle();
plan(0);
  if (over) return;
  if (!under && line.className === "saved saved-well") say(words.waiting);
  plan(after);
}

function confirmLastTime(wanted) {
  for (const fieldset of questions()) {
    const held = fieldset.dataset.before;
    if (!held || said(fieldset).given.length || ![fieldset.id, "*"].includes(wanted)) continue;
    fill(fieldset, JSON.parse(held));
    touch(fieldset, 0);
  }
  offerLastTime();
}

// A share worked out of two numbers that are sent nowhere.
function workOut(helper) {
  const [part, whole] = [...helper.querySelectorAll("input")].map((input) => number(input.value));
  const fits = part >= 0 && whole > 0 && part <= whole;
  helper.querySelector("output").textContent = fits ? `${Math.round((10_000 * part) / whole) / 100} %` : "";
  if (!fits) return;
  const fieldset = questionOf(helper);
  fill(fieldset, { given: [String(Math.round((10_000 * part) / whole) / 100)], reason: "" });
  touch(fieldset, WAIT);
}

form.addEventListener("input", (event) => {
  const helper = event.target.closest(".helper");
  if (helper) return workOut(helper);
  const fieldset = questionOf(event.target);
  if (!fieldset) return;
  excludeOthers(event.target);
  touch(fieldset, WAIT);
});

form.addEventListener("change", () => plan(0));

form.addEventListener("click", (event) => {
  const button = event.target.closest("button[value^='still.']");
  if (!button) return;
  event.preventDefault();
  confirmLastTime(button.value.slice("still.".length));
});

form.addEventListener("submit", async (event) => {
  if (over || (!touched.size && !under && !disputed.size)) return;
  event.preventDefault();
  if (disputed.size) {
    say(words.disputed, "saved-not");
    document.getElementById(`${[...disputed.keys()][0]}-elsewhere-now`).querySelector("button").focus();
    return;
  }
  while (under) await under;
  clearTimeout(timer);
  await send();
  if (!touched.size || over) form.requestSubmit(event.submitter);
});

window.addEventListener("online", () => plan(0));
window.addEventListener("beforeunload", (event) => {
  if (touched.size || under) event.preventDefault();
});

// What was typed before this script ran, or stands here again after going back, is saved too.
for (const fieldset of questions()) {
  const id = fieldset.dataset.question;
  if (same(said(fieldset)) === kept.get(id)) continue;
  if (fieldset.dataset.theirs) {
    fieldset.querySelector(".elsewhere").remove();
    dispute(fieldset, JSON.parse(fieldset.dataset.theirs));
  } else touched.add(id);
}
settle();
plan(0);
