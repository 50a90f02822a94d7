const $ = (id) => document.getElementById(id);
const list = $('messages');
const cards = [];

const dayAndTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

function show(state, text) {
  $('status').dataset.state = state;
  $('status').textContent = text;
}

async function copyText(text) {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(text);
    return;
  }

  // Without TLS and off localhost there is no clipboard API.
  const field = document.createElement('textarea');
  field.value = text;
  document.body.append(field);
  field.select();
  document.execCommand('copy');
  field.remove();
}

async function copy(button, code) {
  await copyText(code);
  button.dataset.copied = '';
  button.textContent = 'Copied';
  setTimeout(() => {
    delete button.dataset.copied;
    button.textContent = 'Copy';
  }, 1500);
}

function render(message) {
  if (message.html === null) {
    const bubble = document.createElement('p');
    bubble.className = 'bubble';
    bubble.textContent = message.text;
    return bubble;
  }

  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', '');
  frame.title = `Mail to ${message.to}`;
  frame.srcdoc = message.html;
  return frame;
}

function cardOf(message) {
  const card = $('message').content.firstElementChild.cloneNode(true);
  const part = (selector) => card.querySelector(selector);
  const isMail = message.channel === 'email';
  const at = new Date(message.receivedAt);
  card.dataset.id = message.id;
  card.classList.add(isMail ? 'mail' : 'sms');
  card.setAttribute('aria-label', `${isMail ? 'Mail' : 'SMS'} to ${message.to}`);
  part('.code').textContent = message.code;
  part('.to').textContent = message.to;
  part('.subject').textContent = message.subject ?? '';
  part('.program').textContent = `${message.program} · ${isMail ? 'e-mail' : 'SMS'}`;
  part('time').dateTime = message.receivedAt;
  part('time').textContent = dayAndTime.format(at);
  part('.text').textContent = message.text;
  part('.copy').setAttribute('aria-label', `Copy the code sent to ${message.to}`);
  part('.copy').addEventListener('click', (event) => copy(event.currentTarget, message.code));

  // A frame is a document of its own: it is made when somebody looks.
  const details = part('.shown');
  details.addEventListener('toggle', () => {
    if (details.open && !part('.body').hasChildNodes()) {
      part('.body').append(render(message));
    }
  });
  const searched = [message.to, message.subject, message.program, message.text, message.code].join('\n').toLowerCase();
  return { card, details, searched };
}

function filter() {
  const words = $('filter').value.trim().toLowerCase();
  let shown = 0;
  for (const { card, searched } of cards) {
    card.hidden = !searched.includes(words);
    shown += card.hidden ? 0 : 1;
  }

  $('empty').hidden = cards.length > 0;
  $('none').hidden = cards.length === 0 || shown > 0;
  $('count').textContent = words && cards.length
    ? `${shown} of ${cards.length} messages`
    : cards.length === 0 ? '' : cards.length === 1 ? '1 message' : `${cards.length} messages`;
}

function add(messages, isNew) {
  const added = messages.map(cardOf);
  cards.unshift(...added);
  list.prepend(...added.map((item) => item.card));
  for (const { card } of cards.splice(200)) {
    card.remove();
  }

  if (isNew) {
    added.forEach((item) => item.card.classList.add('fresh'));
  }

  if (added.length > 0) {
    added[0].details.open = true;
  }

  filter();
}

function watch() {
  const source = new EventSource('inbox/stream');
  source.addEventListener('open', () => show('live', 'Live'));
  source.addEventListener('all', (event) => {
    cards.length = 0;
    list.replaceChildren();
    add(JSON.parse(event.data), false);
  });
  source.addEventListener('new', (event) => add(JSON.parse(event.data), true));
  source.addEventListener('error', () => {
    show('down', 'Connection lost, trying again …');
    if (source.readyState === EventSource.CLOSED) {
      setTimeout(watch, 3000);
    }
  });
}

const service = new URL('..', location.href).href;
$('example').textContent = `TOKEN=$(curl -s ${service}v2/token -d username=demo -d password=demo-secret \\
  | sed 's/.*"accessToken":"\\([^"]*\\)".*/\\1/')
curl -s ${service}v2/giftcards/customers/otp/send -H "Authorization: Bearer $TOKEN" \\
  -H 'Content-Type: application/json' -d '{"target":"ada@example.com"}'`;
$('filter').addEventListener('input', filter);
watch();
