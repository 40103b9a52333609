/** The list of drivers beside the arena, best first; it is also what a screen reader reads. */
import { colourOf } from '../shared/colours.js';
import { describeLink, qualityOf } from '../shared/round-trip.js';
import type { Car } from './car.js';

/** Shows the drivers in `list`; what stays the same is not touched, so that nothing is read out twice. */
export function showDrivers(list: HTMLElement, cars: Iterable<Car>, now: number): void {
  const drivers = [...cars].filter(({ name }) => name).sort((a, b) => b.score - a.score);
  while (list.children.length > drivers.length) list.lastElementChild?.remove();
  drivers.forEach((car, index) => {
    const row = list.children[index] ?? list.appendChild(newRow());
    showDriver(row, car, now);
  });
}

function newRow(): HTMLElement {
  const row = document.createElement('li');
  for (const part of ['swatch', 'name', 'score', 'link']) {
    const span = document.createElement('span');
    span.className = part;
    row.append(span);
  }
  return row;
}

function showDriver(row: Element, car: Car, now: number): void {
  const [swatch, name, score, link] = [...row.children] as HTMLElement[];
  const milliseconds = car.roundTrips.current(now);
  swatch?.style.setProperty('--paint', colourOf(car.colour).paint);
  write(name, car.name);
  write(score, car.score === 0 ? '' : `★ ${car.score}`);
  write(link, car.isAway ? 'away' : describeLink(milliseconds));
  if (link) link.dataset['quality'] = car.isAway ? 'unknown' : qualityOf(milliseconds);
  row.classList.toggle('away', car.isAway);
}

function write(part: HTMLElement | undefined, text: string): void {
  if (part && part.textContent !== text) part.textContent = text;
}
