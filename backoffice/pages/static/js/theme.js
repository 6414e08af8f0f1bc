// Runs before the first paint, so that a dark screen never flashes light.
(() => {
  let theme = null;
  try { theme = localStorage.getItem("theme"); } catch { /* storage is closed to us: follow the system */ }
  theme ??= matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  document.documentElement.dataset.theme = theme;
})();
