import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { outgoingEvents } from '#core/contracts/outgoing-events.ts';
import { visitTouches } from '#core/domain/journeys/visits.ts';
import { awaitMilestoneInput } from '#lambdas/await-milestone/contract.ts';
import { touchRequest } from '#lambdas/decide-touch/contract.ts';
import { stageDue } from '#lambdas/enrol-stage/contract.ts';
import { fitScoresInput } from '#lambdas/fit-scores/contract.ts';
import { loadAffinityInput } from '#lambdas/load-affinity/contract.ts';
import { loadScoresInput } from '#lambdas/load-scores/contract.ts';
import { supportRequest } from '#lambdas/request-support/contract.ts';
import { touches } from '#touches/registry.ts';
import { notice } from '#state-machines/notice.contract.ts';
import { journeys, machines } from './definitions.ts';
import { enrolments } from './enrolments.ts';
import { missingFrom, type Recorded, recorded, shapeOf, unrecorded } from './recorded-inputs.ts';

const startOf = new Map<string, z.ZodType>(
  Object.entries(machines).map(([name, { input }]) => [name, input]),
);

/** The schema that reads a recorded input today. */
const readerOf = ({ to, from, file }: Recorded): z.ZodType => {
  switch (to) {
    case 'decide-touch':
      return touchRequest.refine(
        ({ touch }) => touch in touches,
        'there is no such touch any more',
      );
    case 'await-milestone':
      return awaitMilestoneInput;
    case 'fit-scores':
      return fitScoresInput;
    case 'load-scores':
      return loadScoresInput;
    case 'load-affinity':
      return loadAffinityInput;
    case 'request-support':
      return supportRequest;
    case 'enrol-stage':
      return from.startsWith('schedule.') ? stageDue : outgoingEvents.StageCompleted;
    case 'state-machines':
      return startOf.get(from) ?? z.never(`${file}: there is no machine of this name any more`);
    default:
      return z.never(`${file}: nobody is known who reads this folder`);
  }
};

describe('what was ever sent', () => {
  test('is on record for every reader', () => {
    expect(new Set(recorded().map(({ to }) => to))).toEqual(
      new Set([
        'await-milestone',
        'decide-touch',
        'enrol-stage',
        'fit-scores',
        'load-affinity',
        'load-scores',
        'request-support',
        'state-machines',
      ]),
    );
  });

  test.each(recorded())('$file is still read', (file) => {
    const { error } = readerOf(file).safeParse(file.input);

    expect(error?.issues ?? []).toEqual([]);
  });
});

describe('what enrol-stage sends', () => {
  test('is everything that it can send: every journey, every schedule, every visit, every notice', async () => {
    const sent = await enrolments();
    const seen = new Set(sent.flatMap(({ from, input }) => [from, ...shapeOf(input).split('\n')]));
    const expected = [
      ...Object.keys(journeys),
      ...['onboarding', 'advocacy', 'repurchase'].map((stage) => `schedule.${stage}`),
      ...[...visitTouches, ...notice.input.shape.touch.options].map((touch) => `.touch: ${touch}`),
    ];

    expect([...seen]).toEqual(expect.arrayContaining(expected));
  });

  test('is of no shape that is not on record', async () => {
    expect(await unrecorded(await enrolments())).toEqual([]);
  });
});

describe('the shape of an input', () => {
  const wait = { stage: 'advocacy', seen: ['a', 'b'], deadline: null, parcels: [{ id: 'P1' }] };

  test('is its members, through lists, with the kind of each value and the words that are known', () => {
    expect(shapeOf(wait).split('\n')).toEqual([
      '.deadline',
      '.deadline: null',
      '.parcels',
      '.parcels[].id',
      '.parcels[].id: string',
      '.seen',
      '.seen[]: string',
      '.stage',
      '.stage: advocacy',
    ]);
  });

  test.each([
    ['another value', { seen: ['c'] }, 0],
    ['one member more', { patience: 3 }, 1],
    ['one member more in a list', { parcels: [{ id: 'P1', weight: 3 }] }, 1],
    ['another kind of value', { deadline: '2026-11-18T09:30:00.000Z' }, 1],
    ['another word', { stage: 'onboarding' }, 1],
  ])('with %s is found on the record or missed', (_, change, missing) => {
    const from = 'advocacy.AwaitAnswer';
    const known = [{ to: 'await-milestone', from, input: wait }];
    const sent = { to: 'AwaitMilestoneArn', from, input: { ...wait, ...change } };

    expect(missingFrom(known, [sent, sent])).toHaveLength(missing);
  });

  test('is on record for its own state only', () => {
    const known = [{ to: 'await-milestone', from: 'advocacy.AwaitAnswer', input: wait }];
    const sent = [{ to: 'AwaitMilestoneArn', from: 'advocacy.AwaitReview', input: wait }];

    expect(missingFrom(known, sent)).toEqual(sent);
  });
});
