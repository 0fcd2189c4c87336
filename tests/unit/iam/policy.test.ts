import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluate } from '#rehearsal/iam/evaluate.ts';
import { fitsGlob } from '#rehearsal/iam/glob.ts';
import { readIdentityPolicy, readResourcePolicy } from '#rehearsal/iam/policy.ts';
import { UnsupportedPolicy } from '#rehearsal/iam/unsupported-policy.ts';

const statement = { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '*' };

const refusal = (read: () => unknown): string => {
  try {
    read();
    return 'read';
  } catch (error) {
    return error instanceof UnsupportedPolicy ? error.message : `not a refusal: ${String(error)}`;
  }
};

const refusalOf = (more: object): string =>
  refusal(() => readIdentityPolicy('role', { Statement: [statement, { ...statement, ...more }] }));

describe('reading a policy', () => {
  test('takes one statement or several', () => {
    expect(readIdentityPolicy('role', { Statement: statement }).statements).toHaveLength(1);
    expect(
      readIdentityPolicy('role', { Statement: [statement, statement] }).statements,
    ).toHaveLength(2);
  });

  test.each([
    [{ NotPrincipal: '*' }, 'NotPrincipal'],
    [{ Effect: 'Maybe' }, 'Effect'],
    [{ Action: undefined }, 'there must be one of Action and NotAction'],
    [{ NotAction: '*' }, 'there must be one of Action and NotAction'],
    [{ NotResource: '*' }, 'there must be one of Resource and NotResource'],
    [{ Resource: undefined }, 'Resource or NotResource is missing'],
    [{ Action: [] }, 'Action'],
    [{ Principal: '*' }, 'Principal has no place'],
    [{ Resource: 'arn:aws:s3:::b/${aws:username}' }, 'policy variables are not known here'],
    [{ Condition: { StringMatches: { 'aws:x': 'y' } } }, 'StringMatches'],
    [{ Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }, 'IpAddress'],
    [{ Condition: { DateLessThan: { 'aws:CurrentTime': 'x' } } }, 'DateLessThan'],
    [{ Condition: { NullIfExists: { 'aws:x': 'true' } } }, 'NullIfExists'],
    [{ Condition: { 'ForSomeValues:StringLike': { 'aws:x': 'y' } } }, 'ForSomeValues:StringLike'],
    [{ Condition: { Bool: { 'aws:x': 'yes' } } }, 'Bool on aws:x cannot hold "yes"'],
    [{ Condition: { NumericLessThan: { 's3:x': 'many' } } }, 'cannot hold "many"'],
    [{ Condition: { StringLike: { 'aws:x': '${aws:username}' } } }, 'cannot hold'],
    [{ Surprise: 1 }, 'Surprise'],
  ])('refuses %j and names what it does not model', (more, named) => {
    const message = refusalOf(more);

    expect(message).toMatch(/^Policy role/);
    expect(message).toContain(named);
  });

  test.each([
    [{ CanonicalUser: 'x' }, 'CanonicalUser'],
    [{ Federated: 'x' }, 'Federated'],
    [{ AWS: 'arn:aws:iam::111122223333:role/*' }, 'arn:aws:iam::111122223333:role/*'],
    [{ AWS: 'AIDAEXAMPLE' }, 'AIDAEXAMPLE'],
    [undefined, 'Principal is missing'],
  ])('refuses the principal %j of a resource policy', (principal, named) => {
    const message = refusal(() =>
      readResourcePolicy('queue', { Statement: { ...statement, Principal: principal } }),
    );

    expect(message).toMatch(/^Policy queue/);
    expect(message).toContain(named);
  });

  test.each([
    [null],
    ['text'],
    [{}],
    [{ Statement: [] }],
    [{ Statement: statement, Version: '2099' }],
  ])('refuses %j', (document) => {
    expect(refusal(() => readIdentityPolicy('role', document))).toMatch(/^Policy role/);
  });

  test('answers or refuses, whatever it is given', () => {
    fc.assert(
      fc.property(fc.anything(), (document) => {
        expect(refusal(() => readIdentityPolicy('role', document))).not.toMatch(/^not a refusal/);
      }),
    );
  });
});

