// Forms: one submission at a time, a word before unsaved work is lost, no empty parameters in a filter's address.
import { all, one } from "./dom.js";

const written = new WeakSet();

// Whether a form within this part of the page holds what is nowhere else.
export const holdsWork = (part) => all("form[data-guard]", part).some((form) => written.has(form) && !form.dataset.sent);

// In a dialog a choice alone is only a question: it is answered at once and easily made again.
const isOnlyAsked = (field) => field.closest("dialog") && field.matches("[type=radio], [type=checkbox]");

document.addEventListener("input", (event) => {
  if (event.target.form && !isOnlyAsked(event.target)) written.add(event.target.form);
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  if (form.method === "post") form.dataset.sent = "yes";
  if (form.method === "get") all("input, select", form).forEach((field) => { field.disabled = !field.value; });
});

addEventListener("beforeunload", (event) => {
  if (holdsWork(document)) event.preventDefault();
});

// A page that the browser brings back from its memory may be sent again.
addEventListener("pageshow", () => {
  all("form").forEach((form) => {
    delete form.dataset.sent;
    if (form.method === "get") all("input, select", form).forEach((field) => { field.disabled = false; });
  });
});

one(".notice-error[tabindex]")?.focus();
