// Waiting: a mention opens once the pointer has rested on it, or the focus has stayed on it, for a while.

const REST = 400; // ms of rest that open a pop-up
const QUICK_REST = 100; // the same when another has just closed
const QUICK = 300; // ms that "just" means

let waiting = null; // { mention, how, since, timer }; `how.point` is there when the mouse waits

function waitFor(mention, how) {
  if (depthOf(mention) === 2 && popups[0].sheet) return; // replacing what is being read must be asked for
  stopWaiting();
  waiting = { mention, how, since: performance.now(), timer: 0 };
  keepWaiting();
}

function keepWaiting() {
  if (!waiting) return;
  const now = performance.now();
  const quick = closedMention !== waiting.mention && now - closedAt < QUICK;
  clearTimeout(waiting.timer);
  waiting.timer = setTimeout(() => openPopup(waiting.mention, waiting.how), (quick ? QUICK_REST : REST) - (now - waiting.since));
}

function stopWaiting() {
  clearTimeout(waiting?.timer);
  waiting = null;
}
