import { bars, share, spark } from './charts.js';
import { $, el, table } from './dom.js';

const number = new Intl.NumberFormat();
const compact = new Intl.NumberFormat(undefined, { notation: 'compact', maximumFractionDigits: 1 });
const percent = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 0 });
const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const shortDayAndClock = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
const dayAndClock = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

const roles = { Silo: 'Silo', Gateway: 'Gateway', Combined: 'Gateway and silo' };
const kinds = { Sends: 'Send', Verifies: 'Verify', CallersRefused: 'Caller' };

const words = (name) => {
  const text = name.replaceAll(/[_-]/g, ' ').replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return text.charAt(0).toUpperCase() + text.slice(1);
};

const milliseconds = (value) => {
  if (value === null) {
    return '–';
  }

  return value >= 1000 ? `${(value / 1000).toFixed(1)} s` : `${value >= 10 ? value.toFixed(0) : value.toFixed(value < 1 ? 2 : 1)} ms`;
};

const prefix = (kind) => (/^\d+$/.test(kind) ? `+${kind}` : kind === 'email' ? 'E-mail' : words(kind));

const none = (text) => el('p', { class: 'soft' }, text);

function tile(id, figure, note, chart) {
  $(id).replaceChildren($(id).firstElementChild, el('span', { class: 'number' }, figure), el('span', { class: 'note' }, note), chart);
}

function flowTile(id, name, flow) {
  const label = `${name} each minute of the last hour: ${flow.hour} in all, at most ${Math.max(...flow.minutes)} in a minute`;
  tile(id, compact.format(flow.hour), `${number.format(flow.lastMinute)} in the last minute`, bars(label, flow.minutes));
}

function conversionTile(sent, verified) {
  // Of each minute's codes, how many came back: a code may be verified in a later minute than it was sent in.
  const shares = sent.minutes.map((count, index) => (count === 0 ? 0 : Math.min(1, verified.minutes[index] / count)));
  const whole = sent.hour === 0 ? '–' : percent.format(Math.min(1, verified.hour / sent.hour));
  tile('conversion', whole, `${number.format(verified.hour)} of ${number.format(sent.hour)} codes`,
    bars(`Share of codes verified each minute of the last hour: ${whole} in all`, shares));
}

function conversions(rows) {
  return rows.length === 0 ? none('No code was sent in the last hour.') : table('Conversion by country prefix', [
    { title: 'Prefix', cell: (row) => prefix(row.prefix) },
    { title: 'Sent', figure: true, cell: (row) => number.format(row.sent) },
    { title: 'Verified', figure: true, cell: (row) => number.format(row.verified) },
    { title: 'Share', figure: true, cell: (row) => (row.sent === 0 ? '–' : percent.format(Math.min(1, row.verified / row.sent))) },
    { title: el('span', { class: 'hidden-text' }, 'Chart'), className: 'wide', cell: (row) => share(row.sent === 0 ? 0 : row.verified / row.sent) },
  ], rows);
}

function refusals(rows) {
  return rows.length === 0 ? none('Nothing was refused in the last hour.') : table('Refusals by reason', [
    { title: 'Reason', cell: (row) => words(row.reason) },
    { title: 'Of', cell: (row) => kinds[row.measure] },
    { title: 'Last minute', figure: true, cell: (row) => number.format(row.lastMinute) },
    { title: 'Last hour', figure: true, cell: (row) => number.format(row.hour) },
  ], rows);
}

function receipts(rows) {
  return rows.length === 0 ? none('No provider reported on a message in the last hour.') : table('Receipts by provider', [
    { title: 'Provider', cell: (row) => row.provider },
    { title: 'State', cell: (row) => (row.reason === '' ? words(row.state) : `${words(row.state)}: ${words(row.reason).toLowerCase()}`) },
    { title: 'Last minute', figure: true, cell: (row) => number.format(row.lastMinute) },
    { title: 'Last hour', figure: true, cell: (row) => number.format(row.hour) },
  ], rows);
}

const failed = (row) => Object.values(row.failures).reduce((sum, count) => sum + count, 0);

const why = (row) => (failed(row) === 0
  ? null
  : el('span', { class: 'why' }, Object.entries(row.failures).map(([reason, count]) => `${words(reason)} ${number.format(count)}`).join(', ')));

const code = (text) => el('code', {}, text);

function eventsOut(rows) {
  const parked = rows.reduce((sum, row) => sum + row.parked, 0);
  const busy = rows.filter((row) => row.delivered + failed(row) + row.lost + row.waitingTargets + row.parked > 0);
  return busy.length === 0 ? none('There was no event in the last hour. None waits, and none is parked.') : el('div', {},
    table('Events out by program', [
      { title: 'Program', cell: (row) => el('span', {}, row.program, why(row),
        row.lost === 0 ? null : el('span', { class: 'why' }, `${number.format(row.lost)} lost`)) },
      { title: 'Delivered', figure: true, cell: (row) => compact.format(row.delivered) },
      { title: 'Failed', figure: true, cell: (row) => compact.format(failed(row)) },
      { title: 'Waiting', figure: true, cell: (row) => el('span', {}, compact.format(row.waitingTargets),
        row.waitingSince === null ? null : el('span', { class: 'kind' }, `since ${shortDayAndClock.format(new Date(row.waitingSince))}`)) },
      { title: 'Parked', figure: true, cell: (row) => number.format(row.parked) },
    ], busy),
    el('p', { class: 'hint' },
      'In the last hour: events that were delivered, and attempts that failed. Now: targets whose events wait, and events that are parked.'),
    parked === 0 ? null : el('p', { class: 'hint bad' },
      `${number.format(parked)} ${parked === 1 ? 'event is' : 'events are'} parked and not tried any more. `, code('GET /admin/events'), ' shows them, ',
      code('POST /admin/events/replay'), ' posts them once more.'));
}

