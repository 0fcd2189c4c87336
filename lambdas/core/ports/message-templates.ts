/** The parts of a message before anything of an order is filled in: Liquid. */
export interface MessageTemplate {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

/** The compiled templates of the touches. */
export interface MessageTemplates {
  /** Languages that the touch has templates for; none for an unknown touch. */
  languagesOf(touch: string): Promise<readonly string[]>;

  /** The same template is the same object each time. Rejects when there is none. */
  load(touch: string, language: string): Promise<MessageTemplate>;
}
