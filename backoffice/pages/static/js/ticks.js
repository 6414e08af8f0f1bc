// One box that ticks all boxes of a name on the page.
import { all } from "./dom.js";

document.addEventListener("change", (event) => {
  const name = event.target.dataset?.tickAll;
  if (name) all(`input[type="checkbox"][name="${name}"]`).forEach((box) => { box.checked = event.target.checked; });
});
