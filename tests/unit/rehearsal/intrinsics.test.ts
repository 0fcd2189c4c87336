import { describe, expect, test } from 'vitest';
import { type References, resolveIntrinsics } from '#rehearsal/assembly/intrinsics.ts';

const references: References = {
  ref: (id) => `ref-of-${id}`,
  attribute: (id, name) => `${name}-of-${id}`,
  importValue: (name) => `import-of-${name}`,
};

const resolved = (value: unknown) => resolveIntrinsics(value, references);

describe('resolveIntrinsics', () => {
  test.each([
    ['Ref', { Ref: 'Table' }, 'ref-of-Table'],
    ['Fn::GetAtt', { 'Fn::GetAtt': ['Table', 'Arn'] }, 'Arn-of-Table'],
    ['Fn::GetAtt in short', { 'Fn::GetAtt': 'Table.Stream.Arn' }, 'Stream.Arn-of-Table'],
    ['Fn::ImportValue', { 'Fn::ImportValue': 'Data' }, 'import-of-Data'],
    [
      'Fn::ImportValue of a name in parts',
      { 'Fn::ImportValue': { 'Fn::Join': ['-', ['a', 'b']] } },
      'import-of-a-b',
    ],
    [
      'Fn::Join',
      { 'Fn::Join': [':', ['arn', { Ref: 'AWS::Partition' }, 1]] },
      'arn:ref-of-AWS::Partition:1',
    ],
    ['Fn::Select', { 'Fn::Select': [1, ['a', 'b']] }, 'b'],
    ['Fn::Select with its index as text', { 'Fn::Select': ['0', ['a', 'b']] }, 'a'],
    ['Fn::Split', { 'Fn::Split': ['/', 'a/b'] }, ['a', 'b']],
    ['Fn::Select of Fn::Split', { 'Fn::Select': [2, { 'Fn::Split': [':', 'a:b:c'] }] }, 'c'],
    [
      'Fn::Sub',
      { 'Fn::Sub': '${Table}/${Table.Arn}/${AWS::Region}' },
      'ref-of-Table/Arn-of-Table/ref-of-AWS::Region',
    ],
    ['Fn::Sub with a literal', { 'Fn::Sub': '${!Table}/${Table}' }, '${Table}/ref-of-Table'],
  ])('replaces %s', (_, value, expected) => {
    expect(resolved(value)).toEqual(expected);
  });

  test('replaces them wherever they stand and leaves all else', () => {
    const value = {
      list: [{ Ref: 'A' }, 1, null, true, { 'Fn::GetAtt': ['B', 'Arn'] }],
      object: { Reference: 'A', both: { Ref: 'A', more: 1 } },
    };

    expect(resolved(value)).toEqual({
      list: ['ref-of-A', 1, null, true, 'Arn-of-B'],
      object: { Reference: 'A', both: { Ref: 'A', more: 1 } },
    });
  });

  test.each(['Fn::If', 'Fn::FindInMap', 'Fn::Base64', 'Fn::GetAZs'])(
    'refuses %s, naming it',
    (name) => {
      expect(() => resolved({ deep: [{ [name]: [] }] })).toThrow(
        `${name} is not modelled by the rehearsal`,
      );
    },
  );

  test('refuses Fn::Sub with variables', () => {
    expect(() => resolved({ 'Fn::Sub': ['${a}', { a: 1 }] })).toThrow(
      'Fn::Sub with variables is not modelled',
    );
  });
});
