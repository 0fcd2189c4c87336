import { describe, expect, test } from 'vitest';
import { DayCounts } from '#rehearsal/console/day-counts.ts';
import { Heard } from '#rehearsal/console/heard.ts';
import { graphOf } from '#rehearsal/console/journey-graph.ts';
import { KnownOrders } from '#rehearsal/console/known-orders.ts';
import { mailPage } from '#rehearsal/console/mail-page.ts';
import { Paths } from '#rehearsal/console/paths.ts';
import type { HistoryEvent } from '#rehearsal/asl/history.ts';

describe('the ways of executions', () => {
  const arn = 'arn:aws:states:eu-central-1:1:execution:Fulfilment:hearth_A-1_fulfilment';
  const event = (second: number, type: string, details: object = {}): HistoryEvent => ({
    timestamp: `2026-03-02T09:00:0${second}.000Z`,
    type,
    id: second,
    previousEventId: 0,
    ...JSON.parse(JSON.stringify(details)),
  });
  const started = event(0, 'ExecutionStarted', {
    executionStartedEventDetails: { input: '{"shop":"hearth","orderId":"A-1"}' },
  });
  const entered = (second: number, name: string) =>
    event(second, 'TaskStateEntered', { stateEnteredEventDetails: { name } });
  const left = (second: number, name: string) =>
    event(second, 'TaskStateExited', { stateExitedEventDetails: { name } });

  test('are known by order, with where each is now', () => {
    const paths = new Paths();

    for (const each of [started, entered(1, 'Send'), left(2, 'Send'), entered(2, 'Await')])
      paths.hear(each, arn);

    const [journey] = paths.ofOrder('hearth', 'A-1');
    expect(journey?.steps.map(({ state, leftAt }) => [state, leftAt !== undefined])).toEqual([
      ['Send', true],
      ['Await', false],
    ]);
    expect(paths.trafficOf('Fulfilment')).toEqual({ started: 1, running: 1, now: { Await: 1 } });
  });

  test('end where they failed, with the error', () => {
    const paths = new Paths();
    const failed = event(3, 'ExecutionFailed', {
      executionFailedEventDetails: { error: 'UnknownNews', cause: 'odd' },
    });

    for (const each of [started, entered(1, 'Send'), failed]) paths.hear(each, arn);

    expect(paths.ofOrder('hearth', 'A-1')[0]).toMatchObject({
      status: 'failed',
      error: 'UnknownNews: odd',
    });
    expect(paths.trafficOf('Fulfilment')).toEqual({ started: 1, running: 0, now: {} });
    expect(paths.running).toBe(0);
  });

  test('of children of Distributed Maps are left out', () => {
    const paths = new Paths();

    paths.hear(started, arn.replace('Fulfilment:', 'Fulfilment/Map:'));

    expect(paths.running).toBe(0);
  });
});

test('a graph has every way that a definition names, and what runs inside a Map', () => {
  const definition = {
    StartAt: 'Ask',
    States: {
      Ask: {
        Type: 'Task',
        Next: 'Which',
        Catch: [{ ErrorEquals: ['States.Timeout'], Next: 'Each' }],
      },
      Which: {
        Type: 'Choice',
        Choices: [{ Condition: '{% $news = 1 %}', Next: 'Each' }],
        Default: 'Stop',
      },
      Each: {
        Type: 'Map',
        ItemProcessor: { StartAt: 'Do', States: { Do: { Type: 'Pass', End: true } } },
        End: true,
      },
      Stop: { Type: 'Fail' },
    },
  };
  const properties = { DefinitionString: JSON.stringify(definition) };
  const resource = { stack: 's', type: 't', name: 'n', ref: 'r', arn: 'a', properties };

  const { machine, states, edges } = graphOf({ ...resource, logicalId: 'Advocacy01234567' });

  expect(machine).toBe('advocacy');
  expect(states.filter(({ isEnd }) => isEnd).map(({ name }) => name)).toEqual([
    'Each',
    'Do',
    'Stop',
  ]);
  expect(edges.map(({ from, to, kind, label }) => [from, to, kind, label])).toEqual([
    ['Ask', 'Which', 'next', undefined],
    ['Ask', 'Each', 'catch', 'States.Timeout'],
    ['Which', 'Each', 'choice', '$news = 1'],
    ['Which', 'Stop', 'default', 'else'],
    ['Each', 'Do', 'each', 'for each'],
  ]);
});

