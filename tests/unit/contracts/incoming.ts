import { readFileSync } from 'node:fs';
import * as z from 'zod';
import type { IncomingEventType } from '#core/contracts/incoming-events.ts';
import { type Parsed, parseEvent, type Refusal } from '#core/contracts/parse-event.ts';

const envelope = z.looseObject({
  source: z.string(),
  'detail-type': z.string(),
  detail: z.record(z.string(), z.unknown()),
});

export type Envelope = z.output<typeof envelope>;

/** The fixture of an event, as EventBridge hands it over. */
export const fixture = (type: IncomingEventType): Envelope =>
  envelope.parse(
    JSON.parse(
      readFileSync(new URL(`../../fixtures/events/${type}.json`, import.meta.url), 'utf8'),
    ),
  );

/** A fixture's text with some of its detail said otherwise; `undefined` leaves a key out. */
export const textOf = (
  type: IncomingEventType,
  change: Readonly<Record<string, unknown>> = {},
): string => {
  const event = fixture(type);
  return JSON.stringify({ ...event, detail: { ...event.detail, ...change } });
};

export const shops = ['hearth', 'northside'] as const;

export const parse = (text: string): Parsed => parseEvent(text, shops);

/** Why a text is refused. */
export const refusalOf = (text: string): Refusal => {
  const parsed = parse(text);
  if (parsed.ok) throw new Error(`${parsed.event.type} was not refused`);
  return parsed;
};
