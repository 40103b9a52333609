// A host or a phone that stays in its party when its connection is lost: "Staying" in PROTOCOL.md, in plain JavaScript.

/** After these the same login would be refused again, or another page has taken the place. */
const FINAL = ['bad-login', 'not-authorized', 'id-taken', 'replaced', 'no-such-code', 'code-taken'];
/** Messages that a peer keeps, and milliseconds that it waits for a welcome and before it tries again. */
const [MOST_KEPT, PATIENCE, FIRST_PAUSE, LONGEST_PAUSE] = [256, 10_000, 500, 8000];

export class Staying {
  #attempt; // the newest WebSocket
  #socket; // the newest one that has sent its login; the ones before it are not heard any more
  #isWelcome = false;
  #formers = [];
  #stream;
  #got = 0; // messages that came in the stream
  #kept = []; // messages that were sent in the stream, behind the first #forgotten ones
  #forgotten = 0;
  #pause = FIRST_PAUSE;
  #timer;

  /**
   * `login` is a login with `$relay`, and a key in it. `on.began` is called when a stream begins: nothing was said in it
   * yet. `on.heard` gets each message, or the words of the relay as an object, and `on.ended` the reason of the end.
   */
  constructor(url, login, on) {
    Object.assign(this, { url, login, on });
    this.again();
  }

  /** Opens another connection. Call it also when this one is in doubt: it has been silent, or the device has slept. */
  again() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.again(), PATIENCE);
    const socket = (this.#attempt = new WebSocket(this.url));
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => this.#logIn(socket);
    socket.onmessage = ({ data }) => socket === this.#socket && this.#hear(data);
    socket.onclose = ({ code, reason }) =>
      socket === this.#attempt && this.#lost(code === 4000 ? reason : '');
    socket.onerror = () => {}; // a close follows
  }

  /** What is sent before the stream begins, or is still kept when another begins, does not arrive. */
  send(message) {
    if (this.#stream === undefined) return;
    if (this.#kept.push(message) > MOST_KEPT) this.#forgotten += this.#kept.splice(0, 1).length;
    if (this.#isWelcome) this.#socket.send(message);
  }

  /** To close is to leave: the place is free at once. */
  leave() {
    clearTimeout(this.#timer);
    const open = [...this.#formers, this.#socket, this.#attempt];
    this.#attempt = this.#socket = undefined;
    for (const socket of open) socket?.close();
  }

  #logIn(socket) {
    if (socket !== this.#attempt) return socket.close(); // it is late, and has not said who it is
    // The former connection stays open until the new one is welcome. Nothing that it still brings is counted.
    if (this.#socket !== undefined) this.#formers.push(this.#socket);
    this.#socket = socket;
    this.#isWelcome = false;
    const position = this.#stream === undefined ? {} : { stream: this.#stream, got: this.#got };
    socket.send(JSON.stringify({ ...this.login, $relay: { ...this.login.$relay, ...position } }));
  }

  #hear(data) {
    const words = this.#wordsIn(data);
    if (words?.$relay === 'welcome') return this.#welcome(words);
    this.#got++;
    this.on.heard(words ?? data);
  }

  /** The relay speaks to a host in binary frames, where no player can, and to a phone in text. */
  #wordsIn(data) {
    const isText = typeof data === 'string';
    if (isText === (this.login.action === 'login_server')) return undefined;
    const text = isText ? data : new TextDecoder().decode(data);
    return text.startsWith('{"$relay":"') ? JSON.parse(text) : undefined;
  }

  #welcome({ stream, resumed, got }) {
    clearTimeout(this.#timer);
    this.#pause = FIRST_PAUSE;
    for (const former of this.#formers.splice(0)) former.close();
    if (resumed && got < this.#forgotten) return this.#beginAgain(); // what the relay has not taken is not here any more
    if (resumed) this.#kept.splice(0, got - this.#forgotten);
    else [this.#stream, this.#got, this.#kept] = [stream, 0, []];
    this.#forgotten = got;
    this.#isWelcome = true;
    for (const message of this.#kept) this.#socket.send(message);
    if (!resumed) this.on.began();
  }

  #beginAgain() {
    this.#stream = undefined;
    this.again();
  }

  #lost(reason) {
    clearTimeout(this.#timer);
    this.#isWelcome &&= this.#attempt !== this.#socket;
    if (FINAL.includes(reason)) return this.on.ended(reason);
    this.#timer = setTimeout(() => this.again(), this.#pause);
    this.#pause = Math.min(2 * this.#pause, LONGEST_PAUSE);
  }
}
