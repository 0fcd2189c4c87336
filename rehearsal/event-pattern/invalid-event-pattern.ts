/** A pattern that EventBridge would refuse. `reason` is worded as its matcher, aws/event-ruler, words it. */
export class InvalidEventPattern extends Error {
  override readonly name = 'InvalidEventPattern';
  readonly reason: string;

  constructor(reason: string, options?: ErrorOptions) {
    super(`Event pattern is not valid. Reason: ${reason}`, options);
    this.reason = reason;
  }
}
