// A big screen and a phone on the relay that the first argument names, by nothing but the client.
import { PartyHost, PartyPlayer } from 'carparty-relay-client';

const url = process.argv[2];
const host = new PartyHost({ url });
const joined = new Promise((resolve) => host.on('join', resolve));
const heard = new Promise((resolve) => host.on('message', resolve));
await new Promise((resolve) => host.on('status', ({ state }) => state === 'joined' && resolve()));
const player = new PartyPlayer({ url, code: host.code, clientId: '467' });
const answered = new Promise((resolve) => player.on('message', resolve));
player.send({ steer: 1 });
console.log('join', await joined);
console.log('heard', JSON.stringify(await heard));
host.sendTo('467', { type: 'welcome' });
console.log('answered', JSON.stringify(await answered));
player.close();
host.close();
