// Where a pop-up stands: below the line of the mention that the pointer is on, else above it, never over the mention.

// Pixels that stay free at the window's edges, and between a line and its pop-up.
const EDGE = 8;
const GAP = 4;

// A long name wraps: return which of its lines is nearest to a point.
function lineAt(mention, point) {
  if (!point) return 0;
  const distances = [...mention.getClientRects()].map(({ left, right, top, bottom }) =>
    Math.hypot(Math.max(left - point.x, 0, point.x - right), Math.max(top - point.y, 0, point.y - bottom)));
  return distances.indexOf(Math.min(...distances));
}

function placePopup(popup) {
  const { element, mention, sheet } = popup;
  const { offsetLeft, offsetTop, width: viewWidth, height: viewHeight } = visualViewport;
  const lines = [...mention.getClientRects()];
  const line = lines[Math.min(popup.line, lines.length - 1)];
  const start = offsetLeft + EDGE;
  const edge = sheet ? 0 : EDGE;

  element.style.maxHeight = '';
  const { offsetWidth: width, offsetHeight: height } = element;
  // The card's text begins below the name, so its padding stands out.
  const style = getComputedStyle(element);
  const wanted = style.direction === 'rtl'
    ? line.right + parseFloat(style.paddingRight) - width
    : line.left - parseFloat(style.paddingLeft);
  const left = Math.max(start, Math.min(wanted, start + viewWidth - 2 * EDGE - width));

  // Lines of the same name that it would cover push it down, or up.
  const covered = lines.filter(rect => sheet || (rect.left < left + width && rect.right > left));
  const under = Math.max(line.bottom, ...covered.map(rect => rect.bottom)) + GAP;
  const over = Math.min(line.top, ...covered.map(rect => rect.top)) - GAP;
  const roomBelow = offsetTop + viewHeight - edge - under;
  const roomAbove = over - offsetTop - edge;
  const below = height <= roomBelow || roomBelow >= (sheet ? Math.min(roomAbove, viewHeight / 3) : roomAbove);
  const room = below ? roomBelow : roomAbove;
  if (room < height || sheet) element.style.maxHeight = `min(60vh, ${Math.max(room, 0)}px)`;

  element.classList.toggle('on-top', !below);
  const shown = element.offsetHeight;
  const top = below ? under : over - shown;
  const highest = offsetTop + EDGE;
  element.style.left = sheet ? '' : `${left}px`;
  element.style.top = sheet ? '' : `${Math.max(highest, Math.min(top, offsetTop + viewHeight - EDGE - shown))}px`;
}

// While the page scrolls, a pop-up keeps to its mention; one whose mention is out of sight goes, unless it is in use.
function followMention(popup) {
  if (!popup.mention || popup.sheet) return;
  const line = popup.mention.getBoundingClientRect();
  const root = popup.depth === 2 && popups[0].element.getBoundingClientRect();
  const gone = root
    ? line.bottom < root.top || line.top > root.bottom
    : line.bottom < visualViewport.offsetTop || line.top > visualViewport.offsetTop + visualViewport.height;
  if (gone && !isHeld(popup)) closePopup(popup);
  else placePopup(popup);
}

let following = 0;
function followMentions() {
  following ||= requestAnimationFrame(() => {
    following = 0;
    popups.forEach(followMention);
  });
}
addEventListener('scroll', followMentions, { capture: true, passive: true });
addEventListener('resize', () => popups.forEach(popup => popup.mention && placePopup(popup)));
