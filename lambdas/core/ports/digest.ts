/** A short name for a text: the same for the same text, and telling nothing of it. Letters and digits. */
export type Digest = (text: string) => string;
