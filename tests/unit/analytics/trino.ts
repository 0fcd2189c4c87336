import { build } from 'esbuild';
import { writeFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What is wrong with a text as a query of Trino's, by its grammar. */
export type TrinoErrors = (sql: string) => readonly string[];

/** Loads the grammar. It is bundled first: the imports of dt-sql-parser lack the endings that Node asks for. */
export const trinoGrammar = async (): Promise<TrinoErrors> => {
  const { outputFiles } = await build({
    stdin: {
      contents: `import { TrinoSQL } from 'dt-sql-parser/dist/parser/trino/index.js';
        const parser = new TrinoSQL();
        export const errorsOf = (sql) => parser.validate(sql).map(({ startLine, message }) => startLine + ': ' + message);`,
      resolveDir: process.cwd(),
    },
    bundle: true,
    format: 'esm',
    platform: 'node',
    write: false,
  });
  const folder = await mkdtemp(join(tmpdir(), 'afterglow-trino-'));
  try {
    const file = join(folder, 'trino.mjs');
    await writeFile(file, outputFiles[0]?.text ?? '');
    const { errorsOf } = await import(pathToFileURL(file).href);
    return errorsOf;
  } finally {
    await rm(folder, { recursive: true });
  }
};
