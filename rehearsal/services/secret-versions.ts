import { AwsError } from './aws-error.ts';

export interface SecretVersion {
  readonly id: string;
  /** None until a rotation function has put one. */
  readonly value: string | undefined;
  readonly createdMs: number;
}

const CURRENT = 'AWSCURRENT';
const PREVIOUS = 'AWSPREVIOUS';

/** Which version UpdateSecretVersionStage takes a label from and gives it to. */
export interface LabelMove {
  readonly label: string;
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/**
 * The versions of one secret and their staging labels; a label is on one version at a time. Moving
 * AWSCURRENT leaves AWSPREVIOUS where it was (Secrets Manager API reference, PutSecretValue and
 * UpdateSecretVersionStage). Versions without a label are kept, as AWS keeps them for a while.
 */
export class SecretVersions {
  readonly #versions = new Map<string, SecretVersion>();
  readonly #idByLabel = new Map<string, string>();

  /** Labels by version; a version without one is deprecated and not listed. */
  get labels(): Readonly<Record<string, readonly string[]>> {
    const labels: Record<string, string[]> = {};
    for (const [label, id] of this.#idByLabel) labels[id] = [...(labels[id] ?? []), label];
    return labels;
  }

  labelled(label: string): SecretVersion | undefined {
    const id = this.#idByLabel.get(label);
    return id === undefined ? undefined : this.#versions.get(id);
  }

  /**
   * By id, label or both.
   *
   * @throws {AwsError} ResourceNotFoundException when there is none or it has no value yet
   */
  read(id: string | undefined, label: string | undefined): SecretVersion & { value: string } {
    const version = id === undefined ? this.labelled(label ?? CURRENT) : this.#versions.get(id);
    if (version !== undefined && label !== undefined && this.#idByLabel.get(label) !== version.id)
      throw new AwsError(
        'InvalidRequestException',
        'You provided a VersionStage that is not associated to the provided VersionId.',
      );
    if (version?.value !== undefined) return { ...version, value: version.value };
    const sought = id === undefined ? `staging label: ${label ?? CURRENT}` : `VersionId: ${id}`;
    throw new AwsError(
      'ResourceNotFoundException',
      `Secrets Manager can't find the specified secret value for ${sought}`,
    );
  }

  /** @throws {AwsError} ResourceExistsException when the version has another value already */
  put(version: SecretVersion & { value: string }, labels: readonly string[]): void {
    const known = this.#versions.get(version.id);
    if (known?.value !== undefined) {
      if (known.value === version.value) return;
      throw new AwsError(
        'ResourceExistsException',
        `You can't use ClientRequestToken ${version.id} because that value is already in use for a version of the secret.`,
      );
    }
    this.#versions.set(version.id, version);
    for (const label of labels) this.label(label, version.id);
  }

  /** A version that the next rotation is to fill. */
  announce(id: string, createdMs: number, value?: string): void {
    if (!this.#versions.has(id)) this.#versions.set(id, { id, value, createdMs });
    this.label('AWSPENDING', id);
  }

  /** Forgets a version that was announced for a test alone. */
  withdraw(id: string): void {
    this.#versions.delete(id);
    for (const [label, labelled] of this.#idByLabel)
      if (labelled === id) this.#idByLabel.delete(label);
  }

  label(label: string, id: string): void {
    const before = this.#idByLabel.get(label);
    if (before === id) return;
    this.#idByLabel.set(label, id);
    if (label === CURRENT && before !== undefined) this.#idByLabel.set(PREVIOUS, before);
  }

  /** @throws {AwsError} when the label is elsewhere than the caller says, or AWSCURRENT would be gone */
  move({ label, from, to }: LabelMove): void {
    const holder = this.#idByLabel.get(label);
    for (const id of [from, to])
      if (id !== undefined && !this.#versions.has(id))
        throw new AwsError(
          'ResourceNotFoundException',
          `Secrets Manager can't find the specified secret version: ${id}.`,
        );
    if (holder !== undefined && holder !== to && holder !== from)
      throw new AwsError(
        'InvalidParameterException',
        `Staging label ${label} is currently attached to version ${holder}, so you must explicitly reference that version in RemoveFromVersionId.`,
      );
    if (to !== undefined) this.label(label, to);
    else if (label === CURRENT)
      throw new AwsError(
        'InvalidParameterException',
        `You can only move staging label ${CURRENT} to a different secret version. It can’t be completely removed.`,
      );
    else this.#idByLabel.delete(label);
  }
}
