/** What intrinsic functions refer to. */
export interface References {
  readonly ref: (logicalId: string) => string;
  readonly attribute: (logicalId: string, name: string) => string;
  readonly importValue: (name: string) => string;
}

type Intrinsic = (argument: unknown, references: References) => unknown;

const intrinsics: Readonly<Record<string, Intrinsic>> = {
  Ref: (id, { ref }) => ref(String(id)),
  'Fn::GetAtt': (argument, { attribute }) => {
    const [id, ...name] = Array.isArray(argument)
      ? argument.map(String)
      : String(argument).split('.');
    return attribute(id ?? '', name.join('.'));
  },
  'Fn::ImportValue': (name, references) =>
    references.importValue(String(resolveIntrinsics(name, references))),
  'Fn::Join': (argument, references) => {
    const [separator, parts] = listOf(resolveIntrinsics(argument, references));
    return listOf(parts).map(String).join(String(separator));
  },
  'Fn::Select': (argument, references) => {
    const [index, list] = listOf(resolveIntrinsics(argument, references));
    return listOf(list)[Number(index)];
  },
  'Fn::Split': (argument, references) => {
    const [separator, text] = listOf(resolveIntrinsics(argument, references));
    return String(text).split(String(separator));
  },
  'Fn::Sub': (argument, references) => {
    if (Array.isArray(argument)) throw new Error('Fn::Sub with variables is not modelled');
    return String(argument).replaceAll(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
      if (literal !== '') return `\${${name}}`;
      const [id, ...attribute] = name.split('.');
      return attribute.length === 0
        ? references.ref(name)
        : references.attribute(id ?? '', attribute.join('.'));
    });
  },
};

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/**
 * Replaces every intrinsic function in a piece of a template by its value.
 *
 * @throws for a function that is not modelled, naming it
 */
export const resolveIntrinsics = (value: unknown, references: References): unknown => {
  if (Array.isArray(value)) return value.map((item) => resolveIntrinsics(item, references));
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value);
  const [[name, argument] = ['', undefined]] = entries;
  if (entries.length === 1 && (name === 'Ref' || name.startsWith('Fn::'))) {
    const intrinsic = intrinsics[name];
    if (intrinsic === undefined) throw new Error(`${name} is not modelled by the rehearsal`);
    return intrinsic(argument, references);
  }
  return Object.fromEntries(
    entries.map(([key, item]) => [key, resolveIntrinsics(item, references)]),
  );
};
