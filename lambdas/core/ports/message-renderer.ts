import type { MessageContext } from '../domain/messages/message-context.ts';
import type { MessageTemplate } from './message-templates.ts';

export interface RenderedMessage {
  /** One line, fit for a header. */
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

/** Fills a template. Throws on a name that the context does not have. */
export type RenderMessage = (template: MessageTemplate, context: MessageContext) => RenderedMessage;
