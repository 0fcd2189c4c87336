import * as z from 'zod';
import type { Console } from './console.ts';
import { deed, placing } from './deeds.ts';
import { isPace } from './pacer.ts';
import { Refused } from './refused.ts';

/** What the page asks. */
export interface Asked {
  readonly method: string;
  /** Below `/console/api/`. */
  readonly name: string;
  readonly query: URLSearchParams;
  /** Parsed JSON of a POST. */
  readonly body: unknown;
}

export interface Told {
  readonly status: number;
  readonly json: unknown;
}

const clockOrder = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('play'), pace: z.string() }),
  z.strictObject({ kind: z.literal('pause') }),
  z.strictObject({ kind: z.literal('step') }),
  z.strictObject({ kind: z.literal('next-event') }),
  z.strictObject({ kind: z.literal('to'), at: z.string() }),
]);

const redrive = z.strictObject({ messageId: z.string().optional() });

type Handler = (console: Console, asked: Asked) => unknown;

const text = (query: URLSearchParams, name: string): string | undefined =>
  query.get(name) || undefined;

/** What comes from an address that somebody wrote: anything that is no place in a list is its beginning. */
const place = (query: URLSearchParams): number => {
  const from = Number(query.get('from'));
  return Number.isSafeInteger(from) && from > 0 ? from : 0;
};

const reading: Readonly<Record<string, Handler>> = {
  state: (of) => of.state(),
  orders: ({ heard }, { query }) =>
    heard.orders.page({
      search: text(query, 'search'),
      shop: text(query, 'shop'),
      status: text(query, 'status'),
      from: place(query),
    }),
  order: (of, { query }) => of.order(query.get('shop') ?? '', query.get('order') ?? ''),
  journeys: (of) => of.journeys(),
  messages: ({ messages }, { query }) =>
    messages.page({
      channel: text(query, 'channel'),
      search: text(query, 'search'),
      from: place(query),
    }),
  message: ({ messages }, { query }) => messages.read(query.get('id') ?? ''),
  products: (of, { query }) => of.products(query.get('shop') ?? ''),
  books: ({ heard }, { query }) => heard.books.of(query.get('shop') ?? ''),
  metrics: ({ heard, pacer }) => heard.metrics(new Date(pacer.view().nowMs).toISOString()),
  parked: (of) => of.parked(),
};

const changing: Readonly<Record<string, Handler>> = {
  clock: async (of, { body }) => {
    await drive(of, clockOrder.parse(body));
    return of.state();
  },
  place: async ({ deeds }, { body }) => ({ orderId: await deeds.place(placing.parse(body)) }),
  deed: async ({ deeds }, { body }) => ({ done: await deeds.do(deed.parse(body)) }),
  redrive: async (of, { body }) => ({ count: await of.redrive(redrive.parse(body).messageId) }),
};

const drive = async (
  { pacer }: Pick<Console, 'pacer'>,
  order: z.output<typeof clockOrder>,
): Promise<void> => {
  switch (order.kind) {
    case 'play':
      if (!isPace(order.pace))
        throw new Refused(`pace: got "${order.pace}", expected hour, day or fast`);
      pacer.play(order.pace);
      return;
    case 'pause':
      return pacer.pause();
    case 'step':
      return pacer.step();
    case 'next-event':
      pacer.toNextEvent();
      return;
    case 'to':
      pacer.to(instantAfter(order.at, pacer.view().nowMs));
  }
};

const instantAfter = (at: string, nowMs: number): number => {
  const ms = Date.parse(/^\d{4}-\d\d-\d\d$/.test(at) ? at : `${at.replace(/Z?$/, '')}Z`);
  if (ms > nowMs) return ms;
  throw new Refused(
    `got "${at}", expected a date after ${new Date(nowMs).toISOString().slice(0, 16)}: time does not go back, start the console anew for that`,
  );
};

/** Answers what the page asks; a refusal is told in words. */
export const consoleApi = async (of: Console, asked: Asked): Promise<Told> => {
  const handlers = asked.method === 'POST' ? changing : reading;
  const handler = Object.hasOwn(handlers, asked.name) ? handlers[asked.name] : undefined;
  if (handler === undefined)
    return problem(404, `the console has no ${asked.method} ${asked.name}`);
  try {
    const json = await handler(of, asked);
    return json === undefined
      ? problem(404, 'there is nothing of this name')
      : { status: 200, json };
  } catch (error) {
    if (error instanceof Refused) return problem(409, error.message);
    if (error instanceof z.ZodError) return problem(400, z.prettifyError(error));
    throw error;
  }
};

const problem = (status: number, words: string): Told => ({ status, json: { problem: words } });
