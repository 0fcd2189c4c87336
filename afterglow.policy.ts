import { definePolicy } from '#core/contracts/policy-config.ts';

/**
 * Whom we may write to, when, by which channel and how often. It is a starting point that errs on the side of
 * writing less, not legal advice: have it read for the countries you sell to. Try a change with `npm run policy`.
 */
export default definePolicy({
  regions: {
    // European Economic Area, United Kingdom and Switzerland.
    europe:
      'AT BE BG CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK'.split(
        ' ',
      ),
    // Where courts ask for proof that the owner of the address agreed.
    'confirmed-consent': ['AT', 'DE', 'CH'],
    'united-states': ['US'],
    france: ['FR'],
  },

  consent: [
    { purposes: ['transactional'], needs: 'nothing' },
    { purposes: ['service'], needs: 'no-objection' },
    { purposes: ['marketing'], channels: ['insert'], needs: 'no-objection' },
    // An audience is made known to advertisers.
    { purposes: ['marketing'], channels: ['audience'], needs: 'opt-in' },
    // 47 CFR 64.1200 and the ePrivacy directive alike: no advertising by SMS without a yes.
    { purposes: ['marketing'], channels: ['sms', 'push'], needs: 'opt-in' },
    // What waits in the app until somebody looks is sent to nobody; where you see it otherwise, ask for a yes.
    { purposes: ['marketing'], channels: ['inbox'], needs: 'no-objection' },
    // Courts there ask for proof that the owner of the address agreed; ePrivacy directive, article 13(2), lets a
    // shop write of its own similar products to the address of a sale, unless the customer objected.
    {
      purposes: ['marketing'],
      channels: ['email'],
      regions: ['confirmed-consent'],
      needs: 'double-opt-in',
      orSoftOptIn: true,
    },
    {
      purposes: ['marketing'],
      channels: ['email'],
      regions: ['europe'],
      needs: 'opt-in',
      orSoftOptIn: true,
    },
    // CAN-SPAM would let it go until the customer objects; a yes keeps complaints down.
    { purposes: ['marketing'], channels: ['email'], needs: 'opt-in' },
  ],

  quietHours: [
    { purposes: ['marketing', 'service'], channels: ['sms', 'push'], from: '20:00', to: '09:00' },
    { purposes: ['marketing'], channels: ['email'], from: '21:00', to: '08:00' },
    { purposes: ['service'], channels: ['email'], from: '22:00', to: '07:00' },
    // A parcel at the door may ring by day; at night it is an e-mail.
    { purposes: ['transactional'], channels: ['sms', 'push'], from: '22:00', to: '07:00' },
    {
      purposes: ['marketing'],
      channels: ['sms'],
      regions: ['france'],
      from: '20:00',
      to: '09:00',
      wholeDays: ['sunday'],
      wholeDates: ['01-01', '05-01', '05-08', '07-14', '08-15', '11-01', '11-11', '12-25'],
    },
  ],

  caps: [
    {
      name: 'marketing a week',
      max: 2,
      hours: 7 * 24,
      counts: { purposes: ['marketing'], channels: ['email', 'sms', 'push'] },
      limits: { purposes: ['marketing'], channels: ['email', 'sms', 'push'] },
    },
    {
      name: 'anything but transactions a day',
      max: 1,
      hours: 20,
      counts: { purposes: ['marketing', 'service'], channels: ['email', 'sms', 'push'] },
      limits: { purposes: ['marketing', 'service'], channels: ['email', 'sms', 'push'] },
      // An unhappy customer is answered at once.
      except: ['support-hand-off'],
    },
    {
      name: 'marketing texts a month',
      max: 2,
      hours: 30 * 24,
      counts: { purposes: ['marketing'], channels: ['sms'] },
      limits: { purposes: ['marketing'], channels: ['sms'] },
    },
  ],

  suppression: [
    {
      when: 'open-case',
      purposes: ['marketing', 'service'],
      days: 14,
      effect: 'hold',
      except: ['support-hand-off'],
    },
    { when: 'open-return', purposes: ['marketing'], days: 14, effect: 'hold' },
    { when: 'dispute', purposes: ['marketing', 'service'], days: 60, effect: 'drop' },
    { when: 'bad-answer', purposes: ['marketing'], days: 30, effect: 'drop' },
  ],

  priority: [
    'support-hand-off',
    'care-guide',
    'activation-nudge',
    'check-in',
    'satisfaction-survey',
    'replenishment',
    'review-request',
    'warranty-registration',
    'loyalty-invitation',
    'subscription-offer',
    'cross-sell',
    'upgrade-nudge',
    'referral',
    'win-back',
  ],

  fallback: ['email', 'push', 'sms', 'inbox', 'insert', 'audience'],

  patienceHours: { transactional: 0, service: 14, marketing: 36 },

  holdDays: { transactional: 1, service: 5, marketing: 10 },

  smsBudgetShare: { transactional: 10, service: 1, marketing: 0.8 },
});
