import { chosenModel, type ContentConfig } from '../contracts/content-config.ts';
import { draftJsonSchema, readDraft } from '../contracts/draft-schema.ts';
import { readPrompt } from '../prompts/read-prompt.ts';

/** What models are asked by, in calls and in batches alike. */
export const askingBy = (config: ContentConfig) => ({
  model: chosenModel(config),
  prompt: readPrompt(),
  schema: { ...Object(draftJsonSchema) },
  read: readDraft,
});
