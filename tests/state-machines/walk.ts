import * as z from 'zod';
import { awaitMilestoneInput } from '#lambdas/await-milestone/contract.ts';
import { touchRequest } from '#lambdas/decide-touch/contract.ts';
import { runStateMachine, type RunResult } from '#rehearsal/asl/run-state-machine.ts';
import { fulfilment } from '#state-machines/fulfilment.contract.ts';
import { resolved } from './fulfilment-definition.ts';

const touchStates = Object.keys(resolved().States).filter((name) => name.startsWith('Send'));
const mockedTouches = Object.fromEntries(
  touchStates.map((name) => [name, { Return: { kind: 'send' } }]),
);

const never = { Never: true };

interface Waits {
  readonly dispatch?: readonly object[];
  readonly delivery?: readonly object[];
  readonly more?: object;
}

/** Every state that any walk has entered. */
export const visited = new Set<string>();

const entered = z.object({ stateEnteredEventDetails: z.object({ name: z.string() }) });

export const namesOf = ({ history }: RunResult): readonly string[] =>
  history.flatMap((event) => entered.safeParse(event).data?.stateEnteredEventDetails.name ?? []);

const scheduled = z.object({
  taskScheduledEventDetails: z.object({ parameters: z.string(), resource: z.string() }),
});
const lambdaCall = z.object({ FunctionName: z.string(), Payload: z.unknown() });
export const putEvents = z.object({
  Entries: z.array(z.object({ DetailType: z.string(), Detail: z.unknown() })),
});

/** What each Task sent, in order. */
export const parametersOf = ({ history }: RunResult): readonly unknown[] =>
  history.flatMap((event) => {
    const details = scheduled.safeParse(event).data?.taskScheduledEventDetails;
    return details === undefined ? [] : [JSON.parse(details.parameters)];
  });

export const touchesOf = (result: RunResult) =>
  parametersOf(result)
    .flatMap((sent) => lambdaCall.safeParse(sent).data ?? [])
    .filter(({ FunctionName }) => FunctionName.endsWith('DecideTouchArn'))
    .map(({ Payload }) => touchRequest.parse(Payload));

export const waitsOf = (result: RunResult) =>
  parametersOf(result)
    .flatMap((sent) => lambdaCall.safeParse(sent).data ?? [])
    .filter(({ FunctionName }) => FunctionName.endsWith('AwaitMilestoneArn'))
    .map(({ Payload }) => awaitMilestoneInput.parse(Payload));

/** Runs the journey of one order with these answers to its waits. */
export const walk = async (
  input: z.input<typeof fulfilment.input>,
  { dispatch = [never], delivery = [never], more = {} }: Waits,
): Promise<RunResult> => {
  const result = await runStateMachine(resolved(), fulfilment.input.parse(input), {
    startTime: input.placedAt,
    mocks: {
      ...mockedTouches,
      CompleteFulfilment: { FailedEntryCount: 0, Entries: [] },
      AwaitDispatch: dispatch,
      AwaitDelivery: delivery,
      ...more,
    },
  });
  namesOf(result).forEach((name) => visited.add(name));
  return result;
};
