import type {
  Distribution,
  ItemBatcher,
  ItemFormat,
  ItemReader,
  ResultWriter,
} from './definition.ts';
import { isJsonArray, isJsonObject, type Json, type JsonObject } from './json.ts';
import { checkFields } from './load-fields.ts';
import { field, loadNumberField, loadOptionalTemplate } from './load-templates.ts';
import { MAX_PAYLOAD_BYTES } from './payload-limits.ts';
import type { Place } from './problems.ts';
import type { Template } from './template.ts';

/** AWS: a Distributed Map reads at most this many items. */
const MAX_ITEMS = 100_000_000;
const MAX_LABEL_LENGTH = 40;
const GET_OBJECT = 'arn:aws:states:::s3:getObject';
const LIST_OBJECTS = 'arn:aws:states:::s3:listObjectsV2';
const PUT_OBJECT = 'arn:aws:states:::s3:putObject';

/** Developer guide, "Using Map state in Distributed mode": what a label may not contain. */
const notInLabels = /[\s?*<>{}[\]:;,\\|^~$#%&`"\p{Cc}]/gu;

const delimiters = { COMMA: ',', PIPE: '|', SEMICOLON: ';', SPACE: ' ', TAB: '\t' } as const;
type DelimiterName = keyof typeof delimiters;

const isDelimiter = (value: unknown): value is DelimiterName =>
  typeof value === 'string' && Object.hasOwn(delimiters, value);

const isTextList = (value: Json | undefined): value is readonly string[] =>
  isJsonArray(value) && value.length > 0 && value.every((item) => typeof item === 'string');

const loadHeaders = (config: JsonObject, place: Place): readonly string[] | undefined => {
  const { CSVHeaderLocation: location, CSVHeaders: headers } = config;
  if (location !== 'FIRST_ROW' && location !== 'GIVEN')
    return place.at('CSVHeaderLocation').mismatch(location, '"FIRST_ROW" or "GIVEN"');
  if (location === 'FIRST_ROW' && headers !== undefined)
    place.at('CSVHeaders').refuse('goes with CSVHeaderLocation "GIVEN" only.');
  if (location === 'FIRST_ROW') return undefined;
  if (isTextList(headers)) return headers;
  return place.at('CSVHeaders').mismatch(headers, 'a list of at least one column name');
};

const loadCsv = (config: JsonObject, place: Place): ItemFormat => {
  const { CSVDelimiter: name = 'COMMA' } = config;
  if (!isDelimiter(name))
    place.at('CSVDelimiter').mismatch(name, Object.keys(delimiters).join(', '));
  return {
    type: 'CSV',
    delimiter: isDelimiter(name) ? delimiters[name] : ',',
    headers: loadHeaders(config, place),
  };
};

const loadFormat = (config: JsonObject, place: Place): ItemFormat => {
  const { InputType: type } = config;
  const csvFields = type === 'CSV' ? ['CSVHeaderLocation', 'CSVHeaders', 'CSVDelimiter'] : [];
  checkFields(config, ['InputType', 'MaxItems', ...csvFields], place);
  if (type === 'CSV') return loadCsv(config, place);
  if (type === 'JSON' || type === 'JSONL') return { type };
  place.at('InputType').mismatch(type, '"JSONL", "JSON" or "CSV"');
  return { type: 'JSON' };
};

/** An object of the members that a service needs, or an expression that answers one. */
const loadArguments = (
  value: Json | undefined,
  members: readonly string[],
  place: Place,
  location: string,
): Template => {
  const supported = `an object with ${members.join(' and ')}, or an expression "{% … %}"`;
  if (isJsonObject(value)) checkFields(value, members, place);
  else if (typeof value !== 'string') place.mismatch(value, supported);
  const template = loadOptionalTemplate(value, field(place, location));
  if (template?.kind === 'literal' && !isJsonObject(template.value) && typeof value === 'string')
    place.mismatch(value, supported);
  return template ?? { kind: 'literal', value: {} };
};

const loadReader = (value: Json | undefined, place: Place): ItemReader | undefined => {
  if (value === undefined) return undefined;
  if (!isJsonObject(value)) return place.mismatch(value, 'an object with Resource and Arguments');
  checkFields(value, ['Resource', 'Arguments', 'ReaderConfig'], place);
  const { Resource: resource, Arguments: given, ReaderConfig: config = {} } = value;
  if (resource !== GET_OBJECT && resource !== LIST_OBJECTS)
    return place.at('Resource').mismatch(resource, `"${GET_OBJECT}" or "${LIST_OBJECTS}"`);
  const isList = resource === LIST_OBJECTS;
  const at = place.at('ReaderConfig');
  if (!isJsonObject(config)) return at.mismatch(config, 'an object');
  if (isList) checkFields(config, ['MaxItems'], at);
  const maxItemsAt = field(at.at('MaxItems'), 'ItemReader/ReaderConfig/MaxItems');
  const bounds = { min: 1, max: MAX_ITEMS, isWhole: true };
  const members = isList ? ['Bucket', 'Prefix'] : ['Bucket', 'Key'];
  return {
    format: isList ? undefined : loadFormat(config, at),
    arguments: loadArguments(given, members, place.at('Arguments'), 'ItemReader/Arguments'),
    maxItems: loadNumberField(config['MaxItems'], bounds, maxItemsAt),
  };
};

const loadBatcher = (value: Json | undefined, place: Place): ItemBatcher | undefined => {
  if (value === undefined) return undefined;
  if (!isJsonObject(value)) return place.mismatch(value, 'an object with MaxItemsPerBatch');
  checkFields(value, ['MaxItemsPerBatch', 'MaxInputBytesPerBatch', 'BatchInput'], place);
  const count = (name: string, max: number) =>
    loadNumberField(
      value[name],
      { min: 1, max, isWhole: true },
      field(place.at(name), `ItemBatcher/${name}`),
    );
  const { MaxItemsPerBatch: items, MaxInputBytesPerBatch: bytes, BatchInput: input } = value;
  if (items === undefined && bytes === undefined)
    place.refuse('needs MaxItemsPerBatch, MaxInputBytesPerBatch or both.');
  return {
    maxItems: count('MaxItemsPerBatch', MAX_ITEMS),
    maxBytes: count('MaxInputBytesPerBatch', MAX_PAYLOAD_BYTES),
    batchInput: loadOptionalTemplate(
      input,
      field(place.at('BatchInput'), 'ItemBatcher/BatchInput'),
    ),
  };
};

const oneOf = <const T extends string>(
  value: Json | undefined,
  choices: readonly [T, ...T[]],
  place: Place,
): T => {
  const found = choices.find((choice) => choice === value);
  if (found === undefined && value !== undefined) place.mismatch(value, choices.join(', '));
  return found ?? choices[0];
};

/** WriterConfig without an export is not loaded: asl-validator has no ResultWriter without a Resource. */
const loadWriter = (value: Json | undefined, place: Place): ResultWriter | undefined => {
  if (value === undefined) return undefined;
  if (!isJsonObject(value)) return place.mismatch(value, 'an object with Resource and Arguments');
  checkFields(value, ['Resource', 'Arguments', 'WriterConfig'], place);
  const { Resource: resource, Arguments: given, WriterConfig: config = {} } = value;
  if (resource !== PUT_OBJECT) place.at('Resource').mismatch(resource, `"${PUT_OBJECT}"`);
  const at = place.at('WriterConfig');
  if (!isJsonObject(config)) return at.mismatch(config, 'an object');
  checkFields(config, ['Transformation', 'OutputType'], at);
  return {
    arguments: loadArguments(
      given,
      ['Bucket', 'Prefix'],
      place.at('Arguments'),
      'ResultWriter/Arguments',
    ),
    transformation: oneOf(
      config['Transformation'],
      ['NONE', 'COMPACT', 'FLATTEN'],
      at.at('Transformation'),
    ),
    outputType: oneOf(config['OutputType'], ['JSON', 'JSONL'], at.at('OutputType')),
  };
};

/** AWS makes a label up where there is none: here it is what the state's name leaves. */
const loadLabel = (value: Json | undefined, name: string, place: Place): string => {
  if (value === undefined) return name.replaceAll(notInLabels, '').slice(0, MAX_LABEL_LENGTH);
  const isLabel =
    typeof value === 'string' &&
    value !== '' &&
    value.length <= MAX_LABEL_LENGTH &&
    value.search(notInLabels) < 0;
  if (isLabel) return value;
  place.mismatch(
    value,
    `1 to ${MAX_LABEL_LENGTH} characters without white space, brackets, wildcards or special ones`,
  );
  return '';
};

type Source = { readonly value: JsonObject; readonly place: Place; readonly name: string };

const refuseInline = ({ value, place }: Source): undefined => {
  for (const name of ['ItemReader', 'ItemBatcher', 'ResultWriter', 'Label'])
    if (value[name] !== undefined)
      place
        .at(name)
        .refuse(
          'belongs to a Distributed Map; set ProcessorConfig to { "Mode": "DISTRIBUTED", "ExecutionType": … } or take it out.',
        );
  return undefined;
};

/**
 * The fields of a Distributed Map; undefined for an inline Map, which may have none of them
 * (developer guide, "Using Map state in Distributed mode").
 */
export const loadDistribution = (
  source: Source,
  processor: Json | undefined,
  configPlace: Place,
): Distribution | undefined => {
  const config = (isJsonObject(processor) ? processor['ProcessorConfig'] : undefined) ?? {};
  if (!isJsonObject(config))
    return configPlace.mismatch(config, 'an object with Mode "INLINE" or "DISTRIBUTED"');
  const { Mode: mode = 'INLINE', ExecutionType: type } = config;
  if (mode !== 'DISTRIBUTED') {
    checkFields(config, ['Mode'], configPlace);
    if (mode !== 'INLINE') configPlace.at('Mode').mismatch(mode, '"INLINE" or "DISTRIBUTED"');
    return refuseInline(source);
  }
  checkFields(config, ['Mode', 'ExecutionType'], configPlace);
  if (type !== 'STANDARD' && type !== 'EXPRESS')
    configPlace.at('ExecutionType').mismatch(type, '"STANDARD" or "EXPRESS"');
  const { value, place, name } = source;
  if (value['Items'] !== undefined && value['ItemReader'] !== undefined)
    place.refuse('has both Items and ItemReader; one of them is supported.');
  return {
    isExpress: type === 'EXPRESS',
    label: loadLabel(value['Label'], name, place.at('Label')),
    reader: loadReader(value['ItemReader'], place.at('ItemReader')),
    batcher: loadBatcher(value['ItemBatcher'], place.at('ItemBatcher')),
    writer: loadWriter(value['ResultWriter'], place.at('ResultWriter')),
  };
};
