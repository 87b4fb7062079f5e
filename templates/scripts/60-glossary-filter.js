/* The glossary, type to narrow: by names and definitions, whatever the accents and the case. */
const narrow = document.getElementById('narrow');
if (narrow) {
  narrow.after(narrow.content);
  const all = (what, where = document) => [...where.querySelectorAll(what)];
  const [input] = all('.narrow input');
  const [status] = all('.narrow [role=status]');
  const plain = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const words = new Map(all('.index-entry').map((it) => [it, plain(it.textContent + it.dataset.aliases)]));
  const thumbs = all('.letters li');
  let pause;

  const show = () => {
    const wanted = plain(input.value).split(/\s+/);
    for (const [it, text] of words) it.hidden = !wanted.every((word) => text.includes(word));
    all('.letter').forEach((letter, index) => {
      const kinds = all('.index-entry:not([hidden])', letter).map((it) => it.dataset.kind).join(' ');
      for (const part of [letter, thumbs[index]]) {
        part.hidden = !kinds;
        part.dataset.kinds = kinds;
      }
    });
    /* Said once the typing pauses; what the filter by kind hides does not count. */
    clearTimeout(pause);
    pause = setTimeout(() => {
      const count = [...words.keys()].filter((it) => it.offsetParent).length;
      status.textContent = input.value && `${status.dataset.shown} ${count}`;
    }, 300);
  };

  for (const it of [input, ...all('.filter')]) it.addEventListener('input', show);
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && input.value) {
      event.preventDefault();
      input.value = '';
      show();
    }
  });
}
