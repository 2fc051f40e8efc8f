// Warns two minutes before the screen locks; then covers the page without losing what was typed.
// Work in another tab counts: tabs share the time of the last page load. Without this script the server still locks.

const WARN_BEFORE = 120;
const SHARED = "onedoor-active";

export function startLock() {
  const dialog = document.querySelector("[data-lock-after]");
  if (!dialog || !dialog.showModal) return;
  const [warning, locked] = [dialog.querySelector("[data-warning]"), dialog.querySelector("[data-locked]")];
  const lockAfter = Number(dialog.dataset.lockAfter);
  const touch = () => localStorage.setItem(SHARED, String(Date.now()));
  const idle = () => (Date.now() - Number(localStorage.getItem(SHARED) || Date.now())) / 1000;

  function show(isLocked) {
    warning.hidden = isLocked;
    locked.hidden = !isLocked;
    dialog.setAttribute("aria-labelledby", isLocked ? "od-locked-title" : "od-lock-title");
    dialog.classList.toggle("od-lock--locked", isLocked);
    if (!dialog.open) dialog.showModal();
  }

  async function stay() {
    const answer = await fetch(dialog.dataset.keep, { method: "POST", redirect: "manual" }).catch(() => null);
    if (answer && answer.ok) {
      touch();
      locked.hidden = true;
      dialog.close();
    } else {
      show(true);
    }
  }

  function look() {
    const left = lockAfter - idle();
    if (left <= 0) show(true);
    else if (!locked.hidden) return;
    else if (left <= WARN_BEFORE) show(false);
    else if (dialog.open) dialog.close();
  }

  // The back button may show a page as it was before signing out or locking: it stays covered until the server says otherwise.
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    show(true);
    stay();
  });
  touch();
  for (const button of dialog.querySelectorAll("[data-stay]")) button.addEventListener("click", stay);
  // A browser closes a dialog on a second Escape whatever the page says: a locked page stays covered.
  dialog.addEventListener("close", () => { if (!locked.hidden) show(true); });
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    if (locked.hidden) stay();
  });
  setInterval(look, 1000);
}
