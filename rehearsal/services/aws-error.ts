/** What an error of a service carries besides its code and message. */
export interface AwsErrorOptions extends ErrorOptions {
  /** @default what the service's protocol answers by for this code, 400 mostly */
  readonly status?: number;
  /** Further members, as the service's model names them: `Reason`. */
  readonly members?: Readonly<Record<string, unknown>>;
}

/** An answer of a service that is an error: the code and message that AWS would give. */
export class AwsError extends Error {
  override readonly name = 'AwsError';
  readonly code: string;
  readonly status: number | undefined;
  readonly members: Readonly<Record<string, unknown>>;

  constructor(
    code: string,
    message: string,
    { status, members = {}, ...options }: AwsErrorOptions = {},
  ) {
    super(message, options);
    this.code = code;
    this.status = status;
    this.members = members;
  }
}
