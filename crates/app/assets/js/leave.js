// "Leave this page quickly": blanks the page at once and replaces it in the history. Escape three times does the same.
// Without this script the link still works as an ordinary link.

function leave(link) {
  document.title = "\u200b";
  document.documentElement.hidden = true;
  document.body.replaceChildren();
  location.replace(link.href);
}

export function startLeave() {
  const link = document.querySelector("[data-leave]");
  if (!link) return;
  let presses = [];
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave(link);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const now = Date.now();
    presses = [...presses.filter((at) => now - at < 3000), now];
    if (presses.length >= 3) leave(link);
  });
  // A page shown again from the back-forward cache may hold answers: fetch it anew.
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
}
