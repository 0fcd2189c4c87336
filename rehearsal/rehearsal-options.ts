import type { HistoryEvent } from './asl/history.ts';
import type { StackChoice } from './assembly/assembly.ts';
import type { Faults } from './faults.ts';
import type { React } from './input/customer-model.ts';
import { seededRandom } from './random.ts';
import type { ModelCall } from './services/bedrock.ts';
import type { TextPrices } from './services/text-price.ts';

export interface RehearsalOptions {
  /** The cloud assembly to run, such as `cdk.out`. */
  readonly assemblyDir: string;
  /** Which of its stacks, by the ends of their names, such as `Data`. @default all */
  readonly stacks?: StackChoice | undefined;
  /** Emptied, then used for logs. */
  readonly stateDir: string;
  readonly startMs: number;
  /** Decides every draw and every generated secret. */
  readonly seed: string;
  /**
   * The number that ids of messages, events and invocations are counted on from, so that rehearsals whose states are put together do
   * not give one twice. @default 0
   */
  readonly idsAfter?: number | undefined;
  /**
   * Share of messages and scheduled invocations that come twice and of functions' answers that are
   * lost, all of which AWS allows itself. @default 0
   */
  readonly hiccups?: number | undefined;
  /** What the customer who got a message does. @default nothing */
  readonly react?: React | undefined;
  /**
   * A file that every write of a table is added to; what it has is done first. So a rehearsal that was killed goes
   * on with its tables. @default nothing is kept until the end
   */
  readonly journal?: string | undefined;
  /**
   * What functions did is kept in this file; what it has is not done by them again. So a rehearsal that was killed is
   * resumed, with the same assembly and options. @default nothing is kept
   */
  readonly invocations?:
    | {
        readonly file: string;
        /** Whatever else the rehearsal follows from, such as a digest of its events. */
        readonly inputs: string;
      }
    | undefined;
  /** A file for what the archives of the templates would keep, see docs/replay.md. @default it is not kept */
  readonly archive?: string | undefined;
  /** What goes wrong with messages and the services that take them. @default nothing */
  readonly faults?: Faults | undefined;
  /** What a part of a text costs, by country. @default `assumedPrices` */
  readonly textPrices?: TextPrices | undefined;
  /**
   * `stand-in` composes texts from product facts; `real` asks Bedrock itself with the credentials and region of
   * this process, which costs money. @default stand-in
   */
  readonly bedrock?: 'stand-in' | 'real' | undefined;
  /** Told of every event of an execution as it happens; executions keep none. @default nobody is */
  readonly onHistoryEvent?: ((event: HistoryEvent, executionArn: string) => void) | undefined;
  /** Told of every call of a model that was answered. */
  readonly onModelCall?: ((call: ModelCall) => void) | undefined;
}

/** Whether this time AWS does what it may do: twice what was asked for, or an answer that is lost. */
export const hiccupsOf = ({ seed, hiccups = 0 }: RehearsalOptions): (() => boolean) => {
  const random = seededRandom(`${seed}/hiccups`);
  return () => hiccups > 0 && random() < hiccups;
};
