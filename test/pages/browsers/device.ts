// A screen or a phone in any browser, used as a guest uses it.
import { vi } from 'vitest';
import { PATIENCE } from '../../harness/deadline.js';
import { findColour } from '../party/find-colour.js';
import type { Driver, Place, Size, Tab } from './driver.js';

export const SCREEN: Size = { width: 1280, height: 720 };
export const PHONE: Size = { width: 390, height: 844 };

export class Device {
  private constructor(private readonly tab: Tab) {}

  static async open(driver: Driver, size: Size, url: string): Promise<Device> {
    const device = new Device(await driver.device(size));
    await device.goto(url);
    return device;
  }

  async goto(url: string): Promise<void> {
    await this.tab.goto(url);
    await this.until(`location.href === ${JSON.stringify(url)} && document.readyState === 'complete'`);
  }

  /** Loads its page again, as a guest does. */
  async reload(): Promise<void> {
    await this.read('void (window.isOld = true)');
    await this.tab.goto(await this.read<string>('location.href'));
    await this.until(`!window.isOld && document.readyState === 'complete'`);
  }

  async read<T>(expression: string): Promise<T> {
    const json = await this.tab.evaluate(expression);
    return (json === undefined ? undefined : JSON.parse(json)) as T;
  }

  /** Waits until the expression is true in the page. */
  async until(expression: string): Promise<void> {
    const look = async (): Promise<void> => {
      if (!(await this.read<boolean>(`Boolean(${expression})`))) throw new Error(`not yet: ${expression}`);
    };
    await vi.waitFor(look, { timeout: PATIENCE, interval: 100 });
  }

  untilState(state: string): Promise<void> {
    return this.until(`document.body.dataset.state === '${state}'`);
  }

  text(selector: string): Promise<string> {
    return this.read(`document.querySelector('${selector}').textContent`);
  }

  /** Fills in the form of a phone, and drives. */
  async drive(name: string, colour: number): Promise<void> {
    await this.untilState('joined');
    await this.read(`(() => {
      document.getElementById('name').value = '${name}';
      document.querySelectorAll('#colours input')[${colour}].click();
      document.querySelector('.go').click();
    })()`);
    await this.until(`document.body.dataset.view === 'drive'`);
  }

  /** Pulls the stick all the way, from the middle of the pad. */
  async pull(x: number, y: number): Promise<void> {
    const middle = await this.read<Place>(`(({ left, top, width, height }) =>
      ({ x: Math.round(left + width / 2), y: Math.round(top + height / 2) })
    )(document.getElementById('pad').getBoundingClientRect())`);
    await this.tab.pull(middle, { x: middle.x + Math.round(x * 80), y: middle.y + Math.round(y * 80) });
  }

  release(): Promise<void> {
    return this.tab.release();
  }

  close(): Promise<void> {
    return this.tab.close();
  }

  resize(size: Size): Promise<void> {
    return this.tab.resize(size);
  }

  /** Waits until a big screen draws the car of that colour, farther away than a shiver from `from` if that is given. */
  async car(colour: number | 'grey', from?: Place): Promise<Place> {
    return vi.waitFor(
      async () => {
        const place = await this.read<Place | undefined>(findColour(colour));
        if (!place || (from && Math.hypot(place.x - from.x, place.y - from.y) < 30))
          throw new Error('no car');
        return place;
      },
      { timeout: PATIENCE, interval: 100 },
    );
  }

  /** Waits until the badge of that driver on a big screen shows one of those qualities. */
  untilBadge(name: string, ...qualities: string[]): Promise<void> {
    return this.until(`[...document.querySelectorAll('#drivers li')].some((row) =>
      row.querySelector('.name').textContent === '${name}' &&
      ${JSON.stringify(qualities)}.includes(row.querySelector('.link').dataset.quality))`);
  }

  /** The same on a phone. */
  untilLink(...qualities: string[]): Promise<void> {
    return this.until(
      `${JSON.stringify(qualities)}.includes(document.getElementById('link').dataset.quality)`,
    );
  }

  /** How much of the number plate is cut off, on how many lines its code stands, and how much hangs over the edge. */
  async shape(): Promise<{ cut: number; lines: number; over: number }> {
    return this.read(SHAPE);
  }
}

const SHAPE = `(() => {
  const beyond = ({ scrollWidth, clientWidth }) => scrollWidth - clientWidth;
  const text = document.createRange();
  text.selectNodeContents(document.querySelector('.plate span'));
  return {
    cut: beyond(document.querySelector('.plate')),
    lines: new Set([...text.getClientRects()].map(({ top }) => top)).size,
    over: beyond(document.documentElement),
  };
})()`;