function blocks(guards, isOfAll) {
  const rows = guards.flatMap((guard) => guard.latest.map((blocked) => ({ program: guard.program, ...blocked })));
  const hidden = guards.reduce((sum, guard) => sum + guard.blocked, 0) - rows.length;
  const more = hidden === 0 ? [] : [`${number.format(hidden)} more were blocked earlier: `, code('GET /admin/prefixes'), ' shows all. '];
  const at = (instant) => shortDayAndClock.format(new Date(instant));
  return rows.length === 0 ? none('No prefix is blocked.') : el('div', {},
    table('Blocked prefixes', [
      { title: 'Prefix', cell: (row) => el('span', {}, row.prefix, isOfAll ? el('span', { class: 'kind' }, row.program) : null) },
      { title: 'Verified', figure: true, cell: (row) => `${number.format(row.conversions)} of ${number.format(row.sends)}` },
      { title: 'Since', figure: true, cell: (row) => at(row.blockedAt) },
      { title: 'Until', figure: true, cell: (row) => at(row.blockedUntil) },
    ], rows),
    el('p', { class: 'hint' }, ...more, 'A block ends by itself; ', code('DELETE /admin/prefixes/{prefix}'), ' lifts it.'));
}

function timings(caption, nothing, name, rows) {
  return rows.length === 0 ? none(nothing) : table(caption, [
    { title: name, cell: (row) => el('span', {}, row.name, el('span', { class: 'kind' }, prefix(row.kind)), why(row)) },
    { title: 'Done', figure: true, cell: (row) => compact.format(row.succeeded) },
    { title: 'Failed', figure: true, cell: (row) => compact.format(failed(row)) },
    { title: 'p50', figure: true, cell: (row) => milliseconds(row.p50) },
    { title: 'p95', figure: true, className: 'trend', cell: (row) => milliseconds(row.p95) },
    { title: 'p99', figure: true, cell: (row) => milliseconds(row.p99) },
    { title: 'p95 trend', figure: true, className: 'trend', cell: (row) => spark(`95th percentile of ${row.name} ${row.kind} over the last hour`, row.minutes) },
  ], rows);
}

function process(row) {
  const { silo, host, role, startedAt } = row.process;
  const pair = (term, value) => el('div', {}, el('dt', {}, term), el('dd', {}, value));
  const heard = row.state === 'Active' || row.state === 'Stopping' ? '' : `, last heard from at ${clock.format(new Date(row.heardAt))}`;
  return el('article', { class: 'card process' },
    el('h3', {}, silo ?? host, el('span', { class: 'state', 'data-state': row.state }, row.state)),
    el('p', { class: 'soft' }, `${roles[role]} on ${host}, up since ${dayAndClock.format(new Date(startedAt))}${heard}`),
    el('dl', {},
      pair('CPU', percent.format(row.load.cpu)),
      pair('Memory', `${number.format(Math.round(row.load.workingSet / 1048576))} MiB`),
      pair('Activations', row.load.activations === null ? '–' : compact.format(row.load.activations)),
      pair('Queued work', compact.format(row.load.queuedWork)),
      pair('Storage p50', milliseconds(row.storageP50)),
      pair('Storage p99', milliseconds(row.storageP99))));
}

function minutes(view) {
  const first = new Date(view.firstMinute).getTime();
  const rows = view.sent.minutes.map((sent, index) => ({
    at: clock.format(new Date(first + index * 60000)),
    sent,
    verified: view.verified.minutes[index],
    refused: view.refused.minutes[index],
  })).reverse();
  return table('Every minute of the hour', [
    { title: 'Minute', cell: (row) => row.at },
    { title: 'Sent', figure: true, cell: (row) => number.format(row.sent) },
    { title: 'Verified', figure: true, cell: (row) => number.format(row.verified) },
    { title: 'Refused', figure: true, cell: (row) => number.format(row.refused) },
  ], rows);
}

function section(id, rows, content) {
  $(id).closest('section').hidden = rows.length === 0;
  $(id).replaceChildren(content);
}

/** Shows one state of the figures. */
export function show(view) {
  // All programs are a developer's view: only there is an inbox.
  $('inbox-link').hidden = view.program !== null;
  $('audience').textContent = view.program === null ? 'All programs' : `Program ${view.program}`;
  flowTile('sent', 'Codes sent', view.sent);
  flowTile('verified', 'Codes verified', view.verified);
  flowTile('refused', 'Sends and verifies refused', view.refused);
  conversionTile(view.sent, view.verified);
  $('conversions').replaceChildren(conversions(view.conversions));
  $('refusals').replaceChildren(refusals(view.refusals));
  $('providers').replaceChildren(timings('Delivery by provider', 'Nothing was delivered in the last hour.', 'Provider', view.providers));
  $('receipts').replaceChildren(receipts(view.receipts));
  section('events', view.events, eventsOut(view.events));
  section('blocks', view.guards, blocks(view.guards, view.program === null));
  $('storages').replaceChildren(timings('Storage round trips', 'No storage was used in the last hour.', 'Storage', view.storages));
  $('processes').replaceChildren(...view.processes.map(process));
  if ($('minutes').open) {
    $('minutes-table').replaceChildren(minutes(view));
  }
}
