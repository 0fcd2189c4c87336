import config from '#config';
import { ledgerRules } from '../contracts/ledger-config.ts';
import type { LedgerRules } from '../domain/ledger/ledger-rules.ts';

/** How the deployment keeps its books, as bundled: apart, as few functions need to know. */
export const ledger: LedgerRules = ledgerRules(config);
