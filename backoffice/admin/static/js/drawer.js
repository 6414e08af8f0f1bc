// A link marked data-drawer shows its page's form in a drawer; without this module it is an ordinary link.
import { one } from "./dom.js";

const drawer = one("#drawer");

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id !== "drawer-frame") return;
  if (!drawer.open) drawer.showModal();
  one("h2", drawer)?.focus();
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-close]")) {
    event.preventDefault();
    event.target.closest("dialog").close();
  }
  if (event.target.nodeName === "DIALOG") event.target.close();
});
