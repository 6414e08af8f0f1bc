// Keys, by their place on the keyboard (event.code), so that they work on the Persian layout as well.
import { one } from "./dom.js";
import { openPalette } from "./palette.js";

const KEYS = {
  KeyN: () => one("[data-key-new]")?.click(),
  Slash: () => (one("[data-key-search]") ? one("[data-key-search]").focus() : openPalette()),
};

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.code === "KeyK") {
    event.preventDefault();
    openPalette();
    return;
  }
  const typing = event.target.matches("input, textarea, select, [contenteditable]");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || one("dialog[open]") || !KEYS[event.code]) return;
  event.preventDefault();
  KEYS[event.code]();
});
