// Keys, by their place on the keyboard (event.code), so that they work on the Persian layout as well.
import { all, one } from "./dom.js";
import { openPalette } from "./palette.js";

const ROWS = "main .list .name[href], main .rows a:not(.button), main .timeline-head a";

function step(by) {
  const rows = all(ROWS);
  const here = rows.indexOf(document.activeElement);
  rows[here < 0 ? 0 : Math.min(Math.max(here + by, 0), rows.length - 1)]?.focus();
}

const KEYS = {
  KeyN: () => one("[data-key-new]")?.click(),
  KeyJ: () => step(1),
  KeyK: () => step(-1),
  Slash: () => (one("[data-key-search]") ? one("[data-key-search]").focus() : openPalette()),
};
const KEYS_WITH_SHIFT = { Slash: () => one("#keys")?.showModal() };

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.code === "KeyK") {
    event.preventDefault();
    openPalette();
    return;
  }
  const act = (event.shiftKey ? KEYS_WITH_SHIFT : KEYS)[event.code];
  const typing = event.target.matches("input, textarea, select, [contenteditable]");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || one("dialog[open]") || !act) return;
  event.preventDefault();
  act();
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-keys-open]")) one("#keys").showModal();
});
