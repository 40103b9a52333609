// A real Chromium for the tests of a file; each page notes what a visitor should never see.
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';
import { afterEach, expect } from 'vitest';
import { findBrowser } from '../../setup/debian-program.mjs';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A screen of ten pictures a second: sixty, drawn without a graphics card, keep a core busy and show no more. */
const SLOW_SCREEN = `{
  const draw = requestAnimationFrame;
  window.requestAnimationFrame = (step) => setTimeout(() => draw(step), 90);
}`;

/** As wide and as sharp as most phones, with a touch display. */
export const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
};

/** The browser that the files of a worker share: one costs more to start than most tests. It ends with the worker. */
let shared: Promise<Browser> | undefined;

async function launch(): Promise<Browser> {
  const executablePath = findBrowser();
  if (executablePath === undefined) throw new Error('There is no Chromium: see test/setup/chromium.mjs.');
  return chromium.launch({ executablePath, args: FLAGS });
}

/** Each context in the browser is a separate device. */
export class Devices {
  /** Errors on consoles and uncaught ones, and requests that left the relay, of all pages of a test. */
  readonly complaints: string[] = [];
  private readonly contexts: BrowserContext[] = [];

  /** A page of a new device, not yet anywhere. `origin` is the only one it may speak to. */
  async page(origin: string, options: BrowserContextOptions = {}): Promise<Page> {
    const browser = await (shared ??= launch());
    const context = await browser.newContext(options);
    this.contexts.push(context);
    await context.addInitScript(SLOW_SCREEN);
    const page = await context.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') this.complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('request', (request) => {
      if (new URL(request.url()).host !== new URL(origin).host)
        this.complaints.push(`asked ${request.url()}`);
    });
    return page;
  }

  async putAway(): Promise<void> {
    this.complaints.length = 0;
    await Promise.all(this.contexts.splice(0).map((context) => context.close()));
  }

  /** For parties in which nothing is broken on purpose. */
  expectNoComplaints(): void {
    expect(this.complaints).toEqual([]);
  }
}

/** Devices for the tests of a file; all are taken away behind each. */
export function useDevices(): Devices {
  const devices = new Devices();
  afterEach(() => devices.putAway());
  return devices;
}
