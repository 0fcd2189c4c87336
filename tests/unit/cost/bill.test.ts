import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { billOf } from '#rehearsal/cost/bill.ts';
import { UnusableCosts } from '#rehearsal/cost/price-list.ts';
import { counted, priced } from './counted.ts';

const volume = { ordersPerMonth: 1_000_000, lambdaFactor: 2 };

describe('a bill', () => {
  test('is what was counted times its price, an order', () => {
    const { services, costPerOrder } = billOf(counted(), priced, volume);

    // 4 × 20/M; 1 × 100/M; 3 × 1/M and 0.1 GB-s × 2 × 10/M; 3 × 2/M
    expect(services.map(({ service, costPerOrder: cost }) => [service, cost])).toEqual([
      ['SES', expect.closeTo(100e-6, 12)],
      ['Step Functions', expect.closeTo(80e-6, 12)],
      ['EventBridge', expect.closeTo(6e-6, 12)],
      ['Lambda', expect.closeTo(5e-6, 12)],
    ]);
    expect(costPerOrder).toBeCloseTo(191e-6, 12);
  });

  test('of a month is that of an order as often as orders come', () => {
    expect(billOf(counted(), priced, volume).costPerMonth).toBeCloseTo(191, 9);
  });

  test('leaves out of a month what is free in it, and never goes below nothing', () => {
    const free = (eventsPublished: number) =>
      billOf(counted(), { ...priced, freeAMonth: { eventsPublished } }, volume).costPerMonth;

    expect(free(1_000_000)).toBeCloseTo(191 - 2, 9);
    expect(free(9_000_000_000)).toBeCloseTo(191 - 6, 9);
  });

  test('gives a stage its transitions, its calls and what became of its touches', () => {
    const { stages } = billOf(counted(), priced, volume);

    expect(stages).toEqual([
      {
        name: 'advocacy',
        isStage: true,
        transitionsPerOrder: 4,
        costPerOrder: expect.closeTo(185e-6, 12),
      },
      {
        name: 'the shop',
        isStage: false,
        transitionsPerOrder: 0,
        costPerOrder: expect.closeTo(6e-6, 12),
      },
    ]);
  });

  test('shares a touch among the stages that asked for it, in proportion', () => {
    const asked = (stage: string, lambdaRequests: number) => ({
      actor: 'DecideTouch',
      stage,
      touch: 'care-guide',
      units: { lambdaRequests },
    });
    const uses = [
      asked('onboarding', 30),
      asked('notice', 10),
      { actor: 'DeliverEmail', touch: 'care-guide', units: { emails: 40 } },
    ];

    const { stages } = billOf(counted({ uses }), priced, volume);

    // 3 × 1/M and 3 of the 4 e-mails; 1 × 1/M and the fourth
    expect(stages.map(({ name, costPerOrder }) => [name, costPerOrder])).toEqual([
      ['onboarding', expect.closeTo(303e-6, 12)],
      ['notice', expect.closeTo(101e-6, 12)],
    ]);
  });

  test('tells what a message of a touch costs, its provider and the rest', () => {
    const { touches } = billOf(counted(), priced, volume);

    expect(touches).toEqual([
      {
        touch: 'satisfaction-survey',
        channels: ['email'],
        messagesPerOrder: 1,
        provider: expect.closeTo(100e-6, 12),
        costPerMessage: expect.closeTo(105e-6, 12),
      },
    ]);
  });

  test('keeps what is paid by the month apart', () => {
    const { monthly, monthlyTotal } = billOf(counted(), priced, volume);

    expect(monthly.map(({ type, count, costPerMonth }) => [type, count, costPerMonth])).toEqual([
      ['AWS::KMS::Key', 1, 1],
    ]);
    expect(monthlyTotal).toBe(1);
  });

  test('has the same total by service, by unit and by stage, whatever was used by whom', () => {
    const use = fc.record({
      actor: fc.constantFrom('DecideTouch', 'DeliverEmail', 'Queue'),
      stage: fc.option(fc.constantFrom('advocacy', 'notice'), { nil: undefined }),
      touch: fc.option(fc.constantFrom('referral', 'care-guide'), { nil: undefined }),
      units: fc.dictionary(
        fc.constantFrom('emails', 'lambdaRequests', 'eventsPublished', 'lambdaGbSeconds'),
        fc.integer({ min: 0, max: 1_000 }),
      ),
    });
    const sum = (lines: readonly { readonly costPerOrder: number }[]): number =>
      lines.reduce((total, { costPerOrder }) => total + costPerOrder, 0);

    fc.assert(
      fc.property(fc.array(use), (uses) => {
        const { costPerOrder, services, units, stages } = billOf(counted({ uses }), priced, volume);

        for (const lines of [services, units, stages])
          expect(sum(lines)).toBeCloseTo(costPerOrder, 9);
      }),
    );
  });
});

describe('a bill is refused', () => {
  const refusal = (change: Parameters<typeof counted>[0]) => () =>
    billOf(counted(change), priced, volume);

  test('for something counted that has no price, by its name', () => {
    const uses = [{ actor: 'AskModel', units: { 'bedrock:InvokeModel': 1 } }];

    expect(refusal({ uses })).toThrow(UnusableCosts);
    expect(refusal({ uses })).toThrow(/bedrock:InvokeModel.*prices\.json has no price/);
  });

  test('for a resource of which nobody said what it costs a month', () => {
    expect(refusal({ resources: { 'AWS::OpenSearch::Domain': 1 } })).toThrow(
      /AWS::OpenSearch::Domain.*perMonth/,
    );
  });

  test('but a text to a country without a price of its own has that of the others', () => {
    const uses = [{ actor: 'DeliverSms', units: { 'smsParts DE': 10, 'smsParts NO': 10 } }];

    const { units } = billOf(counted({ uses }), priced, volume);

    expect(units.map(({ unit, costPerOrder }) => [unit, costPerOrder])).toEqual([
      ['smsParts DE', 0.1],
      ['smsParts NO', 0.08],
    ]);
  });
});
