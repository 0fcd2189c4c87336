/** The parts of an e-mail before anything of an order is filled in: Liquid. */
export interface EmailTemplate {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

/** A message of one text: an SMS, or the card in the parcel. */
export interface TextTemplate {
  readonly text: string;
}

export interface PushTemplate {
  readonly title: string;
  readonly text: string;
}

/** One touch in one language: a template for each channel that the touch declares. */
export interface MessageTemplate {
  readonly email?: EmailTemplate | undefined;
  readonly sms?: TextTemplate | undefined;
  readonly push?: PushTemplate | undefined;
  readonly insert?: TextTemplate | undefined;
}

/** The compiled templates of the touches. */
export interface MessageTemplates {
  /** Languages that the touch has templates for; none for an unknown touch. */
  languagesOf(touch: string): Promise<readonly string[]>;

  /** The same template is the same object each time. Rejects when there is none. */
  load(touch: string, language: string): Promise<MessageTemplate>;
}
