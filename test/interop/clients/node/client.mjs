// Node's own WebSocket (undici), the API of browsers.
import { createInterface } from 'node:readline';

const [url, protocol] = process.argv.slice(2);
const ws = new WebSocket(url, protocol);
ws.binaryType = 'arraybuffer';
const say = (line) => process.stdout.write(`${line}\n`);

const verbs = {
  text: (words) => ws.send(words),
  binary: (words) => ws.send(new TextEncoder().encode(words)),
  close: (words) => ws.close(Number(words.slice(0, 4)), words.slice(5)),
};

ws.onmessage = ({ data }) => {
  say(typeof data === 'string' ? `text ${data}` : `binary ${new TextDecoder().decode(data)}`);
};
ws.onclose = ({ code, reason, wasClean }) => {
  say(`closed ${code} ${reason}${wasClean ? '' : ' not clean'}`);
  process.stdin.destroy();
};
ws.onopen = () => {
  say(`open ${ws.protocol}`);
  createInterface({ input: process.stdin }).on('line', (line) => {
    const [verb] = line.split(' ', 1);
    verbs[verb](line.slice(verb.length + 1));
  });
};
