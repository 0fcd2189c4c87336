import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { factNames, facts } from '#core/contracts/facts.ts';
import type { AnswerValue } from '#rehearsal/lake/duckdb.ts';
import { lakeFiles, openLake } from '#rehearsal/lake/open-lake.ts';

type LakeRows = Readonly<Record<string, readonly Readonly<Record<string, AnswerValue>>[]>>;

/** What the lake of a rehearsal has of these pseudonyms, by fact; nothing where it left no lake. */
export const lakeRowsOf = async (
  stateDir: string,
  pseudonyms: readonly string[],
): Promise<LakeRows> => {
  const dir = join(stateDir, 'lake');
  if (pseudonyms.length === 0 || !existsSync(dir)) return {};
  const lake = await openLake({ tables: lakeFiles(dir) });
  try {
    const list = pseudonyms.map((each) => `'${each.replaceAll("'", "''")}'`).join(', ');
    const found = await Promise.all(
      factNames
        .filter((fact) => Object.hasOwn(facts[fact].columns, 'customer'))
        .map(async (fact) => {
          const { rows } = await lake.query(`SELECT * FROM ${fact} WHERE customer IN (${list})`);
          return [fact, rows] as const;
        }),
    );
    return Object.fromEntries(found);
  } finally {
    lake.close();
  }
};
