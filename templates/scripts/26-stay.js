// Staying: a pop-up stays while it is hovered, focused or selected in (WCAG 2.2, 1.4.13).

// Milliseconds from leaving to closing.
const LEAVE = 300;

function innermostPopup() {
  return popups.findLast(popup => popup.mention);
}

function holds({ left, right, top, bottom }, { x, y }) {
  return x >= left - 2 && x <= right + 2 && y >= top - 2 && y <= bottom + 2;
}

// Mention, pop-up and the triangle from where the pointer left the one to the near edge of the other are one area.
function isOver(popup) {
  const box = popup.element.getBoundingClientRect();
  if ([...popup.mention.getClientRects()].some(line => holds(line, pointer))) {
    popup.apex = pointer;
    return true;
  }
  if (holds(box, pointer)) return true;
  const { apex } = popup;
  if (!apex || pointer.x < 0) return false;
  const near = apex.y < box.top ? box.top : box.bottom;
  const along = (pointer.y - apex.y) / (near - apex.y);
  const between = corner => apex.x + (corner - apex.x) * along;
  return along >= 0 && along <= 1 && pointer.x >= between(box.left) - 2 && pointer.x <= between(box.right) + 2;
}

// In use: the focus or a selection is inside, or the keyboard is on its mention.
function isHeld({ element, mention }) {
  const { activeElement } = document;
  const selection = getSelection();
  return element.contains(activeElement)
    || (activeElement === mention && mention.matches(':focus-visible'))
    || (!selection.isCollapsed && element.contains(selection.anchorNode));
}

// The child's area is a part of the root's.
function reviewHover() {
  let over = false;
  for (const popup of [...popups].reverse()) {
    if (!popup.mention) continue;
    over ||= isOver(popup);
    if (over) {
      clearTimeout(popup.timer);
      popup.timer = 0;
    } else {
      popup.timer ||= setTimeout(() => {
        popup.timer = 0;
        if (!isHeld(popup)) closePopup(popup);
      }, LEAVE);
    }
  }
}
