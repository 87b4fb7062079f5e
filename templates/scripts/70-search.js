// The search: see search.html.
for (const form of document.querySelectorAll('.search-form')) {
  const { count, pagefind, offline, root } = form.dataset;
  const [found, texts] = document.querySelectorAll('.search-results');
  const [box] = form.elements;
  const status = form.nextElementSibling;
  const plain = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim();
  const entries = [...found.children];
  for (const item of entries) {
    item.names = plain(item.dataset.names);
    item.words = plain(item.dataset.names + item.textContent);
  }

  const search = async () => {
    const words = plain(box.value);
    const rank = ({ names }) => [`; ${words};`, `; ${words}`, words].findIndex((part) => names.includes(part)) & 3;
    const hits = entries.filter((item) => words.split(/\s+/).every((word) => item.words.includes(word)));
    const stale = () => words !== plain(box.value);
    const say = (more, note = '') => { status.textContent = count.replace('{}', hits.length + more) + note; };
    found.replaceChildren(...hits.sort((a, b) => rank(a) - rank(b)).slice(0, 300));
    say(0);
    if (!pagefind) return;
    try {
      const engine = words ? await import(new URL(pagefind, document.baseURI)) : null;
      await engine?.options({ noWorker: true });
      if (stale()) return;
      const answer = await engine?.debouncedSearch(box.value);
      const pages = await Promise.all(answer?.results.slice(0, 20).map((one) => one.data()) || []);
      if (stale()) return;
      texts.replaceChildren();
      for (const page of pages) {
        const item = document.createElement('li');
        item.innerHTML = `<a></a><p>${page.excerpt}`;
        const link = item.firstChild;
        link.href = root + page.raw_url.slice(1);
        link.textContent = page.meta.title;
        if (!hits.some((one) => one.firstChild.href === link.href)) texts.append(item);
      }
      say(texts.children.length);
    } catch {
      say(0, offline);
    }
  };

  box.value ||= new URLSearchParams(location.search).get('q');
  form.oninput = search;
  form.onsubmit = () => document.querySelector('.search-results a')?.focus() ?? false;
  search();
}
