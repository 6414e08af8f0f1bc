// Fields that come anew with an answer keep what was written after the question was sent, and the place of the cursor.
import { all } from "./dom.js";

const FIELDS = "input:not([type=hidden]), textarea, select";
const asked = new WeakMap();
let written = [];
let cursor = null;

const isChoice = (field) => field.type === "radio" || field.type === "checkbox";
const state = (field) => (isChoice(field) ? field.checked : field.value);
const isSame = (one, other) => one.name === other.name && one.type === other.type && (!isChoice(one) || one.value === other.value);

function write(before, fresh) {
  if (isChoice(fresh)) fresh.checked = before.checked;
  else fresh.value = before.value;
}

function focus(before, fresh) {
  fresh.focus();
  if (before.selectionStart !== null && fresh.setSelectionRange) fresh.setSelectionRange(before.selectionStart, before.selectionEnd);
}

document.addEventListener("htmx:beforeRequest", (event) => {
  all(FIELDS, event.detail.elt).forEach((field) => asked.set(field, state(field)));
});

document.addEventListener("htmx:oobBeforeSwap", (event) => {
  const old = all(FIELDS, event.detail.target);
  written = old.filter((field) => asked.get(field) !== state(field));
  cursor = old.find((field) => field === document.activeElement) ?? null;
});

document.addEventListener("htmx:oobAfterSwap", () => {
  for (const fresh of all(FIELDS)) {
    const before = written.find((field) => isSame(field, fresh));
    if (before) write(before, fresh);
    if (cursor && isSame(cursor, fresh)) focus(cursor, fresh);
  }
  written = [];
  cursor = null;
});
