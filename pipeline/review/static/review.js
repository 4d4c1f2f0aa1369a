// The page works without this file, through its forms; with it, no verdict waits for the server.
"use strict";

const one = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const list = one("#list"), pane = one("#post-pane"), section = one("#rows"), sheet = one("#sheet");
const words = Object.fromEntries(all("data", one("#words").content).map((data) => [data.value, data.textContent]));
const posts = new Map(); // what /post has answered, by row
let pending = Promise.resolve(); // verdicts go out one after another
let unsaved = 0;
document.documentElement.classList.add("js");

function count(step) {
  unsaved += step;
  document.documentElement.dataset.unsaved = unsaved;
}
count(0);

// ---- talking

function newId() {
  const letters = crypto.getRandomValues(new Uint8Array(15));
  return "e" + [...letters].map((number) => String.fromCharCode(97 + (number % 26))).join("");
}

function say(text) {
  one("#live").textContent = text;
}

function warn(text) {
  const alert = one("#alert");
  alert.hidden = !text;
  alert.textContent = text;
}

const wait = (ms) => new Promise((done) => setTimeout(done, ms));

async function post(path, fields) {
  const body = new URLSearchParams(fields);
  for (const pause of [300, 1500, 0]) {
    try {
      const answer = await fetch(path, { method: "POST", body, headers: { Accept: "application/json" }, keepalive: true });
      const told = await answer.json().catch(() => ({ error: answer.statusText }));
      if (answer.ok) return told;
      throw Object.assign(new Error(told.error), { final: answer.status < 500 });
    } catch (error) {
      if (error.final) throw error;
      if (!pause) throw new Error(error instanceof TypeError ? words.offline : error.message);
      await wait(pause); // the same id again: it cannot count twice
    }
  }
}

function send(path, fields) {
  count(1);
  const result = pending.then(() => post(path, { ...fields, event: fields.event || newId() })).finally(() => count(-1));
  pending = result.catch(() => {});
  return result;
}

addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });

// ---- rows

const rows = () => (list ? all(".row", list) : []);
const current = () => (list ? one('.row[aria-current="true"]', list) : null);
const rowOf = (id) => document.getElementById("r-" + id);

function apply(told) {
  for (const [id, html] of Object.entries(told.rows || {})) {
    const old = rowOf(id);
    if (!old) continue;
    const on = old.getAttribute("aria-current"), focused = old.contains(document.activeElement);
    old.outerHTML = html;
    const fresh = rowOf(id);
    if (on) fresh.setAttribute("aria-current", on);
    if (focused) fresh.focus({ preventScroll: true });
    marked(id, fresh.dataset.review);
  }
  for (const id of told.gone || []) rowOf(id)?.remove();
  if (told.progress) {
    one("#progress").textContent = told.progress;
    one("#bar").value = told.done;
    one("#bar").max = told.total;
    section.dataset.version = told.version;
  }
}

function marked(id, review) {
  for (const mark of all(`mark[data-r~="${id}"][class*="k-"]`, pane)) {
    if (mark.dataset.r.split(" ")[0] !== id) continue;
    mark.classList.remove("v-ok", "v-wrong", "v-fixed");
    if (review) mark.classList.add("v-" + review);
  }
}

async function show(row, { focus = true } = {}) {
  const before = current();
  if (before && before !== row) before.removeAttribute("aria-current");
  row.setAttribute("aria-current", "true");
  if (focus) row.focus({ preventScroll: true });
  steady(row);
  const id = row.dataset.row;
  if (!light(id)) await fill(id);
  if (current() !== row) return;
  const last = all(`.row[data-post="${CSS.escape(row.dataset.post)}"]`, list).pop();
  const next = last && follower(last, 1);
  if (next) left(next.dataset.row).catch(() => {});
}

// The row to decide on stays at one height, so that the eyes need not look for it.
function steady(row) {
  const box = section.getBoundingClientRect(), wide = section.scrollHeight > section.clientHeight + 1;
  if (wide && matchMedia("(min-width: 60rem)").matches) {
    section.scrollTop += row.getBoundingClientRect().top - box.top - box.height * 0.25;
  } else {
    row.scrollIntoView({ block: "start" });
  }
}

async function fill(id) {
  const html = await left(id).catch(() => "");
  if (current()?.dataset.row !== id || !html) return;
  pane.innerHTML = html;
  for (const other of rows()) marked(other.dataset.row, other.dataset.review);
  light(id);
}

