import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { run } from '../../../bin/commands/policy.ts';
import { at } from '#tests/unit/orders/order-events.ts';
import { rehearsedState } from './rehearsed-state.ts';

let state: Awaited<ReturnType<typeof rehearsedState>>;
const out: string[] = [];
const problems: string[] = [];

beforeAll(async () => {
  state = await rehearsedState();
  vi.spyOn(console, 'log').mockImplementation((text: string) => void out.push(text));
  vi.spyOn(console, 'error').mockImplementation((text: string) => void problems.push(text));
});
beforeEach(() => {
  out.length = 0;
  problems.length = 0;
});
afterAll(async () => {
  vi.restoreAllMocks();
  await state.remove();
});

const NOON = at(396);
const ask = (touch: string, when: string, ...more: readonly string[]) =>
  run(['--customer', 'c-17', '--touch', touch, '--at', when, '--state', state.dir, ...more]);

describe('npm run policy', () => {
  test('prints the decision and every rule with what it saw, of the latest order', async () => {
    expect(await ask('refund', NOON)).toBe(0);

    const text = out.join('\n');
    expect(text).toContain('refund of order 100482 for c-17 of hearth');
    expect(text).toContain(
      `at ${NOON} in Europe/Berlin, Europe/Zurich; regions europe, confirmed-consent`,
    );
    expect(text).toContain('send by email');
    expect(text).toContain('consent: transactional by email needs nothing');
  });

  test('counts what the customer had got by then, and nothing later', async () => {
    await ask('satisfaction-survey', NOON, '--json');
    await ask('satisfaction-survey', at(380), '--json');

    const [now, before] = out.map((text) => JSON.parse(text));
    expect(now).toMatchObject({ decision: { kind: 'hold', reason: 'cap-reached' } });
    expect(before).toMatchObject({ decision: { kind: 'send' } });
  });

  test('shows with --calendar when it would go', async () => {
    await ask('satisfaction-survey', '2026-12-04T22:30:00+01:00', '--calendar');

    const text = out.join('\n');
    expect(text).toContain('Fri 04 Dec                         ··');
    expect(text).toContain('Sat 05 Dec   ·······███████████████··');
    expect(text).toContain('it goes from 2026-12-05T06:30:00.000Z on: send by email');
  });

  test.each([
    [['birthday', NOON], 'there is no touch "birthday"; there are: order-confirmation'],
    [['refund', '2026-12-04T12:00'], 'expected an instant with its zone'],
    [['refund', 'tomorrow'], '--at got "tomorrow"'],
    [['refund', NOON, '--customer', 'nobody'], 'know no customer "nobody"'],
    [['refund', NOON, '--order', '7'], 'no customer "c-17" with an order "7"'],
    [['cross-sell', NOON], 'name them by --subjects'],
  ] as const)('refuses %j in a sentence', async ([touch, when, ...more], sentence) => {
    expect(await ask(touch, when, ...more)).toBe(1);

    expect(problems.join('\n')).toContain(sentence);
  });

  test('asks for what it needs', async () => {
    expect(await run(['--customer', 'c-17'])).toBe(2);

    expect(out.join('\n')).toContain('npm run policy -- --customer ID');
  });
});
