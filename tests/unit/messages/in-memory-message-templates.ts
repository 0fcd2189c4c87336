import type { MessageTemplate, MessageTemplates } from '#core/ports/message-templates.ts';

type Templates = Readonly<Record<string, Readonly<Record<string, MessageTemplate>>>>;

export const inMemoryMessageTemplates = (templates: Templates): MessageTemplates => ({
  languagesOf: async (touch) => Object.keys(templates[touch] ?? {}),
  load: async (touch, language) => {
    const template = templates[touch]?.[language];
    if (template === undefined) throw new Error(`no template ${touch}/${language}`);
    return template;
  },
});
