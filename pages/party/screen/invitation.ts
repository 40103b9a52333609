/** How phones get in: the code, the QR code and the address, or what to do when phones cannot reach the relay. */
import encodeQR from 'qr';
import { element, mountedAt, told } from '../shared/page.js';
import { joinUrl } from './join-url.js';

const QUIET_MODULES = 2;

export function showInvitation(code: string): void {
  const reach = { address: told('address'), isLoopbackOnly: told('reach') === 'loopback' };
  const url = joinUrl(mountedAt(), code, reach);
  const plate = element('code');
  plate.textContent = code;
  plate.parentElement?.classList.toggle('long', code.length > 4);
  plate.setAttribute('aria-label', `Code: ${Array.from(code).join(' ')}`);
  element('scan').hidden = !url;
  element('unreachable').hidden = url !== undefined;
  element('loopback').hidden = !reach.isLoopbackOnly;
  element('no-network').hidden = reach.isLoopbackOnly;
  if (url) {
    drawQr(element<SVGPathElement>('qr-modules'), url.href);
    showAddress(element('address'), url);
  }
  // Each tab opened by this link is a separate driver; local storage tells phones apart.
  element<HTMLAnchorElement>('drive-here').href = new URL(
    `party/${encodeURIComponent(code)}?tab`,
    mountedAt(),
  ).href;
}

/** A long address has more than one line; the code, which people type, stays in one. */
function showAddress(place: HTMLElement, { host, pathname }: URL): void {
  const end = pathname.lastIndexOf('/party/');
  const whole = document.createElement('span');
  whole.className = 'whole';
  whole.textContent = pathname.slice(end);
  place.textContent = host + pathname.slice(0, end);
  place.append(document.createElement('wbr'), whole);
}

/** One path for all dark modules, in a view box of one unit a module. */
function drawQr(path: SVGPathElement, text: string): void {
  const modules = encodeQR(text, 'raw', { ecc: 'medium', border: QUIET_MODULES });
  path.ownerSVGElement?.setAttribute('viewBox', `0 0 ${modules.length} ${modules.length}`);
  const dark = modules.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')));
  path.setAttribute('d', dark.join(''));
}
