import { describe, expect, test } from 'vitest';
import { page, problemsOf } from './notes.ts';

/** The line on which `when` goes on, and on which `then` does when one line was added there. */
const WHEN = 8;
const THEN = 11;

const under = (when: string) => problemsOf(page(when));
const expecting = (then: string) => problemsOf(page('', then));

describe('a mistake in what happens', () => {
  test.each([
    ['a phrase that is none', '  - day 1: shiped', WHEN, /got "shiped", expected .*shipped/],
    ['a time that is none', '  - day 1 25:00: shipped', WHEN, /"day 1 25:00".*`day 3 11:20: deliv/],
    ['a colon that is missing', '  - day 1 11:00 shipped', WHEN, /got "day 1 11:00 shipped"/],
    [
      'a field that is none',
      '  - day 1: shipped\n    parcl: P1',
      WHEN + 1,
      /"parcl", expected parcel/,
    ],
    [
      'a date that is none',
      '  - day 1: shipped\n    due: soon',
      WHEN + 1,
      /got "soon", expected a time/,
    ],
    [
      'a line of another order',
      '  - day 1: shipped\n    lines: [HG-TWL-002]',
      WHEN + 1,
      /HG-GRI-010 \(L1\)/,
    ],
    [
      'a value that the contract refuses',
      '  - day 5: survey answered\n    score: 7',
      WHEN + 1,
      /score: got 7, expected 1 to 5 for csat/,
    ],
    [
      'a value of another kind',
      '  - day 5: survey answered\n    score: bad',
      WHEN + 1,
      /score: got "bad", expected a number/,
    ],
    [
      'a field that is missing',
      '  - day 5: survey answered',
      WHEN,
      /score: got nothing, expected a number/,
    ],
    [
      'an unknown product',
      '  - day 5: subscription started\n    product: HG-BEA-25',
      WHEN + 1,
      /HG-BEA-250/,
    ],
    [
      'an order that is none',
      '  - day 5: delivered\n    order: B',
      WHEN + 1,
      /got order "B", expected/,
    ],
    [
      'a second order without a name',
      '  - day 5: order placed\n    lines: [HG-BEA-250]',
      WHEN,
      /each but one with its name/,
    ],
    [
      'news from before it happened',
      '  - day 5: delivered\n    told: day 4',
      WHEN + 1,
      /told: got "day 4"/,
    ],
    [
      'a time of news that is none',
      '  - day 5: delivered\n    told: late',
      WHEN + 1,
      /told: got "late"/,
    ],
    [
      'a product that all scenarios share',
      '  - day 5: product updated\n    product: HG-BEA-250',
      WHEN,
      /all scenarios share/,
    ],
    [
      'several parcels and none named',
      '  - day 1: shipped\n    lines: [HG-GRI-010]\n  - day 1: shipped\n  - day 2: delivered',
      WHEN + 3,
      /P1 or P2/,
    ],
    [
      'more of what the customer does',
      '  - day 1: unsubscribed by one click\n    order: B',
      WHEN + 1,
      /got "order", expected nothing below/,
    ],
    [
      'a consent that is none',
      '  - day 1: consent given\n    for: news by email',
      WHEN + 1,
      /purpose: got "news"/,
    ],
  ])('%s is told with its line', (_, when, line, problem) => {
    expect(under(when)).toEqual([
      { file: 'a.yaml', line, problem: expect.stringMatching(problem) },
    ]);
  });

  test('before the order is placed is told', () => {
    expect(under('  - day -1: shipped')).toMatchObject([
      { line: WHEN, problem: expect.stringContaining('one that is placed before') },
    ]);
  });

  test('that only a customer with an id can do is told of a guest', () => {
    const guest = page('  - day 1: loyalty joined').replace('id: c-1, ', '');

    expect(problemsOf(guest)).toMatchObject([{ line: WHEN, problem: /guest/ }]);
  });
});

describe('a text', () => {
  test.each([
    ['', /the customer has the phone "", expected one with its country/],
    [', phone: 0151 23456789', /the customer has the phone "0151 \d{8}", expected/],
  ])('of a customer with the number "%s" is told with its line', (phone, problem) => {
    const text = page('  - day 1: texted STOP').replace(' }', `${phone} }`);

    expect(problemsOf(text)).toEqual([
      { file: 'a.yaml', line: WHEN, problem: expect.stringMatching(problem) },
    ]);
  });
});

describe('a mistake in what is expected', () => {
  test.each([
    ['a touch that is none', '  - day 1: winback', /got the touch "winback", expected win-back/],
    ['a channel that is none', '  - day 1: win-back by pigeon', /channel "pigeon", expected/],
    ['an outcome that is none', '  - day 1: win-back lost', /outcome "lost", expected/],
    ['a span that ends before it starts', '  - day 1 11:00-10:00: win-back', /11:00-10:00/],
    ['neither a day nor never', '  - later: win-back', /got "later", expected a touch/],
    ['no touch', '  - day 1:', /got nothing, expected a touch/],
    ['an outcome of what never comes', '  - never: win-back dropped', /never: got "dropped"/],
  ])('%s is told with its line', (_, then, problem) => {
    expect(expecting(then)).toEqual([
      { file: 'a.yaml', line: THEN, problem: expect.stringMatching(problem) },
    ]);
  });

  test.each([
    ['because: rain', /because: got "rain", expected .*no-consent/],
    ['off: P1', /got "off", expected because, of or order/],
    ['order: B', /got order "B"/],
  ])('%s below a touch is told with its line', (below, problem) => {
    expect(expecting(`  - day 1: win-back\n    ${below}`)).toEqual([
      { file: 'a.yaml', line: THEN + 1, problem: expect.stringMatching(problem) },
    ]);
  });

  test('that comes after the end is told', () => {
    expect(problemsOf(page('', '  - day 40: win-back', 'until: day 30'))).toMatchObject([
      { line: THEN, problem: expect.stringContaining('before the scenario ends') },
    ]);
  });
});

describe('a mistake in what is given', () => {
  test.each([
    ['a heading that is none', 'startz: 2026-03-02', /got "startz", expected starts/],
    ['a date that does not exist', 'starts: 2026-02-30', /starts: got "2026-02-30"/],
    ['an end that is none', 'until: tomorrow', /until: got "tomorrow", expected a day/],
    ['an end before an event', 'until: day -1', /day 0 09:00 at least/],
    ['others that are not allowed', 'others: maybe', /others: got "maybe", expected allowed/],
    ['a product without SKU', 'catalogue: [{ name: Kettle, price: 4 }]', /without `sku`/],
    ['a product without price', 'catalogue: [{ sku: X-1, name: Kettle }]', /X-1 without `price`/],
    [
      'a field of no product',
      'catalogue: [{ sku: HG-BEA-250, colour: red }]',
      /"colour", expected/,
    ],
    ['a catalogue of words', 'catalogue: everything', /catalogue: got "everything"/],
  ])('%s is told with its line', (_, head, problem) => {
    const problems = problemsOf(page('', '', head));

    expect(problems).toContainEqual({
      file: 'a.yaml',
      line: 4,
      problem: expect.stringMatching(problem),
    });
  });

  test.each([
    ['an address that is none', 'jana@customers.example', 'jana', 3, /email: got "jana", invalid/],
    ['a consent that is none', ' }', ', consents: [news] }', 3, /consents: got "news"/],
    ['an app for nothing', ' }', ', app: Windows }', 3, /platform: got "Windows"/],
    ['a shop that is none', 'hearth', 'hart', 2, /shop: got "hart", expected hearth or northside/],
    ['a name that is missing', 'scenario: A page', '', 2, /got no name/],
  ])('%s is told with its line', (_, from, to, line, problem) => {
    expect(problemsOf(page('').replace(from, to))).toContainEqual({
      file: 'a.yaml',
      line,
      problem: expect.stringMatching(problem),
    });
  });
});

describe('a file', () => {
  test('tells all its mistakes at once, in order', () => {
    const text = page('  - day 1: shiped\n  - day 2: deliverd', '  - day 3: winback', 'others: no');

    expect(problemsOf(text).map(({ line }) => line)).toEqual([4, WHEN, WHEN + 1, WHEN + 4]);
  });

  test('whose order is wrong is looked through for further mistakes, not for what follows', () => {
    const text = page(
      '  - day 1: delivered\n  - day 2: refunded\n  - day 3: return requested\n  - day 4: review posted\n    rating: 9',
    ).replace('    lines: [HG-GRI-010, ', '    gift: perhaps\n    lines: [');

    expect(problemsOf(text)).toMatchObject([
      { line: 7, problem: expect.stringContaining('gift: got "perhaps"') },
      { line: WHEN + 5, problem: expect.stringContaining('rating: got 9') },
    ]);
  });

  test.each([
    ['that is no YAML', 'when: [', 'YAML: '],
    ['with a key twice', 'shop: hearth\nshop: hearth', 'YAML: Map keys must be unique'],
    ['that is empty', '', 'empty file'],
    ['with a list', '- a', 'expected a scenario'],
  ])('%s is told', (_, text, problem) => {
    expect(problemsOf(text)[0]?.problem).toContain(problem);
    expect(problemsOf(text)).toHaveLength(1);
  });
});
