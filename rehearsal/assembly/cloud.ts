import type { Assembly, Stack } from './assembly.ts';
import { type References, resolveIntrinsics } from './intrinsics.ts';
import { type Place, resourceTypes } from './resource-types.ts';

/** A resource of the templates with its names made up and its references resolved. */
export interface Resource {
  readonly stack: string;
  readonly logicalId: string;
  readonly type: string;
  readonly name: string;
  /** What `Ref` gives: a name, a URL, an ARN. */
  readonly ref: string;
  /** Empty for types that have none. */
  readonly arn: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** Everything the templates describe, by type. */
export interface Cloud {
  readonly account: string;
  readonly region: string;
  readonly ofType: (type: string) => readonly Resource[];
  /** @throws when there is none, naming the ARN */
  readonly byArn: (arn: string) => Resource;
}

/**
 * Makes up the physical names of all resources and resolves all references between them.
 *
 * @param endpoint where the rehearsal's services answer, `http://127.0.0.1:<port>`
 * @throws for a resource type, attribute or function that is not modelled, naming stack and resource
 */
export const resolveCloud = ({ stacks }: Assembly, endpoint: string): Cloud => {
  const [first] = stacks;
  if (first === undefined) throw new Error('the assembly has no stacks');
  const exports = new Map<string, () => string>();
  const resources: Resource[] = [];
  for (const stack of stacks) {
    const references = referencesOf(stack, endpoint, exports);
    for (const { Value, Export } of Object.values(stack.template.Outputs)) {
      if (Export === undefined) continue;
      exports.set(String(Export.Name), () => String(resolveIntrinsics(Value, references)));
    }
    resources.push(...resourcesOf(stack, endpoint, references));
  }
  const byArn = new Map(resources.map((resource) => [resource.arn, resource]));
  return {
    account: first.account,
    region: first.region,
    ofType: (type) => resources.filter((resource) => resource.type === type),
    byArn: (arn) => {
      const found = byArn.get(arn);
      if (found === undefined) throw new Error(`the templates have no resource ${arn}`);
      return found;
    },
  };
};

const placeOf = (
  { name: stack, account, region, template }: Stack,
  logicalId: string,
  endpoint: string,
  references: References,
): Place => {
  const properties = template.Resources[logicalId]?.Properties ?? {};
  const property = (name: string): unknown => resolveIntrinsics(properties[name], references);
  const given = [property('Name'), property('LogGroupName')].find(
    (name) => typeof name === 'string',
  );
  const name = typeof given === 'string' ? given : `${stack}-${logicalId}`;
  return { partition: 'aws', account, region, name, endpoint, property };
};

const typeOf = (stack: Stack, logicalId: string) => {
  const type = stack.template.Resources[logicalId]?.Type ?? 'nothing';
  const modelled = resourceTypes[type];
  if (modelled === undefined)
    throw new Error(
      `${stack.name}/${logicalId}: the rehearsal does not model ${type}; it knows ${Object.keys(resourceTypes).join(', ')}`,
    );
  return modelled;
};

const referencesOf = (
  stack: Stack,
  endpoint: string,
  exports: ReadonlyMap<string, () => string>,
): References => {
  const pseudo = pseudoParameters(stack);
  const references: References = {
    ref: (id) =>
      pseudo[id] ??
      (typeOf(stack, id).ref ?? (({ name }) => name))(placeOf(stack, id, endpoint, references)),
    attribute: (id, name) => {
      const attribute = typeOf(stack, id).attributes?.[name];
      if (attribute === undefined)
        throw new Error(`${stack.name}/${id}: attribute ${name} is not modelled`);
      return attribute(placeOf(stack, id, endpoint, references));
    },
    importValue: (name) => {
      const value = exports.get(name);
      if (value === undefined) throw new Error(`${stack.name}: no stack before it exports ${name}`);
      return value();
    },
  };
  return references;
};

const pseudoParameters = ({ account, region, name }: Stack): Readonly<Record<string, string>> => ({
  'AWS::AccountId': account,
  'AWS::Region': region,
  'AWS::Partition': 'aws',
  'AWS::URLSuffix': 'amazonaws.com',
  'AWS::StackName': name,
});

const resourcesOf = (stack: Stack, endpoint: string, references: References): readonly Resource[] =>
  Object.entries(stack.template.Resources).map(([logicalId, { Type: type, Properties }]) => {
    const place = placeOf(stack, logicalId, endpoint, references);
    const { ref = ({ name }) => name, attributes = {} } = typeOf(stack, logicalId);
    const arn = attributes['Arn'] ?? (ref(place).startsWith('arn:') ? ref : undefined);
    return {
      stack: stack.name,
      logicalId,
      type,
      name: place.name,
      ref: ref(place),
      arn: arn?.(place) ?? '',
      properties: Object.fromEntries(
        Object.entries(Properties).map(([key, value]) => [
          key,
          resolveIntrinsics(value, references),
        ]),
      ),
    };
  });
