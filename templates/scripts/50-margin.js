// Notes in the margin move to the line of their number. They never overlap: each stays below the one before, above what
// comes next across the whole width, and inside its spread. Only CSS for wide screens makes use of --shift.

// Pixels between two notes.
const NOTE_GAP = 16;

function moveNotes(spread) {
  const notes = [...spread.querySelectorAll(':scope > .annotation')];
  if (!notes.length || getComputedStyle(notes[0]).float === 'none') return;
  const column = notes[0].getBoundingClientRect();
  const bounds = spread.getBoundingClientRect();
  const inColumn = ({ left, right }) => left < column.right && right > column.left;

  // From top to bottom: the line that a note wants, below what stands above it.
  let floor = bounds.top;
  const places = [];
  for (const element of spread.children) {
    const box = element.getBoundingClientRect();
    if (!box.height || !inColumn(box)) continue;
    const isNote = element.matches('.annotation');
    const shift = isNote ? parseFloat(element.style.getPropertyValue('--shift')) || 0 : 0;
    const natural = box.top - shift;
    const wanted = isNote ? lineOf(element) ?? natural : natural;
    const top = isNote ? Math.max(wanted, floor) : natural;
    places.push({ element, isNote, natural, top, height: box.height });
    floor = top + box.height + NOTE_GAP;
  }

  // From bottom to top: none may reach over what comes next.
  let limit = bounds.bottom;
  for (const place of places.reverse()) {
    if (place.isNote) {
      place.top = Math.min(place.top, limit - place.height);
      place.element.style.setProperty('--shift', `${Math.round(place.top - place.natural)}px`);
    }
    limit = place.top - NOTE_GAP;
  }
}

// The top of the line that holds a note's number in the text.
function lineOf(note) {
  const href = note.querySelector('.annotation-number')?.getAttribute('href');
  const number = href && document.getElementById(href.slice(1));
  const mark = number?.previousElementSibling;
  return (mark?.matches('.annotated') ? [...mark.getClientRects()].at(-1) : number?.getBoundingClientRect())?.top;
}

const noteObserver = new ResizeObserver(changes => changes.forEach(({ target }) => moveNotes(target)));
for (const spread of document.querySelectorAll('.spread')) {
  moveNotes(spread);
  noteObserver.observe(spread);
}
document.fonts.ready.then(() => document.querySelectorAll('.spread').forEach(moveNotes));
