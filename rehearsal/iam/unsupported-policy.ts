/** A policy says something that the evaluator does not model; guessing would make its answers worthless. */
export class UnsupportedPolicy extends Error {
  override readonly name = 'UnsupportedPolicy';
}
