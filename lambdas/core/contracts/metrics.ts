/** Every metric that Afterglow publishes: functions count, alarms and dashboards read. */
export const metrics = {
  namespace: 'Afterglow',
  eventsTakenIn: 'EventsTakenIn',
  eventsParked: 'EventsParked',
  touchesDecided: 'TouchesDecided',
  messagesSent: 'MessagesSent',
  messagesRefused: 'MessagesRefused',
  messagesInDoubt: 'MessagesInDoubt',
  /** Messages that failed again and again, and are tried on. */
  messagesStuck: 'MessagesStuck',
  /** What SMS is paid by. */
  smsParts: 'SmsParts',
  /** Texts that the account's monthly spend limit kept back. */
  smsSpendLimitReached: 'SmsSpendLimitReached',
  messagesDelivered: 'MessagesDelivered',
  messagesBounced: 'MessagesBounced',
  messagesComplained: 'MessagesComplained',
  /** What SMS has cost in the month so far, in USD. */
  smsSpendUsd: 'SmsSpendUsd',
  /** What providers told of messages that are not ours. */
  feedbackIgnored: 'FeedbackIgnored',
  feedbackParked: 'FeedbackParked',
  /** Texts of customers that asked for neither STOP, START nor HELP: nobody reads them. */
  textsUnread: 'TextsUnread',
  sessionsOpened: 'SessionsOpened',
  /** Products that customers of a confirmation page asked for, and of those what the order system did not answer in time. */
  offersAccepted: 'OffersAccepted',
  acceptancesExpired: 'AcceptancesExpired',
  customersScored: 'CustomersScored',
  /** Rows of customers whose last order is later than the lake's latest fact. */
  customersNotScored: 'CustomersNotScored',
  affinityListsKept: 'AffinityListsKept',
  /** Texts that passed the checks, and texts that broke a rule. */
  textsDrafted: 'TextsDrafted',
  textsRefused: 'TextsRefused',
  draftTokens: 'DraftTokens',
  draftUsd: 'DraftUsd',
  /** Products that the budget had no room for. */
  draftsOverBudget: 'DraftsOverBudget',
} as const;
