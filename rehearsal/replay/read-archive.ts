import { AFTERGLOW_SOURCE } from '#core/contracts/outgoing-events.ts';
import {
  InvalidJson,
  type JsonNode,
  parseJson,
  writeJson,
} from '#rehearsal/event-pattern/json-text.ts';
import { readEntry } from '../input/read-entry.ts';
import { byTime, type TimedEvent } from '../input/timed-event.ts';
import { type Line, linesOf, UnusableArchive } from './lines-of.ts';

/** Events that came to the bus from outside, as they came. */
export interface Archived {
  /** In order of arrival, those that came twice too. */
  readonly events: readonly TimedEvent[];
  /** Events of our own, which a replay says again by itself. */
  readonly ownEvents: number;
  /** Events of which only the time that their sender gave is known, to the second, and not when they came. */
  readonly withoutArrival: number;
}

/** So many mistakes are shown. */
const MOST_PROBLEMS = 5;

/**
 * Reads the files of an archive: a line of JSON an event, either the envelope as targets see it or
 * `{ "ingestionTime", "event" }` around it, which tells when it came.
 *
 * @throws {UnusableArchive} naming file, line and what is wrong
 */
export const readArchive = async (path: string): Promise<Archived> => {
  const problems: string[] = [];
  const events: TimedEvent[] = [];
  const counts = { ownEvents: 0, withoutArrival: 0 };
  for await (const line of linesOf(path)) {
    const read = readLine(line);
    if ('problem' in read) problems.push(`${line.file}:${line.number}: ${read.problem}`);
    else if (read.event.source === AFTERGLOW_SOURCE) counts.ownEvents += 1;
    else {
      events.push(read.event);
      if (!read.isArrival) counts.withoutArrival += 1;
    }
  }
  if (problems.length > 0)
    throw new UnusableArchive(
      [`${problems.length} line(s) are no events:`, ...problems.slice(0, MOST_PROBLEMS)].join(
        '\n  ',
      ),
    );
  if (events.length === 0)
    throw new UnusableArchive(
      `${path} has no event from outside, only ${counts.ownEvents} of our own`,
    );
  return { events: events.toSorted(byTime), ...counts };
};

type Read =
  { readonly event: TimedEvent; readonly isArrival: boolean } | { readonly problem: string };

const readLine = ({ text }: Line): Read => {
  const node = parsed(text);
  if (typeof node === 'string') return { problem: node };
  const ingestionTime = memberOf(node, 'ingestionTime');
  const inner = memberOf(node, 'event');
  const read = readEntry(inner === undefined ? text : writeJson(inner));
  if ('problem' in read) return read;
  if (ingestionTime === undefined) return { ...read, isArrival: false };
  const atMs = ingestionTime.kind === 'string' ? Date.parse(ingestionTime.value) : Number.NaN;
  return Number.isNaN(atMs)
    ? { problem: 'ingestionTime: expected a time such as 2026-03-02T09:00:00Z' }
    : { event: { ...read.event, atMs }, isArrival: true };
};

/** The value with its numbers' digits, or why the text is no JSON. */
const parsed = (text: string): JsonNode | string => {
  try {
    return parseJson(text);
  } catch (thrown) {
    if (thrown instanceof InvalidJson) return thrown.message;
    throw thrown;
  }
};

const memberOf = (node: JsonNode, name: string): JsonNode | undefined =>
  node.kind === 'object' ? node.members.find((member) => member.name === name)?.value : undefined;
