// The name of the file that was chosen, in the page's own words and face instead of the browser's.
import { one } from "./dom.js";

document.addEventListener("change", (event) => {
  const shown = event.target.type === "file" && one("[data-file-name]", event.target.parentElement);
  if (shown && event.target.files.length) shown.textContent = event.target.files[0].name;
});
