// The history checker of the soak: that it finds what must not happen, and nothing else.
import { describe, expect, test } from 'vitest';
import { connectNotice, disconnectNotice } from '../../harness/notices.js';
import { stamped } from '../../harness/stamp.js';
import { Attendance, HostScript, PlayerHistory, awayWords, backWords } from './history.js';

describe('what a player receives', () => {
  /** A player who is known to be there, and a script of which 0, 1 and 3 are for it. */
  function known(): { history: PlayerHistory; messages: string[]; script: HostScript } {
    const script = new HostScript('SNEK');
    const history = new PlayerHistory(script, '467');
    history.joined();
    const messages = [undefined, '467', 'other', undefined].map((receiver) => script.write(receiver));
    return { history, messages, script };
  }

  function receive(history: PlayerHistory, messages: string[], ...numbers: number[]): void {
    for (const n of numbers) history.receive(messages[n] ?? 'none');
  }

  test('all messages meant for the player are accepted', () => {
    const { history, messages } = known();
    receive(history, messages, 0, 1, 3);
    history.expectAll();
  });

  test.each([
    ['a gap', [0, 3]],
    ['a gap at the beginning', [1]],
    ['a duplicate', [0, 1, 1]],
    ['another order', [1, 0]],
    ['a message for another player', [0, 1, 2]],
    ['a message for another player at first', [2]],
  ])('%s is detected', (_, numbers) => {
    const { history, messages } = known();
    expect(() => receive(history, messages, ...numbers)).toThrow('player 467 was due message');
  });

  test('a message of another host is detected', () => {
    const { history } = known();
    expect(() => history.receive(new HostScript('KENS').write())).toThrow('was due message 0, and got');
  });

  test('a changed message is detected', () => {
    const { history, messages } = known();
    expect(() => history.receive(`${messages[0]} `)).toThrow('was due message 0');
  });

  test('a message that no host has sent yet is detected', () => {
    const { history, messages, script } = known();
    receive(history, messages, 0, 1, 3);
    expect(() => history.receive(script.messageAt(4))).toThrow('was due message 4');
  });

  test.each([[[]], [[0]], [[0, 1]]])('a missing end after %j is detected', (numbers) => {
    const { history, messages } = known();
    receive(history, messages, ...numbers);
    expect(() => history.expectAll()).toThrow('player 467 has not got message');
  });

  test('messages from before the host knew of the player may be missing, at the beginning only', () => {
    const script = new HostScript('SNEK');
    const before = script.write();
    const history = new PlayerHistory(script, '467');
    const between = [script.write(), script.write(), script.write()];
    history.joined();
    const after = script.write();
    expect(() => history.receive(before)).toThrow('was due message 4');
    history.receive(between[1] ?? '');
    expect(() => history.receive(after)).toThrow('was due message 3');
    history.receive(between[2] ?? '');
    history.receive(after);
    history.expectAll();
  });

  test('what was lost with a stream may be missing, and does not come again', () => {
    const { history, messages, script } = known();
    receive(history, messages, 0);
    history.begin();
    const next = script.write();
    expect(() => history.receive(messages[0] ?? '')).toThrow('was due message');
    history.receive(next);
    history.expectAll();
  });

  test('a player that its host does not know of misses nothing', () => {
    const script = new HostScript('SNEK');
    const history = new PlayerHistory(script, '467');
    script.write();
    history.expectAll();
  });
});

describe('what a host receives from a player', () => {
  const [hello, goodbye] = [connectNotice('467'), disconnectNotice('467')];
  const messages = [0, 1, 2].map((n) => stamped(JSON.stringify({ sender: '467', n, filler: '' }), '467'));
  const [first = '', second = '', third = ''] = messages;

  /** A player that has sent two messages. */
  function present(): Attendance {
    const attendance = new Attendance('467');
    attendance.write();
    attendance.write();
    return attendance;
  }

  test('notice, messages, notice are accepted', () => {
    const attendance = present();
    for (const message of [hello, first, second, goodbye]) attendance.receive(message);
    attendance.expectAll('is there');
    expect(attendance.isGone).toBe(true);
  });

  test.each([
    ['a message before the notice', [first]],
    ['a gap', [hello, second]],
    ['a duplicate', [hello, first, first]],
    ['a message that was never sent', [hello, ...messages]],
    ['a message without its stamp', [hello, JSON.stringify({ sender: '467', n: 0, filler: '' })]],
    ['a message of another player', [hello, first.replace('"sender":"467"', '"sender":"468"')]],
    ['a second hello', [hello, hello]],
    ['a goodbye without a hello', [goodbye]],
    ['a message behind the goodbye', [hello, goodbye, first]],
    ['a second goodbye', [hello, goodbye, goodbye]],
  ])('%s is detected', (_, came) => {
    const attendance = present();
    expect(() => came.forEach((message) => attendance.receive(message))).toThrow(
      'the host got of player 467',
    );
  });

  const [away, back, newStream] = [awayWords('467'), backWords('467', true), backWords('467', false)];

  test.each([
    ['goes on after it was away', [hello, first, away, back, second]],
    ['is gone after it was away', [hello, first, second, away, goodbye]],
  ])('a player that %s is accepted', (_, came) => {
    const attendance = present();
    for (const message of came) attendance.receive(message);
    attendance.expectAll('is there');
  });

  test.each([
    ['a message of a player that is away', [hello, away, first]],
    ['a player that is away twice', [hello, away, away]],
    ['a return of a player that was not away', [hello, back]],
    ['a return of a player that is not there', [newStream]],
    ['a gap over a return', [hello, away, back, second]],
    ['a repetition over a return', [hello, first, away, back, first]],
    ['a message of the old stream in the new one', [hello, first, newStream, second]],
  ])('%s is detected', (_, came) => {
    const attendance = present();
    expect(() => came.forEach((message) => attendance.receive(message))).toThrow(
      'the host got of player 467',
    );
  });

  test.each(['the host', 'the player'])(
    'what was lost with a stream may be missing, when %s learns it first',
    (who) => {
      const attendance = present();
      attendance.receive(hello);
      attendance.receive(first);
      if (who === 'the player') attendance.begin();
      else attendance.receive(newStream);
      if (who === 'the player') attendance.write();
      expect(() => attendance.expectAll('is there')).toThrow('one side alone knows of the new stream');
      if (who === 'the player') attendance.receive(newStream);
      else attendance.begin();
      if (who === 'the host') attendance.write();
      attendance.receive(third);
      attendance.expectAll('is there');
    },
  );

  test('a player that its host believes to be away is detected', () => {
    const attendance = present();
    for (const message of [hello, first, second, away]) attendance.receive(message);
    expect(() => attendance.expectAll('is there')).toThrow('the host believes that 467 is away');
  });

  test('a missing message is detected', () => {
    const attendance = present();
    attendance.receive(hello);
    attendance.receive(first);
    expect(() => attendance.expectAll('is there')).toThrow('the host has 1 of 2 messages of 467');
  });
});
