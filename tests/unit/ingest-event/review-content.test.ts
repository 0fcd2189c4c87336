import { describe, expect, test } from 'vitest';
import type { CatalogItem } from '#core/domain/catalogue/catalog-item.ts';
import { liveVersion, stateOf, withVersions } from '#core/domain/content/product-texts.ts';
import type { ProposedFact } from '#core/domain/content/proposals.ts';
import { draftOf, noTexts } from '#tests/unit/content/versions.ts';
import { setUp } from './set-up.ts';

const texts = { ...withVersions(noTexts, [draftOf()]), revision: 1 };
const of = { shop: 'hearth', sku: 'HG-APR', locale: 'en-GB' };
const text = { type: 'text', locale: 'en-GB', kind: 'care', version: 1 };
const complexity = { type: 'fact', fact: 'complexity', value: 'considered' };

const item: CatalogItem = {
  shop: 'hearth',
  sku: 'HG-APR',
  name: 'Apron, linen',
  updatedAt: '2026-03-01T00:00:00.000Z',
};

const proposed: ProposedFact = {
  fact: 'complexity',
  value: 'considered',
  evidence: ['name'],
  confidence: 0.6,
  because: 'It has to be tied.',
  sourceDigest: 'source',
  proposedAt: '2026-03-01T00:00:00.000Z',
  proposedBy: { model: 'nova', prompt: 'v1' },
  requestId: 'request-1',
  decisions: [],
};

const reviewed = (change: Readonly<Record<string, unknown>> = {}): string =>
  JSON.stringify({
    source: 'oms.hearth',
    'detail-type': 'ContentReviewed',
    detail: {
      shop: 'hearth',
      schemaVersion: 1,
      eventId: 'review-1',
      occurredAt: '2026-03-02T10:00:00Z',
      sku: 'HG-APR',
      subject: text,
      verdict: 'approve',
      reviewer: 'Ada',
      ...change,
    },
  });

describe('a review of a text', () => {
  test('puts it in use, and is told of', async () => {
    const { ingest, contents, bus } = setUp({ texts: [texts] });

    const { kind } = await ingest(reviewed());

    expect(kind).toBe('applied');
    expect(liveVersion(await contents.read(of), 'care')?.decisions).toMatchObject([
      { verdict: 'approve', by: 'Ada', at: '2026-03-02T10:00:00.000Z', eventId: 'review-1' },
    ]);
    expect(bus.events).toMatchObject([
      {
        type: 'ContentDecided',
        detail: { subject: 'HG-APR care en-GB v1', verdict: 'approve', by: 'Ada' },
      },
    ]);
  });

  test('counts once when it comes twice', async () => {
    const { ingest, contents } = setUp({ texts: [texts] });

    await ingest(reviewed());
    await ingest(reviewed());

    expect((await contents.read(of)).versions[0]?.decisions).toHaveLength(1);
  });

  test('takes it back for good, even when the approval comes after', async () => {
    const { ingest, contents } = setUp({ texts: [texts] });

    await ingest(reviewed({ eventId: 'review-2', verdict: 'retract', reason: 'recalled' }));
    await ingest(reviewed());

    const [version] = (await contents.read(of)).versions;
    expect(version && stateOf(version)).toBe('retracted');
  });

  test.each([
    ['of a version that is not there', { subject: { ...text, version: 7 } }, 'unknown-content'],
    ['of a fact that nobody proposed', { subject: complexity }, 'unknown-content'],
    ['that rejects without a reason', { verdict: 'reject' }, 'invalid'],
    ['of a kind that there is none of', { subject: { ...text, kind: 'poem' } }, 'invalid'],
  ])('%s is parked', async (_, change, reason) => {
    const { ingest } = setUp({ texts: [texts] });

    expect(await ingest(reviewed(change))).toMatchObject({ kind: 'parked', reason });
  });

  test('that approves what broke a rule is parked, and says which', async () => {
    const violations = [{ rule: 'number', because: 'got 40, which no fact has' }];
    const broken = { ...withVersions(noTexts, [draftOf({ violations })]), revision: 1 };
    const { ingest, contents } = setUp({ texts: [broken] });

    const result = await ingest(reviewed());

    expect(result).toMatchObject({ reason: 'content-state', problem: /broke number/ });
    expect(liveVersion(await contents.read(of), 'care')).toBeUndefined();
  });
});

describe('a review of a proposed fact', () => {
  const world = async () => {
    const fakes = setUp({ items: [item] });
    await fakes.contents.writeProposals({
      shop: 'hearth',
      sku: 'HG-APR',
      revision: 0,
      facts: [proposed],
    });
    return fakes;
  };

  test('has it count where nobody states it', async () => {
    const { ingest, catalogue } = await world();

    await ingest(reviewed({ subject: complexity }));

    const [found] = await catalogue.find('hearth', ['HG-APR']);
    expect(found?.approvedFacts).toEqual({ complexity: 'considered' });
  });

  test('of a value that is not proposed any more is parked', async () => {
    const { ingest, catalogue } = await world();

    const result = await ingest(reviewed({ subject: { ...complexity, value: 'simple' } }));

    expect(result).toMatchObject({ reason: 'content-state', problem: /considered is proposed/ });
    expect((await catalogue.find('hearth', ['HG-APR']))[0]?.approvedFacts ?? {}).toEqual({});
  });

  test('that takes it back has it count no more', async () => {
    const { ingest, catalogue } = await world();

    await ingest(reviewed({ subject: complexity }));
    await ingest(
      reviewed({
        eventId: 'review-2',
        subject: complexity,
        verdict: 'retract',
        reason: 'it is simple',
      }),
    );

    const [found] = await catalogue.find('hearth', ['HG-APR']);
    expect(found?.approvedFacts).toEqual({});
  });
});
