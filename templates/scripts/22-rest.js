// Waiting: a mention opens once the pointer has rested on it, or the focus has stayed on it, for a while.

// Milliseconds of rest that open a pop-up; fewer where another has closed a moment ago.
const REST = 400;
const QUICK_REST = 100;
// Milliseconds that are a moment.
const QUICK = 300;

// { mention, how, since, timer }; `how.point` where it is the mouse that waits.
let waiting = null;

function waitFor(mention, how) {
  // Replacing what is being read must be asked for.
  if (depthOf(mention) === 2 && popups[0].sheet) return;
  stopWaiting();
  waiting = { mention, how, since: performance.now(), timer: 0 };
  keepWaiting();
}

function keepWaiting() {
  if (!waiting) return;
  const now = performance.now();
  const quick = closedMention !== waiting.mention && now - closedAt < QUICK;
  const rest = (quick ? QUICK_REST : REST) - (now - waiting.since);
  clearTimeout(waiting.timer);
  waiting.timer = setTimeout(() => openPopup(waiting.mention, waiting.how), rest);
}

function stopWaiting() {
  clearTimeout(waiting?.timer);
  waiting = null;
}
