// Mouse: a mention under the pointer waits to open. Only moves of the pointer count, not those of the page below it.

// Pixels by which a resting hand may stray.
const STIR = 4;

let pointer = { x: -1, y: -1 };
// The mention that does not open by hover until the pointer has left it.
let refused = null;

addEventListener('pointermove', event => {
  const { clientX: x, clientY: y, target, buttons } = event;
  if (event.pointerType !== 'mouse' || (x === pointer.x && y === pointer.y)) return;
  pointer = { x, y };
  if (buttons) return;
  const mention = findMention(target);
  if (mention !== refused) refused = null;
  if (mention && mention !== refused && !popups.some(popup => popup.mention === mention)) {
    const from = waiting?.mention === mention && waiting.how.point;
    if (!from || Math.hypot(x - from.x, y - from.y) > STIR) waitFor(mention, { point: pointer });
  } else if (waiting?.how.point) {
    stopWaiting();
  }
  reviewHover();
});

document.documentElement.addEventListener('pointerleave', event => {
  if (event.pointerType !== 'mouse') return;
  pointer = { x: -1, y: -1 };
  if (waiting?.how.point) stopWaiting();
  reviewHover();
});

addEventListener('scroll', () => {
  if (waiting?.how.point) stopWaiting();
  reviewHover();
}, { capture: true, passive: true });
