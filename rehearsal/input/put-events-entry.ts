import type { TimedEvent } from './timed-event.ts';

/** An event as an entry of `PutEvents`; the bus is the caller's to name. */
export interface PutEventsEntry {
  readonly Time: string;
  readonly Source: string;
  readonly DetailType: string;
  readonly Detail: string;
}

export const putEventsEntry = ({
  atMs,
  source,
  detailType,
  detail,
}: TimedEvent): PutEventsEntry => ({
  Time: new Date(atMs).toISOString(),
  Source: source,
  DetailType: detailType,
  Detail: JSON.stringify(detail),
});
