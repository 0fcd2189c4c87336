import { createHash } from 'node:crypto';
import { readFile, realpath } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { compileFunction } from 'node:vm';
import { transform } from 'esbuild';
import type { ResolveCommand } from './direct-call.ts';

/** What a bundle is given in the place of the process's own; its imports are asked of `require`. */
export interface BundleScope {
  readonly require: (id: string) => unknown;
  readonly process: object;
  readonly console: object;
  readonly globalThis: object;
  readonly global: object;
  readonly Date: object;
  readonly Math: object;
  readonly crypto: object;
  readonly fetch: unknown;
  readonly setTimeout: unknown;
  readonly setInterval: unknown;
  readonly clearTimeout: unknown;
  readonly clearInterval: unknown;
  readonly resolveCommand: ResolveCommand;
}

const shadowed = [
  'require',
  'process',
  'console',
  'globalThis',
  'global',
  'Date',
  'Math',
  'crypto',
  'fetch',
  'setTimeout',
  'setInterval',
  'clearTimeout',
  'clearInterval',
  'resolveCommand',
] as const satisfies readonly (keyof BundleScope)[];

type Evaluate = (module: { exports: unknown }, scope: BundleScope) => void;

/** Compiled once for all sandboxes and rehearsals of a process: a bundle is known by its text. */
const compiled = new Map<string, Promise<Evaluate>>();

/**
 * Reads a bundle so that it can be evaluated any number of times, each with globals of its own. The text is the one
 * that is deployed but for its `import` and `export`, which are said as CommonJS says them, and for whom the SDK's clients ask
 * for the way of a command.
 *
 * @throws when it has a top-level `await`, which CommonJS has no word for
 */
export const loadBundle = async (url: string): Promise<Evaluate> => {
  // Assemblies that differ in a template may link to the bundles of one.
  const file = await realpath(fileURLToPath(url));
  const text = await readFile(file, 'utf8');
  const key = createHash('sha256').update(file).update(text).digest('base64');
  const known = compiled.get(key);
  if (known !== undefined) return known;
  const evaluate = compile(pathToFileURL(file).href, text);
  compiled.set(key, evaluate);
  return evaluate;
};

/** As the SDK's clients find the way of a command through their middleware. */
const RESOLVED = /([\w$]+)\.resolveMiddleware\(this\.middlewareStack, *this\.config, *([\w$]+)\)/g;

export const withResolveCommand = (code: string): string =>
  code.replaceAll(RESOLVED, 'resolveCommand($1, this, $2)');

const compile = async (url: string, text: string): Promise<Evaluate> => {
  const { code } = await transform(text, {
    format: 'cjs',
    platform: 'node',
    target: 'node24',
    define: { 'import.meta.url': JSON.stringify(url) },
    supported: { 'dynamic-import': false },
    logLevel: 'silent',
  });
  const evaluate = compileFunction(withResolveCommand(code), ['module', 'exports', ...shadowed], {
    filename: fileURLToPath(url),
  });
  return (module, scope) => {
    evaluate(module, module.exports, ...shadowed.map((name) => scope[name]));
  };
};
