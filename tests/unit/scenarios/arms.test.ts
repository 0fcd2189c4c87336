import { expect, test } from 'vitest';
import { armOf, isInHoldout } from '#core/domain/experiments/arms.ts';
import { armNames, type Experiments } from '#core/domain/experiments/experiment.ts';
import { guestIds, withArms } from '#rehearsal/scenarios/in-arms.ts';
import type { Scenario } from '#rehearsal/scenarios/scenario.ts';
import { readScenarios } from '#rehearsal/scenarios/scenario-files.ts';
import { experimentOf, holdout } from '#tests/unit/experiments/planned.ts';

const test1 = experimentOf({ variant: 'story' });
const experiments: Experiments = { holdout: { ...holdout, share: 0.05 }, experiments: [test1] };
const guestIdOf = guestIds(JSON.stringify({ key: 'a key of the rehearsal, 32 characters' }));

const page = (
  arms: string,
  customer = 'id: c-1, email: jana@customers.example',
) => `scenario: A page
shop: hearth
customer: { ${customer} }
${arms}
when:
  - day 0 09:00: order placed
    lines: [HG-GRI-010]
  - day 9 09:00: order placed
    order: B
    id: c-2
    lines: [HG-GRI-010]
then:
  - day 0: order-confirmation
`;

const readText = (text: string) =>
  readScenarios(text, {
    file: 'a.yaml',
    prefix: 'a',
    shops: { hearth: { currency: 'EUR', timeZone: 'Europe/Berlin' } },
    touches: ['order-confirmation'],
    arms: armNames(experiments),
  });

const drawn = async (arms: string, customer?: string): Promise<Scenario> => {
  const { scenarios, problems } = readText(page(arms, customer));
  const [scenario] = scenarios;
  if (scenario === undefined) throw new Error(problems.map(({ problem }) => problem).join('\n'));
  return withArms(scenario, { experiments, guestIdOf });
};

/** Every id that the scenario's customers may be known by: their own, and by their addresses. */
const idsIn = async ({ events }: Scenario): Promise<readonly string[]> => {
  const json = JSON.stringify(events);
  const ids = [...json.matchAll(/"customerId":"([^"]+)"/g)].map(([, id = '']) => id);
  const emails = [...json.matchAll(/"email":"([^"]+)"/g)].map(([, email = '']) => email);
  return [...ids, ...(await Promise.all(emails.map(guestIdOf)))];
};

const isHeldOut = (id: string) => isInHoldout(experiments, id);

test('customers are in the control and not in the holdout unless the page says otherwise', async () => {
  const ids = await idsIn(await drawn(''));

  expect(new Set(ids).size).toBe(3);
  expect(ids.filter(isHeldOut)).toEqual([]);
  expect(new Set(ids.map((id) => armOf(test1, id)?.arm))).toEqual(new Set(['control']));
});

test('customers are in the arms that the page names, guests by their address', async () => {
  const held = await idsIn(await drawn('arms: { holdout: holdout }'));
  const guests = await idsIn(
    await drawn('arms: { offer-test: b }', 'email: jana@customers.example'),
  );

  expect(held.filter((id) => !isHeldOut(id))).toEqual([]);
  expect(guests.filter(isHeldOut)).toEqual([]);
  expect(new Set(guests.map((id) => armOf(test1, id)?.arm))).toEqual(new Set(['b']));
});

test('nothing but ids and addresses changes', async () => {
  const [before] = readText(page('arms: { holdout: holdout }')).scenarios;
  const after = await drawn('arms: { holdout: holdout }');

  const plain = (scenario: Scenario | undefined) =>
    JSON.stringify(scenario?.events).replaceAll(/\.\d+(?=["@])/g, '');
  expect(plain(after)).toBe(plain(before));
  expect(after.orders).toEqual(before?.orders);
});

test.each([
  ['arms: holdout', 'arms: got "holdout", expected an arm by experiment'],
  [
    'arms: { holdot: holdout }',
    'arms: got the experiment "holdot", expected holdout or offer-test',
  ],
  ['arms: { offer-test: c }', 'arms: got "c", expected an arm of offer-test: control or b'],
])('%s is noted', (arms, problem) => {
  expect(readText(page(arms)).problems.map((each) => each.problem)).toEqual([
    expect.stringContaining(problem),
  ]);
});
