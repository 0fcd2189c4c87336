import type { Cloud } from '../assembly/cloud.ts';
import type { VirtualClock } from '../clock.ts';
import type { Authorizer } from './authorizer.ts';
import { inBackground } from './in-background.ts';
import type { Lambdas } from './lambdas.ts';
import { readRotation, type Rotation } from './rotation-rules.ts';
import { type Secrets, type StoredSecret, versionIdOf } from './secrets.ts';

export interface RotationsOptions {
  readonly cloud: Cloud;
  readonly clock: VirtualClock;
  readonly authorizer: Authorizer;
  readonly lambdas: Lambdas;
  readonly secrets: Secrets;
}

const STEPS = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'] as const;
type Step = (typeof STEPS)[number];

/** AWS retries a rotation "multiple times" and does not say when: two more tries are our assumption. */
const RETRY_AFTER_MS = [60_000, 120_000];

/** Rotates secrets on the virtual clock, by the functions and schedules of the templates. */
export class Rotations {
  readonly #options: RotationsOptions;
  #tokens = 0;

  constructor(options: RotationsOptions) {
    this.#options = options;
  }

  /**
   * A schedule that is deployed rotates at once or, told not to, has its function test a version that
   * is withdrawn again (CloudFormation, RotateImmediatelyOnUpdate).
   *
   * @throws for a schedule that is not modelled, naming it
   */
  start(): void {
    const { clock, cloud, secrets } = this.#options;
    for (const resource of cloud.ofType('AWS::SecretsManager::RotationSchedule')) {
      const rotation = readRotation(resource);
      const secret = secrets.find(rotation.secretId);
      if (rotation.isImmediate) this.#begin(rotation, secret);
      else {
        clock.at(clock.now(), () => inBackground(clock, () => this.#test(rotation, secret)));
        this.#scheduleNext(rotation, secret);
      }
    }
  }

  #scheduleNext(rotation: Rotation, secret: StoredSecret): void {
    const { clock } = this.#options;
    const nextMs = rotation.nextMs?.(clock.now());
    if (nextMs !== undefined) clock.at(nextMs, () => this.#begin(rotation, secret));
  }

  #begin(rotation: Rotation, secret: StoredSecret): void {
    const { clock } = this.#options;
    const token = this.#nextToken();
    clock.at(clock.now(), () => this.#try(rotation, secret, token, 0));
  }

  #try(rotation: Rotation, secret: StoredSecret, token: string, retries: number): void {
    const { clock } = this.#options;
    inBackground(clock, async () => {
      if (retries === 0) this.#announce(secret, token);
      const failure = await this.#rotate(rotation, secret, token);
      const afterMs = RETRY_AFTER_MS[retries];
      if (failure === undefined) this.#scheduleNext(rotation, secret);
      else if (afterMs === undefined)
        throw new Error(`the rotation of ${secret.resource.name} failed for good: ${failure}`);
      else clock.at(clock.now() + afterMs, () => this.#try(rotation, secret, token, retries + 1));
    });
  }

  /** @throws when a rotation before this one has not finished: AWS takes no other until it has */
  #announce({ resource, versions }: StoredSecret, token: string): void {
    const pending = versions.labelled('AWSPENDING');
    if (pending !== undefined && pending !== versions.labelled('AWSCURRENT'))
      throw new Error(
        `${resource.name}: a previous rotation isn't complete; AWSPENDING is on version ${pending.id}, which is not AWSCURRENT`,
      );
    versions.announce(token, this.#options.clock.now());
  }

  /** The first step that failed, in words, if one did. */
  async #rotate(
    rotation: Rotation,
    secret: StoredSecret,
    token: string,
  ): Promise<string | undefined> {
    for (const step of STEPS) {
      const failure = await this.#invoke(rotation, secret, token, step);
      if (failure !== undefined) return failure;
    }
    const current = secret.versions.labelled('AWSCURRENT');
    return current?.id === token
      ? undefined
      : `finishSecret left AWSCURRENT on version ${current?.id}, expected ${token}`;
  }

  async #invoke(
    { functionArn }: Rotation,
    { resource }: StoredSecret,
    token: string,
    Step: Step,
  ): Promise<string | undefined> {
    const { authorizer, cloud, lambdas } = this.#options;
    authorizer.assert({
      principal: { service: 'secretsmanager.amazonaws.com' },
      action: 'lambda:InvokeFunction',
      resource: lambdas.find(functionArn).arn,
      context: { 'aws:SourceAccount': cloud.account },
    });
    const event = { Step, SecretId: resource.ref, ClientRequestToken: token };
    const result = await lambdas.invoke(functionArn, event);
    return result.ok ? undefined : `${Step}: ${result.errorType}: ${result.errorMessage}`;
  }

  /** The documentation does not say what the version under test has in it: here the current value. */
  async #test(rotation: Rotation, secret: StoredSecret): Promise<void> {
    const { versions } = secret;
    const token = this.#nextToken();
    const { value } = versions.read(undefined, 'AWSCURRENT');
    versions.announce(token, this.#options.clock.now(), value);
    const failure = await this.#invoke(rotation, secret, token, 'testSecret');
    versions.withdraw(token);
    if (failure !== undefined)
      throw new Error(`the test of the rotation of ${secret.resource.name} failed: ${failure}`);
  }

  #nextToken(): string {
    this.#tokens += 1;
    return versionIdOf(this.#tokens);
  }
}
