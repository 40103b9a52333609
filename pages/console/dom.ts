/** Elements, made and found. Text is only ever put in as text: nothing here knows HTML. */

/** The element with that id. A page without it is our mistake. */
export function element<T extends Element = HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no element #${id}.`);
  return found as unknown as T;
}

export type Child = Node | string;

/** A new element, with a class and what is in it. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className = '',
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (className !== '') made.className = className;
  made.append(...children);
  return made;
}

/** New cells of a table, one for each class. */
export function cells<const N extends readonly string[]>(...classes: N): { [I in keyof N]: HTMLElement } {
  return classes.map((name) => make('td', name)) as { [I in keyof N]: HTMLElement };
}

export function button(className: string, label: string, press: () => void): HTMLButtonElement {
  const made = make('button', className, label);
  made.type = 'button';
  made.addEventListener('click', press);
  return made;
}

/** Writes only what has changed, so that a selection is kept and the page need not be laid out again. */
export function write(target: Element, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}

/** One line of a list: an element, and how it is brought up to date. */
export interface Line<T> {
  readonly element: HTMLElement;
  update(item: T): void;
}

/** A list whose elements stay the same as long as their items do, so that focus and scrolling do. */
export class List<T> {
  private lines = new Map<string, Line<T>>();

  constructor(
    private readonly parent: Element,
    private readonly keyOf: (item: T) => string,
    private readonly lineFor: (item: T) => Line<T>,
  ) {}

  show(items: readonly T[]): void {
    const lines = new Map<string, Line<T>>();
    for (const item of items) {
      const key = this.keyOf(item);
      const line = this.lines.get(key) ?? this.lineFor(item);
      line.update(item);
      lines.set(key, line);
    }
    for (const [key, line] of this.lines) if (!lines.has(key)) line.element.remove();
    this.lines = lines;
    this.order([...lines.values()].map((line) => line.element));
  }

  private order(elements: readonly HTMLElement[]): void {
    elements.forEach((element, at) => {
      const there = this.parent.children.item(at);
      if (there !== element) this.parent.insertBefore(element, there);
    });
  }
}
