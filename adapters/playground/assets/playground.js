// The few things that markup and htmx cannot do: keys, dialogs, drafts, delivery ids, clocks, scrolling.

const doubleClickMs = 700;
const tick = 20_000;

const composers = () => document.querySelectorAll('form.composer');
const textOf = (composer) => composer.querySelector('textarea');

// --- Deliveries: a double click is one press, and a later press of the same button another. Other values in a form are another
// submission, however soon they come.

const presses = new Map();

function deliveryFor(key) {
  const now = Date.now();
  const earlier = presses.get(key);
  const id = earlier !== undefined && now - earlier.at < doubleClickMs ? earlier.id : crypto.randomUUID();
  presses.set(key, { id, at: now });
  return id;
}

document.addEventListener('htmx:config:request', ({ detail: { ctx } }) => {
  const { action, body } = ctx.request;
  if (action !== '/playground/actions' && action !== '/playground/forms') return;
  body.set('delivery', deliveryFor(JSON.stringify([action, ...body])));
});

// --- Composers: Enter sends, a text that was not taken stays, an unsent one outlives a change of page, names are suggested.

const draftKey = (composer) => `draft:${composer.dataset.draft}`;

function grow(textarea) {
  textarea.style.height = 'auto';
  textarea.style.height = `${textarea.scrollHeight + 2}px`;
}

document.addEventListener('keydown', (event) => {
  const composer = event.target.closest?.('form.composer');
  const isSend =
    event.key === 'Enter' && !event.shiftKey && !event.isComposing && event.target.tagName === 'TEXTAREA';
  if (!composer || !isSend) return;
  event.preventDefault();
  composer.requestSubmit();
});

document.addEventListener('input', (event) => {
  const composer = event.target.closest?.('form.composer');
  if (!composer) return;
  keepDraft(composer);
  const asked = composer.querySelector('.suggestions').hasChildNodes();
  if (asked || /^\/recourse\s+run\s/i.test(event.target.value))
    event.target.dispatchEvent(new Event('name-typed'));
});

function keepDraft(composer) {
  grow(textOf(composer));
  sessionStorage.setItem(draftKey(composer), textOf(composer).value);
}

document.addEventListener('click', ({ target }) => {
  const choice = target.closest?.('[data-fill]');
  const composer = choice?.closest('form.composer');
  if (!composer) return;
  textOf(composer).value = choice.dataset.fill;
  choice.parentElement.replaceChildren();
  keepDraft(composer);
  textOf(composer).focus();
});

document.addEventListener('htmx:before:request', ({ target }) => {
  if (target.matches?.('form.composer')) target.sent = textOf(target).value;
});

document.addEventListener('htmx:after:request', ({ target, detail }) => {
  // The element that asked may be gone by now; then this comes from the document.
  if (!target.matches?.('form.composer') || detail.ctx.response.status >= 300) return;
  const textarea = textOf(target);
  if (textarea.value === target.sent) textarea.value = '';
  for (const beside of target.querySelectorAll('.problem, .suggestions')) beside.replaceChildren();
  following.delete(target.closest('.pane').querySelector('[data-scroll]'));
  keepDraft(target);
});

// --- What could not be reached at all.

document.addEventListener('htmx:error', ({ target, detail }) => {
  if (!detail.ctx || target.id === 'live') return;
  const place = target.matches?.('form')
    ? target.querySelector('.problem[id$="problem"]')
    : document.querySelector('#notice');
  const sentence = document.createElement('p');
  sentence.textContent = 'Recourse does not answer, so nothing was sent. What you typed is still here.';
  place.replaceChildren(sentence);
});

// --- Dialogs: whatever arrives opens; when it closes, the focus goes back to the button that asked.

let asker = null;

document.addEventListener('click', ({ target }) => {
  const button = target.closest?.('button');
  if (!button) return;
  if (button.matches('[hx-post="/playground/actions"]')) asker = button.id;
  if (button.matches('[data-close]')) button.closest('dialog').close();
  if (button.matches('[data-dismiss]')) button.parentElement.replaceChildren();
});

