export interface InMemorySender<Message, Result> {
  readonly send: (message: Message) => Promise<Result>;
  /** Every message that was handed over, as often as it was. */
  readonly messages: readonly Message[];
}

/** A provider. @param answer what it says to the n-th message, from 1; it may throw */
export const inMemorySender = <Message, Result>(
  answer: (message: number) => Result,
): InMemorySender<Message, Result> => {
  const messages: Message[] = [];
  return {
    messages,
    send: async (message) => {
      messages.push(message);
      return answer(messages.length);
    },
  };
};
