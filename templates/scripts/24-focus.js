// Keyboard: a mention that gets the focus waits to open, once a visit, not when the focus is only given back to it.

let lastFocus = null;
let givingBack = false;

function focusQuietly(element) {
  givingBack = true;
  element.focus({ preventScroll: true });
  givingBack = false;
}

document.addEventListener('focusin', ({ target }) => {
  const mention = findMention(target);
  if (mention && !givingBack && target !== lastFocus && target.matches(':focus-visible')) waitFor(mention, {});
  lastFocus = target;
});

document.addEventListener('focusout', () => {
  if (waiting && !waiting.how.point) stopWaiting();
  // Not when the reader is only away in another window.
  if (document.hasFocus()) lastFocus = null;
  reviewHover();
});
