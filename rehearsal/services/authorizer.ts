import type { Cloud, Resource } from '../assembly/cloud.ts';
import type { RequestContext } from '../iam/condition.ts';
import { type AccessDecision, evaluate, type Grant, listGrants } from '../iam/evaluate.ts';
import {
  type IdentityPolicy,
  readIdentityPolicy,
  readResourcePolicy,
  type ResourcePolicy,
} from '../iam/policy.ts';
import { AwsError } from './aws-error.ts';

/** Who calls: a role by its ARN, or an AWS service for itself. */
export type Principal = { readonly arn: string } | { readonly service: string };

/** A call that the deployed policies would have refused. */
export interface Denial {
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly reason: string;
}

interface Question {
  readonly principal: Principal;
  readonly action: string;
  readonly resource: string;
  readonly context?: RequestContext;
}

/** Decisions that are kept; calls that name what they create would keep one each. */
const MOST_DECIDED = 10_000;

/** Checks every call against the policies of the templates, and remembers which grants were used. */
export class Authorizer {
  /** Each refused call once, however often it was tried. */
  readonly denials: Denial[] = [];
  readonly #cloud: Cloud;
  readonly #identity: ReadonlyMap<string, readonly IdentityPolicy[]>;
  readonly #attached: ReadonlyMap<string, readonly ResourcePolicy[]>;
  readonly #trust: ReadonlyMap<string, ResourcePolicy>;
  /** By resource, who asked, and what: their texts are at hand, and those of all three together would be made for every call. */
  readonly #decided = new Map<string, Map<string, Map<string, AccessDecision>>>();
  #decisions = 0;
  readonly #used = new Set<string>();

  constructor(cloud: Cloud) {
    this.#cloud = cloud;
    this.#identity = identityPolicies(cloud);
    this.#attached = attachedPolicies(cloud);
    this.#trust = trustPolicies(cloud);
  }

  /** @throws {AwsError} AccessDeniedException, once the denial is on record */
  assert({ principal, action, resource, context = {} }: Question): void {
    this.#assert({ principal, action, resource, context }, false);
  }

  /**
   * The same for a key, whose own policy has to agree.
   *
   * @param source what a service says of the resource it acts for
   */
  assertKeyUse(
    principal: Principal,
    key: unknown,
    action: string,
    via: string,
    source: RequestContext = {},
  ): void {
    if (typeof key !== 'string') return;
    const { account, region } = this.#cloud;
    const isRole = 'arn' in principal;
    const context: RequestContext = isRole
      ? { 'kms:CallerAccount': account, 'kms:ViaService': `${via}.${region}.amazonaws.com` }
      : { 'aws:SourceAccount': account, ...source };
    this.#assert({ principal, action: `kms:${action}`, resource: key, context }, true);
  }

  /** A key used for a log group, by the logs service. */
  assertLogKey(key: unknown, logGroup: string): void {
    if (typeof key !== 'string') return;
    const principal = { service: `logs.${this.#cloud.region}.amazonaws.com` };
    const context = { 'kms:EncryptionContext:aws:logs:arn': logGroup.replace(/:\*$/, '') };
    for (const action of ['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey'])
      this.#assert({ principal, action, resource: key, context }, true);
  }

  /**
   * Whether a role lets a service take it on. Services ask it of the role they are handed and refuse in
   * words of their own, so that it is no denial.
   */
  mayAssume(principal: Principal, roleArn: string, context: RequestContext): boolean {
    const policy = this.#trust.get(roleArn);
    if (policy === undefined) return false;
    const request = { principal, action: 'sts:AssumeRole', resource: roleArn, context };
    return evaluate({ identityPolicies: [], resourcePolicies: [policy], request }).allowed;
  }

