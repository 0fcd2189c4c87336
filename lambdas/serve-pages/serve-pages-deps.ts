import type { ShopConfig } from '#core/contracts/config.ts';
import type { ContactPolicy } from '#core/domain/contact-policy/policy.ts';
import type { Attributions } from '#core/ports/attributions.ts';
import type { Customers } from '#core/ports/customers.ts';
import type { Digest } from '#core/ports/digest.ts';
import type { EventPublisher } from '#core/ports/event-publisher.ts';
import type { LinkReader, LinkSigner } from '#core/ports/link-signer.ts';
import type { OrderLogs } from '#core/ports/order-logs.ts';
import type { ShortLinks } from '#core/ports/short-links.ts';
import type { ToldEvents } from '#core/ports/told-events.ts';
import type { TouchRecords } from '#core/ports/touch-records.ts';

export interface ServePagesDeps {
  /** By the id that tokens carry. */
  readonly shops: Readonly<Record<string, ShopConfig>>;
  readonly policy: ContactPolicy;
  readonly links: LinkReader & LinkSigner;
  readonly shortLinks: Pick<ShortLinks, 'find'>;
  readonly orders: Pick<OrderLogs, 'read'>;
  readonly customers: Pick<Customers, 'read'>;
  readonly records: Pick<TouchRecords, 'find' | 'hear'>;
  /** Which messages were clicked: what an order may be credited to. */
  readonly attributions: Pick<Attributions, 'keep'>;
  /** Days for which an order is credited to a click. */
  readonly clickDays: number;
  /** Facts of ours. */
  readonly publisher: EventPublisher;
  /** What customers say. */
  readonly told: ToldEvents;
  readonly digest: Digest;
  /** SHA-256 in base64. */
  readonly styleHash: (text: string) => string;
  readonly now: () => Date;
  /** Is told what failed without the visitor's noticing. */
  readonly report: (what: string, error: unknown) => void;
}
