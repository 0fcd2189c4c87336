import type { MessageContext } from '#core/domain/messages/message-context.ts';
import type { RenderedEmail, RenderedPush, RenderMessage } from '#core/ports/message-renderer.ts';
import type { MessageTemplate } from '#core/ports/message-templates.ts';

/** A message as each of its channels has it. */
export interface RenderedParts {
  readonly email?: RenderedEmail | undefined;
  readonly sms?: string | undefined;
  readonly push?: RenderedPush | undefined;
  readonly insert?: string | undefined;
}

/** @throws on a name that the context does not have */
export const renderedParts = (
  render: RenderMessage,
  { email, sms, push, insert }: MessageTemplate,
  context: MessageContext,
): RenderedParts => ({
  email: email && render.email(email, context),
  sms: sms && render.sms(sms, context),
  push: push && render.push(push, context),
  insert: insert && render.insert(insert, context),
});
