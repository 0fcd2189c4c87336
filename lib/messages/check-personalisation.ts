import { join } from 'node:path';
import type { PersonalisedElement, Touch } from '#core/domain/touches/touch.ts';
import type { Problem } from './message-source.ts';

/** What a template has to read for the element to be in the message. */
const variables: Readonly<Record<Exclude<PersonalisedElement, 'locale'>, RegExp>> = {
  lines: /\blines\[\]\.name$/,
  amounts: /\.amount$|^order\.totals\.|^cancellation\.refunded$/,
  dates: /\.(placedOn|promisedBy|expected|deliveredOn|missed|on|until)$/,
  parcel: /\b(parcels\[\]|parcel)\.(carrier|tracking\w+|expected|deliveredOn)$|\.pickupPoint$/,
  name: /^customer\.name$/,
  access: /\.accessUrl$/,
  gift: /^order\.isGift$/,
  guide: /\.guideUrl$/,
  offers: /^offers\[\]\./,
  answers: /^survey\.answers/,
  content: /\.texts\[\]\.blocks\[\]\.text$/,
  refund: /^refunds\[\]\./,
};

/** What only some messages may read, however they name it. */
const reserved: readonly { readonly unless: (touch: Touch) => boolean; readonly path: RegExp }[] = [
  { unless: ({ purpose }) => purpose === 'marketing', path: /\.(productUrl|reviewUrl)$/ },
  { unless: ({ channels }) => !channels.includes('insert'), path: /\.amount$|^customer\.name$/ },
];

/**
 * Elements that touch.ts declares and no template uses, or the other way round.
 *
 * @param variablesRead by all of the touch's templates, as `tracked` notes them
 */
export const personalisationProblems = (
  folder: string,
  touch: Touch,
  variablesRead: ReadonlySet<string>,
): readonly Problem[] => {
  const { name, personalised } = touch;
  const read = [...variablesRead];
  const declared = new Set<string>(personalised);
  const used = new Set<string>([
    // Dates, amounts and words follow the customer's locale in every message.
    'locale',
    ...Object.entries(variables)
      .filter(([, variable]) => read.some((path) => variable.test(path)))
      .map(([element]) => element),
  ]);
  const file = join(folder, name, 'touch.ts');
  const taboo = read.filter((path) =>
    reserved.some((each) => !each.unless(touch) && each.path.test(path)),
  );
  return [
    ...taboo.map((path) => ({ file, what: `${name} uses "${path}", which such a touch may not` })),
    ...[...declared.difference(used)].map((element) => ({
      file,
      what: `${name} declares "${element}" as personalised, and no template uses it`,
    })),
    ...[...used.difference(declared)].map((element) => ({
      file,
      what: `${name} does not declare "${element}" as personalised, and a template uses it`,
    })),
  ];
};
