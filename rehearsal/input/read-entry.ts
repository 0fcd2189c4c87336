import * as z from 'zod';
import type { TimedEvent } from './timed-event.ts';

export type ReadEntry = { readonly event: TimedEvent } | { readonly problem: string };

const detail = z.record(z.string(), z.unknown());
const time = z.iso.datetime({ offset: true });

/** An entry of ours; `detail-type` is what EventBridge calls it in an event, `detailType` in code. */
const entry = z.object({
  source: z.string().min(1),
  detailType: z.string().min(1).optional(),
  'detail-type': z.string().min(1).optional(),
  detail,
  time: time.optional(),
  atMs: z.int().optional(),
});

const putEventsEntry = z.object({
  Source: z.string().min(1),
  DetailType: z.string().min(1),
  Detail: z.string(),
  Time: time.optional(),
});

const envelope = z.object({
  source: z.string().min(1),
  'detail-type': z.string().min(1),
  detail,
  time,
});

/** Members that only EventBridge itself gives an event. */
const envelopeMembers = ['id', 'account', 'region', 'resources', 'version'];

/** One event from its JSON text; see `readEvents` for the shapes. */
export const readEntry = (text: string): ReadEntry => {
  const json: unknown = JSON.parse(text);
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    return { problem: 'expected a JSON object' };
  if ('Source' in json || 'Detail' in json) return fromPutEvents(json);
  if (!('source' in json)) return { problem: bareProblem(json) };
  return envelopeMembers.some((member) => member in json)
    ? fromEnvelope(json, text)
    : fromEntry(json);
};

const bareProblem = (json: object): string =>
  'eventId' in json
    ? 'this is a bare detail: expected { "source": …, "detail-type": …, "detail": { … } } around it'
    : `got the members ${Object.keys(json).slice(0, 8).join(', ')}; expected source, detail-type and detail`;

const fromEnvelope = (json: object, text: string): ReadEntry => {
  const parsed = envelope.safeParse(json);
  if (!parsed.success) return { problem: `envelope: ${inWords(parsed.error)}` };
  const { source, 'detail-type': detailType, detail: said, time: at } = parsed.data;
  return { event: { atMs: Date.parse(at), source, detailType, detail: said, envelope: text } };
};

const fromEntry = (json: object): ReadEntry => {
  const parsed = entry.safeParse(json);
  if (!parsed.success) return { problem: `entry: ${inWords(parsed.error)}` };
  const { source, detail: said, time: at, atMs } = parsed.data;
  const detailType = parsed.data.detailType ?? parsed.data['detail-type'];
  if (detailType === undefined)
    return { problem: 'entry: detail-type: expected a text, got nothing' };
  return timed({ source, detailType, detail: said }, atMs ?? instantOf(at));
};

const fromPutEvents = (json: object): ReadEntry => {
  const parsed = putEventsEntry.safeParse(json);
  if (!parsed.success) return { problem: `entry of PutEvents: ${inWords(parsed.error)}` };
  const { Source: source, DetailType: detailType, Detail, Time } = parsed.data;
  const said = detail.safeParse(parsedText(Detail));
  if (!said.success)
    return { problem: 'entry of PutEvents: Detail: expected the text of a JSON object' };
  return timed({ source, detailType, detail: said.data }, instantOf(Time));
};

const parsedText = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const instantOf = (at: string | undefined): number | undefined =>
  at === undefined ? undefined : Date.parse(at);

const timed = (event: Omit<TimedEvent, 'atMs'>, givenMs: number | undefined): ReadEntry => {
  const occurredAt = time.safeParse(event.detail['occurredAt']);
  const atMs = givenMs ?? (occurredAt.success ? Date.parse(occurredAt.data) : undefined);
  return atMs === undefined
    ? { problem: 'entry: expected a time, or an occurredAt in its detail: when is it to be sent?' }
    : { event: { atMs, ...event } };
};

const inWords = (error: z.ZodError): string =>
  error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
