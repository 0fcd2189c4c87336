import { channelsInWords, levelOf, type Touchpoint, utilisationLevel } from './touchpoint-map.ts';

/** A table of text whose columns are as wide as their widest cell. */
export const textTable = (rows: readonly (readonly string[])[]): string => {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
};

export const markdownTable = (rows: readonly (readonly string[])[]): string => {
  const [head = [], ...body] = rows;
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...body.map(line)].join('\n');
};

/** The map as a marketer reads it in a terminal: the three ratings, then what is in it. */
export const mapInWords = (map: readonly Touchpoint[]): string =>
  textTable([
    ['touch', 'purpose', 'channels', 'role', 'potential', 'effort', 'utilisation'],
    ...withChannels(map).map(({ channels, touch, utilisation }) => [
      touch.name,
      touch.purpose,
      channels,
      touch.revenue,
      levelOf(touch.rating.potential),
      levelOf(touch.rating.effort),
      utilisation === undefined ? 'not rehearsed' : utilisationLevel(utilisation),
    ]),
  ]);

const withChannels = (map: readonly Touchpoint[]) =>
  map.map((point) => ({ ...point, channels: channelsInWords(point) }));

/** Why touches were not sent, where they were not. */
export const refusalsInWords = (map: readonly Touchpoint[]): string =>
  textTable(
    map.flatMap(({ touch, utilisation }) =>
      utilisation === undefined || utilisation.reasons.length === 0
        ? []
        : [[touch.name, utilisation.reasons.map(([why, n]) => `${n} ${why}`).join(', ')]],
    ),
  );

/** The whole map, for the documentation. */
export const mapAsMarkdown = (map: readonly Touchpoint[]): string =>
  markdownTable([
    [
      'touch',
      'trigger',
      'audience',
      'channels',
      'personalised elements',
      'revenue role',
      'potential',
      'effort',
      'utilisation',
    ],
    ...withChannels(map).map(({ channels, touch, byOrder, byCustomer, utilisation }) => [
      `${touch.name} (${touch.purpose})`,
      touch.trigger,
      touch.audience,
      channels,
      `${byOrder + byCustomer}: ${touch.personalised.join(', ')}`,
      touch.revenue,
      levelOf(touch.rating.potential),
      levelOf(touch.rating.effort),
      utilisation === undefined ? 'not rehearsed' : utilisationLevel(utilisation),
    ]),
  ]);
