// The frame of the page: light and dark, the navigation on a phone, the account menu.
import { one } from "./dom.js";

const root = document.documentElement;
const themeButton = one("[data-theme-toggle]");
const sideButton = one("[data-side-toggle]");
const side = one("#side");

function setTheme(theme) {
  root.dataset.theme = theme;
  themeButton.setAttribute("aria-pressed", theme === "dark");
  try { localStorage.setItem("theme", theme); } catch { /* it then lasts for this page */ }
}

function setSide(open) {
  side.classList.toggle("open", open);
  sideButton.setAttribute("aria-expanded", open);
  (open ? one("a", side) : sideButton).focus();
}

if (themeButton) {
  themeButton.setAttribute("aria-pressed", root.dataset.theme === "dark");
  themeButton.addEventListener("click", () => setTheme(root.dataset.theme === "dark" ? "light" : "dark"));
}

if (sideButton) {
  sideButton.addEventListener("click", () => setSide(!side.classList.contains("open")));
  document.addEventListener("click", (event) => {
    if (side.classList.contains("open") && !event.target.closest("#side, [data-side-toggle]")) setSide(false);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && side.classList.contains("open")) setSide(false);
  });
}

document.addEventListener("click", (event) => {
  const account = one(".account[open]");
  if (account && !account.contains(event.target)) account.open = false;
});

one("[data-autofocus]")?.focus();
