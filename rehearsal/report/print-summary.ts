import type { Counts, Summary } from './summary.ts';

/** At most this many problems are printed; all of them are in `summary.json`. */
const MOST_PROBLEMS = 20;

/** The summary as a person reads it in a terminal. */
export const summaryInWords = (summary: Summary): string =>
  [
    `From ${summary.from.slice(0, 10)} to ${summary.until.slice(0, 10)}: ${summary.events} events put on the bus`,
    '',
    section(`Orders (${summary.orders}, and ${summary.testOrders} test orders)`, {
      ...summary.ordersByStatus,
      ...(summary.ordersAwaited > 0 ? { 'still awaited': summary.ordersAwaited } : {}),
    }),
    section(
      `Touches (${summary.mails} e-mails, ${summary.texts} texts and ${summary.pushes} notifications handed to providers)`,
      summary.messages,
    ),
    section('Held back', summary.held),
    section('Customers in experiments', summary.exposed),
    ...(Object.values(summary.page).some((count) => count > 0)
      ? [section('On the confirmation page', summary.page)]
      : []),
    section('Requests to the pages', summary.visits),
    ...(Object.values(summary.injected).some((count) => count > 0)
      ? [section('Faults injected', happened(summary.injected))]
      : []),
    section(
      `Executions (${summary.transitions} transitions; ${summary.scheduled} moments still to come)`,
      summary.executions,
    ),
    section('Repeat orders', summary.repeats),
    section('Parked events, by reason', summary.parked),
    section('Events refused to their sender by the bus', summary.refused),
    section(
      'Denied calls',
      Object.fromEntries(
        summary.denied.map((d) => [`${d.principal} ${d.action} ${d.resource}`, 1]),
      ),
    ),
    section(
      'Grants that no call has needed',
      Object.fromEntries(summary.unusedGrants.map((grant) => [grant, 1])),
    ),
    ...(summary.redriven > 0
      ? [`Given up, and tried again by an operator: ${summary.redriven} message(s)\n`]
      : []),
    ...(summary.lostBySenders > 0
      ? [`Lost by their senders before they came to the bus: ${summary.lostBySenders} event(s)\n`]
      : []),
    section('Invariants, and what breaks them', summary.invariants),
    ...verdict(summary),
  ].join('\n');

const happened = (counts: Counts): Counts =>
  Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));

const section = (title: string, counts: Counts): string => {
  const rows = Object.entries(counts);
  if (rows.length === 0) return `${title}: none\n`;
  const width = Math.max(...rows.map(([, count]) => String(count).length));
  return [
    title,
    ...rows.map(([name, count]) => `  ${String(count).padStart(width)}  ${name}`),
    '',
  ].join('\n');
};

const verdict = ({ problems }: Summary): readonly string[] =>
  problems.length === 0
    ? [
        'Passed: no event lost, no order unconfirmed, no message doubled or without a decision, none after an',
        'opt-out, no call denied.',
      ]
    : [
        `FAILED: ${problems.length} problem(s)`,
        ...problems.slice(0, MOST_PROBLEMS).map((problem) => `  - ${problem}`),
        ...(problems.length > MOST_PROBLEMS ? ['  … all of them in summary.json'] : []),
      ];
