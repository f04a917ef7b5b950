// The layout: the panel that opens and closes, the theme, and moving in lists by arrow keys.

import { byId } from "./elements.js";

/** Opens or closes the panel. */
export function togglePanel(open) {
  document.querySelector(".app").classList.toggle("with-panel", open);
  byId("open-panel").setAttribute("aria-expanded", String(open));
}

function useTheme(theme) {
  document.documentElement.dataset.theme = theme;
  localStorage.setItem("theme", theme);
}

/** Lets arrow keys move inside a list of buttons; `keys` says by how many each goes on. */
export function moveByArrows(container, selector, keys) {
  container.addEventListener("keydown", (event) => {
    const step = keys[event.key];
    if (!step) return;
    const buttons = [...container.querySelectorAll(selector)];
    const next = buttons[(buttons.indexOf(document.activeElement) + step + buttons.length) % buttons.length];
    next?.focus();
    event.preventDefault();
  });
}
/** Handles the buttons of the panel and the theme, and shows the theme that was chosen last. */
export function startLayout() {
  byId("open-panel").addEventListener("click", () =>
    togglePanel(!document.querySelector(".app").classList.contains("with-panel")),
  );
  byId("close-panel").addEventListener("click", () => {
    togglePanel(false);
    byId("open-panel").focus();
  });
  byId("theme").addEventListener("click", () => {
    const dark = document.documentElement.dataset.theme
      ? document.documentElement.dataset.theme === "dark"
      : matchMedia("(prefers-color-scheme: dark)").matches;
    useTheme(dark ? "light" : "dark");
  });
  if (localStorage.getItem("theme")) useTheme(localStorage.getItem("theme"));
  if (innerWidth > 1200) togglePanel(true);
}
