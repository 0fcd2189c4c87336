import type { UsageCounts } from '#rehearsal/cost/counts.ts';
import type { PriceList } from '#rehearsal/cost/price-list.ts';

/** Ten orders of one stage, which asks for one touch that goes by e-mail. */
export const counted = (change: Partial<UsageCounts> = {}): UsageCounts => ({
  format: 1,
  of: 'ten orders',
  orders: 10,
  uses: [
    { actor: 'Step Functions', stage: 'advocacy', units: { stateTransitions: 40 } },
    {
      actor: 'DecideTouch',
      stage: 'advocacy',
      touch: 'satisfaction-survey',
      units: { lambdaRequests: 20, lambdaGbSeconds: 1 },
    },
    {
      actor: 'DeliverEmail',
      touch: 'satisfaction-survey',
      units: { emails: 10, lambdaRequests: 10 },
    },
    { actor: 'the shop', units: { eventsPublished: 30 } },
  ],
  executions: { advocacy: { count: 10, transitions: 40, seconds: 864_000, events: 60 } },
  functions: { DecideTouch: { invocations: 20, ms: 2_000 } },
  requests: { 'events:PutEvents': 30, 'ses:SendRawEmail': 10 },
  tallies: {},
  hours: {},
  messages: { email: { 'satisfaction-survey': 10 } },
  resources: { 'AWS::KMS::Key': 1, 'AWS::SQS::Queue': 9 },
  ...change,
});

/** Of round amounts. */
export const priced: PriceList = {
  asOf: '2026-11',
  region: 'us-east-1',
  currency: 'USD',
  perMillion: { stateTransitions: 20, lambdaRequests: 1, emails: 100, eventsPublished: 2 },
  perUnit: { lambdaGbSeconds: 0.00001, 'smsParts DE': 0.1, 'smsParts other': 0.08 },
  freeAMonth: {},
  services: {
    stateTransitions: 'Step Functions',
    lambdaRequests: 'Lambda',
    lambdaGbSeconds: 'Lambda',
    emails: 'SES',
    eventsPublished: 'EventBridge',
    smsParts: 'SMS',
  },
  perMonth: { 'AWS::KMS::Key': 1 },
  perMonthNotes: {},
  freeToKeep: ['AWS::SQS::*'],
};
