// Chromium by its own protocol, which the oldest that are tested speak as well as the newest.
import { Channel } from './channel.js';
import { Child, newFolder } from './child.js';
import { asJson, type Driver, type Place, type Size, type Tab } from './driver.js';

const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--hide-scrollbars'];
// What the builds for servers without fonts and without a process for each page need.
const IN_ONE = ['--no-zygote', '--disable-software-rasterizer'];

export async function startChromium(program: string, isOld = false): Promise<Driver> {
  const folder = newFolder();
  const flags = [
    ...FLAGS,
    ...(isOld ? IN_ONE : []),
    '--remote-debugging-port=0',
    `--user-data-dir=${folder}`,
  ];
  const child = new Child(program, [...flags, 'about:blank'], process.env, folder);
  const channel = await Channel.open(await child.says(/listening on (ws:\S+)/));
  return {
    device: (size) => newDevice(channel, size),
    close: () => {
      channel.close();
      return child.end();
    },
  };
}

async function newDevice(channel: Channel, size: Size): Promise<Tab> {
  const { browserContextId } = await channel.send('Target.createBrowserContext', {});
  const { targetId } = await channel.send('Target.createTarget', { url: 'about:blank', browserContextId });
  const { sessionId } = await channel.send('Target.attachToTarget', { targetId, flatten: true });
  const tab = new ChromiumTab(
    (method, params) => channel.send(method, params, { sessionId }),
    () => channel.send('Target.disposeBrowserContext', { browserContextId }),
  );
  await tab.resize(size);
  return tab;
}

type Send = (method: string, params: object) => Promise<Record<string, unknown>>;

class ChromiumTab implements Tab {
  constructor(
    private readonly send: Send,
    private readonly dispose: () => Promise<unknown>,
  ) {}

  async goto(url: string): Promise<void> {
    await this.send('Page.navigate', { url });
  }

  async evaluate(expression: string): Promise<string | undefined> {
    const params = { expression: asJson(expression), awaitPromise: true, returnByValue: true };
    const { result, exceptionDetails } = await this.send('Runtime.evaluate', params);
    if (exceptionDetails) throw new Error(JSON.stringify(exceptionDetails));
    return (result as { value?: string }).value;
  }

  async resize({ width, height }: Size): Promise<void> {
    const metrics = { width, height, deviceScaleFactor: 1, mobile: false };
    await this.send('Emulation.setDeviceMetricsOverride', metrics);
  }

  async pull(from: Place, to: Place): Promise<void> {
    await this.mouse('mousePressed', from);
    await this.mouse('mouseMoved', to);
  }

  release(): Promise<void> {
    return this.mouse('mouseReleased', { x: 0, y: 0 });
  }

  async close(): Promise<void> {
    await this.dispose();
  }

  private async mouse(type: string, { x, y }: Place): Promise<void> {
    await this.send('Input.dispatchMouseEvent', { type, x, y, button: 'left', buttons: 1, clickCount: 1 });
  }
}
