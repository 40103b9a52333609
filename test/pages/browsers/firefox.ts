// Firefox by WebDriver BiDi, which is built into it.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Channel } from './channel.js';
import { Child, newFolder } from './child.js';
import { asJson, type Driver, type Place, type Size, type Tab } from './driver.js';

// It speaks only to the pages that it is sent to.
const PREFERENCES = {
  'app.update.disabledForTesting': true,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.homepage_override.mstone': 'ignore',
  'datareporting.policy.dataSubmissionEnabled': false,
  'extensions.update.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'services.settings.server': 'data:,',
  'toolkit.telemetry.enabled': false,
};

export async function startFirefox(program: string): Promise<Driver> {
  const folder = newFolder();
  const lines = Object.entries(PREFERENCES).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
  );
  writeFileSync(join(folder, 'user.js'), lines.join('\n'));
  const args = ['--headless', '--no-remote', '--profile', folder, '--remote-debugging-port', '0'];
  const child = new Child(program, args, { ...process.env, HOME: folder }, folder);
  const channel = await Channel.open(`${await child.says(/BiDi listening on (ws:\S+)/)}/session`);
  await channel.send('session.new', { capabilities: {} });
  return {
    device: (size) => newDevice(channel, size),
    close: () => {
      channel.close();
      return child.end();
    },
  };
}

async function newDevice(channel: Channel, size: Size): Promise<Tab> {
  const { userContext } = await channel.send('browser.createUserContext', {});
  const { context } = await channel.send('browsingContext.create', {
    // A separate window: a tab that is not in front draws nothing.
    type: 'window',
    userContext,
  });
  const tab = new FirefoxTab(channel, context as string, userContext as string);
  await tab.resize(size);
  return tab;
}

class FirefoxTab implements Tab {
  constructor(
    private readonly channel: Channel,
    private readonly context: string,
    private readonly user: string,
  ) {}

  async goto(url: string): Promise<void> {
    await this.channel.send('browsingContext.navigate', { context: this.context, url, wait: 'complete' });
  }

  async evaluate(expression: string): Promise<string | undefined> {
    const { result, exceptionDetails } = await this.channel.send('script.evaluate', {
      expression: asJson(expression),
      target: { context: this.context },
      awaitPromise: true,
    });
    if (exceptionDetails) throw new Error(JSON.stringify(exceptionDetails));
    return (result as { value?: string }).value;
  }

  async resize(viewport: Size): Promise<void> {
    await this.channel.send('browsingContext.setViewport', { context: this.context, viewport });
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

  async close(): Promise<void> {
    await this.channel.send('browser.removeUserContext', { userContext: this.user });
  }

  private async act(actions: object[]): Promise<void> {
    const finger = { type: 'pointer', id: 'finger', parameters: { pointerType: 'mouse' }, actions };
    await this.channel.send('input.performActions', { context: this.context, actions: [finger] });
  }
}
