import type { PageWords } from './words.ts';

export const wordsEn: PageWords = {
  words: {
    heading: 'Before you go',
    dismiss: 'No, thanks',
    opensPartner: 'opens the website of another company',
    pending: 'One moment: we are adding it to your order.',
    confirmed: 'Done: it is on its way with your order.',
    refused: 'That did not work out. Nothing was added, and you pay nothing for it.',
    expired: 'We could not confirm it in time. Nothing was added, and you pay nothing for it.',
    failed: 'That did not come through. Please try again.',
  },
  confirmedAsNewOrder: 'Done: you will get a confirmation of its own.',
  pendingAsNewOrder: 'One moment: we are placing the order.',
  guide: (product) => `How to use it: ${product}`,
  review: 'Once you have used it for a while we will ask you for a short review.',
  survey: {
    nps: 'In about two weeks we will ask you one question: would you recommend us?',
    csat: 'In about two weeks we will ask you one question: are you happy with it?',
  },
};
