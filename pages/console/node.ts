/** This node, and the limits in force. */
import type { Fact, Limit } from '../../src/operator/console/look.js';
import { element, List, make, write } from './dom.js';

const facts = new List<Fact>(
  element('facts'),
  ([name]) => name,
  ([name]) => {
    const value = make('dd');
    return {
      element: make('div', '', make('dt', '', name), value),
      update: ([, text]) => write(value, text),
    };
  },
);

export function showFacts(lines: readonly Fact[]): void {
  facts.show(lines);
}

/** They do not change while the relay runs. */
export function showLimits(limits: readonly Limit[]): void {
  const rows = limits.map(({ flag, value, help, isDefault }) => {
    const name = make('th', '', make('code', '', flag));
    name.scope = 'row';
    return make('tr', isDefault ? '' : 'changed', name, make('td', '', value), make('td', 'help', help));
  });
  element('limits').replaceChildren(...rows);
}
