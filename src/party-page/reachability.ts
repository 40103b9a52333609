/** Who can reach this server: this computer only, or phones in its network too, and by which address. */
import { networkInterfaces } from 'node:os';
import { Injectable } from '@nestjs/common';
import { OwnAddress } from '../http/own-address.js';

export interface Reach {
  readonly isLoopbackOnly: boolean;
  /** For phones, the likeliest first; empty if there is no network. */
  readonly addresses: readonly string[];
}

/** The part of what `os.networkInterfaces()` tells that matters here. */
export type Interfaces = Readonly<
  Record<
    string,
    readonly { readonly address: string; readonly family: string; readonly internal: boolean }[] | undefined
  >
>;

const ANY = ['0.0.0.0', '::'];
const LOOPBACK = /^(127\.|::1$)/;
const PRIVATE = /^(192\.168\.|10\.|172\.(1[6-9]|2\d|3[01])\.)/;
/** Networks that exist only within this computer, or only for its owner. */
const VIRTUAL = /^(docker|br-|veth|virbr|vmnet|vboxnet|utun|tun|tap|wg|zt|tailscale|podman|cni|flannel|lxc)/i;

/** What listening on `ip` means on a computer with these networks. */
export function reachOf(ip: string, interfaces: Interfaces): Reach {
  if (LOOPBACK.test(ip)) return { isLoopbackOnly: true, addresses: [] };
  if (!ANY.includes(ip)) return { isLoopbackOnly: false, addresses: [ip] };
  const found = Object.entries(interfaces).flatMap(([name, addresses = []]) =>
    addresses
      .filter(({ family, internal }) => family === 'IPv4' && !internal)
      .map(({ address }) => ({
        address,
        likelihood: (PRIVATE.test(address) ? 1 : 0) - (VIRTUAL.test(name) ? 2 : 0),
      })),
  );
  const addresses = found.sort((a, b) => b.likelihood - a.likelihood).map(({ address }) => address);
  return { isLoopbackOnly: false, addresses };
}

@Injectable()
export class Reachability {
  constructor(private readonly own: OwnAddress) {}

  /** Asked each time: a laptop changes its network during the party. */
  now(): Reach {
    return reachOf(this.own.listening?.address ?? '127.0.0.1', networkInterfaces());
  }
}
