import validations, { type Custom, type Rules } from 'dynalite/validations/index.js';
import { readExpressions } from './known-expressions.ts';
import { plainCopier } from './plain-input.ts';

/** Dynalite's own rules of an operation. */
interface OperationRules {
  readonly types: Rules;
  readonly custom?: Custom;
}

/** Has an input checked and its expressions read. @returns a copy @throws as dynalite refuses it */
type Check = (input: object, store: object) => object;

/** Has dynalite check the input of an operation; of what is plain, only what it has not checked before. */
export const checkerOf = (
  operation: string,
  { types, custom = () => undefined }: OperationRules,
): Check => {
  const plainCopy = plainCopier(types);
  return (input, store) => {
    const plain = plainCopy(input);
    const read = plain === undefined ? undefined : readExpressions(operation, plain, custom, store);
    if (read !== undefined) return read;
    const checked = validations.checkTypes(input, types);
    validations.checkValidations(checked, types, custom, store);
    return checked;
  };
};
