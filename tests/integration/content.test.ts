import PostalMime from 'postal-mime';
import { beforeAll, describe, expect, test } from 'vitest';
import { toProductTexts } from '#core/adapters/dynamo-product-contents.ts';
import { tables } from '#core/contracts/tables.ts';
import { contentRefInWords, liveVersion } from '#core/domain/content/product-texts.ts';
import { timelineOf } from '#core/domain/explain/timeline.ts';
import type { TouchRecord } from '#core/domain/touches/touch-record.ts';
import { contentReviewers, recalled } from '#rehearsal/input/content-reviewers.ts';
import { catalogueEvents } from '#rehearsal/input/sample-catalogue.ts';
import { contacts } from '#rehearsal/input/sample-cases/contacts.ts';
import { delivered, dispatched, sampleCase } from '#rehearsal/input/sample-cases/script.ts';
import { line } from '#rehearsal/input/sample-order.ts';
import { hearth } from '#rehearsal/input/sample-shops.ts';
import { byTime, type TimedEvent } from '#rehearsal/input/timed-event.ts';
import { assembly, rehearsed, type Rehearsed } from './rehearsed.ts';

const START_MS = Date.parse('2026-03-02T09:00:00Z');
const DAY_MS = 86_400_000;

/** Every few days somebody orders a knife and towels, in German or in English by turns. */
const orderOfDay = (day: number): readonly TimedEvent[] =>
  sampleCase({
    shop: hearth,
    about: 'It is part of the story.',
    orderId: `knife-${day}`,
    placedAt: new Date(START_MS + day * DAY_MS + 3_600_000).toISOString(),
    says: {
      ...contacts.jana,
      contact: {
        email: `customer-${day}@mail.example`,
        locale: day % 2 === 0 ? 'de-DE' : 'en-GB',
      },
    },
    lines: [line(recalled.sku), line('HG-TWL-002')],
    course: [dispatched('20h', 'P1', { L1: 1, L2: 1 }), delivered('40h', 'P1')],
  }).events;

const orderDays = [0, 1, 6, 7, 12, 13, 20, 21, 28, 29, 33, 38, 39, 44, 45, 50, 51];

const careGuides = ({ touches }: Rehearsed): readonly TouchRecord[] =>
  touches.filter(({ touch, outcome }) => touch === 'care-guide' && outcome?.state === 'sent');

const carried = ({ outcome }: TouchRecord): readonly string[] =>
  outcome?.state === 'sent' ? (outcome.content ?? []).map(contentRefInWords) : [];

const sentAt = ({ outcome }: TouchRecord): string => outcome?.at ?? '';

let run: Rehearsed;

beforeAll(async () => {
  const events = [...catalogueEvents(START_MS), ...orderDays.flatMap(orderOfDay)].toSorted(byTime);
  run = await rehearsed({
    assemblyDir: await assembly(),
    events,
    days: 60,
    visit: async (rehearsal) => rehearsal.listen(contentReviewers({ seed: '1' })),
  });
}, 240_000);

const textsOf = (sku: string, locale: string) =>
  (run.items[tables.content.name] ?? [])
    .filter((item) => item['part']?.S === locale)
    .map(toProductTexts)
    .find((each) => each.sku === sku);

describe('sixty days of orders of a product that has no texts at first', () => {
  test('end without a problem', () => {
    expect(run.summary.problems).toEqual([]);
    expect(run.deadLetters).toEqual([]);
  });

  test('have it drafted when it is first bought, and once', () => {
    const texts = textsOf(recalled.sku, 'en-GB');

    expect(texts?.versions.map(({ kind }) => kind)).toContain('care');
    expect(new Set(texts?.versions.map(({ draftedAt }) => draftedAt.slice(0, 10)))).toEqual(
      new Set(['2026-03-02']),
    );
  });

  test('have a person decide of what can hurt, and a rule of what cannot', () => {
    const [knife] = textsOf(recalled.sku, 'de-DE')?.versions ?? [];
    const towel = textsOf('HG-TWL-002', 'en-GB')?.versions.find(({ kind }) => kind === 'care');

    expect(knife?.decisions[0]).toMatchObject({ verdict: 'approve', by: /Jo/ });
    expect(towel?.decisions[0]).toMatchObject({ verdict: 'approve', by: 'rule: simple goods' });
  });

  test('have every care guide carry texts of what was bought in the language of its words', () => {
    const guides = careGuides(run);
    const ofOthers = guides.flatMap((guide) => {
      const locale = guide.outcome?.state === 'sent' ? guide.outcome.locale : '';
      return carried(guide).filter(
        (ref) =>
          !ref.includes(` ${locale} `) || !/^(HG-KNI-200|HG-TWL-002) (care|usage-guide) /.test(ref),
      );
    });

    expect(guides.length).toBeGreaterThan(10);
    expect(guides.filter((guide) => carried(guide).length === 0)).toEqual([]);
    expect(ofOthers).toEqual([]);
  });

  test('have the words of the pinned version in the message', async () => {
    const [guide] = careGuides(run).filter((each) =>
      carried(each).includes('HG-KNI-200 care en-GB v1'),
    );
    const version = textsOf(recalled.sku, 'en-GB')?.versions.find(({ kind }) => kind === 'care');
    const messageId = guide?.outcome?.state === 'sent' ? guide.outcome.messageId : '';
    const raw = run.outbox.find((each) => each.messageId === messageId)?.raw ?? '';
    const { text: words = '' } = await PostalMime.parse(raw);

    expect(version?.blocks.length).toBeGreaterThan(0);
    for (const { text } of version?.blocks ?? [])
      expect(words.replaceAll(/\s+/g, ' ')).toContain(text);
  });

  test('show the versions when the message is explained', () => {
    const [guide] = careGuides(run);
    if (guide === undefined) throw new Error('no care guide was sent');
    const { shop, orderId } = guide;

    const entries = timelineOf({ shop, orderId, events: [], waits: [], version: 1 }, [guide]);

    const said = entries.flatMap(({ because }) => because);
    expect(carried(guide).map((ref) => `with ${ref}`)).toEqual(
      said.filter((each) => each.startsWith('with ')),
    );
    expect(carried(guide).length).toBeGreaterThan(1);
  });

  test('have no message with a text after it was retracted', () => {
    const retracted = textsOf(recalled.sku, 'en-GB')?.versions.flatMap(({ kind, decisions }) =>
      kind === recalled.kind ? decisions.filter(({ verdict }) => verdict === 'retract') : [],
    )[0];
    const ofRecalled = careGuides(run).filter((guide) =>
      carried(guide).some((ref) => ref.startsWith('HG-KNI-200 care en-GB')),
    );
    const inEnglish = careGuides(run).filter(
      ({ outcome }) => outcome?.state === 'sent' && outcome.locale === 'en-GB',
    );
    const after = inEnglish.filter((guide) => sentAt(guide) > (retracted?.at ?? ''));

    expect(retracted?.reason).toBe(recalled.reason);
    expect(ofRecalled.length).toBeGreaterThan(2);
    expect(ofRecalled.filter((guide) => sentAt(guide) > (retracted?.at ?? ''))).toEqual([]);
    expect(after.length).toBeGreaterThan(1);
    expect(after.every((guide) => carried(guide).some((ref) => ref.startsWith('HG-TWL')))).toBe(
      true,
    );
    const texts = textsOf(recalled.sku, 'en-GB');
    expect(texts && liveVersion(texts, recalled.kind)).toBeUndefined();
  });
});