document.addEventListener(
  'close',
  ({ target }) => {
    if (target.parentElement?.id === 'dialog') target.remove();
    document.getElementById(asker)?.focus();
  },
  true,
);

function openDialog() {
  const dialog = document.querySelector('#dialog > dialog:not([open])');
  dialog?.showModal();
}

function closeTakenDialog({ target, detail }) {
  if (target.matches?.('#dialog form') && detail.ctx.response.status === 200)
    target.closest('dialog').close();
}

function markWrongFields() {
  const fields = [...document.querySelectorAll('#dialog .field')];
  const isWrong = (field) => field.querySelector('.problem').textContent !== '';
  for (const field of fields) {
    field.querySelector('input, select, textarea').setAttribute('aria-invalid', String(isWrong(field)));
  }
  fields.find(isWrong)?.querySelector('input, select, textarea').focus();
}

document.addEventListener('htmx:before:swap', closeTakenDialog);
document.addEventListener('htmx:after:swap', ({ target }) => {
  openDialog();
  if (target.matches?.('#dialog form')) markWrongFields();
  if (target.id === 'live') followNews();
  tellTimes();
});

// --- "got it" on a button fades, in case the card does not change.

document.addEventListener('animationend', ({ target }) => {
  if (!target.matches?.('.taken')) return;
  target.closest('button').removeAttribute('aria-busy');
  target.remove();
});

// --- Scrolling: stay with the news unless the reader has scrolled away; a card taller than the pane shows its start.

const following = new WeakMap();

function follow(pane) {
  const last = pane.querySelector('.list > :last-child');
  if (last === null) return;
  const isTall = last.offsetHeight > pane.clientHeight;
  pane.scrollTop = isTall ? last.offsetTop - pane.offsetTop : pane.scrollHeight;
}

function followNews() {
  for (const pane of document.querySelectorAll('[data-scroll]')) {
    if (following.get(pane) !== false) follow(pane);
  }
}

function watchReader(pane) {
  const note = () => following.set(pane, pane.scrollHeight - pane.scrollTop - pane.clientHeight < 120);
  for (const kind of ['wheel', 'touchmove', 'keydown', 'pointerup']) {
    pane.addEventListener(kind, () => setTimeout(note, 100), { passive: true });
  }
}

// --- Clocks.

function relativeTime(age) {
  const minutes = Math.floor(age / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} h ago`;
  return `${Math.floor(minutes / (24 * 60))} d ago`;
}

function tellTimes() {
  for (const time of document.querySelectorAll('time')) {
    time.textContent = relativeTime(Date.now() - Date.parse(time.dateTime));
  }
}

// --- The live stream: say so when it is lost.

const setOffline = (isOffline) => document.body.classList.toggle('is-offline', isOffline);
document.addEventListener('htmx:sse:error', ({ detail }) => {
  document.querySelector('.offline').textContent =
    detail.status === 403
      ? 'Recourse was started anew. Open the address that it printed.'
      : 'Connection lost. Trying again…';
  setOffline(true);
});
document.addEventListener('htmx:sse:after:message', () => setOffline(false));

document.addEventListener('change', ({ target }) => {
  if (target.matches('[data-submit-on-change]')) target.form.requestSubmit();
});

document.addEventListener('DOMContentLoaded', () => {
  for (const composer of composers()) {
    textOf(composer).value = sessionStorage.getItem(draftKey(composer)) ?? '';
    grow(textOf(composer));
  }
  for (const pane of document.querySelectorAll('[data-scroll]')) {
    watchReader(pane);
    follow(pane);
  }
  const wide = matchMedia('(min-width: 800px)').matches;
  if (wide) textOf([...composers()].at(-1))?.focus();
  tellTimes();
  setInterval(tellTimes, tick);
});
