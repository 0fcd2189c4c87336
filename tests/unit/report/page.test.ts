import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  decided,
  entry,
  exposed,
  happened,
  line,
  messaged,
  pageView,
  shown,
  signal,
} from '../analytics/facts.ts';
import { LakeOfFacts, type Rows, views } from '../analytics/lake-of-facts.ts';
import { chaptersOf } from '../../../bin/report/chapters.ts';
import { reportPage } from '../../../bin/report/page.ts';
import { type Report, reportOf } from '../../../bin/report/report.ts';
import type { Scope } from '../../../bin/report/scope.ts';

let lake: LakeOfFacts;
beforeAll(async () => {
  lake = await LakeOfFacts.open();
});
afterAll(() => lake.close());

const made = async (facts: Rows, scope: Scope = {}): Promise<Report> => {
  await lake.hold(facts);
  return reportOf({
    source: { query: (sql) => lake.ask(sql) },
    chapters: chaptersOf({ holdout: {}, experiments: [] }),
    views,
    scope,
    from: 'a test',
  });
};

const hostile = `<img src=x onerror="alert('1')">`;
const at = (day: number): string => new Date(Date.UTC(2026, 0, day, 12)).toISOString();
const orders = Array.from({ length: 12 }, (_, index) => `o${index}`);

/** Twelve orders of January with what may follow one, told in June; every word of others' is hostile. */
const facts: Rows = {
  order_lines: [
    ...orders.map((id, index) =>
      line(id, at(2 + index), { customer: `c${index % 8}`, category: hostile }),
    ),
    line('other', at(3), { shop: 'northside', currency: 'USD', customer: 'n1' }),
  ],
  order_events: [
    ...orders.map((id, index) => happened('ShipmentDispatched', id, at(4 + index))),
    happened('ShipmentUpdated', 'o0', at(160)),
  ],
  ledger_entries: orders.flatMap((id, index) => [
    entry(`p.${id}`, id, at(2 + index), 1_000, { category: hostile }),
    entry(`u.${id}`, id, at(2 + index), 200, {
      class: 'confirmation_upsell',
      credit_kind: 'touch',
      credit_touch: hostile,
      credit_channel: hostile,
      category: hostile,
    }),
  ]),
  sessions: orders.map((id, index) => pageView(id, at(2 + index))),
  impressions: orders.map((id, index) =>
    shown(hostile, id, at(2 + index), { partner: hostile, slot: 1 }),
  ),
  touches: orders.map((id, index) => decided(hostile, id, at(6 + index))),
  message_events: orders.map((id, index) => messaged('sent', hostile, id, at(6 + index))),
  service_signals: orders.map((id, index) =>
    signal('survey_answered', at(20 + index), { order_id: id, survey: 'nps', score: index % 11 }),
  ),
  exposures: orders.map((_, index) => exposed(`c${index % 8}`, 'treated', at(6))),
};

describe('the report', () => {
  test('tells every section from the facts', async () => {
    const { cover, sections } = await made(facts);

    expect(cover).toMatchObject({ asOf: at(160), context: { currency: 'EUR' } });
    expect(cover.shops.map(({ name, orders: n }) => [name, n])).toEqual([
      ["Hearth & Grain's", 12],
      ['Northside', 1],
    ]);
    expect(sections.map(({ id }) => id)).toEqual([
      'revenue-per-session',
      'post-purchase-revenue',
      'channels',
      'ledger',
      'lift-holdout',
      'retention',
      'nps-csat',
      'wismo-returns-refunds',
      'touches',
      'offers',
      'personalisation',
      'scores',
      'cost',
    ]);
    expect(sections[0]?.reading).toBe(
      'A visit of the confirmation page earned €2.00 and a page view €2.00, over 12 matured sessions.',
    );
    expect(sections.flatMap(({ docs }) => docs.map(({ name }) => name))).toContain('nps');
  });

  test('is of one shop or of some months when asked', async () => {
    const other = await made(facts, { shop: 'northside' });
    const later = await made(facts, { from: '2026-02' });

    expect(other.cover.shops.map(({ name }) => name)).toEqual(['Northside']);
    expect(other.sections[0]?.reading).toContain('No view of a confirmation page');
    expect(later.cover.shops.map(({ orders: n }) => n)).toEqual([0, 0]);
    expect(later.sections[3]?.reading).toContain('Nothing is booked');
  });

  test('names the section whose query fails', async () => {
    await lake.hold(facts);
    const broken = { query: (sql: string) => lake.ask(sql.replace('from nps', 'from npss')) };

    const report = reportOf({
      source: broken,
      chapters: chaptersOf({ experiments: [] }),
      views,
      scope: {},
      from: 'a test',
    });

    await expect(report).rejects.toThrow(/section "NPS and satisfaction": .*npss/s);
  });
});

describe('the page', () => {
  test('shows what others wrote and obeys none of it', async () => {
    const html = reportPage(await made(facts));

    expect(html).toContain('&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;');
    expect(html).not.toContain('<img');
  });

  test('loads nothing, runs nothing, and forbids both', async () => {
    const html = reportPage(await made(facts));

    expect(html).toContain(
      `content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"`,
    );
    expect(html).not.toMatch(/<script|<link|<iframe|@import|url\((?!#)|\bsrc=(?!x)|https?:/);
  });

  test('never says NaN, null, undefined or Infinity', async () => {
    for (const rows of [facts, {}])
      expect(reportPage(await made(rows))).not.toMatch(/\b(NaN|null|undefined|Infinity)\b/);
  });

  test('has headings in their order, named tables and charts, and no id twice', async () => {
    const html = reportPage(await made(facts));

    const levels = [...html.matchAll(/<h(\d)/g)].map(([, level]) => Number(level));
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    const count = (pattern: RegExp): number => [...html.matchAll(pattern)].length;
    expect(levels[0]).toBe(1);
    expect(levels.slice(1).every((level) => level === 2)).toBe(true);
    expect(new Set(ids).size).toBe(ids.length);
    expect(count(/<table>\s*<caption>/g)).toBe(count(/<table/g));
    expect(html).not.toMatch(/<th(?![^>]*scope=|ead)/);
    expect(
      count(/<svg class="chart[^>]*role="img"[^>]*><title[^>]*>[^<]+<\/title><desc[^>]*>[^<]+/g),
    ).toBe(count(/<svg class="chart/g));
  });

  test('of an empty lake says what is missing and how to get it', async () => {
    const html = reportPage(await made({}));

    expect(html).toContain('Nothing is in the lake yet');
    expect(html).toContain('npm run rehearse');
    expect(html).not.toContain('<table');
  });
});
