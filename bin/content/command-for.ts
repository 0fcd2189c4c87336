import type { ReviewVerdict } from '#core/domain/content/content.ts';
import type { Subject } from './subjects.ts';
import { quoted } from './words.ts';

/** Options that say where the texts are, as they were given: `--stage prod`. */
export type Whereabouts = readonly (readonly [option: string, value: string])[];

/** The command that decides this, to be copied: `npm run content -- approve HG-KNI-200 --kind care …`. */
export const commandFor = (
  verdict: ReviewVerdict,
  { shop, sku, subject }: Subject,
  where: Whereabouts,
): string => {
  const options: Whereabouts = [
    ['shop', shop],
    ...(subject.type === 'fact'
      ? [['fact', subject.fact] as const]
      : [
          ['kind', subject.kind] as const,
          ['locale', subject.locale] as const,
          ['version', String(subject.version)] as const,
        ]),
    ...where,
  ];
  return [
    'npm run content --',
    verdict,
    quoted(sku),
    ...options.map(([option, value]) => `--${option} ${quoted(value)}`),
    '--reviewer NAME',
    ...(verdict === 'approve' ? [] : ["--reason '…'"]),
  ].join(' ');
};
