// Small helpers to make elements. Text is only ever put in as text.

/** An element with attributes, listeners (`on…`) and children. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "class") element.className = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

export const byId = (id) => document.getElementById(id);

/** A round initial in a colour of the account's own. */
export function avatar(account, name) {
  return make(
    "span",
    {
      class: `avatar hue-${[...String(account)].reduce((sum, digit) => sum + Number(digit) * 5 + 1, 0) % 6}`,
      "aria-hidden": "true",
    },
    [...name][0] ?? "？",
  );
}

/** `10:05`, with the date when it isn't today's. */
export function shortTime(at, now) {
  const [day, time] = [at.slice(0, 10), at.slice(11, 16)];
  return now && now.slice(0, 10) === day
    ? time
    : `${Number(day.slice(5, 7))}/${Number(day.slice(8))} ${time}`;
}

let hiding = 0;

/** A line that goes away by itself. */
export function toast(text) {
  const element = byId("toast");
  element.textContent = text;
  element.hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(() => {
    element.hidden = true;
  }, 5000);
}

/** Shows a dialog with this title and content. */
export function showDialog(title, testid, ...content) {
  const dialog = byId("dialog");
  dialog.dataset.testid = testid;
  byId("dialog-title").textContent = title;
  byId("dialog-body").replaceChildren(...content);
  if (!dialog.open) dialog.showModal();
  byId("dialog-body").focus();
}