  /** What roles were granted and no call has needed. */
  unusedGrants(): readonly Grant[] {
    const all = listGrants([...this.#identity.values()].flat());
    return all.filter(({ id, effect }) => effect === 'Allow' && !this.#used.has(id));
  }

  #assert(question: Required<Question>, resourcePolicyRequired: boolean): void {
    const decision = this.#decide(question, resourcePolicyRequired);
    if (decision.allowed) return;
    const { action, resource } = question;
    const principal = nameOf(question.principal);
    const isKnown = this.denials.some(
      (denial) =>
        denial.principal === principal && denial.action === action && denial.resource === resource,
    );
    if (!isKnown) this.denials.push({ principal, action, resource, reason: decision.reason });
    throw new AwsError(
      'AccessDeniedException',
      `${principal} is not authorized to perform: ${action} on resource: ${resource} (${decision.reason})`,
    );
  }

  #decide(question: Required<Question>, resourcePolicyRequired: boolean): AccessDecision {
    const ofPrincipal = this.#decidedFor(question);
    const key = keyOf(question);
    const known = ofPrincipal.get(key);
    if (known !== undefined) return known;
    const decision = evaluate({
      identityPolicies:
        'arn' in question.principal ? (this.#identity.get(question.principal.arn) ?? []) : [],
      resourcePolicies: this.#attached.get(question.resource) ?? [],
      resourcePolicyRequired,
      request: question,
    });
    for (const { id } of decision.matched) this.#used.add(id);
    ofPrincipal.set(key, decision);
    this.#decisions += 1;
    return decision;
  }

  #decidedFor({ principal, resource }: Question): Map<string, AccessDecision> {
    if (this.#decisions >= MOST_DECIDED) {
      this.#decided.clear();
      this.#decisions = 0;
    }
    const ofResource =
      this.#decided.get(resource) ?? new Map<string, Map<string, AccessDecision>>();
    this.#decided.set(resource, ofResource);
    const who = 'arn' in principal ? principal.arn : principal.service;
    const ofPrincipal = ofResource.get(who) ?? new Map<string, AccessDecision>();
    ofResource.set(who, ofPrincipal);
    return ofPrincipal;
  }
}

/** Mostly there is no context. */
const keyOf = ({ action, context }: Required<Question>): string =>
  Object.keys(context).length === 0 ? action : `${action} ${JSON.stringify(context)}`;

const nameOf = (principal: Principal): string =>
  'arn' in principal ? (principal.arn.split('/').at(-1) ?? principal.arn) : principal.service;

const strings = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.map(String) : [];

const identityPolicies = (cloud: Cloud): ReadonlyMap<string, readonly IdentityPolicy[]> => {
  const policies = cloud.ofType('AWS::IAM::Policy').map(({ logicalId, properties }) => ({
    roles: strings(properties['Roles']),
    policy: readIdentityPolicy(logicalId, properties['PolicyDocument']),
  }));
  return new Map(
    cloud.ofType('AWS::IAM::Role').map((role) => {
      assertPlain(role);
      return [
        role.arn,
        policies.filter(({ roles }) => roles.includes(role.name)).map(({ policy }) => policy),
      ];
    }),
  );
};

/** Who may take on which role, by the role's ARN. */
const trustPolicies = (cloud: Cloud): ReadonlyMap<string, ResourcePolicy> =>
  new Map(
    cloud
      .ofType('AWS::IAM::Role')
      .filter(({ properties }) => properties['AssumeRolePolicyDocument'] !== undefined)
      .map(({ logicalId, arn, properties }) => [
        arn,
        readResourcePolicy(logicalId, properties['AssumeRolePolicyDocument']),
      ]),
  );

const assertPlain = ({ logicalId, properties }: Resource): void => {
  for (const name of ['ManagedPolicyArns', 'Policies', 'PermissionsBoundary'])
    if (properties[name] !== undefined)
      throw new Error(`role ${logicalId}: ${name} is not modelled by the rehearsal`);
};

/** Policies of queues, topics, keys, secrets and functions, by the ARN they are attached to. */
const attachedPolicies = (cloud: Cloud): ReadonlyMap<string, readonly ResourcePolicy[]> => {
  const arnByRef = new Map(
    ['AWS::SQS::Queue', 'AWS::SNS::Topic'].flatMap((type) =>
      cloud.ofType(type).map(({ ref, arn }) => [ref, arn || ref] as const),
    ),
  );
  const attached = new Map<string, ResourcePolicy[]>();
  const attach = (arn: string, policy: ResourcePolicy): void => {
    attached.set(arn, [...(attached.get(arn) ?? []), policy]);
  };
  for (const [type, property] of [
    ['AWS::SQS::QueuePolicy', 'Queues'],
    ['AWS::SNS::TopicPolicy', 'Topics'],
  ] as const)
    for (const { logicalId, properties } of cloud.ofType(type)) {
      const policy = readResourcePolicy(logicalId, properties['PolicyDocument']);
      for (const ref of strings(properties[property])) attach(arnByRef.get(ref) ?? ref, policy);
    }
  for (const { logicalId, arn, properties } of cloud.ofType('AWS::KMS::Key'))
    attach(arn, readResourcePolicy(logicalId, properties['KeyPolicy']));
  for (const { logicalId, properties } of cloud.ofType('AWS::SecretsManager::ResourcePolicy'))
    attach(
      String(properties['SecretId']),
      readResourcePolicy(logicalId, properties['ResourcePolicy']),
    );
  for (const permission of cloud.ofType('AWS::Lambda::Permission'))
    attach(...policyOfPermission(permission));
  return attached;
};

const policyOfPermission = ({
  logicalId,
  properties,
}: Resource): readonly [string, ResourcePolicy] => {
  const { Action, FunctionName, Principal: Service, SourceArn, SourceAccount } = properties;
  const statement = {
    Effect: 'Allow',
    Action,
    Principal: { Service },
    Resource: FunctionName,
    Condition: {
      ...(SourceArn === undefined ? {} : { ArnLike: { 'aws:SourceArn': SourceArn } }),
      ...(SourceAccount === undefined
        ? {}
        : { StringEquals: { 'aws:SourceAccount': SourceAccount } }),
    },
  };
  return [
    String(FunctionName),
    readResourcePolicy(logicalId, { Version: '2012-10-17', Statement: [statement] }),
  ];
};
