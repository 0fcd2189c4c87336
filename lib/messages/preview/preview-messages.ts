import type { Touch } from '#core/domain/touches/touch.ts';
import { liquidMessageRenderer } from '#core/adapters/liquid-message-renderer.ts';
import { compiledMessages } from '../compile-messages.ts';
import type { CompiledMessage } from '../compile-template.ts';
import type { MessageSource } from '../message-source.ts';
import { type RenderedParts, renderedParts } from '../rendered-parts.ts';
import { contextsOf } from '../sample-contexts.ts';
import { messageSamples } from '../sample-messages.ts';

/** One touch, told of one sample in one locale, in each of its channels. */
export interface PreviewMessage {
  readonly touch: Touch;
  readonly sample: string;
  readonly locale: string;
  readonly parts: RenderedParts;
}

/**
 * Every touch of the source, in every locale and of every sample.
 *
 * @throws {InvalidMessages} when a template cannot be sent as it is written
 */
export const previewMessages = async (
  source: MessageSource,
): Promise<readonly PreviewMessage[]> => {
  const compiled = await compiledMessages(source);
  return compiled.flatMap(messagesOf);
};

const render = liquidMessageRenderer();

const messagesOf = ({ source, template }: CompiledMessage): readonly PreviewMessage[] =>
  messageSamples
    .filter(({ touch }) => touch === source.touch.name)
    .map((sample) => {
      const context = contextsOf(sample, source.language);
      return {
        touch: source.touch,
        sample: sample.name,
        locale: context.ofEmail.locale,
        parts: renderedParts(render, template, context),
      };
    });
