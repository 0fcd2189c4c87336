import type { Cloud, Resource } from '../assembly/cloud.ts';
import type { VirtualClock } from '../clock.ts';
import type { Authorizer, Principal } from './authorizer.ts';
import { AwsError } from './aws-error.ts';
import { type PasswordRule, passwordOf } from './random-password.ts';
import { SecretVersions } from './secret-versions.ts';
import { type Service, type ServiceCall, textOf } from './service.ts';

export interface SecretsOptions {
  readonly cloud: Cloud;
  readonly clock: VirtualClock;
  readonly authorizer: Authorizer;
  /** Decides every generated value, so that runs can be compared. */
  readonly seed: string;
}

/** A secret of the templates with its versions. */
export interface StoredSecret {
  readonly resource: Resource;
  readonly versions: SecretVersions;
}

type Answer = (secret: StoredSecret, call: ServiceCall) => unknown;

/** The secrets of the templates, their versions and staging labels. */
export class Secrets {
  readonly #options: SecretsOptions;
  readonly #secrets: readonly StoredSecret[];
  readonly #rotated: ReadonlyMap<string, Resource>;
  readonly #answers: ReadonlyMap<string, Answer>;
  #passwords = 0;

  constructor(options: SecretsOptions) {
    const { cloud, clock, seed } = options;
    this.#options = options;
    this.#secrets = cloud.ofType('AWS::SecretsManager::Secret').map((resource) => {
      const versions = new SecretVersions();
      const first = { id: versionIdOf(0), value: firstValue(resource, seed) };
      versions.put({ ...first, createdMs: clock.now() }, ['AWSCURRENT']);
      return { resource, versions };
    });
    this.#rotated = new Map(
      cloud
        .ofType('AWS::SecretsManager::RotationSchedule')
        .map((schedule) => [String(schedule.properties['SecretId']), schedule]),
    );
    this.#answers = new Map<string, Answer>([
      ['GetSecretValue', (secret, call) => this.#get(secret, call)],
      ['PutSecretValue', (secret, call) => this.#put(secret, call)],
      ['DescribeSecret', (secret) => this.#describe(secret)],
      ['UpdateSecretVersionStage', (secret, call) => this.#moveLabel(secret, call)],
    ]);
  }

  readonly service: Service = async (call) => {
    const { principal, operation, input } = call;
    const action = `secretsmanager:${operation}`;
    if (operation === 'GetRandomPassword') {
      this.#options.authorizer.assert({ principal, action, resource: '*' });
      return { RandomPassword: this.#randomPassword(input) };
    }
    const answer = this.#answers.get(operation);
    if (answer === undefined)
      throw new AwsError('InvalidAction', `Secrets Manager ${operation} is not modelled`);
    const secret = this.find(textOf(input, 'SecretId'));
    this.#options.authorizer.assert({ principal, action, resource: secret.resource.ref });
    return answer(secret, call);
  };

  /** @param id ARN or name @throws {AwsError} ResourceNotFoundException */
  find(id: string): StoredSecret {
    const secret = this.#secrets.find(({ resource: { ref, name } }) => ref === id || name === id);
    if (secret !== undefined) return secret;
    throw new AwsError(
      'ResourceNotFoundException',
      "Secrets Manager can't find the specified secret.",
    );
  }

  /** What somebody who is given the secret by hand has now. @param logicalId how its name in the template begins */
  currentValue(logicalId: string): string {
    const secret = this.#secrets.find(({ resource }) => resource.logicalId.startsWith(logicalId));
    if (secret === undefined) throw new Error(`the templates have no secret ${logicalId}`);
    return secret.versions.read(undefined, undefined).value;
  }

  #get({ resource, versions }: StoredSecret, { principal, input }: ServiceCall) {
    this.#assertKeyUse(principal, resource, 'Decrypt');
    const { id, value, createdMs } = versions.read(
      optional(input, 'VersionId'),
      optional(input, 'VersionStage'),
    );
    return {
      ...identityOf(resource),
      VersionId: id,
      VersionStages: versions.labels[id] ?? [],
      CreatedDate: createdMs / 1000,
      SecretString: value,
    };
  }

  #put({ resource, versions }: StoredSecret, { principal, input }: ServiceCall) {
    this.#assertKeyUse(principal, resource, 'GenerateDataKey');
    const [id, value] = [optional(input, 'ClientRequestToken'), optional(input, 'SecretString')];
    if (id === undefined || value === undefined)
      throw new AwsError(
        'InvalidRequestException',
        'the rehearsal takes PutSecretValue with ClientRequestToken and SecretString only',
      );
    const stages = input['VersionStages'];
    const labels = Array.isArray(stages) ? stages.map(String) : ['AWSCURRENT'];
    versions.put({ id, value, createdMs: this.#options.clock.now() }, labels);
    return { ...identityOf(resource), VersionId: id, VersionStages: versions.labels[id] ?? [] };
  }

  #describe({ resource, versions }: StoredSecret) {
    const schedule = this.#rotated.get(resource.ref)?.properties;
    return {
      ...identityOf(resource),
      KmsKeyId: resource.properties['KmsKeyId'],
      RotationEnabled: schedule !== undefined,
      RotationLambdaARN: schedule?.['RotationLambdaARN'],
      RotationRules: schedule?.['RotationRules'],
      VersionIdsToStages: versions.labels,
    };
  }

  #moveLabel({ resource, versions }: StoredSecret, { input }: ServiceCall) {
    versions.move({
      label: textOf(input, 'VersionStage'),
      from: optional(input, 'RemoveFromVersionId'),
      to: optional(input, 'MoveToVersionId'),
    });
    return identityOf(resource);
  }

  #randomPassword(rule: PasswordRule): string {
    this.#passwords += 1;
    try {
      return passwordOf(rule, `${this.#options.seed}/password-${this.#passwords}`);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new AwsError('InvalidParameterException', error.message, { cause: error });
    }
  }

  #assertKeyUse(principal: Principal, { properties }: Resource, action: string): void {
    this.#options.authorizer.assertKeyUse(
      principal,
      properties['KmsKeyId'],
      action,
      'secretsmanager',
    );
  }
}

/** The id of a version that Secrets Manager makes itself: the first one is 0. */
export const versionIdOf = (count: number): string =>
  `00000000-0000-4000-b000-${String(count).padStart(12, '0')}`;

const identityOf = ({ ref, name }: Resource) => ({ ARN: ref, Name: name });

const optional = (input: Readonly<Record<string, unknown>>, name: string): string | undefined => {
  const value = input[name];
  return typeof value === 'string' ? value : undefined;
};

/**
 * What `SecretString` says, or what `GenerateSecretString` asks for: a password, on its own or under a
 * key of the template's JSON.
 */
const firstValue = ({ properties, logicalId }: Resource, seed: string): string => {
  const given = properties['SecretString'];
  if (typeof given === 'string') return given;
  const rule = Object(properties['GenerateSecretString']);
  const value = passwordOf(rule, `${seed}/${logicalId}`);
  if (rule.GenerateStringKey === undefined) return value;
  const template: object = JSON.parse(String(rule.SecretStringTemplate ?? '{}'));
  return JSON.stringify({ ...template, [String(rule.GenerateStringKey)]: value });
};
