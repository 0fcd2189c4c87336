/** One branch of a template: the tag that opens it, and what it belongs to. */
export interface Branch {
  readonly tag: string;
  /** The `if`, `unless`, `case` or `for` that it is a branch of. */
  readonly opener: string;
  /** What the marked template renders where the branch is taken. */
  readonly marker: string;
}

interface Marked {
  readonly liquid: string;
  readonly branches: readonly Branch[];
}

const tags = /\{%-?\s*(\w+)(?:\s[^%]*?)?\s*-?%\}/g;

const openers = ['if', 'unless', 'case', 'for', 'capture'];
const branching = ['if', 'unless', 'for', 'elsif', 'else', 'when'];

/** The template with a mark at the start of each of its branches. */
export const markedBranches = (liquid: string, prefix: string): Marked => {
  const branches: Branch[] = [];
  const open: string[] = [];
  const marked = liquid.replaceAll(tags, (tag, word: string) => {
    if (word.startsWith('end')) open.pop();
    if (openers.includes(word)) open.push(tag);
    if (!branching.includes(word)) return tag;
    const marker = `⟦${prefix}.${branches.length}⟧`;
    branches.push({ tag, opener: open.at(-1) ?? '', marker });
    return `${tag}${marker}`;
  });
  return { liquid: marked, branches };
};
