// WebKit, the engine of every browser on an iPhone: WebKitGTK by plain WebDriver, on a hidden display.
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { vi } from 'vitest';
import { PATIENCE } from '../../harness/deadline.js';
import { Child, newFolder } from './child.js';
import { asJson, type Driver, type Place, type Size, type Tab } from './driver.js';

type Answer = Readonly<Record<string, unknown>>;

const WINDOW: Size = { width: 1400, height: 950 };

export interface WebKitPrograms {
  readonly xvfb: string;
  readonly driver: string;
  readonly browser: string;
}

export async function startWebKit({ xvfb, driver, browser }: WebKitPrograms): Promise<Driver> {
  const screen = ['-displayfd', '1', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp'];
  const display = new Child(xvfb, screen, process.env, newFolder());
  const env = {
    ...process.env,
    DISPLAY: `:${await display.says(/^(\d+)$/)}`,
    LIBGL_ALWAYS_SOFTWARE: '1',
    WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
  };
  return {
    device: (size) => newDevice(driver, browser, env, size),
    close: () => display.end(),
  };
}

/** A driver has one session, and a session is a separate browser that forgets everything. */
async function newDevice(driver: string, binary: string, env: NodeJS.ProcessEnv, size: Size): Promise<Tab> {
  const port = await freePort();
  const child = new Child(driver, [`--port=${port}`], env, newFolder());
  const origin = `http://127.0.0.1:${port}`;
  await vi.waitFor(() => fetch(`${origin}/status`), { timeout: PATIENCE });
  const wanted = { 'webkitgtk:browserOptions': { binary, args: ['--automation'] } };
  const { sessionId } = await ask(`${origin}/session`, { capabilities: { alwaysMatch: wanted } });
  const tab = new WebKitTab(`${origin}/session/${sessionId as string}`, size, child);
  await tab.start();
  return tab;
}

/** No window is as narrow as a phone: the page is in a frame of that size, within a window that is never smaller. */
class WebKitTab implements Tab {
  constructor(
    private readonly session: string,
    private size: Size,
    private readonly child: Child,
  ) {}

  async start(): Promise<void> {
    await ask(`${this.session}/window/rect`, { x: 0, y: 0, ...WINDOW });
  }

  async goto(url: string): Promise<void> {
    // Any address of the same origin that allows a frame will do.
    await ask(`${this.session}/url`, { url: new URL('/healthz', url).href });
    const frame = await this.run(
      `document.body.innerHTML = '<iframe style="position: fixed; left: 0; top: 0; border: 0"></iframe>';
       return document.body.firstChild;`,
    );
    await this.resize(this.size);
    await this.run(
      `const [frame, url] = arguments;
       return new Promise((resolve) => { frame.onload = () => resolve(); frame.src = url; });`,
      frame,
      url,
    );
    await ask(`${this.session}/frame`, { id: frame });
  }

  async evaluate(expression: string): Promise<string | undefined> {
    return (await this.run(`return ${asJson(expression)}`)) as string | undefined;
  }

  async resize(size: Size): Promise<void> {
    this.size = size;
    await this.run(
      `const { style } = window.frameElement ?? document.querySelector('iframe');
       [style.width, style.height] = arguments;`,
      `${size.width}px`,
      `${size.height}px`,
    );
  }

  pull(from: Place, to: Place): Promise<void> {
    return this.act([
      { type: 'pointerMove', ...from },
      { type: 'pointerDown', button: 0 },
      { type: 'pointerMove', ...to },
    ]);
  }

  release(): Promise<void> {
    return this.act([{ type: 'pointerUp', button: 0 }]);
  }

  close(): Promise<void> {
    return this.child.end();
  }

  private run(script: string, ...args: unknown[]): Promise<unknown> {
    return ask(`${this.session}/execute/sync`, { script, args });
  }

  private async act(actions: object[]): Promise<void> {
    const finger = { type: 'pointer', id: 'finger', parameters: { pointerType: 'mouse' }, actions };
    await ask(`${this.session}/actions`, { actions: [finger] });
  }
}

async function ask(url: string, body: object): Promise<Answer> {
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
  const { value } = (await response.json()) as { value: Answer };
  if (!response.ok) throw new Error(`${url}: ${JSON.stringify(value)}`);
  return value;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
