// Entry module: marks the page as scripted, starts the design system's components and our own small modules.
import { initAll } from "./nhsuk.js";
import { startKeys } from "./keys.js";
import { startLeave } from "./leave.js";
import { startLock } from "./lock.js";
import { startPoll } from "./poll.js";

startLeave();
document.body.classList.add("js-enabled", "nhsuk-frontend-supported", "govuk-frontend-supported");
initAll();
startLock();
startPoll();
startKeys();
