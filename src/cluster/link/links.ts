/** All links of a node, by the node at their other end. */
import type { LinkLoss } from '../../relay/session/backbone-counters.js';
import { FRAME_HEADER_LENGTH, type FrameHeader, FrameKind, readHeader, writeHeader } from './frame.js';
import { Link } from './link.js';
import type { LinkOwner } from './link-owner.js';
import type { RecordHandler } from './record.js';

/** What a node does about its links. */
export interface LinksOwner extends Omit<LinkOwner, 'lost'> {
  lost(link: Link, loss: LinkLoss): void;
  /** Gives a link those who handle its records. */
  opened(link: Link): RecordHandler;
}

export class Links {
  private readonly byNode = new Map<string, Link>();
  private incarnations = 0;
  private readonly linkOwner: LinkOwner;

  constructor(private readonly owner: LinksOwner) {
    this.linkOwner = {
      counters: owner.counters,
      turn: owner.turn,
      maxQueued: owner.maxQueued,
      now: () => owner.now(),
      publish: (node, frame) => owner.publish(node, frame),
      starved: (link, isStarved) => owner.starved(link, isStarved),
      failed: (error) => owner.failed(error),
      lost: (link, loss) => this.lost(link, loss),
    };
  }

  /** The link to a node, which is begun if there is none. */
  to(node: string): Link {
    return this.byNode.get(node) ?? this.open(node);
  }

  has(node: string): boolean {
    return this.byNode.has(node);
  }

  /** Takes a frame that came from `node`, which lives. */
  receive(node: string, frame: Buffer): void {
    const header = readHeader(frame);
    if (header === undefined) return;
    if (header.kind === FrameKind.Reset) return this.reset(node, header);
    const known = this.byNode.get(node);
    if (known?.isOf(header)) return known.receive(header, frame);
    if (known?.isOlder(header)) return;
    known?.lose('other-incarnation');
    if (isFirst(header)) this.open(node).receive(header, frame);
    else this.giveUp(node, header);
  }

  /** Tells a node that no link of this one begins, or goes on, with its frame. */
  refuse(node: string, frame: Buffer): void {
    const header = readHeader(frame);
    if (header !== undefined && header.kind !== FrameKind.Reset) this.giveUp(node, header);
  }

  beat(): void {
    for (const link of this.byNode.values()) link.beat();
  }

  check(silence: number): void {
    for (const link of [...this.byNode.values()]) link.check(silence);
  }

  loseAll(loss: LinkLoss): void {
    for (const link of [...this.byNode.values()]) link.lose(loss);
  }

  private open(node: string): Link {
    const link = new Link(node, ++this.incarnations, this.linkOwner, (link) => this.owner.opened(link));
    this.byNode.set(node, link);
    this.owner.counters.links++;
    return link;
  }

  private lost(link: Link, loss: LinkLoss): void {
    this.byNode.delete(link.node);
    this.owner.counters.links--;
    this.owner.counters.linkLosses[loss]++;
    this.owner.lost(link, loss);
  }

  private reset(node: string, header: FrameHeader): void {
    const link = this.byNode.get(node);
    if (link?.isResetBy(header)) link.lose('reset');
  }

  /** What belongs to a link that this node has given up, or never had. */
  private giveUp(node: string, { from }: FrameHeader): void {
    const header = { kind: FrameKind.Reset, from: 0, to: from, sequence: 0, taken: 0 };
    this.owner.publish(node, writeHeader(Buffer.allocUnsafe(FRAME_HEADER_LENGTH), header));
  }
}

/** Whether a link to its sender would be made for this frame. */
export function beginsLink(frame: Buffer): boolean {
  const header = readHeader(frame);
  return header !== undefined && isFirst(header);
}

/** Whether a new link begins with this frame: the sender has not heard of any link of ours. */
function isFirst({ to, sequence, kind }: FrameHeader): boolean {
  return kind !== FrameKind.Reset && to === 0 && sequence === (kind === FrameKind.Data ? 1 : 0);
}
