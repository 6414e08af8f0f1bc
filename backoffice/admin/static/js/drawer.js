// A link with hx-get shows its page's form in a drawer; without this module it is an ordinary link. Dialogs close by their
// own buttons, by Esc and by a click beside them, and the drawer asks first where something was written in it.
import { all, one } from "./dom.js";
import { holdsWork } from "./forms.js";

const QUESTION = "آنچه نوشته‌اید ثبت نشده است. بسته شود؟";
const drawer = one("#drawer");
const frame = one("#drawer-frame");

const mayClose = (dialog) => !holdsWork(dialog) || confirm(QUESTION);

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target !== frame) return;
  if (!drawer.open) drawer.showModal();
  one("h2", drawer)?.focus();
});

document.addEventListener("click", (event) => {
  const closing = event.target.closest("[data-close]");
  const dialog = closing ? closing.closest("dialog") : event.target;
  if (closing) event.preventDefault();
  if (dialog.nodeName === "DIALOG" && mayClose(dialog)) dialog.close();
});

all("dialog").forEach((dialog) => {
  dialog.addEventListener("cancel", (event) => {
    if (!mayClose(dialog)) event.preventDefault();
  });
});

// An answer still on its way finds nothing of its form any more, so it is dropped.
const drop = (event) => event.preventDefault();

drawer?.addEventListener("close", () => {
  [...frame.children].forEach((gone) => gone.addEventListener("htmx:beforeSwap", drop));
  frame.replaceChildren();
});
