// Elements are made of text and attributes alone, never of markup.

export const $ = (id) => document.getElementById(id);

const svgNames = new Set(['svg', 'rect', 'path', 'line', 'title']);

export function el(name, attributes = {}, ...children) {
  const node = svgNames.has(name) ? document.createElementNS('http://www.w3.org/2000/svg', name) : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    node.setAttribute(key, value);
  }

  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** A table that scrolls sideways where it must. Columns: { title, figure?, className?, cell(row) }; the first names its row. */
export function table(caption, columns, rows) {
  const classOf = (column) => ({ class: [column.figure ? 'figure' : '', column.className ?? ''].join(' ').trim() });
  const head = el('tr', {}, ...columns.map((column) => el('th', { scope: 'col', ...classOf(column) }, column.title)));
  const body = rows.map((row) => el('tr', {}, ...columns.map((column, index) =>
    el(index === 0 ? 'th' : 'td', { ...(index === 0 ? { scope: 'row' } : {}), ...classOf(column) }, column.cell(row)))));
  return el('div', { class: 'scroll' }, el('table', {},
    el('caption', { class: 'hidden-text' }, caption), el('thead', {}, head), el('tbody', {}, ...body)));
}
