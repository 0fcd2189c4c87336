import type { DraftBudget, DraftSpend } from '#core/ports/draft-budget.ts';

export const inMemoryDraftBudget = (): DraftBudget => {
  const budgets = new Map<string, DraftSpend>();
  const used = (name: string): DraftSpend => budgets.get(name) ?? { usd: 0, tokens: 0 };
  const add = (name: string, { usd, tokens }: DraftSpend): void => {
    const before = used(name);
    budgets.set(name, { usd: before.usd + usd, tokens: before.tokens + tokens });
  };
  return {
    reserve: async (name, most, limit) => {
      const before = used(name);
      if (before.usd + most.usd > limit.usd || before.tokens + most.tokens > limit.tokens)
        return false;
      add(name, most);
      return true;
    },
    giveBack: async (name, { usd, tokens }) => add(name, { usd: -usd, tokens: -tokens }),
    used: async (name) => used(name),
  };
};
