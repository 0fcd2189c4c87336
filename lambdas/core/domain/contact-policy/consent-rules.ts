import type { Consent } from '../customers/consent.ts';
import { type ConsentRule, isIn, type RulesAbout } from './policy.ts';

/** The configuration leaves nothing uncovered; if it did, nothing would go. */
const strictest: ConsentRule = { needs: 'double-opt-in' };

/** The rule that holds for a message in these regions: the first that is about it. */
export const consentRuleIn = (
  { consent }: Pick<RulesAbout, 'consent'>,
  regions: readonly string[],
): ConsentRule => consent.find((each) => isIn(each, regions)) ?? strictest;

/** Whether what was said is enough for the rule. @param legalEntity whose consent counts */
export const fulfils = (
  { needs, orSoftOptIn = false }: ConsentRule,
  consent: Consent | undefined,
  legalEntity: string,
): boolean => {
  if (needs === 'nothing') return true;
  if (needs === 'no-objection') return consent?.state !== 'withdrawn';
  if (consent?.state !== 'granted') return false;
  if ((consent.legalEntity ?? legalEntity) !== legalEntity) return false;
  if (consent.basis === 'soft-opt-in') return orSoftOptIn;
  return needs === 'opt-in' || consent.confirmed;
};
