import type { RequestContext } from './condition.ts';
import { meetsCondition } from './condition.ts';
import { fitsGlob } from './glob.ts';
import type {
  IdentityPolicy,
  PatternSet,
  Policy,
  PrincipalPattern,
  ResourcePolicy,
  Statement,
} from './policy.ts';

/** A call as IAM sees it. The principal is a role by its ARN, or an AWS service acting for itself. */
export type AccessRequest = {
  readonly principal: { readonly arn: string } | { readonly service: string };
  /** As in `sqs:SendMessage`; IAM ignores its case. */
  readonly action: string;
  readonly resource: string;
  readonly context: RequestContext;
};

export type AccessQuestion = {
  readonly identityPolicies: readonly IdentityPolicy[];
  readonly resourcePolicies?: readonly ResourcePolicy[];
  /**
   * For KMS keys: identity policies count only where the key's policy hands the decision to the account
   * (`arn:aws:iam::<account>:root`).
   * @default false
   */
  readonly resourcePolicyRequired?: boolean;
  readonly request: AccessRequest;
};

/** One thing that a statement allows or denies: an action pattern on a resource pattern. `id` is stable between runs. */
export type Grant = {
  readonly id: string;
  readonly policy: string;
  readonly statement: number;
  readonly effect: 'Allow' | 'Deny';
  readonly action: string;
  readonly resource: string;
};

/** `matched` are the grants that decided: all that allowed, or all that denied. Without a decision there are none. */
export type AccessDecision =
  | {
      readonly allowed: true;
      readonly reason: 'identity-policy' | 'resource-policy' | 'delegated-to-account';
      readonly matched: readonly Grant[];
    }
  | {
      readonly allowed: false;
      readonly reason: 'explicit-deny' | 'no-grant' | 'not-delegated-by-resource-policy';
      readonly matched: readonly Grant[];
    };

/**
 * Decides one call within one account (IAM user guide, "Policy evaluation logic"): a Deny anywhere wins, then an Allow of
 * the role or of the resource is enough. A resource policy that allows the account as such gives its roles nothing by
 * itself. Throws UnsupportedPolicy where a condition cannot be decided.
 */
export const evaluate = ({
  identityPolicies,
  resourcePolicies = [],
  resourcePolicyRequired = false,
  request,
}: AccessQuestion): AccessDecision => {
  const identity = identityPolicies.flatMap((policy) => applying(policy, request));
  const resource = resourcePolicies
    .flatMap((policy) => applying(policy, request))
    .filter(({ statement }) => concerns(statement.principals, request.principal));

  const denied = grantsOf([...identity, ...resource], 'Deny');
  if (denied.length > 0) return { allowed: false, reason: 'explicit-deny', matched: denied };

  const direct = grantsOf(
    resource.filter((found) => !onlyDelegates(found, request)),
    'Allow',
  );
  const delegating = grantsOf(
    resource.filter((found) => onlyDelegates(found, request)),
    'Allow',
  );
  const own = grantsOf(identity, 'Allow');
  const counts = !resourcePolicyRequired || delegating.length > 0;
  return decide({ direct, delegating, own, counts, resourcePolicyRequired });
};

type Findings = {
  readonly direct: readonly Grant[];
  readonly delegating: readonly Grant[];
  readonly own: readonly Grant[];
  /** Whether the role's own policies count. */
  readonly counts: boolean;
  readonly resourcePolicyRequired: boolean;
};

const decide = ({
  direct,
  delegating,
  own,
  counts,
  resourcePolicyRequired,
}: Findings): AccessDecision => {
  const counted = counts ? own : [];
  const delegated = resourcePolicyRequired && counted.length > 0 ? delegating : [];
  const matched = [...counted, ...delegated, ...direct];
  if (direct.length > 0) return { allowed: true, reason: 'resource-policy', matched };
  if (delegated.length > 0) return { allowed: true, reason: 'delegated-to-account', matched };
  if (counted.length > 0) return { allowed: true, reason: 'identity-policy', matched };
  const reason = own.length > 0 ? 'not-delegated-by-resource-policy' : 'no-grant';
  return { allowed: false, reason, matched };
};

/** Every grant of the policies, exercised or not: what `matched` of all calls is to be held against. */
export const listGrants = (policies: readonly Policy[]): readonly Grant[] =>
  policies.flatMap((policy) =>
    policy.statements.flatMap((statement, index) =>
      grantsFor(policy, index, labels(statement.actions), labels(statement.resources)),
    ),
  );

/** A statement that fits the call in all but its principal, and its grants that do. */
type Applying = { readonly statement: Statement; readonly grants: readonly Grant[] };

const applying = (policy: Policy, request: AccessRequest): readonly Applying[] =>
  policy.statements.flatMap((statement, index) => {
    const actions = fitting(statement.actions, (pattern) =>
      fitsGlob(pattern.toLowerCase(), request.action.toLowerCase()),
    );
    const resources = fitting(statement.resources, (pattern) =>
      fitsGlob(pattern, request.resource),
    );
    if (actions.length === 0 || resources.length === 0) return [];
    if (!statement.conditions.every((one) => meetsCondition(one, request.context))) return [];
    return [{ statement, grants: grantsFor(policy, index, actions, resources) }];
  });

const fitting = (set: PatternSet, fits: (pattern: string) => boolean): readonly string[] => {
  const found = set.patterns.filter(fits);
  if (set.isNot) return found.length === 0 ? labels(set) : [];
  return found;
};

/** A Not set is one grant of all it leaves over. */
const labels = ({ isNot, patterns }: PatternSet): readonly string[] =>
  isNot ? [`not(${patterns.join(', ')})`] : patterns;

const grantsFor = (
  policy: Policy,
  statement: number,
  actions: readonly string[],
  resources: readonly string[],
): readonly Grant[] => {
  const effect = policy.statements[statement]?.effect ?? 'Deny';
  return actions.flatMap((action) =>
    resources.map((resource) => ({
      id: `${policy.name}[${statement}] ${action} on ${resource}`,
      policy: policy.name,
      statement,
      effect,
      action,
      resource,
    })),
  );
};

const grantsOf = (found: readonly Applying[], effect: 'Allow' | 'Deny'): readonly Grant[] =>
  found.filter(({ statement }) => statement.effect === effect).flatMap(({ grants }) => grants);

const concerns = (
  patterns: readonly PrincipalPattern[],
  principal: AccessRequest['principal'],
): boolean =>
  isNamed(patterns, principal) ||
  patterns.some((pattern) => pattern.kind === 'account' && isInAccount(principal, pattern.account));

const onlyDelegates = ({ statement }: Applying, { principal }: AccessRequest): boolean =>
  !isNamed(statement.principals, principal);

/** Named itself, rather than through its account. */
const isNamed = (
  patterns: readonly PrincipalPattern[],
  principal: AccessRequest['principal'],
): boolean =>
  patterns.some((pattern) => {
    if (pattern.kind === 'everyone') return true;
    if ('service' in principal)
      return pattern.kind === 'service' && pattern.service === principal.service;
    return pattern.kind === 'arn' && pattern.arn === principal.arn;
  });

const isInAccount = (principal: AccessRequest['principal'], account: string): boolean =>
  'arn' in principal && principal.arn.split(':')[4] === account;
