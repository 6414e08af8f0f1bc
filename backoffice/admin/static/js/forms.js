// Forms: one submission at a time, a word before unsaved work is lost, no empty parameters in a filter's address.
import { all, one } from "./dom.js";

let unsaved = false;

document.addEventListener("input", (event) => {
  if (event.target.form?.hasAttribute("data-guard")) unsaved = true;
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  unsaved = false;
  if (form.method === "post") form.dataset.sent = "yes";
  if (form.method === "get") all("input, select", form).forEach((field) => { field.disabled = !field.value; });
});

addEventListener("beforeunload", (event) => {
  if (unsaved) event.preventDefault();
});

// A page that the browser brings back from its memory may be sent again.
addEventListener("pageshow", () => {
  all("form").forEach((form) => {
    delete form.dataset.sent;
    if (form.method === "get") all("input, select", form).forEach((field) => { field.disabled = false; });
  });
});

one(".notice-error[tabindex]")?.focus();
