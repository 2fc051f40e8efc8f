// Keys for long lists: the next person, open, choose, filters, help. Only on a page that says so, never while somebody types or
// holds another key, and everybody can switch them off (WCAG 2.1.4). Without this script all of it is done by Tab and Space.

const SHARED = "onedoor-keys";

/** Whether keys belong to what has the focus. Boxes to tick take Space alone. */
function isTyped(target) {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.matches("textarea, select")) return true;
  return target.matches("input:not([type=checkbox], [type=radio], [type=submit], [type=button])");
}

function step(by) {
  const links = [...document.querySelectorAll(".od-list tbody a[href^='/referrals/']")];
  const row = document.activeElement?.closest(".od-list tbody tr");
  const at = links.findIndex((link) => link.closest("tr") === row);
  const next = at < 0 ? 0 : Math.min(Math.max(at + by, 0), links.length - 1);
  links[next]?.focus();
}

function inRow(what) {
  return document.activeElement?.closest(".od-list tbody tr")?.querySelector(what);
}

export function startKeys() {
  startChoosing();
  const box = document.querySelector("[data-keys]");
  const dialog = box?.querySelector("dialog");
  if (!dialog || !dialog.showModal) return;
  const [help, on] = [box.querySelector("[data-keys-help]"), box.querySelector("[data-keys-on]")];
  on.checked = localStorage.getItem(SHARED) !== "off";
  on.addEventListener("change", () => localStorage.setItem(SHARED, on.checked ? "on" : "off"));
  help.hidden = false;
  help.addEventListener("click", () => dialog.showModal());
  box.querySelector("[data-keys-close]").addEventListener("click", () => dialog.close());
  const keys = {
    j: () => step(1),
    k: () => step(-1),
    o: () => inRow("a[href^='/referrals/']")?.click(),
    x: () => inRow("input[type=checkbox]")?.click(),
    g: () => document.getElementById("to")?.focus(),
    "/": () => {
      const filters = document.querySelector(".od-narrow details");
      if (filters) filters.open = true;
      document.getElementById("who")?.focus();
    },
    "?": () => dialog.showModal(),
  };
  document.addEventListener("keydown", (event) => {
    const act = Object.hasOwn(keys, event.key) ? keys[event.key] : null;
    const other = event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented;
    if (!act || other || !on.checked || isTyped(event.target) || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    act();
  });
}

/** "Choose all on this page", which takes a script to be of use. */
function startChoosing() {
  const all = document.querySelector("[data-choose-all]");
  if (!all) return;
  all.hidden = false;
  all.addEventListener("click", () => {
    const boxes = [...document.querySelectorAll('.od-list input[name="row"]')];
    const wanted = boxes.some((one) => !one.checked);
    for (const one of boxes) one.checked = wanted;
  });
}
