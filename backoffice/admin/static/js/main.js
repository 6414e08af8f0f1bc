// Everything the admin does in the browser. Each module looks for its own marks in the page and minds its own business;
// every screen works without any of it.
import "./chrome.js";
import "./calendar.js";
import "./drawer.js";
import "./files.js";
import "./forms.js";
import "./live.js";
import "./palette.js";
import "./shortcuts.js";
import "./ticks.js";
import "./typed.js";
