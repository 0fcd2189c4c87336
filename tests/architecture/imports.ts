import { dirname, join, normalize } from 'node:path';
import manifest from '../../package.json' with { type: 'json' };

const aliases: ReadonlyMap<string, string> = new Map(Object.entries(manifest.imports));

/** What cannot be told from the text; no rule allows it. */
export const COMPUTED = 'a computed import';

/**
 * Every way a module comes in: `import … from`, `export … from`, `import '…'`, `import('…')`,
 * `require('…')`. What a comment or a string says counts as well: better one too many than one unseen.
 */
const imports =
  /\bfrom\s*(['"])(?<from>[^'"\s]+)\1|\bimport\s*(['"])(?<bare>[^'"\s]+)\3|\b(?:import|require)\s*\(\s*(?:(['"`])(?<called>[^'"`$\s]+)\5|(?<computed>[^\s)]))/g;

/** What a file imports: a path in the repository, or the name of a package. */
export const importsOf = (file: string, text: string): readonly string[] =>
  [...text.matchAll(imports)].map(({ groups = {} }) => {
    const named = groups['from'] ?? groups['bare'] ?? groups['called'];
    return named === undefined ? COMPUTED : resolve(file, named);
  });

const resolve = (file: string, named: string): string => {
  if (named.startsWith('.')) return normalize(join(dirname(file), named));
  const exact = aliases.get(named);
  if (exact !== undefined) return normalize(exact);
  for (const [alias, target] of aliases)
    if (alias.endsWith('*') && named.startsWith(alias.slice(0, -1)))
      return normalize(target.replace('*', named.slice(alias.length - 1)));
  return named;
};
