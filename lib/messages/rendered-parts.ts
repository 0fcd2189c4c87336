import type { RenderedEmail, RenderedPush, RenderMessage } from '#core/ports/message-renderer.ts';
import type { MessageTemplate } from '#core/ports/message-templates.ts';
import { type SampleContext, withShortLinks } from './sample-contexts.ts';

/** A message as each of its channels has it. */
export interface RenderedParts {
  readonly email?: RenderedEmail | undefined;
  readonly sms?: string | undefined;
  readonly push?: RenderedPush | undefined;
  readonly insert?: string | undefined;
}

/** As they are sent, with links shortened. @throws on a name that the context does not have */
export const renderedParts = (
  render: RenderMessage,
  { email, sms, push, insert }: MessageTemplate,
  { ofEmail, plain }: SampleContext,
): RenderedParts => ({
  email: email && render.email(email, ofEmail),
  sms: sms && withShortLinks(render.sms(sms, plain)),
  push: push && render.push(push, plain),
  insert: insert && render.insert(insert, plain),
});
