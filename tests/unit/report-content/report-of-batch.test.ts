import { describe, expect, test } from 'vitest';
import { reportPage } from '#core/content/roll-out/report-page.ts';
import { ResultTally } from '#core/content/roll-out/result-sums.ts';
import {
  type BatchOutcome,
  type BatchPlan,
  type RollOutPlan,
  runFiles,
} from '#core/content/roll-out/roll-out-plan.ts';
import type { RollOutReport } from '#core/content/roll-out/roll-out-report.ts';
import { reportContentInput } from '#lambdas/report-content/contract.ts';
import { reportContent } from '#lambdas/report-content/report-content.ts';
import { inMemoryCatalogue } from '#tests/fakes/in-memory-catalogue.ts';
import { inMemoryDraftBudget } from '#tests/fakes/in-memory-draft-budget.ts';
import { inMemoryObjects } from '#tests/fakes/in-memory-objects.ts';
import { inMemoryProductContents } from '#tests/fakes/in-memory-product-contents.ts';
import { inMemoryQueryResults } from '#tests/fakes/in-memory-query-results.ts';

const plan: RollOutPlan = {
  run: 'spring',
  plannedAt: '2026-03-01T10:00:00.000Z',
  input: { batch: true },
  shops: ['hearth'],
  products: { inCatalogue: 80, settled: 0, leftOut: 20, planned: 60 },
  estimates: [],
  budget: { usd: 0.3, tokens: 50_000 },
};

const job: BatchPlan = {
  kind: 'job',
  records: 120,
  estimate: { usd: 0.29, tokens: 9_000 },
  cut: 20,
  cutBy: 'the budget of USD 0.3',
};

const done: BatchOutcome = {
  status: 'Completed',
  answered: 118,
  failed: 2,
  message: '503 no room',
  usd: 0.25,
};

const pageOf = (planned?: BatchPlan, batch?: BatchOutcome): string => {
  const report: RollOutReport = {
    run: 'spring',
    reportedAt: '2026-03-01T12:00:00.000Z',
    plan: { ...plan, batch: planned },
    results: new ResultTally().sums,
    counted: { usd: 0.25, tokens: 9_000 },
    orders: [],
    batch,
  };
  return reportPage(report);
};

describe('the page of a run by batch inference', () => {
  test('says what the job answered, for how much, and what had no room', () => {
    expect(pageOf(job, done)).toContain(
      'The job of batch inference had 120 records, estimated $0.29. 20 products had no room in the budget of USD 0.3: another run goes on with them. It ended as Completed: 118 were answered for $0.25, 2 failed, such as by: 503 no room.',
    );
  });

  test('says why there was no answer', () => {
    expect(pageOf(job, { status: 'Failed', message: 'the region is full' })).toContain(
      'It ended as Failed (the region is full): drafts were made by calls.',
    );
  });

  test('says why there was no job', () => {
    const because = 'a job of batch inference has at least 100 records, here are 98';

    expect(pageOf({ kind: 'on-demand', because })).toContain(`Not by batch inference: ${because}.`);
  });

  test('says nothing of it where none was asked for', () => {
    expect(pageOf()).not.toContain('batch inference');
  });
});

test('the report has what the machine says of the job', async () => {
  const files = runFiles('spring');
  const objects = inMemoryObjects({ [files.plan]: JSON.stringify({ ...plan, batch: job }) });

  await reportContent({
    results: inMemoryQueryResults({ orders: [] }),
    objects,
    contents: inMemoryProductContents(),
    catalogue: inMemoryCatalogue(),
    budget: inMemoryDraftBudget(),
    shops: {},
    digest: (text) => text,
    now: () => new Date('2026-03-01T12:00:00Z'),
  })(reportContentInput.parse({ run: 'spring', queryId: 'orders', batch: done }));

  const report: RollOutReport = JSON.parse(await objects.get(files.report));
  expect(report.batch).toEqual(done);
});
