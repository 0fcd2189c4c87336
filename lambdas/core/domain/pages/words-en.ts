import type { Words } from './words.ts';

export const wordsEn: Words = {
  problems: {
    refused: {
      title: 'This link does not work',
      text: 'The address is not complete, or was changed on its way. Please open the link in the message itself, not a copy of it. If that does not help, please write to us.',
    },
    expired: {
      title: 'This link has expired',
      text: 'Links in our messages work for half a year. Please use the link in a newer message, or write to us.',
    },
    gone: {
      title: 'This link has expired',
      text: 'We do not know this link any more, or the address is not complete. Please use the link in a newer message, or write to us.',
    },
    'no-such-page': {
      title: 'There is nothing here',
      text: 'Please open the link in our message once more. If you typed the address, please compare it.',
    },
    'wrong-method': {
      title: 'That did not work',
      text: 'This page was called in a way that it does not know. Please open the link in our message once more.',
    },
    'too-large': {
      title: 'That was too much',
      text: 'What you sent is too long. Please go back, shorten it and send it again.',
    },
    'no-form': {
      title: 'That did not work',
      text: 'We could not read what was sent. Please open the link in our message once more and use the form there.',
    },
    'wrong-target': {
      title: 'This link does not work',
      text: 'It leads to a place that is not ours, so we do not open it. Please open the link in the message itself.',
    },
    nobody: {
      title: 'We do not know whom this is about',
      text: 'The order that this message belongs to names neither an account nor an address, so there is nothing that we could change. Please write to us from the address that gets the messages.',
    },
    failed: {
      title: 'Something went wrong on our side',
      text: 'Nothing was saved. Please try again in a few minutes. If it keeps happening, please write to us.',
    },
  },
  help: 'Help',
  privacy: 'Privacy',
  toPreferences: 'Choose what we may send you',
  unsubscribe: {
    title: 'No more news and offers by e-mail?',
    text: 'You will still get e-mails about your orders: confirmations, deliveries, refunds.',
    button: 'Unsubscribe',
  },
  unsubscribed: {
    title: 'You are unsubscribed',
    text: 'You will get no more news and offers from us by e-mail. A message that is on its way already may still arrive.',
  },
  preferences: {
    title: 'What we may send you',
    text: 'Tick what you would like to get. You can change it at any time.',
    button: 'Save',
    saved: 'Saved. It counts from now on; a message that is on its way already may still arrive.',
    unchanged: 'Nothing has changed: that is how it was.',
    transactional: {
      title: 'About your orders',
      text: 'Confirmations, deliveries, refunds and anything that goes wrong. These messages belong to an order and cannot be turned off.',
    },
    purposes: {
      service: {
        title: 'Help with what you bought',
        text: 'How to use and look after it, and how satisfied you are with it.',
      },
      marketing: {
        title: 'News and offers',
        text: 'Products that go with yours, reminders, and what is new.',
      },
    },
    channels: {
      email: 'By e-mail',
      sms: 'By text message',
      push: 'On your phone, from our app',
      audience: 'Shown to you elsewhere',
    },
    aboutAudience:
      'Advertising partners get a code made from your address, to show you our offers on other sites.',
  },
  survey: {
    question: {
      csat: () => 'How satisfied are you with your order?',
      nps: (shop) => `How likely are you to recommend ${shop} to a friend?`,
    },
    about: (orderId) => `It is about order ${orderId}.`,
    scale: {
      csat: '1: not at all satisfied. 5: very satisfied.',
      nps: '0: not at all likely. 10: very likely.',
    },
    comment: 'What should we know?',
    commentHint: 'You may leave this empty.',
    button: 'Send your answer',
    noScore: 'Please choose a number first.',
    tooLong: 'Your comment is too long: 2,000 characters fit.',
    thanks: {
      title: 'Thank you',
      text: 'We have your answer. If you think of something else, you can answer again: the last answer counts.',
    },
  },
  consent: (shop) => ({
    title: 'May we write to you?',
    text: `Please confirm that ${shop} may send you news and offers by e-mail. You can withdraw this at any time, by a link in each of these e-mails.`,
    button: 'Yes, I agree',
  }),
  confirmed: (shop) => ({
    title: 'Thank you',
    text: `You have confirmed that ${shop} may write to you.`,
  }),
};
