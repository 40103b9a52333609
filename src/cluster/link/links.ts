/** All links of a node, by the node at their other end. */
import type { LinkLoss } from '../../relay/session/backbone-counters.js';
import { FRAME_HEADER_LENGTH, type FrameHeader, FrameKind, readHeader, writeHeader } from './frame.js';
import { Link } from './link.js';
import type { LinkContext, LinkListener } from './link-context.js';

export class Links {
  private readonly byNode = new Map<string, Link>();
  private incarnations = 0;

  /** @param listen makes the players' end of a link that begins. */
  constructor(
    private readonly context: LinkContext,
    private readonly listen: (link: Link) => LinkListener,
  ) {}

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
    const forget = (link: Link, loss: LinkLoss): void => this.forget(link, loss);
    const link = new Link(node, ++this.incarnations, this.context, this.listen, forget);
    this.byNode.set(node, link);
    this.context.counters.links++;
    return link;
  }

  private forget(link: Link, loss: LinkLoss): void {
    this.byNode.delete(link.node);
    this.context.counters.links--;
    this.context.counters.linkLosses[loss]++;
  }

  private reset(node: string, header: FrameHeader): void {
    const link = this.byNode.get(node);
    if (link?.isResetBy(header)) link.lose('reset');
  }

  /** What belongs to a link that this node has given up, or never had. */
  private giveUp(node: string, { from }: FrameHeader): void {
    const header = { kind: FrameKind.Reset, from: 0, to: from, sequence: 0, taken: 0 };
    this.context.publish(node, writeHeader(Buffer.allocUnsafe(FRAME_HEADER_LENGTH), header));
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
