// Quick search: a combobox whose list the server fills; the focus stays in the field.
import { all, one } from "./dom.js";

const palette = one("#palette");
const field = one("#palette-field");
const list = one("#palette-list");
let chosen = -1;

const options = () => all('[role="option"]:not([aria-disabled])', list);

function choose(index) {
  const found = options();
  field.removeAttribute("aria-activedescendant");
  if (!found.length) return;
  chosen = (index + found.length) % found.length;
  found.forEach((option, position) => option.setAttribute("aria-selected", position === chosen));
  field.setAttribute("aria-activedescendant", found[chosen].id);
  found[chosen].scrollIntoView({ block: "nearest" });
}

export function openPalette() {
  if (!palette || palette.open) return;
  palette.showModal();
  field.value = "";
  field.dispatchEvent(new Event("palette-open"));
  field.focus();
}

function key(event) {
  const steps = {
    ArrowDown: () => choose(chosen + 1),
    ArrowUp: () => choose(chosen - 1),
    Enter: () => options()[chosen]?.click(),
  };
  if (!steps[event.key]) return;
  event.preventDefault();
  steps[event.key]();
}

if (palette) {
  field.addEventListener("keydown", key);
  list.addEventListener("htmx:afterSwap", () => choose(0));
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-palette-open]")) openPalette();
  });
}
