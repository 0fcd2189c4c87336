import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { htmlLiquid, textLiquid } from '#core/adapters/liquid-message-renderer.ts';
import { compiledMessages } from '#lib/messages/compile-messages.ts';
import type { CompiledMessage } from '#lib/messages/compile-template.ts';
import { allTouches } from '#lib/messages/message-source.ts';
import { contextsOf } from '#lib/messages/sample-contexts.ts';
import { messageSamples } from '#lib/messages/sample-messages.ts';
import { type Branch, markedBranches } from './branches.ts';

const design = globSync(join(allTouches.folder, 'design', '*'))
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n');

/** What the design says is common to all touches; what a touch says is its own. */
const nameOf = ({ opener, tag }: Branch, { source }: CompiledMessage): string =>
  design.includes(opener)
    ? `design: ${opener} ${tag}`
    : `${source.touch.name}/${source.language}: ${opener} ${tag}`;

interface Branches {
  readonly all: ReadonlySet<string>;
  readonly taken: ReadonlySet<string>;
}

const branchesOf = (messages: readonly CompiledMessage[]): Branches => {
  const all = new Set<string>();
  const taken = new Set<string>();
  for (const message of messages) {
    const { touch, language } = message.source;
    const samples = messageSamples.filter(
      (sample) => sample.touch === touch.name && sample.name !== '50 lines',
    );
    const contexts = samples.map((sample) => contextsOf(sample, language).ofEmail);
    for (const { liquid, branches, render } of partsOf(message)) {
      const names = new Map(branches.map((branch) => [branch.marker, nameOf(branch, message)]));
      for (const name of names.values()) all.add(name);
      for (const marker of markersIn(render, liquid, contexts)) taken.add(names.get(marker) ?? '');
    }
  }
  return { all, taken };
};

const markersIn = (
  render: typeof textLiquid,
  liquid: string,
  contexts: readonly object[],
): ReadonlySet<string> => {
  const template = render.parse(liquid);
  return new Set(
    contexts.flatMap(
      (context) => String(render.renderSync(template, context)).match(/⟦\w\.\d+⟧/g) ?? [],
    ),
  );
};

const partsOf = ({ template: { email, sms, push, insert } }: CompiledMessage) => [
  ...(email === undefined
    ? []
    : [
        { ...markedBranches(email.html, 'h'), render: htmlLiquid },
        { ...markedBranches(email.subject, 's'), render: textLiquid },
        { ...markedBranches(email.text, 't'), render: textLiquid },
      ]),
  ...[sms?.text, push?.title, push?.text, insert?.text]
    .filter((text) => text !== undefined)
    .map((text) => ({ ...markedBranches(text, 'x'), render: textLiquid })),
];

test('every branch of every template is taken by a sample', async () => {
  const { all, taken } = branchesOf(await compiledMessages(allTouches));

  expect(all.size).toBeGreaterThan(300);
  expect([...all.difference(taken)].toSorted()).toEqual([]);
});
