import { AsyncLocalStorage } from 'node:async_hooks';
import type { EventEmitter } from 'node:events';
import process from 'node:process';

/** Told of what a function left unheard: a promise that was rejected, an error that nobody caught. */
export type OnUnheard = (error: unknown) => void;

const functions = new AsyncLocalStorage<OnUnheard>();

type Listener = (...parts: readonly unknown[]) => unknown;

const names = ['unhandledRejection', 'uncaughtException'] as const;

/** `process` has a signature for every name; all that matters here holds for any. */
const events: EventEmitter = process;

let listening = 0;
let others: readonly (readonly [string, readonly Listener[]])[] = [];

const listenersOf = (name: string): readonly Listener[] =>
  events.rawListeners(name).map(
    (listener) =>
      (...parts: readonly unknown[]) =>
        Reflect.apply(listener, process, parts),
  );

/** What is of no function goes to who listened before; without anybody it ends the process, as it would have. */
const hearFor =
  (listeners: readonly Listener[]): Listener =>
  (error, ...parts) => {
    const onUnheard = functions.getStore();
    if (onUnheard !== undefined) return onUnheard(error);
    if (listeners.length === 0) throw error;
    for (const listener of listeners) listener(error, ...parts);
    return undefined;
  };

/** Runs what a function does, so that whatever it leaves unheard is known to be its own. */
export const heardBy = <T>(onUnheard: OnUnheard, act: () => T): T => functions.run(onUnheard, act);

/** From now on what functions leave unheard is theirs and not the process's. @returns what ends that */
export const listenForUnheard = (): (() => void) => {
  listening += 1;
  if (listening === 1) {
    others = names.map((name) => [name, listenersOf(name)] as const);
    for (const [name, listeners] of others) {
      events.removeAllListeners(name);
      events.on(name, hearFor(listeners));
    }
  }
  let isListening = true;
  return () => {
    if (!isListening) return;
    isListening = false;
    listening -= 1;
    if (listening > 0) return;
    for (const [name, listeners] of others) {
      events.removeAllListeners(name);
      for (const listener of listeners) events.on(name, listener);
    }
  };
};
