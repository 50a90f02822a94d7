import { el } from './dom.js';

const width = 240;
const height = 48;

/** A bar for each minute; the last is the current one. */
export function bars(label, minutes) {
  const most = Math.max(...minutes, 1);
  const step = width / minutes.length;
  return el('svg', { class: 'chart', viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: 'none', role: 'img', 'aria-label': label },
    el('line', { class: 'base', x1: 0, x2: width, y1: height, y2: height }),
    ...minutes.map((count, index) => {
      const tall = count === 0 ? 0 : Math.max(2, (count / most) * height);
      const now = index === minutes.length - 1 ? ' now' : '';
      return el('rect', { class: `bar${now}`, x: index * step + 0.5, y: height - tall, width: step - 1, height: tall });
    }));
}

/** A line over the minutes that have a value. */
export function spark(label, minutes) {
  const most = Math.max(...minutes.filter((value) => value !== null), 0.001);
  const step = width / (minutes.length - 1);
  let path = '';
  minutes.forEach((value, index) => {
    if (value !== null) {
      const isFirst = index === 0 || minutes[index - 1] === null;
      const at = `${(index * step).toFixed(1)} ${(height - (value / most) * height).toFixed(1)}`;
      path += isFirst ? `M${at}h0.01` : `L${at}`;
    }
  });
  return el('svg', { class: 'spark', viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: 'none', role: 'img', 'aria-label': label },
    el('line', { class: 'base', x1: 0, x2: width, y1: height, y2: height }),
    el('path', { class: 'line', d: path }));
}

/** A part of a whole; the number stands beside it. */
export function share(part) {
  return el('svg', { class: 'share', viewBox: '0 0 100 10', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
    el('rect', { class: 'whole', width: 100, height: 10 }),
    el('rect', { class: 'part', width: Math.min(1, part) * 100, height: 10 }));
}
