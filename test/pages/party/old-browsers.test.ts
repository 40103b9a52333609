// Televisions keep the browser that they were sold with: the party page runs in those of 2021, and says so where it cannot.
import ts from 'typescript';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PAGES } from '../../../src/http/pages.built.js';
import { BuiltRelay } from '../../client/relays.js';
import { BigScreen } from './big-screen.js';
import { useDevices } from './browser.js';
import { Phone } from './phone.js';

const relay = new BuiltRelay();
beforeAll(() => relay.start());
afterAll(() => relay.stop());
const devices = useDevices();

const scripts = Object.entries(PAGES).filter(([path]) => /^(client|party\/\w[\w-]*)\.js$/.test(path));

/** What came into the language after 2019, as far as a bundle could contain it. */
const NEW_SYNTAX: readonly ts.SyntaxKind[] = [
  ts.SyntaxKind.QuestionDotToken,
  ts.SyntaxKind.QuestionQuestionToken,
  ts.SyntaxKind.QuestionQuestionEqualsToken,
  ts.SyntaxKind.BarBarEqualsToken,
  ts.SyntaxKind.AmpersandAmpersandEqualsToken,
  ts.SyntaxKind.PrivateIdentifier,
  ts.SyntaxKind.PropertyDeclaration,
  ts.SyntaxKind.ClassStaticBlockDeclaration,
  ts.SyntaxKind.BigIntLiteral,
];

test.each(scripts)('%s is written in the JavaScript of 2019', (name, text) => {
  const found = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (NEW_SYNTAX.includes(node.kind)) found.add(ts.SyntaxKind[node.kind]);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(name, text, ts.ScriptTarget.Latest));
  expect([...found]).toEqual([]);
});

/** Takes away what browsers learnt after that: a page that needs some of it fails as it would there. */
const FORGET = `
  const forget = (object, ...names) => names.forEach((name) => object && delete object[name]);
  forget(CanvasRenderingContext2D.prototype, 'roundRect', 'reset', 'conicGradient', 'createConicGradient');
  forget(Array.prototype, 'at', 'findLast', 'findLastIndex', 'toSorted', 'toReversed', 'toSpliced', 'with');
  forget(String.prototype, 'at', 'replaceAll', 'isWellFormed', 'toWellFormed');
  forget(Object, 'hasOwn', 'groupBy');
  forget(Map, 'groupBy');
  forget(Promise, 'any', 'withResolvers', 'try');
  forget(Set.prototype, 'union', 'intersection', 'difference');
  forget(Intl, 'Segmenter');
  forget(Element.prototype, 'replaceChildren', 'checkVisibility', 'ariaPressed', 'ariaLabel');
  forget(AbortSignal, 'timeout', 'any');
  forget(crypto, 'randomUUID');
  forget(Crypto.prototype, 'randomUUID');
  forget(window, 'structuredClone', 'WeakRef', 'FinalizationRegistry', 'CSSLayerBlockRule', 'reportError');
  forget(Navigator.prototype, 'wakeLock', 'vibrate');
`;

test('a party runs without any browser feature newer than 2020', async () => {
  const screen = await BigScreen.open(devices, relay.origin, {}, FORGET);
  const phone = await Phone.scan(devices, relay.origin, `/party/${await screen.code()}`, {}, FORGET);
  await phone.drive('Mia', 6);
  await screen.badge('Mia');
  const { start, x } = await screen.room(6);
  await phone.page.keyboard.down(x > 0 ? 'ArrowRight' : 'ArrowLeft');
  await screen.untilMoved(6, start);
  devices.expectNoComplaints();
});

test('a screen that cannot draw says so, and its party is open all the same', async () => {
  const blind = `HTMLCanvasElement.prototype.getContext = () => null;`;
  const screen = await BigScreen.open(devices, relay.origin, {}, blind);
  await screen.page.getByText('This page did not start').waitFor();
  const phone = await Phone.scan(devices, relay.origin, `/party/${await screen.code()}`);
  await phone.drive('Mia', 6);
  await screen.badge('Mia');
});

test.each(['', '/SNEK'])(
  '/party%s says that it did not start when its script cannot be parsed',
  async (path) => {
    const page = await devices.page(relay.origin);
    await page.route(/(screen|phone)\.js$/, (route) =>
      route.fulfill({ contentType: 'text/javascript', body: 'a future b' }),
    );
    await page.goto(`${relay.origin}/party${path}`);
    await page.getByText('This page did not start').waitFor();
  },
);
