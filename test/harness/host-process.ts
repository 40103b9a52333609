// A host in its own process, which can die as a crashing game does.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { within } from './deadline.js';
import { projectRoot } from './program.js';

const script = `
  import { WebSocket } from 'ws';
  const [url, login] = process.argv.slice(1);
  const ws = new WebSocket(url);
  ws.on('open', () => { ws.send(login); ws.send('no player hears this'); ws.ping(); });
  ws.on('pong', () => console.log('logged in'));
`;

/** A process that holds one WebSocket, logged in and answered. */
export class HostProcess {
  private constructor(private readonly child: ChildProcess) {}

  static async start(url: string, login: string): Promise<HostProcess> {
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script, url, login], {
      cwd: projectRoot,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await within(once(child.stdout, 'data'), 'a host in its own process');
    return new HostProcess(child);
  }

  /** SIGKILL: the process has no chance to say anything; resolves when it is gone. */
  async die(): Promise<void> {
    const gone = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await within(gone, 'a process to die');
  }
}
