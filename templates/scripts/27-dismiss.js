// Dismissing: Esc, the close button, a way out of the card, leaving the page.

// Closed by hand, it stays closed until the pointer has left its mention.
function dismiss(popup) {
  refused = popup.mention;
  closePopup(popup);
}

addEventListener('keydown', event => {
  if (event.key !== 'Escape') return;
  if (waiting) {
    refused = waiting.mention;
    stopWaiting();
  }
  const popup = innermostPopup();
  if (!popup) return;
  event.preventDefault();
  event.stopPropagation();
  if (popup.under) goBack(popup);
  else dismiss(popup);
}, true);

for (const popup of popups) {
  popup.close.addEventListener('click', () => dismiss(popup));
  popup.back.addEventListener('click', () => goBack(popup));
}
popups[0]?.element.addEventListener('click', ({ target }) => {
  if (target.closest('a[href^="#"]:not([aria-controls])')) closeAll();
});

for (const type of ['popstate', 'pagehide', 'beforeprint']) addEventListener(type, closeAll);
