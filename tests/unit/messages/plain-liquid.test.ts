import { expect, test } from 'vitest';
import { htmlLiquid, textLiquid } from '#core/adapters/liquid-message-renderer.ts';
import { plainWriter } from '#core/adapters/plain-liquid.ts';
import { BeyondPlain } from '#core/adapters/plain-liquid-values.ts';
import type { MessageTemplate } from '#core/ports/message-templates.ts';
import { compiledMessages } from '#lib/messages/compile-messages.ts';
import { allTouches } from '#lib/messages/message-source.ts';
import { contextsOf, type SampleContext } from '#lib/messages/sample-contexts.ts';
import { messageSamples } from '#lib/messages/sample-messages.ts';

const told = {
  name: `<b>"Salt" & 'Pepper'</b>`,
  silence: '',
  none: null,
  yes: true,
  no: false,
  zero: 0,
  three: 3,
  list: [
    { sku: 'A', parts: ['x', 'y'] },
    { sku: 'B', parts: [] },
    { sku: 'C', parts: ['z'] },
  ],
  nothing: [],
  inner: { none: null, deep: { kind: 'care' } },
};

const byLiquid = (liquid: typeof textLiquid, template: string, context: object): string =>
  String(liquid.parseAndRenderSync(template, context));

const plainly = (liquid: typeof textLiquid, template: string, context: object): string =>
  plainWriter(liquid, liquid.parse(template))(context);

const plain: readonly string[] = [
  'a {{ name }} b',
  '{{ name | raw }}{{ silence }}{{ none }}{{ three }}{{ inner.none.deep }}{{ "<&>" }}',
  '{% if silence %}a{% endif %}{% if zero %}b{% endif %}{% if none %}c{% elsif no %}d{% endif %}',
  '{% if no %}a{% elsif yes %}b{% else %}c{% endif %}{% unless yes %}d{% else %}e{% endunless %}',
  '{% if none or yes and no %}a{% else %}b{% endif %}{% if yes and no or yes %}c{% endif %}',
  '{% if three > 2 and three <= 3 and zero < 1 and zero >= 0 and three != zero %}a{% endif %}',
  '{% if name == "x" or inner.deep.kind == "care" and none == no %}a{% else %}b{% endif %}',
  '{% for each in list %}{{ each.sku }}{% unless forloop.last %}, {% endunless %}{% endfor %}',
  '{% for each in list limit: 2 %}{{ forloop.index }}{{ forloop.length }}{% endfor %}',
  '{% for each in list limit: 0 %}a{% else %}b{% endfor %}{% for e in nothing %}c{% else %}d{% endfor %}',
  '{% for a in list %}{% for b in a.parts %}{{ a.sku }}{{ b }}{% if forloop.first %}!{% endif %}{% endfor %}{{ forloop.index }}{% endfor %}',
  '{% assign list = list %}{% for each in list %}{% assign last = each.sku %}{% endfor %}{{ last }}',
  '{% for name in list %}{% assign name = 1 %}{{ name.sku }}{% endfor %}{{ name }}',
  '{% capture both %}{{ name }}+{{ three }}{% endcapture %}{{ both }}{{ both | raw }}',
  '{% case inner.deep.kind %}{% when "usage", "care" %}a{% when "care" %}b{% else %}c{% endcase %}',
  '{% case three %}{% when 1 %}a{% when zero %}b{% else %}c{% endcase %}',
  '{{ three | plus: list.size | minus: 1 }}{{ silence | default: name }}{{ none | default: 1 }}',
  '{{ name | default: "x" }}{{ no | default: "n" }}{{ zero | default: 7 }}',
  'a \n{%- if yes -%} b {%- endif %}\n{{- name -}}  c',
];

test.each(plain)('%s is written as Liquid writes it', (template) => {
  for (const liquid of [htmlLiquid, textLiquid])
    expect(plainly(liquid, template, told)).toBe(byLiquid(liquid, template, told));
});

test.each([
  '{{ name | upcase }}',
  '{{ name | default: "x", allow_false: true }}',
  '{% assign either = nothing | default: list %}{{ either.size }}',
  '{% if name contains "Salt" %}a{% endif %}',
  '{% if not yes %}a{% endif %}',
  '{% if silence == blank %}a{% endif %}',
  '{% if list == list %}a{% endif %}',
  '{% if none < 1 %}a{% endif %}',
  '{% unless yes %}a{% elsif yes %}b{% endunless %}',
  '{% for each in list reversed %}{{ each.sku }}{% endfor %}',
  '{% for each in list limit: three %}{{ each.sku }}{% endfor %}',
  '{% for each in (1..3) %}{{ each }}{% endfor %}',
  '{% for each in name %}{{ each }}{% endfor %}',
  '{% for each in list %}{{ forloop.rindex }}{% break %}{% endfor %}',
  '{{ name.size }}{{ list.first.sku }}{{ inner.size }}{{ yes }}',
  '{{ list[0].sku }}{{ inner["deep"].kind }}{{ inner[name] }}',
  '{{ nowhere }}',
  '{{ inner.nowhere }}',
  '{{ inner.toString }}',
  '{% if yes or nowhere %}a{% endif %}',
])('%s is left to Liquid', (template) => {
  expect(() => plainly(htmlLiquid, template, told)).toThrow(BeyondPlain);
});

const partsOf = ({ email, sms, push, insert }: MessageTemplate, context: SampleContext) => {
  const { ofEmail, plain: short } = context;
  return [
    ...(email === undefined
      ? []
      : [
          [textLiquid, email.subject, ofEmail] as const,
          [htmlLiquid, email.html, ofEmail] as const,
          [textLiquid, email.text, ofEmail] as const,
        ]),
    ...(push === undefined ? [] : [push.title, push.text]).map(
      (text) => [textLiquid, text, short] as const,
    ),
    ...[sms, insert].flatMap((each) =>
      each === undefined ? [] : [[textLiquid, each.text, short] as const],
    ),
  ];
};

test('every message is written plainly, and as Liquid writes it', async () => {
  const messages = await compiledMessages(allTouches);
  const differing = messages.flatMap(({ source: { touch, language }, template }) =>
    messageSamples
      .filter((sample) => sample.touch === touch.name)
      .filter((sample) =>
        partsOf(template, contextsOf(sample, language)).some(
          (part) => plainly(...part) !== byLiquid(...part),
        ),
      )
      .map(({ name }) => `${touch.name}, ${language}, ${name}`),
  );

  expect(messages.length).toBeGreaterThan(50);
  expect(differing).toEqual([]);
});