function light(id) {
  const found = all(`mark[data-r~="${id}"]`, pane);
  all("mark.on", pane).forEach((mark) => mark.classList.remove("on"));
  found.forEach((mark) => mark.classList.add("on"));
  if (found.length) center(found[0]);
  return found.length > 0;
}

function center(mark) {
  const box = pane.getBoundingClientRect(), spot = mark.getBoundingClientRect();
  if (spot.top < box.top + 60 || spot.bottom > box.bottom - 60) {
    pane.scrollTop += spot.top - box.top - box.height * 0.35;
  }
}

function left(id) {
  if (!posts.has(id)) {
    const answer = fetch(`/post?row=${id}`).then((found) => (found.ok ? found.text() : Promise.reject(new Error())));
    answer.catch(() => posts.delete(id));
    posts.set(id, answer);
    if (posts.size > 20) posts.delete(posts.keys().next().value);
  }
  return posts.get(id);
}

function follower(row, step) {
  const found = rows();
  return found[found.indexOf(row) + step];
}

function go(step) {
  const row = current();
  const next = row && follower(row, step);
  if (next) return show(next);
  const link = one(step > 0 ? 'a[rel="next"]' : 'a[rel="prev"]');
  if (link) pending.then(() => link.click());
  else if (step > 0 && rows().every((other) => other.dataset.review)) pending.then(() => location.reload());
}

// ---- deciding

function decide(row, review) {
  const id = row.dataset.row, before = row.dataset.review;
  row.dataset.review = review;
  marked(id, review);
  send("/decide", { row: id, review }).then((told) => {
    warn("");
    apply(told);
    say(told.said);
  }).catch((error) => {
    row = rowOf(id) || row;
    row.dataset.review = before;
    row.classList.add("failed");
    marked(id, before);
    warn(words.not_saved.replace("%", error.message));
  });
  go(1);
}

function undo() {
  send("/undo", {}).then((told) => {
    warn("");
    posts.clear();
    apply(told);
    say(told.said);
    const row = rowOf(told.row);
    if (row) show(row);
    else if ((told.gone || []).length) location.assign("/?" + new URLSearchParams(filters()));
    else location.assign("/?" + new URLSearchParams({ ...filters(), show: "all", row: told.row }));
  }).catch((error) => { say(error.message); warn(error.message); });
}

function filters() {
  return Object.fromEntries([...new FormData(one("#filters"))].filter(([, value]) => value));
}

async function open(path) {
  const answer = await fetch(path).catch(() => null);
  if (!answer) return warn(words.offline);
  sheet.innerHTML = await answer.text();
  const kind = one("#add-kind", sheet);
  if (kind) {
    const fields = one("[data-kinds]", sheet), kinds = JSON.parse(fields.dataset.kinds);
    const fit = () => {
      const wanted = kinds[kind.value.split("/")[0]];
      for (const field of all("[data-field]", fields)) field.hidden = !wanted.includes(field.dataset.field);
    };
    kind.addEventListener("change", fit);
    fit();
  }
  one("#select-add").hidden = true;
  sheet.showModal();
  one("input:not([type=hidden]):not([hidden]), select", sheet)?.focus();
}

sheet.addEventListener("submit", (event) => {
  const form = event.target;
  event.preventDefault();
  form.dataset.event ||= newId();
  send(form.getAttribute("action"), { ...Object.fromEntries(new FormData(form)), event: form.dataset.event }).then((told) => {
    sheet.close();
    const path = form.getAttribute("action");
    if (path === "/bulk") return location.reload();
    say(told.said);
    posts.clear();
    if (path === "/add") return added(told);
    apply(told);
    const row = rowOf(told.row);
    if (row) show(row).then(() => go(1));
  }).catch((error) => {
    delete form.dataset.event;
    const place = one(".error", form);
    place.hidden = false;
    place.textContent = error.message;
  });
});
sheet.addEventListener("close", () => current()?.focus({ preventScroll: true }));

// ---- what was missed: a selection of the post's text, in code points of the post