/** IAM user guide, "Condition operators" and "Single-valued vs. multivalued context keys". */
describe('a condition', () => {
  const meets = (
    Condition: unknown,
    context: Parameters<typeof evaluate>[0]['request']['context'],
  ) =>
    evaluate({
      identityPolicies: [readIdentityPolicy('role', { Statement: { ...statement, Condition } })],
      request: {
        principal: { arn: 'arn:aws:iam::111122223333:role/r' },
        action: 'sqs:SendMessage',
        resource: 'arn:aws:sqs:us-east-1:111122223333:q',
        context,
      },
    }).allowed;

  const QUEUE = 'arn:aws:sqs:us-east-1:111122223333:q';

  test.each([
    ['StringEquals', 'a', 'a', 'A'],
    ['StringEqualsIgnoreCase', 'a', 'A', 'b'],
    ['StringNotEquals', 'a', 'b', 'a'],
    ['StringNotEqualsIgnoreCase', 'a', 'b', 'A'],
    ['StringLike', 'a*c?', 'abbcd', 'abbc'],
    ['StringNotLike', 'a*', 'b', 'ab'],
    ['ArnEquals', QUEUE, QUEUE, `${QUEUE}2`],
    ['ArnLike', 'arn:aws:sqs:*:111122223333:*', QUEUE, 'arn:aws:sqs:us-east-1:999999999999:q'],
    ['ArnLike', 'arn:aws:s*:us-east-1:111122223333:q', QUEUE, 'arn:aws:s3:us-east-1:1:q'],
    ['ArnLike', 'arn:aws:sqs:*:q', 'arn:aws:sqs:x:q', QUEUE],
    ['ArnNotEquals', QUEUE, `${QUEUE}2`, QUEUE],
    ['ArnNotLike', 'arn:aws:sqs:*:*:*', 'arn:aws:s3:::b', QUEUE],
    ['Bool', 'true', true, false],
    ['Bool', 'false', 'False', 'true'],
    ['NumericEquals', 5, '5.0', 6],
    ['NumericNotEquals', 5, 6, 5],
    ['NumericLessThan', 5, 4, 5],
    ['NumericLessThanEquals', 5, 5, 6],
    ['NumericGreaterThan', 5, 6, 5],
    ['NumericGreaterThanEquals', '5', 5, 4],
    ['NumericLessThan', 5, -1, 'many'],
    ['NumericLessThan', 5, 0, ''],
  ])('%s %j holds for %j and not for %j', (operator, value, taken, left) => {
    const condition = { [operator]: { 'aws:Key': value } };

    expect(meets(condition, { 'aws:Key': taken })).toBe(true);
    expect(meets(condition, { 'aws:Key': left })).toBe(false);
  });

  test('finds its key in any case', () => {
    expect(
      meets({ StringEquals: { 'AWS:sourceaccount': 'a' } }, { 'aws:SourceAccount': 'a' }),
    ).toBe(true);
  });

  test('holds for one of several values, and negated for none of them', () => {
    const values = { 'aws:Key': ['a', 'b'] };

    expect(meets({ StringEquals: values }, { 'aws:Key': 'b' })).toBe(true);
    expect(meets({ StringEquals: values }, { 'aws:Key': 'c' })).toBe(false);
    expect(meets({ StringNotEquals: values }, { 'aws:Key': 'b' })).toBe(false);
    expect(meets({ StringNotEquals: values }, { 'aws:Key': 'c' })).toBe(true);
  });

  test('has to hold with all others', () => {
    const condition = {
      StringEquals: { 'aws:A': '1', 'aws:B': '2' },
      Bool: { 'aws:C': 'true' },
    };

    expect(meets(condition, { 'aws:A': '1', 'aws:B': '2', 'aws:C': true })).toBe(true);
    expect(meets(condition, { 'aws:A': '1', 'aws:B': '2', 'aws:C': false })).toBe(false);
    expect(meets(condition, { 'aws:A': '1', 'aws:C': true })).toBe(false);
  });

  test.each([
    ['StringEquals', false],
    ['StringLike', false],
    ['ArnLike', false],
    ['Bool', false],
    ['NumericLessThan', false],
    ['StringNotEquals', true],
    ['ArnNotLike', true],
    ['NumericNotEquals', true],
    ['StringEqualsIfExists', true],
    ['BoolIfExists', true],
    ['ForAllValues:StringEquals', true],
    ['ForAnyValue:StringEquals', false],
    ['ForAnyValue:StringNotEquals', false],
    ['ForAnyValue:StringEqualsIfExists', true],
  ])('%s on a key that is absent: %s', (operator, expected) => {
    const value = operator.startsWith('Bool') ? 'true' : '5';

    expect(meets({ [operator]: { 'aws:Key': value } }, {})).toBe(expected);
    expect(meets({ [operator]: { 'aws:Key': value } }, { 'aws:Key': [] })).toBe(expected);
  });

  test('IfExists judges a key that is there', () => {
    expect(meets({ StringEqualsIfExists: { 'aws:Key': 'a' } }, { 'aws:Key': 'b' })).toBe(false);
  });

  test('Null asks whether the key is absent', () => {
    expect(meets({ Null: { 'aws:Key': 'true' } }, {})).toBe(true);
    expect(meets({ Null: { 'aws:Key': true } }, { 'aws:Key': 'x' })).toBe(false);
    expect(meets({ Null: { 'aws:Key': 'false' } }, { 'aws:Key': 'x' })).toBe(true);
    expect(meets({ Null: { 'aws:Key': 'false' } }, {})).toBe(false);
  });

  test('ForAllValues wants every value of the request among its own', () => {
    const condition = { 'ForAllValues:StringEquals': { 'dynamodb:Attributes': ['id', 'name'] } };

    expect(meets(condition, { 'dynamodb:Attributes': ['id'] })).toBe(true);
    expect(meets(condition, { 'dynamodb:Attributes': ['id', 'name'] })).toBe(true);
    expect(meets(condition, { 'dynamodb:Attributes': ['id', 'email'] })).toBe(false);
  });

  test('ForAnyValue wants one value of the request among its own', () => {
    const condition = { 'ForAnyValue:StringLike': { 'dynamodb:LeadingKeys': ['order#*'] } };

    expect(meets(condition, { 'dynamodb:LeadingKeys': ['x', 'order#1'] })).toBe(true);
    expect(meets(condition, { 'dynamodb:LeadingKeys': ['x'] })).toBe(false);
  });

  test('negated with a quantifier looks at each value of the request', () => {
    const all = { 'ForAllValues:StringNotEquals': { 'aws:TagKeys': ['secret'] } };
    const any = { 'ForAnyValue:StringNotEquals': { 'aws:TagKeys': ['secret'] } };

    expect(meets(all, { 'aws:TagKeys': ['a', 'secret'] })).toBe(false);
    expect(meets(any, { 'aws:TagKeys': ['a', 'secret'] })).toBe(true);
    expect(meets(any, { 'aws:TagKeys': ['secret'] })).toBe(false);
  });

  test('without a quantifier refuses to judge several values', () => {
    expect(
      refusal(() => meets({ StringEquals: { 'aws:TagKeys': 'a' } }, { 'aws:TagKeys': ['a', 'b'] })),
    ).toBe('aws:TagKeys has several values and needs ForAllValues or ForAnyValue');
  });
});

describe('a pattern of IAM', () => {
  test('agrees with the regular expression that it stands for', () => {
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?', ':'), maxLength: 8 });
    const text = fc.string({ unit: fc.constantFrom('a', 'b', ':'), maxLength: 10 });
    fc.assert(
      fc.property(pattern, text, (glob, value) => {
        const expression = glob.replaceAll('*', '.*').replaceAll('?', '.');
        expect(fitsGlob(glob, value)).toBe(new RegExp(`^${expression}$`).test(value));
      }),
      { numRuns: 2000 },
    );
  });

  test('takes its special characters from the text as they are', () => {
    expect(fitsGlob('a*', 'a*b')).toBe(true);
    expect(fitsGlob('a.c', 'abc')).toBe(false);
  });
});
