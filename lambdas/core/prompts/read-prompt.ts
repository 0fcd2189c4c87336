import { readFileSync } from 'node:fs';

/** The prompt in use. A changed text is a new version: texts say which one they were asked by. */
export const PROMPT_VERSION = 'v1';

/**
 * The reviewed prompt, from `prompt.<version>.md` beside this module, and beside the bundle on Lambda.
 *
 * @throws when the file is not there
 */
export const readPrompt = (
  version = PROMPT_VERSION,
): { readonly version: string; readonly text: string } => ({
  version,
  text: readFileSync(new URL(`prompt.${version}.md`, import.meta.url), 'utf8'),
});
