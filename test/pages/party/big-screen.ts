// The big screen in a browser, read as a person reads it: texts, and colours on the canvas.
import type { BrowserContextOptions, Page } from 'playwright-core';
import type { Devices } from './browser.js';
import { findColour } from './find-colour.js';

// Small, since it is drawn without a graphics card here.
const SCREEN: BrowserContextOptions = { viewport: { width: 800, height: 450 } };

/** A place on the canvas, in its pixels. */
export interface Place {
  x: number;
  y: number;
}

export class BigScreen {
  private constructor(readonly page: Page) {}

  /** Resolves when the party is open. `script` runs before those of the page. */
  static async open(
    devices: Devices,
    origin: string,
    options: BrowserContextOptions = {},
    script = '',
  ): Promise<BigScreen> {
    const screen = new BigScreen(await devices.page(origin, { ...SCREEN, ...options }));
    await screen.page.addInitScript(script);
    await screen.page.goto(`${origin}/party`);
    await screen.page.waitForSelector('body[data-state=joined]');
    return screen;
  }

  async code(): Promise<string> {
    return this.page.locator('#code').innerText();
  }

  /** The list of drivers, a line for each. */
  async drivers(): Promise<string[]> {
    const rows = await this.page.locator('#drivers li').allInnerTexts();
    return rows.map((row) => row.replace(/\s+/g, ' '));
  }

  /** Waits until the driver is there and was measured; returns the badge. */
  async badge(name: string): Promise<{ text: string; quality: string | null }> {
    const badge = this.driver(name).locator(
      '.link[data-quality=good], .link[data-quality=fair], .link[data-quality=bad]',
    );
    return { text: await badge.innerText(), quality: await badge.getAttribute('data-quality') };
  }

  async untilAway(name: string): Promise<void> {
    await this.driver(name).and(this.page.locator('.away')).waitFor();
  }

  async untilBack(name: string): Promise<void> {
    await this.driver(name).and(this.page.locator(':not(.away)')).waitFor();
  }

  /** The stars of that driver, as the list shows them. */
  async stars(name: string): Promise<string> {
    return this.driver(name).locator('.score').innerText();
  }

  /** Where the car of that colour is drawn; undefined if it is not. */
  async car(colour: number | 'grey'): Promise<Place | undefined> {
    return this.page.evaluate(findColour(colour));
  }

  /** Waits until the car of that colour is drawn, and tells on which side it has room: 1 is right or down, -1 the other. */
  async room(colour: number): Promise<{ start: Place; x: number; y: number }> {
    const { width = 0, height = 0 } = (await this.page.locator('#arena').boundingBox()) ?? {};
    for (;;) {
      const start = await this.car(colour);
      if (start) return { start, x: start.x < width / 2 ? 1 : -1, y: start.y < height / 2 ? 1 : -1 };
      await this.frame();
    }
  }

  /** Waits until the car is somewhere else, by more than a shiver. */
  async untilMoved(colour: number, from: Place): Promise<void> {
    for (;;) {
      const place = await this.car(colour);
      if (place && Math.hypot(place.x - from.x, place.y - from.y) > 30) return;
      await this.frame();
    }
  }

  /** Waits until no car of that colour is drawn. */
  async untilGone(colour: number): Promise<void> {
    while (await this.car(colour)) await this.frame();
  }

  /** Waits until the grey car, which must be the only one, stands still. */
  async untilParked(): Promise<void> {
    for (let before: Place | undefined; ;) {
      const place = await this.car('grey');
      if (place && before && Math.hypot(place.x - before.x, place.y - before.y) < 0.5) return;
      before = place;
      await this.frame();
    }
  }

  async frame(): Promise<void> {
    await this.page.evaluate('new Promise(requestAnimationFrame)');
  }

  driver(name: string): ReturnType<Page['locator']> {
    return this.page.locator('#drivers li').filter({ has: this.page.getByText(name, { exact: true }) });
  }
}
