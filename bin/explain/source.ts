import type { VisitContextDeps } from '#core/delivery/journey-context.ts';
import type { Instant } from '#core/domain/orders/order-event.ts';
import type { TouchRecord } from '#core/domain/touches/touch-record.ts';
import type { ContactLog } from '#core/ports/contact-log.ts';
import type { Sessions } from '#core/ports/sessions.ts';
import type { SmsSpend } from '#core/ports/sms-spend.ts';
import type { Suppressions } from '#core/ports/suppressions.ts';
import { rehearsed } from './rehearsed-source.ts';

/** Where orders and what is known of them is read from. */
export interface Source extends Omit<VisitContextDeps, 'shops' | 'hash'> {
  readonly touches: (shop: string, orderId: string) => Promise<readonly TouchRecord[]>;
  readonly suppressions: Pick<Suppressions, 'of'>;
  readonly contacts: Pick<ContactLog, 'read'>;
  readonly smsSpend: Pick<SmsSpend, 'ofMonth'>;
  readonly sessions: Pick<Sessions, 'find'>;
  /** When what is read was so. */
  readonly now: () => Promise<Instant>;
}

/** What the command line says of it. */
export interface SourceOptions {
  /** Where a rehearsal left its state. */
  readonly state: string;
  /** The deployed stage to read instead. */
  readonly stage?: string | undefined;
  readonly profile?: string | undefined;
  readonly region?: string | undefined;
}

/** What a rehearsal left, or the tables of a deployed stage; the client of AWS is loaded for the latter only. */
export const sourceOf = async ({ state, stage, ...of }: SourceOptions): Promise<Source> => {
  if (stage === undefined) return rehearsed(state);
  const { deployed } = await import('./deployed-source.ts');
  return deployed({ stage, ...of });
};