function selected() {
  const text = one("#text"), selection = getSelection();
  if (!text || selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return null;
  const before = document.createRange();
  before.selectNodeContents(text);
  before.setEnd(range.startContainer, range.startOffset);
  const start = Number(text.dataset.start) + [...before.toString()].length;
  return { post: text.dataset.post, start, end: start + [...range.toString()].length, range };
}

function add() {
  const found = selected(), row = current();
  const fields = found || { post: one("#text")?.dataset.post, near: row?.dataset.start };
  delete fields.range;
  if (fields.post) open("/add?" + new URLSearchParams({ ...fields, fragment: 1 }));
}

document.addEventListener("selectionchange", () => {
  const button = one("#select-add"), found = sheet.open ? null : selected();
  button.hidden = !found;
  if (!found) return;
  const box = found.range.getBoundingClientRect();
  button.style.setProperty("left", Math.max(8, Math.min(box.left, innerWidth - 140)) + "px");
  button.style.setProperty("top", Math.min(box.bottom + 6, innerHeight - 48) + "px");
});
one("#select-add").addEventListener("mousedown", (event) => event.preventDefault());
one("#select-add").addEventListener("click", add);

// The new row comes behind the one at hand, which stays at hand.
function added(told) {
  const row = current();
  row.insertAdjacentHTML("afterend", told.rows[told.row]);
  apply({ ...told, rows: {} });
  fill(row.dataset.row);
}

// ---- mouse

document.addEventListener("click", (event) => {
  const act = event.target.closest("[data-do]"), button = event.target.closest("button[name]");
  const row = event.target.closest(".row"), mark = event.target.closest("mark");
  if (act) {
    event.preventDefault();
    const name = act.dataset.do;
    if (name === "close") sheet.close();
    else if (name === "whole") whole();
    else if (name === "add") add();
    else open(act.getAttribute("href") + (act.href.includes("?") ? "&" : "?") + "fragment=1");
  } else if (button && row) {
    event.preventDefault();
    decide(row, button.name);
  } else if (event.target.closest("#undo")) {
    event.preventDefault();
    undo();
  } else if (row && !event.target.closest("a")) {
    if (getSelection().isCollapsed) show(row);
  } else if (mark && getSelection().isCollapsed) {
    const found = mark.dataset.r.split(" ").map(rowOf).filter(Boolean);
    const at = found.indexOf(current());
    if (found.length) show(found[(at + 1) % found.length]); // again: the finding around it
    else location.assign("/?" + new URLSearchParams({ show: "all", row: mark.dataset.r.split(" ")[0] }));
  }
});

async function whole() {
  const id = current()?.dataset.row;
  if (!id) return;
  const answer = await fetch(`/post?row=${id}&whole=1`);
  if (answer.ok) { pane.innerHTML = await answer.text(); light(id); }
}

// ---- keys

const acts = {
  a: () => current() && decide(current(), "ok"),
  r: () => current() && decide(current(), "wrong"),
  e: () => current() && open(`/edit?row=${current().dataset.row}&fragment=1`),
  n: () => go(1),
  p: () => go(-1),
  ArrowDown: () => go(1),
  ArrowUp: () => go(-1),
  u: undo,
  m: add,
  "/": () => one("#q").focus(),
  "?": () => one("#help").showModal(),
};
const keys = one("#keys-on");
keys.checked = localStorage.getItem("keys") !== "off";
keys.addEventListener("change", () => localStorage.setItem("keys", keys.checked ? "on" : "off"));

document.addEventListener("keydown", (event) => {
  const target = event.target;
  if (event.key === "Escape" && target.closest?.("#filters")) current()?.focus();
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || one("dialog[open]")) return;
  if (!keys.checked || target.closest?.("input, select, textarea, summary")) return;
  if (event.key.startsWith("Arrow") && target.closest?.("#post-pane")) return;
  const act = acts[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

one("#help-open").addEventListener("click", () => one("#help").showModal());
one("#reviewer").addEventListener("change", (event) => event.target.form.submit());
for (const select of all("#filters select")) select.addEventListener("change", () => one("#filters").requestSubmit());
one("#filters").addEventListener("formdata", (event) => {
  for (const [name, value] of [...event.formData]) if (!value || (name === "show" && value === "undecided")) event.formData.delete(name);
});

// ---- others

async function others() {
  if (document.hidden || unsaved || !list) return;
  const query = new URLSearchParams({ since: section.dataset.version, rows: rows().map((row) => row.dataset.row).join(" ") });
  const answer = await fetch("/changes?" + query, { headers: { Accept: "application/json" } }).catch(() => null);
  if (answer?.status === 200) apply(await answer.json());
}
setInterval(others, 10000);
document.addEventListener("visibilitychange", others);

const first = current();
if (first) {
  light(first.dataset.row);
  show(first);
}
