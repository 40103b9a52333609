// A phone in a browser: a small display, a finger, and a pocket to put it into.
import type { BrowserContextOptions, CDPSession, Page } from 'playwright-core';
import { type Devices, PHONE } from './browser.js';

export class Phone {
  private constructor(
    readonly page: Page,
    private readonly devtools: CDPSession,
  ) {}

  /** Scans the QR code, so to speak. `origin` may be that of a proxy; `script` runs before those of the page. */
  static async scan(
    devices: Devices,
    origin: string,
    path: string,
    options: BrowserContextOptions = PHONE,
    script = '',
  ): Promise<Phone> {
    const page = await devices.page(origin, options);
    await page.addInitScript(POCKET + script);
    const devtools = await page.context().newCDPSession(page);
    await page.goto(`${origin}${path}`);
    return new Phone(page, devtools);
  }

  /** Fills in the form and drives. */
  async drive(name: string, colour: number): Promise<void> {
    await this.page.fill('#name', name);
    await this.page.locator('#colours input').nth(colour).check();
    await this.page.getByRole('button', { name: 'Drive' }).click();
    await this.page.waitForSelector('body[data-view=drive]');
  }

  /** Puts a finger on the pad and pulls; right and down are positive, 1 is all the way. */
  async pull(x: number, y: number): Promise<void> {
    const [startX, startY] = [195, 420];
    await this.touch('touchStart', startX, startY);
    await this.touch('touchMove', startX + x * 80, startY + y * 80);
  }

  async release(): Promise<void> {
    await this.devtools.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  }

  /** Tells how many greetings of a screen came since now, over all connections: the one that there is, and later ones. */
  async greetings(): Promise<() => number> {
    let count = 0;
    await this.devtools.send('Network.enable');
    this.devtools.on('Network.webSocketFrameReceived', ({ response }) => {
      if (response.payloadData.includes('"type":"welcome"')) count++;
    });
    return () => count;
  }

  /** Waits until the phone felt something: `navigator.vibrate` was called. */
  async untilFelt(): Promise<void> {
    await this.page.waitForSelector('html[data-felt]');
  }

  /** Waits until the phone knows how good its link is. */
  async untilMeasured(): Promise<void> {
    await this.page.waitForSelector('#link[data-quality=good], #link[data-quality=fair]');
  }

  async quality(): Promise<string | null> {
    return this.page.locator('#link').getAttribute('data-quality');
  }

  async untilState(state: string): Promise<void> {
    await this.page.waitForSelector(`body[data-state=${state}]`);
  }

  /** Out of sight, and frozen as phones do it. */
  async pocket(): Promise<void> {
    await this.page.evaluate('window.setVisibility("hidden")');
    await this.devtools.send('Page.setWebLifecycleState', { state: 'frozen' });
  }

  async takeOut(): Promise<void> {
    await this.devtools.send('Page.setWebLifecycleState', { state: 'active' });
    await this.page.evaluate('window.setVisibility("visible")');
  }

  private async touch(type: 'touchStart' | 'touchMove', x: number, y: number): Promise<void> {
    await this.devtools.send('Input.dispatchTouchEvent', { type, touchPoints: [{ x, y }] });
  }
}

// Headless Chromium never hides a page and has no motor: the test tells the page what a phone would tell it.
const POCKET = `
  let visibility = 'visible';
  Object.defineProperty(document, 'visibilityState', { get: () => visibility });
  window.setVisibility = (state) => {
    visibility = state;
    document.dispatchEvent(new Event('visibilitychange'));
  };
  navigator.vibrate = function (pattern) {
    // As strict as the real one.
    if (this !== navigator) throw new TypeError('Illegal invocation');
    return Boolean((document.documentElement.dataset.felt = pattern));
  };
`;
