import { channelOf, type TouchDecision } from '#core/domain/contact-policy/decision.ts';
import { decisionInWords } from '#core/domain/explain/timeline.ts';
import type { Instant } from '#core/domain/orders/order-event.ts';

interface TimedDecision {
  readonly at: Instant;
  readonly decision: TouchDecision;
}

const marks = { send: '█', reroute: '▓', hold: '·', drop: 'x' } as const;

/**
 * A line a day, a sign an hour by the clocks of the zone, and when it would go first. Of an hour that the clocks
 * show twice the later stands, one that they skip is blank.
 */
export const decisionCalendar = (
  decisions: readonly TimedDecision[],
  timeZone: string,
): readonly string[] => {
  const days = new Map<string, string[]>();
  for (const { at, decision } of decisions) {
    const { day, hour } = wallTime(at, timeZone);
    const signs = days.get(day) ?? Array.from({ length: 24 }, () => ' ');
    signs[hour] = marks[decision.kind];
    days.set(day, signs);
  }
  const first = decisions.find(({ decision }) => channelOf(decision) !== undefined);
  return [
    `${' '.repeat(DAY_WIDTH)}${Array.from({ length: 24 / 6 }, (_, part) => String(part * 6).padEnd(6)).join('')}  ${timeZone}`,
    ...[...days].map(([day, signs]) => `${day.padEnd(DAY_WIDTH)}${signs.join('')}`),
    '█ send  ▓ send by another channel  · hold  x drop, if it is decided at that hour',
    first === undefined
      ? 'it does not go in these days'
      : `it goes from ${first.at} on: ${decisionInWords(first.decision)}`,
  ];
};

const DAY_WIDTH = 13;

const wallTime = (at: Instant, timeZone: string): { day: string; hour: number } => {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    month: 'short',
    day: '2-digit',
    hour: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(new Date(at));
  const part = (type: Intl.DateTimeFormatPartTypes): string =>
    parts.find((each) => each.type === type)?.value ?? '';
  return {
    day: `${part('weekday')} ${part('day')} ${part('month')}`,
    hour: Number(part('hour')),
  };
};
