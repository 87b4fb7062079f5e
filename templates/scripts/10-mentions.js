// Mentions: links that explain themselves, each by a card in the list at the page's end.

const POPUP_ID = 'term--popup-';

function cardOf(link) {
  const card = document.getElementById((link.getAttribute('href') ?? '').slice(1));
  return card?.matches('.card') ? card : null;
}

// A mention on the page opens the root pop-up (depth 1), one inside a card the child (depth 2).
function makeMention(link, depth) {
  link.setAttribute('aria-haspopup', 'dialog');
  link.setAttribute('aria-expanded', 'false');
  link.setAttribute('aria-controls', POPUP_ID + depth);
}

function makeLink(link) {
  for (const name of ['haspopup', 'expanded', 'controls']) link.removeAttribute(`aria-${name}`);
}

function findMention(target) {
  return target instanceof Element ? target.closest('.term[aria-controls]') : null;
}

function depthOf(mention) {
  return mention.closest('.popup') ? 2 : 1;
}
