// Pop-ups: the root, and within it the child that a mention inside a card opens. Each shows a copy of a card.

// Where there is no template or no Popover API, mentions stay what they are: links to the cards.
const popupTemplate = HTMLElement.prototype.showPopover && document.querySelector('template.popup-template');
const popups = [];
if (popupTemplate) {
  popups.push(makePopup(document.body, 1));
  // The child is inside the root, so that the browser lets both be open.
  popups.push(makePopup(popups[0].element, 2));
}

let closedAt = -Infinity;
let closedMention = null;

function makePopup(parent, depth) {
  const element = parent.appendChild(popupTemplate.content.firstElementChild.cloneNode(true));
  const find = name => element.querySelector(`.popup-${name}`);
  const popup = { element, depth, slot: find('card'), back: find('back'), close: find('close'), mention: null, timer: 0 };
  element.id = POPUP_ID + depth;
  element.setAttribute('aria-labelledby', `${element.id}-name`);
  element.addEventListener('beforetoggle', event => {
    if (event.newState === 'closed') popupClosed(popup);
  });
  return popup;
}

// `pinned`: asked for by Enter, click or tap, so it takes the focus and has a close button. `point`: where the pointer
// is. `coarse`: a finger.
function openPopup(mention, { pinned = false, point = null, coarse = false }) {
  const popup = popups[depthOf(mention) - 1];
  stopWaiting();
  if (popup.depth === 2 && popups[0].sheet) {
    replaceCard(popups[0], mention);
    return;
  }
  if (popup.mention !== mention) showPopup(popup, mention, point, coarse);
  if (pinned) {
    popup.pinned = true;
    popup.close.hidden = false;
    placePopup(popup);
    popup.element.focus({ preventScroll: true });
  }
}

function showPopup(popup, mention, point, coarse) {
  const { element } = popup;
  closePopup(popup);
  fillCard(popup, cardOf(mention), popup.depth);
  Object.assign(popup, { mention, pinned: false, under: null, apex: point, line: lineAt(mention, point) });
  popup.sheet = coarse || matchMedia('(max-width: 40em)').matches;
  popup.close.hidden = popup.back.hidden = true;
  element.classList.toggle('sheet', popup.sheet);
  // No fade from one to the next.
  element.classList.toggle('still', performance.now() - closedAt < QUICK);
  element.showPopover({ source: mention });
  element.scrollTop = 0;
  mention.setAttribute('aria-expanded', 'true');
  placePopup(popup);
}

function fillCard(popup, card, depth) {
  const copy = card.cloneNode(true);
  for (const element of copy.querySelectorAll('[id]')) element.removeAttribute('id');
  // The reader is in the text: no way back to it is needed.
  copy.querySelector('.card-mentions')?.remove();
  const ways = copy.querySelector('.card-ways');
  if (!ways?.children.length) ways?.remove();
  for (const link of copy.querySelectorAll('.term')) {
    const target = cardOf(link);
    makeLink(link);
    if (depth === 1 && target && target !== card) makeMention(link, 2);
    else link.classList.remove('term');
  }
  const name = copy.querySelector('.card-name');
  if (name) {
    name.id = `${popup.element.id}-name`;
    // A dialog's outline is its own.
    name.setAttribute('aria-level', '2');
  }
  popup.slot.dataset.kind = card.dataset.kind;
  popup.slot.replaceChildren(...copy.childNodes);
}

// In a sheet there is no room for a child: its card replaces the root's, with a way back.
function replaceCard(popup, mention) {
  popup.under = { mention, nodes: [...popup.slot.childNodes], scroll: popup.element.scrollTop };
  fillCard(popup, cardOf(mention), 2);
  popup.pinned = true;
  popup.back.hidden = popup.close.hidden = false;
  popup.element.scrollTop = 0;
  popup.element.focus({ preventScroll: true });
}

function goBack(popup) {
  const { mention, nodes, scroll } = popup.under;
  popup.under = null;
  popup.slot.replaceChildren(...nodes);
  popup.back.hidden = true;
  popup.element.scrollTop = scroll;
  focusQuietly(mention);
}

function closePopup(popup) {
  if (popup.mention) popup.element.hidePopover();
}

function closeAll() {
  popups.forEach(closePopup);
  stopWaiting();
}

// However a pop-up closes (here, or by the browser's light dismiss), its mention is told, and gets the focus back.
function popupClosed(popup) {
  const { element, mention } = popup;
  clearTimeout(popup.timer);
  popup.timer = 0;
  popup.mention = null;
  mention.setAttribute('aria-expanded', 'false');
  closedAt = performance.now();
  closedMention = mention;
  if (element.contains(document.activeElement)) focusQuietly(mention);
  keepWaiting();
}
