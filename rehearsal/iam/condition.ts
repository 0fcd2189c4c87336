import { fitsGlob } from './glob.ts';
import { UnsupportedPolicy } from './unsupported-policy.ts';

/** One line of a Condition block: a key held against values by an operator. */
export type Condition = {
  readonly quantifier: 'all' | 'any' | undefined;
  readonly operator: Operator;
  readonly ifExists: boolean;
  readonly key: string;
  readonly values: readonly string[];
};

/** What a request carries, by condition key in any case. A key that may have several values has a list. */
export type RequestContext = Readonly<
  Record<string, string | number | boolean | readonly string[]>
>;

type Operator =
  | { readonly kind: 'null' }
  | { readonly kind: 'compare'; readonly isNegated: boolean; readonly compare: Compare };

type Compare = (policyValue: string, requestValue: string) => boolean;

const equal: Compare = (policyValue, requestValue) => policyValue === requestValue;
const caseless: Compare = (policyValue, requestValue) =>
  policyValue.toLowerCase() === requestValue.toLowerCase();

/** The six parts of an ARN are compared one by one, so that a star does not reach over a colon into the next part. */
const arnLike: Compare = (policyValue, requestValue) => {
  const [pattern, arn] = [arnParts(policyValue), arnParts(requestValue)];
  return (
    policyValue === '*' ||
    (pattern.length === arn.length &&
      pattern.every((part, index) => fitsGlob(part, arn[index] ?? '')))
  );
};

const arnParts = (arn: string): readonly string[] => {
  const parts = arn.split(':');
  return [...parts.slice(0, 5), parts.slice(5).join(':')];
};

const numeric =
  (compare: (policyValue: number, requestValue: number) => boolean): Compare =>
  (policyValue, requestValue) =>
    compare(Number(policyValue), requestValue.trim() === '' ? NaN : Number(requestValue));

const is = (compare: Compare): Operator => ({ kind: 'compare', isNegated: false, compare });
const isNot = (compare: Compare): Operator => ({ kind: 'compare', isNegated: true, compare });
const numbersAlike = numeric((policyValue, requestValue) => policyValue === requestValue);

/** IAM user guide, "IAM JSON policy elements: Condition operators", less dates, binaries and addresses. */
const operators: ReadonlyMap<string, Operator> = new Map([
  ['StringEquals', is(equal)],
  ['StringNotEquals', isNot(equal)],
  ['StringEqualsIgnoreCase', is(caseless)],
  ['StringNotEqualsIgnoreCase', isNot(caseless)],
  ['StringLike', is(fitsGlob)],
  ['StringNotLike', isNot(fitsGlob)],
  ['ArnEquals', is(arnLike)],
  ['ArnNotEquals', isNot(arnLike)],
  ['ArnLike', is(arnLike)],
  ['ArnNotLike', isNot(arnLike)],
  ['Bool', is(caseless)],
  ['NumericEquals', is(numbersAlike)],
  ['NumericNotEquals', isNot(numbersAlike)],
  ['NumericLessThan', is(numeric((policyValue, requestValue) => requestValue < policyValue))],
  [
    'NumericLessThanEquals',
    is(numeric((policyValue, requestValue) => requestValue <= policyValue)),
  ],
  ['NumericGreaterThan', is(numeric((policyValue, requestValue) => requestValue > policyValue))],
  [
    'NumericGreaterThanEquals',
    is(numeric((policyValue, requestValue) => requestValue >= policyValue)),
  ],
  ['Null', { kind: 'null' }],
]);

const OPERATOR = /^(?:(ForAllValues|ForAnyValue):)?(.*?)(IfExists)?$/;

/** Throws {@link UnsupportedPolicy} on an operator that is not known, or on values that it cannot hold. */
export const readCondition = (
  operatorName: string,
  key: string,
  values: readonly string[],
): Condition => {
  const [, prefix, base = '', suffix] = OPERATOR.exec(operatorName) ?? [];
  const operator = operators.get(base);
  if (operator === undefined || (operator.kind === 'null' && base !== operatorName)) {
    throw new UnsupportedPolicy(`condition operator ${operatorName} is not known here`);
  }
  const wrong = values.find((value) => !holdsValue(base, value));
  if (wrong !== undefined) {
    throw new UnsupportedPolicy(`${operatorName} on ${key} cannot hold ${JSON.stringify(wrong)}`);
  }
  const quantifier = prefix === undefined ? undefined : prefix === 'ForAllValues' ? 'all' : 'any';
  return { quantifier, operator, ifExists: suffix !== undefined, key, values };
};

const holdsValue = (operator: string, value: string): boolean => {
  if (operator === 'Bool' || operator === 'Null') return /^(?:true|false)$/i.test(value);
  if (operator.startsWith('Numeric')) return value.trim() !== '' && Number.isFinite(Number(value));
  // Policy variables would need substitution; as plain text they would silently match nothing.
  return !value.includes('${');
};

/**
 * Whether the request meets the condition. A key that is absent fails a positive operator and passes a negated one, and
 * decides by itself for IfExists, Null, ForAllValues (passes) and ForAnyValue (fails).
 */
export const meetsCondition = (condition: Condition, context: RequestContext): boolean => {
  const { operator, quantifier, ifExists, values } = condition;
  const present = contextValues(context, condition.key);
  if (operator.kind === 'null') {
    return values.some((value) => (value.toLowerCase() === 'true') === (present.length === 0));
  }
  if (present.length === 0)
    return ifExists || quantifier === 'all' || (quantifier === undefined && operator.isNegated);
  const passes = (requestValue: string): boolean =>
    values.some((value) => operator.compare(value, requestValue)) !== operator.isNegated;
  if (quantifier === 'all') return present.every(passes);
  if (quantifier === undefined && present.length > 1) {
    throw new UnsupportedPolicy(
      `${condition.key} has several values and needs ForAllValues or ForAnyValue`,
    );
  }
  return present.some(passes);
};

const contextValues = (context: RequestContext, key: string): readonly string[] =>
  Object.entries(context)
    .filter(([name]) => name.toLowerCase() === key.toLowerCase())
    .flatMap(([, value]) => value)
    .map(String);
