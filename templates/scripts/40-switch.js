// The reader's switch: explain terms, or leave plain text and the list at the page's end. Kept in this browser alone.

const SWITCH = 'explain-terms';
const switchButton = document.querySelector('.explain-switch');
const mentions = popups.length
  ? [...document.querySelectorAll('.term')].filter(cardOf).map(link => ({ link, href: link.getAttribute('href') }))
  : [];

function readSwitch() {
  try {
    return localStorage.getItem(SWITCH) !== 'off';
  } catch {
    return true;
  }
}

function writeSwitch(on) {
  try {
    if (on) localStorage.removeItem(SWITCH);
    else localStorage.setItem(SWITCH, 'off');
  } catch {
    // Where nothing can be kept, it holds for this page.
  }
}

function turn(on) {
  closeAll();
  for (const { link, href } of mentions) {
    if (on) {
      link.setAttribute('href', href);
      makeMention(link, 1);
    } else {
      link.removeAttribute('href');
      makeLink(link);
    }
  }
  switchButton?.setAttribute('aria-checked', String(on));
}

turn(readSwitch());
// Turned in another window, or on another page before the reader came back to this one.
addEventListener('storage', ({ key }) => key === SWITCH && turn(readSwitch()));
addEventListener('pageshow', ({ persisted }) => persisted && turn(readSwitch()));

if (switchButton && mentions.length) {
  switchButton.classList.add('ready');
  switchButton.addEventListener('click', () => {
    const on = switchButton.getAttribute('aria-checked') !== 'true';
    writeSwitch(on);
    turn(on);
  });
}
