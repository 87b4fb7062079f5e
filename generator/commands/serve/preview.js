// The preview's side in the browser: keeps the place on the page, goes to what was edited, shows mistakes.
// A plugin of livereload.js, which holds the socket and takes style sheets anew.
(() => {
  'use strict';

  const KEY = 'livereload-preview';
  const BLOCKS = ['p', 'li', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'pre', 'td', 'th', 'dt', 'dd', 'figure', 'summary']
    .map((name) => `main ${name}`).join();

  const state = JSON.parse(document.getElementById('livereload-state').textContent);
  const here = location.pathname + location.search;

  // As the page came, before its own scripts change it: what differs after a reload was edited.
  const blocks = [...document.querySelectorAll(BLOCKS)];
  const texts = blocks.map((block) => block.innerHTML);

  window.LiveReloadPluginPreview = class {
    static identifier = 'preview';
    static version = '1.0';
    analyze() {
      return { generation: state.generation };
    }
    reload(path, options) {
      if (/\.css$/.test(path) && options.liveCSS && !state.errors.length) return false;
      keepPlace(path);
      location.reload();
      return true;
    }
  };

  // While we reload, the place is ours to find; when the reader goes on, the browser keeps it for the way back.
  let isReloading = false;
  addEventListener('pagehide', () => {
    if (!isReloading) history.scrollRestoration = 'auto';
  });

  function keepPlace(path) {
    const edited = path === location.pathname;
    isReloading = true;
    try {
      sessionStorage.setItem(KEY, JSON.stringify({ here, x: scrollX, y: scrollY, texts: edited ? texts : null }));
      history.scrollRestoration = 'manual';
    } catch {
      // No room or no storage: the browser keeps the place as well as it can.
    }
  }

  function findPlace() {
    const kept = sessionStorage.getItem(KEY);
    sessionStorage.removeItem(KEY);
    const place = kept && JSON.parse(kept);
    return place && place.here === here ? place : null;
  }

  // The first block that was not there before; where one was taken out, the block that follows it.
  function firstChanged(before) {
    const first = texts.findIndex((text, index) => text !== before[index]);
    if (first >= 0) return blocks[first];
    return texts.length < before.length ? blocks.at(-1) : null;
  }

  function goTo(place) {
    scrollTo({ left: place.x, top: place.y, behavior: 'instant' });
    const block = place.texts && firstChanged(place.texts);
    if (!block) return;
    const box = block.getBoundingClientRect();
    const visible = box.top >= 0 && box.bottom <= innerHeight;
    if (!visible) block.scrollIntoView({ block: box.height > innerHeight ? 'start' : 'center', behavior: 'instant' });
  }

  function showErrors(errors) {
    const host = document.createElement('div');
    host.id = 'livereload-errors';
    const root = host.attachShadow({ mode: 'open' });
    const style = new CSSStyleSheet();
    style.replaceSync(`
      :host { all: initial; position: fixed; inset: auto 0 0 0; z-index: 2147483647; width: auto; height: auto;
        border: 0; padding: 0; margin: 0; color-scheme: dark; }
      section { max-height: 60vh; overflow: auto; padding: 1em 1.25em; background: #1c1514; color: #f4ece6;
        border-top: 4px solid #d8523c; font: 14px/1.5 ui-monospace, Menlo, Consolas, monospace; }
      h2 { font: 600 15px/1.4 system-ui, sans-serif; margin: 0 0 .75em; }
      pre { font: inherit; white-space: pre-wrap; overflow-wrap: anywhere; margin: 0 0 1em; }
      button { float: inline-end; font: 14px system-ui, sans-serif; }
    `);
    root.adoptedStyleSheets = [style];
    const section = document.createElement('section');
    section.setAttribute('role', 'alert');
    const close = document.createElement('button');
    close.type = 'button';
    close.textContent = 'Close';
    close.addEventListener('click', () => host.remove());
    const title = document.createElement('h2');
    const count = errors.length === 1 ? 'One mistake' : `${errors.length} mistakes`;
    title.textContent = `${count}: the page below is the last that was right`;
    section.append(close, title);
    for (const error of errors) {
      const text = document.createElement('pre');
      text.textContent = error;
      section.append(text);
    }
    root.append(section);
    document.body.append(host);
    if ('popover' in host) {
      host.popover = 'manual';  // above everything, the theme's own pop-ups included
      host.showPopover();
    }
    addEventListener('keydown', (event) => {
      if (event.key === 'Escape') host.remove();
    });
  }

  const place = findPlace();
  if (place) {
    goTo(place);
    const { scrollX: x, scrollY: y } = window;
    // Pictures and fonts may have moved the page since, the reader may have too: only the first is made good.
    addEventListener('load', () => {
      if (Math.abs(scrollX - x) < 2 && Math.abs(scrollY - y) < 2) goTo({ ...place, x, y });
    });
  }
  if (state.errors.length) showErrors(state.errors);

  const socket = document.createElement('script');
  const port = location.port || (location.protocol === 'https:' ? 443 : 80);
  socket.src = `/livereload.js?host=${location.hostname}&port=${port}`;
  document.head.append(socket);
})();
