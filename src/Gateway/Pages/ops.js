import { $ } from './dom.js';
import { show } from './figures.js';
import { events } from './stream.js';

const firstDelay = 500;
const longestDelay = 8000;

let token = null;
let latest = null;
let watching = new AbortController();

function status(state, text) {
  if ($('status').textContent !== text) {
    $('status').dataset.state = state;
    $('status').textContent = text;
  }

  $('figures').toggleAttribute('data-stale', state !== 'live');
}

function showLogIn(isShown) {
  $('login').hidden = !isShown;
  $('session').hidden = isShown;
}

function askToLogIn(error) {
  showLogIn(true);
  $('login-error').textContent = error;
  $('client').focus();
}

/** Nothing of what was seen stays on a page that may see no more. */
function forget() {
  latest = null;
  $('figures').hidden = true;
  $('audience').textContent = '';
}

function refuse(statusCode) {
  forget();
  status('down', 'Not logged in');
  const expired = token === null ? '' : 'The log-in has ended; log in again.';
  askToLogIn(statusCode === 403 ? 'This client does not have the role admin.' : expired);
  useToken(null);
}

function useToken(value) {
  token = value;
  $('session').textContent = token === null ? 'Log in' : 'Log out';
}

async function watch() {
  watching.abort();
  const mine = watching = new AbortController();
  let delay = firstDelay;
  status('connecting', 'Connecting …');
  while (!mine.signal.aborted) {
    try {
      for await (const event of events('ops/stream', token, mine.signal)) {
        delay = firstDelay;
        latest = JSON.parse(event.data);
        $('figures').hidden = false;
        show(latest);
        status('live', 'Live');
      }
    } catch (problem) {
      if (mine.signal.aborted) {
        return;
      }

      if (problem.status === 401 || problem.status === 403) {
        refuse(problem.status);
        return;
      }
    }

    status('down', 'Connection lost, trying again …');
    await new Promise((resolve) => setTimeout(resolve, delay));
    delay = Math.min(delay * 2, longestDelay);
  }
}

async function logIn(event) {
  event.preventDefault();
  $('login-error').textContent = '';
  try {
    const body = new URLSearchParams({ grant_type: 'password', username: $('client').value, password: $('secret').value });
    const answer = await fetch('v2/token', { method: 'POST', body });
    $('secret').value = '';
    if (!answer.ok) {
      askToLogIn(answer.status === 429 ? 'Too many attempts; try again later.' : 'Client id or secret is wrong.');
      return;
    }

    useToken((await answer.json()).accessToken);
  } catch {
    askToLogIn('The service does not answer.');
    return;
  }

  showLogIn(false);
  forget();
  watch();
}

$('login').addEventListener('submit', logIn);
$('session').addEventListener('click', () => {
  if (token === null) {
    askToLogIn('');
  } else {
    useToken(null);
    forget();
    watch();
  }
});
$('minutes').addEventListener('toggle', () => latest && show(latest));
watch();
