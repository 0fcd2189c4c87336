import { z } from 'zod';
import type { Condition } from './condition.ts';
import { readCondition } from './condition.ts';
import { UnsupportedPolicy } from './unsupported-policy.ts';

/** A policy that has been read: every element and operator in it is one that the evaluator models. */
export type Policy = { readonly name: string; readonly statements: readonly Statement[] };

/** A policy of a role: what it may do. */
export type IdentityPolicy = Policy & { readonly kind: 'identity' };

/** A policy of a queue, key, function and so on: who may do what with it. */
export type ResourcePolicy = Policy & { readonly kind: 'resource' };

export type Statement = {
  readonly effect: 'Allow' | 'Deny';
  readonly principals: readonly PrincipalPattern[];
  readonly actions: PatternSet;
  readonly resources: PatternSet;
  readonly conditions: readonly Condition[];
};

/** Patterns of which one has to fit, or with `isNot` none may (NotAction, NotResource). */
export type PatternSet = { readonly isNot: boolean; readonly patterns: readonly string[] };

export type PrincipalPattern =
  | { readonly kind: 'everyone' }
  | { readonly kind: 'account'; readonly account: string }
  | { readonly kind: 'arn'; readonly arn: string }
  | { readonly kind: 'service'; readonly service: string };

/** IAM takes a list of one without its brackets everywhere. */
const oneOrMore = <T extends z.ZodType>(item: T) =>
  z.preprocess((value) => (Array.isArray(value) ? value : [value]), z.array(item).min(1));

const texts = oneOrMore(z.string().min(1));

/** `"*"` is short for `{"AWS": "*"}`. */
const principalSchema = z.preprocess(
  (value) => (value === '*' ? { AWS: value } : value),
  z.strictObject({ AWS: texts.optional(), Service: texts.optional() }),
);

const conditionValues = oneOrMore(z.union([z.string(), z.number(), z.boolean()]).transform(String));

const statementSchema = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Principal: principalSchema.optional(),
  Action: texts.optional(),
  NotAction: texts.optional(),
  Resource: texts.optional(),
  NotResource: texts.optional(),
  Condition: z.record(z.string(), z.record(z.string(), conditionValues)).optional(),
});

const documentSchema = z.strictObject({
  Version: z.enum(['2012-10-17', '2008-10-17']).optional(),
  Id: z.string().optional(),
  Statement: oneOrMore(statementSchema),
});

type RawStatement = z.infer<typeof statementSchema>;

/** Reads a role's policy document. Throws {@link UnsupportedPolicy}, which names what is not modelled. */
export const readIdentityPolicy = (name: string, document: unknown): IdentityPolicy => ({
  kind: 'identity',
  ...readPolicy(name, document, (statement) => {
    if (statement.Principal !== undefined) throw new UnsupportedPolicy('Principal has no place');
    if (statement.Resource === undefined && statement.NotResource === undefined) {
      throw new UnsupportedPolicy('Resource or NotResource is missing');
    }
  }),
});

/**
 * Reads a policy attached to a resource. Without Resource a statement is about whatever the policy is attached to. Throws
 * {@link UnsupportedPolicy}, which names what is not modelled.
 */
export const readResourcePolicy = (name: string, document: unknown): ResourcePolicy => ({
  kind: 'resource',
  ...readPolicy(name, document, (statement) => {
    if (statement.Principal === undefined) throw new UnsupportedPolicy('Principal is missing');
  }),
});

const readPolicy = (
  name: string,
  document: unknown,
  check: (statement: RawStatement) => void,
): Policy => {
  const parsed = documentSchema.safeParse(document);
  if (!parsed.success) {
    throw new UnsupportedPolicy(`Policy ${name}: ${z.prettifyError(parsed.error)}`);
  }
  const statements = parsed.data.Statement.map((statement, index) => {
    try {
      check(statement);
      return readStatement(statement);
    } catch (cause) {
      if (!(cause instanceof UnsupportedPolicy)) throw cause;
      throw new UnsupportedPolicy(`Policy ${name}, statement ${index}: ${cause.message}`, {
        cause,
      });
    }
  });
  return { name, statements };
};

const readStatement = (statement: RawStatement): Statement => {
  const { Effect, Principal, Action, NotAction, Resource, NotResource, Condition = {} } = statement;
  return {
    effect: Effect,
    principals: readPrincipals(Principal),
    actions: readPatterns('Action', Action, NotAction),
    resources: readPatterns('Resource', Resource ?? (NotResource ? undefined : ['*']), NotResource),
    conditions: Object.entries(Condition).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]) => readCondition(operator, key, values)),
    ),
  };
};

const readPatterns = (
  element: 'Action' | 'Resource',
  positive: readonly string[] | undefined,
  negative: readonly string[] | undefined,
): PatternSet => {
  const patterns = positive ?? negative;
  if (patterns === undefined || (positive !== undefined && negative !== undefined)) {
    throw new UnsupportedPolicy(`there must be one of ${element} and Not${element}`);
  }
  const variable = patterns.find((pattern) => pattern.includes('${'));
  if (variable !== undefined) {
    throw new UnsupportedPolicy(`policy variables are not known here, as in ${variable}`);
  }
  return { isNot: positive === undefined, patterns };
};

const readPrincipals = (principal: RawStatement['Principal']): readonly PrincipalPattern[] => {
  if (principal === undefined) return [];
  return [
    ...(principal.AWS ?? []).map(readAwsPrincipal),
    ...(principal.Service ?? []).map((service) => ({ kind: 'service', service }) as const),
  ];
};

const readAwsPrincipal = (text: string): PrincipalPattern => {
  if (text === '*') return { kind: 'everyone' };
  const account = /^(?:arn:[^:]+:iam::)?(\d{12})(?::root)?$/.exec(text)?.[1];
  if (account !== undefined) return { kind: 'account', account };
  if (/^arn:[^:]+:(?:iam|sts)::\d{12}:[^*?]+$/.test(text)) return { kind: 'arn', arn: text };
  throw new UnsupportedPolicy(`AWS principal ${text} is neither *, an account nor an ARN`);
};
