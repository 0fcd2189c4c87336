import * as z from 'zod';
import { outgoingEvents } from '#core/contracts/outgoing-events.ts';
import { awaitMilestoneInput } from '#lambdas/await-milestone/contract.ts';
import { touchRequest } from '#lambdas/decide-touch/contract.ts';
import { supportRequest } from '#lambdas/request-support/contract.ts';
import type { HistoryEvent } from '#rehearsal/asl/history.ts';

/** What an execution left behind. */
export interface Walked {
  readonly history: readonly HistoryEvent[];
}

const entered = z.object({
  timestamp: z.string(),
  stateEnteredEventDetails: z.object({ name: z.string() }),
});

const entries = ({ history }: Walked) =>
  history.flatMap((event) => {
    const { data } = entered.safeParse(event);
    return data === undefined
      ? []
      : [{ name: data.stateEnteredEventDetails.name, at: data.timestamp }];
  });

/** The states that were entered, in order. */
export const namesOf = (walked: Walked): readonly string[] =>
  entries(walked).map(({ name }) => name);

/** When the state was entered, each time. */
export const timesAt = (walked: Walked, state: string): readonly string[] =>
  entries(walked).flatMap(({ name, at }) => (name === state ? [at] : []));

export const endOf = ({ history }: Walked): string | undefined => history.at(-1)?.timestamp;

const scheduled = z.object({ taskScheduledEventDetails: z.object({ parameters: z.string() }) });

interface Call {
  readonly state: string;
  readonly parameters: unknown;
}

/** What each Task sent, in order, each attempt of it. */
export const callsOf = ({ history }: Walked): readonly Call[] => {
  let state = '';
  return history.flatMap((event) => {
    state = entered.safeParse(event).data?.stateEnteredEventDetails.name ?? state;
    const details = scheduled.safeParse(event).data?.taskScheduledEventDetails;
    return details === undefined ? [] : [{ state, parameters: JSON.parse(details.parameters) }];
  });
};

const lambdaCall = z.object({ FunctionName: z.string(), Payload: z.unknown() });
const putEvents = z.object({
  Entries: z.array(z.object({ DetailType: z.string(), Detail: z.unknown() })),
});

const query = z.object({ QueryString: z.string() });
const results = z.object({ QueryExecutionId: z.string() });

/** The queries that were asked, in order. */
export const queriesIn = (walked: Walked): readonly string[] =>
  callsOf(walked).flatMap(({ parameters }) => query.safeParse(parameters).data?.QueryString ?? []);

/** What a Task sent, and to whom: the placeholder of a Lambda's ARN, or the type of the fact. */
export interface Sent {
  readonly state: string;
  readonly to: string;
  readonly input: unknown;
}

const sentBy = ({ state, parameters }: Call): readonly Sent[] => {
  const call = lambdaCall.safeParse(parameters).data;
  if (call !== undefined)
    return [{ state, to: call.FunctionName.split(':').at(-1) ?? '', input: call.Payload }];
  if (query.safeParse(parameters).success || results.safeParse(parameters).success) return [];
  return putEvents
    .parse(parameters)
    .Entries.map(({ DetailType, Detail }) => ({ state, to: DetailType, input: Detail }));
};

export const sentIn = (walked: Walked): readonly Sent[] => callsOf(walked).flatMap(sentBy);

const sentTo = (walked: Walked, to: string): readonly unknown[] =>
  sentIn(walked).flatMap((sent) => (sent.to === to ? [sent.input] : []));

export const touchesOf = (walked: Walked) =>
  sentTo(walked, 'DecideTouchArn').map((input) => touchRequest.parse(input));

/** The touches that were asked for, with what they tell of. */
export const toldIn = (walked: Walked): readonly (readonly [string, readonly string[]])[] =>
  touchesOf(walked).map(({ touch, subjects }) => [touch, subjects]);

export const waitsOf = (walked: Walked) =>
  sentTo(walked, 'AwaitMilestoneArn').map((input) => awaitMilestoneInput.parse(input));

export const supportOf = (walked: Walked) =>
  sentTo(walked, 'RequestSupportArn').map((input) => supportRequest.parse(input));

/** The facts that a stage ended with. */
export const completionsOf = (walked: Walked) =>
  sentTo(walked, 'StageCompleted').map((detail) => outgoingEvents.StageCompleted.parse(detail));
