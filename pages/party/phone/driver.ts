/** Who drives: a name and a colour, remembered for the next party. */
import { COLOURS } from '../shared/colours.js';
import { recall, remember } from '../shared/memory.js';
import { cutName, readableName } from '../shared/names.js';
import { element } from '../shared/page.js';

export interface Driver {
  readonly name: string;
  /** An index of COLOURS. */
  readonly colour: number;
}

const KEY = 'carparty:driver';

/** Fills the form with what is remembered, or a colour at random, and calls `ready` whenever it is sent. */
export function askDriver(ready: (driver: Driver) => void): void {
  const form = element<HTMLFormElement>('driver');
  const name = element<HTMLInputElement>('name');
  const last = known();
  name.value = last?.name ?? '';
  const chosen = last?.colour ?? Math.floor(Math.random() * COLOURS.length);
  element('colours').append(...COLOURS.map((_, index) => swatch(index, index === chosen)));
  paintPage(chosen);
  name.addEventListener('input', (event) => {
    // A half-typed sign is left to the keyboard.
    if (!event.isComposing) keepShort(name);
  });
  name.addEventListener('compositionend', () => keepShort(name));
  form.addEventListener('change', () => paintPage(colourIn(form)));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const driver = { name: readableName(name.value), colour: colourIn(form) };
    remember('localStorage', KEY, driver);
    ready(driver);
  });
}

/** `maxlength` would count code units, and cut a family in two. */
function keepShort(name: HTMLInputElement): void {
  const short = cutName(name.value);
  if (short !== name.value) name.value = short;
}

function colourIn(form: HTMLFormElement): number {
  return Number(new FormData(form).get('colour') ?? 0);
}

function swatch(index: number, checked: boolean): HTMLElement {
  const { name, paint } = COLOURS[index] ?? { name: '', paint: '' };
  const label = document.createElement('label');
  const radio = document.createElement('input');
  Object.assign(radio, { type: 'radio', name: 'colour', value: String(index), checked });
  radio.setAttribute('aria-label', name);
  label.style.setProperty('--paint', paint);
  label.append(radio);
  return label;
}

/** The whole page wears the colour of the car. */
function paintPage(colour: number): void {
  document.body.style.setProperty('--paint', COLOURS[colour]?.paint ?? '');
}

function known(): Driver | undefined {
  const { name, colour } = (recall('localStorage', KEY) ?? {}) as Partial<Driver>;
  return typeof name === 'string' && typeof colour === 'number' && COLOURS[colour]
    ? { name, colour }
    : undefined;
}
