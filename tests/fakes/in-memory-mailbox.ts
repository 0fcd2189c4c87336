import type { Mailer, MailResult, OutgoingMail } from '#core/ports/mailer.ts';

export interface InMemoryMailbox {
  readonly send: Mailer;
  /** Every mail that was taken, as often as it was. */
  readonly mails: readonly OutgoingMail[];
}

/** @param answer what the provider says to the n-th mail, from 1; it may throw */
export const inMemoryMailbox = (
  answer: (mail: number) => MailResult = (mail) => ({ kind: 'accepted', messageId: `m-${mail}` }),
): InMemoryMailbox => {
  const mails: OutgoingMail[] = [];
  let asked = 0;
  return {
    mails,
    send: async (mail) => {
      asked += 1;
      const result = answer(asked);
      if (result.kind === 'accepted') mails.push(mail);
      return result;
    },
  };
};
