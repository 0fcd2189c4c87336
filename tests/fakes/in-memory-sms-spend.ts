import type { SmsSpend } from '#core/ports/sms-spend.ts';

export const inMemorySmsSpend = (): SmsSpend => {
  const months = new Map<string, number>();
  return {
    ofMonth: async (month) => months.get(month) ?? 0,
    add: async (month, usd) => {
      const sum = (months.get(month) ?? 0) + usd;
      months.set(month, sum);
      return sum;
    },
  };
};