describe('the list of orders', () => {
  const orders = new KnownOrders();
  for (let number = 1; number <= 30; number += 1)
    orders.hear({
      shop: number % 2 === 0 ? 'hearth' : 'northside',
      orderId: `A-${number}`,
      status: 'open',
      placedAt: new Date(number * 1000).toISOString(),
      change: 'OrderPlaced',
      at: new Date(number * 1000).toISOString(),
    });

  test('has a page of the latest, and says how many there are', () => {
    const { rows, total } = orders.page({});

    expect([rows.length, rows[0]?.orderId, total]).toEqual([25, 'A-30', 30]);
    expect(orders.page({ from: 25 }).rows.at(-1)?.orderId).toBe('A-1');
  });

  test('is narrowed by a part of the id and by the shop', () => {
    const { rows } = orders.page({ search: 'a-2', shop: 'hearth' });

    expect(rows.map(({ orderId }) => orderId)).toEqual([
      'A-28',
      'A-26',
      'A-24',
      'A-22',
      'A-20',
      'A-2',
    ]);
  });

  test('keeps the latest status whatever comes late', () => {
    const late = new KnownOrders();
    const news = { shop: 'hearth', orderId: 'A', placedAt: '2026-03-01T00:00:00.000Z' };

    late.hear({ ...news, status: 'delivered', change: 'ShipmentDelivered', at: '2026-03-03' });
    late.hear({ ...news, status: 'open', change: 'OrderPlaced', at: '2026-03-01' });

    expect(late.page({}).rows).toMatchObject([{ status: 'delivered', events: 2 }]);
  });
});

test('a chart has every day up to today, the largest series, and the rest as one', () => {
  const counts = new DayCounts();
  counts.add('2026-03-01T10:00:00Z', 'a', 30);
  for (const small of ['b', 'c', 'd', 'e']) counts.add('2026-03-01T10:00:00Z', small, 9);
  counts.add('2026-03-03T10:00:00Z', 'f', 2);
  counts.add('2026-03-03T10:00:00Z', 'g', 1);

  const what = { id: 'x', title: 'x', unit: 'x' };
  const { days, series } = counts.chart(what, '2026-03-04T08:00:00Z');

  expect(days).toEqual(['2026-03-01', '2026-03-02', '2026-03-03', '2026-03-04']);
  expect(series.map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd', 'e', 'other']);
  expect(series.at(0)?.values).toEqual([30, 0, 0, 0]);
  expect(series.at(-1)?.values).toEqual([0, 0, 3, 0]);
});

test('a fact that is told twice counts once, and an order is named as changed until it is asked for', () => {
  const heard = new Heard();
  const detail = {
    eventId: 'sent-1',
    occurredAt: '2026-03-02T09:00:00.000Z',
    schemaVersion: 1,
    shop: 'hearth',
    orderId: 'A-1',
    touch: 'order-confirmation',
    touchId: 'order-confirmation',
    channel: 'email',
    messageId: 'm-1',
    inDoubt: false,
    personalised: [],
  };

  for (let times = 0; times < 2; times += 1)
    heard.hear({ source: 'afterglow', 'detail-type': 'MessageSent', detail });

  const touches = heard.metrics('2026-03-02T10:00:00Z').tables.find(({ id }) => id === 'touches');
  expect(touches?.rows).toEqual([['order-confirmation by email', '1']]);
  expect(heard.takeChanged()).toEqual(['hearth#A-1']);
  expect(heard.takeChanged()).toEqual([]);
});

test('an e-mail in a frame leads to this site and loads nothing from elsewhere', () => {
  const html =
    '<html><head><title>x</title></head><a href="https://links.hearth.example/c?t=1">go</a><img src="https://static.hearth.example/products/hg-mug.jpg"></html>';

  const shown = mailPage(html, {
    origin: 'http://127.0.0.1:4080',
    hosts: ['links.hearth.example'],
  });

  expect(shown).toContain('<head><base target="_blank">');
  expect(shown).toContain('href="http://127.0.0.1:4080/c?t=1"');
  expect(shown).toContain('src="http://127.0.0.1:4080/demo/pictures/hg-mug.svg"');
  expect(shown).not.toContain('.example');
});
