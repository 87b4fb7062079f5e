// Press: Enter, click and tap all arrive as a click. With Ctrl, Cmd, Shift or the middle button links stay links.

let press = { type: '', swallow: false };

addEventListener('pointerdown', ({ target, pointerType }) => {
  const mention = findMention(target);
  const popup = innermostPopup();
  stopWaiting();
  refused = mention;
  // A tap outside closes and does nothing else; a click on the mention of a pinned pop-up closes it.
  const isOutside = popup && !popup.element.contains(target);
  const isTap = pointerType !== 'mouse';
  press = { type: pointerType, swallow: isOutside && (isTap || (popup.pinned && popup.mention === mention)) };
}, true);

addEventListener('mousedown', event => {
  // Keeps the focus where it is.
  if (press.swallow) event.preventDefault();
}, true);

addEventListener('click', event => {
  const { target, detail } = event;
  const byPointer = detail > 0;
  if (press.swallow && byPointer) {
    press.swallow = false;
    event.preventDefault();
    event.stopImmediatePropagation();
    popups.filter(popup => !popup.element.contains(target)).forEach(closePopup);
    return;
  }
  if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const mention = findMention(target);
  if (!mention) return;
  event.preventDefault();
  openPopup(mention, {
    pinned: true,
    point: byPointer ? { x: event.clientX, y: event.clientY } : null,
    coarse: byPointer && press.type === 'touch',
  });
}, true);
