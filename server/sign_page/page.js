// Hands a one-time link and what a person has written to the server. The secret of the link stands behind # in the address.
const form = document.querySelector('form');
const answer = document.querySelector('.answer');
const button = form.querySelector('button');
const link = location.hash.slice(1);
history.replaceState(null, '', location.pathname); // out of the address bar and the history

function say(kind, arabic, english) {
  answer.className = `answer ${kind}`;
  answer.replaceChildren(...[['ar', 'rtl', arabic], ['en', 'ltr', english]].map(([lang, dir, text]) => {
    const line = document.createElement('p');
    line.lang = lang;
    line.dir = dir;
    line.textContent = text;
    return line;
  }));
}

function complain(field, arabic, english) {
  const input = form.elements.namedItem(field);
  if (input instanceof HTMLInputElement) {
    input.setAttribute('aria-invalid', 'true');
    input.focus();
  }
  say('bad', arabic, english);
}

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  for (const input of form.querySelectorAll('input')) input.removeAttribute('aria-invalid');
  const { again, ...values } = Object.fromEntries(new FormData(form));
  if (values.password !== again) {
    complain('again', 'كلمتا المرور مختلفتان.', 'The two passwords differ.');
    return;
  }
  button.disabled = true;
  try {
    const response = await fetch(location.pathname, {
      method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ link, ...values }),
    });
    const body = await response.json();
    if (!response.ok) {
      const [error] = body.errors;
      complain(error.extensions.argument, error.extensions.messageAr, error.message);
      return;
    }
    form.hidden = true;
    document.querySelector('#done').hidden = false;
    document.querySelector('#done h1').focus();
  } catch {
    say('bad', 'تعذّر الوصول إلى الخادم. ما كتبته باقٍ هنا؛ حاول من جديد.', 'The server cannot be reached. What you wrote is kept here; try again.');
  } finally {
    button.disabled = false;
  }
});
if (link === '') say('bad', 'الرابط ناقص: افتحه كاملاً كما وصلك.', 'The link is not complete: open it as a whole, as you were given it.');
