import type { MessageContext } from '../domain/messages/message-context.ts';
import type { EmailTemplate, PushTemplate, TextTemplate } from './message-templates.ts';

export interface RenderedEmail {
  /** One line, fit for a header. */
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

export interface RenderedPush {
  /** One line each. */
  readonly title: string;
  readonly text: string;
}

/** Fills templates, one method a channel. Throws on a name that the context does not have. */
export interface RenderMessage {
  readonly email: (template: EmailTemplate, context: MessageContext) => RenderedEmail;
  readonly sms: (template: TextTemplate, context: MessageContext) => string;
  readonly push: (template: PushTemplate, context: MessageContext) => RenderedPush;
  readonly insert: (template: TextTemplate, context: MessageContext) => string;
}
