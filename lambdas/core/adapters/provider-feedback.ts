import type { FeedbackReader } from '../ports/feedback-reader.ts';
import { eumFeedback } from './eum-feedback.ts';
import { SES_SOURCE, sesFeedback } from './ses-feedback.ts';

/** Reads what SES tells on the account's bus and what End User Messaging tells by SNS. */
export const providerFeedback: FeedbackReader = ({ body, receivedAt }) => {
  const json = parsed(body);
  if (json === undefined)
    return {
      kind: 'unreadable',
      reason: 'not-json',
      problem: 'the message is not JSON: expected an event of SES or of a text',
    };
  return Object(json).source === SES_SOURCE ? sesFeedback(json) : eumFeedback(json, receivedAt);
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
