import type { ProfileCalendar } from '#rehearsal/profiles/run-profiles.ts';

/** What a customer of each profile receives, day by day. */
export const calendarInWords = (calendars: readonly ProfileCalendar[]): string =>
  calendars
    .map((calendar) =>
      [titleOf(calendar), ...linesOf(calendar).map((line) => `  ${line}`)].join('\n'),
    )
    .join('\n\n');

export const calendarAsMarkdown = (calendars: readonly ProfileCalendar[]): string =>
  calendars
    .map((calendar) => {
      const { profile, about, transitions } = calendar;
      return [
        `## ${profile[0]?.toUpperCase()}${profile.slice(1)}`,
        '',
        `${about[0]?.toUpperCase()}${about.slice(1)}. ${transitions} state transitions.`,
        '',
        ...linesOf(calendar).map((line) => `- ${line}`),
      ].join('\n');
    })
    .join('\n\n');

const titleOf = ({ profile, about, transitions }: ProfileCalendar): string =>
  `${profile}: ${about} (${transitions} transitions)`;

const linesOf = ({ entries }: ProfileCalendar): readonly string[] =>
  [...Map.groupBy(entries, ({ day }) => day)].map(([day, ofDay]) => {
    const touches = ofDay.map(({ touch, channel }) =>
      channel === 'email' ? touch : `${touch} (${channel})`,
    );
    return `day ${day}: ${touches.join(', ')}`;
  });

const ROW = 34;
const LEFT = 190;
const WIDTH = 760;
const TOP = 56;
const LAST_DAY = 160;

const colours = { transactional: '#3d6b9e', service: '#4d8a54', marketing: '#b06a1f' } as const;

type Purposes = Readonly<Record<string, keyof typeof colours>>;

/** The first days are the busiest: a day's place grows with its square root. */
const placeOf = (day: number): number => LEFT + Math.sqrt(day / LAST_DAY) * WIDTH;

/** The calendars as one picture: a row a profile, a dot a touch, darker text names it on hover. */
export const calendarAsSvg = (
  calendars: readonly ProfileCalendar[],
  purposes: Purposes,
): string => {
  const height = TOP + calendars.length * ROW + 24;
  const ticks = [0, 1, 3, 7, 14, 30, 60, 90, 150].map(
    (day) =>
      `<line x1="${x(day)}" y1="${TOP - 12}" x2="${x(day)}" y2="${height - 20}" stroke="#d7d7dc"/><text x="${x(day)}" y="${TOP - 18}" text-anchor="middle">day ${day}</text>`,
  );
  const legend = Object.entries(colours).map(
    ([purpose, colour], at) =>
      `<circle cx="${LEFT + at * 130}" cy="16" r="6" fill="${colour}"/><text x="${LEFT + 12 + at * 130}" y="20">${purpose}</text>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${LEFT + WIDTH + 40} ${height}" font-family="sans-serif" font-size="12" fill="#26262b" role="img" aria-label="What a customer of each profile receives, by days since the order">`,
    `<rect width="100%" height="100%" fill="#ffffff"/>`,
    ...legend,
    ...ticks,
    ...calendars.map((calendar, row) => rowOf(calendar, TOP + row * ROW + 16, purposes)),
    '</svg>',
    '',
  ].join('\n');
};

const x = (day: number): string => placeOf(day).toFixed(1);

const rowOf = ({ profile, entries }: ProfileCalendar, y: number, purposes: Purposes): string => {
  const sameDay = new Map<number, number>();
  const dots = entries.map(({ day, touch, channel }) => {
    const before = sameDay.get(day) ?? 0;
    sameDay.set(day, before + 1);
    const colour = colours[purposes[touch] ?? 'service'];
    return `<circle cx="${x(day)}" cy="${y - 4 + before * 9 - 4}" r="4.5" fill="${colour}"><title>day ${day}: ${touch}${channel === 'email' ? '' : ` (${channel})`}</title></circle>`;
  });
  return `<text x="${LEFT - 16}" y="${y}" text-anchor="end">${profile}</text>${dots.join('')}`;
};
