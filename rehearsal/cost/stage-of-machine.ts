/**
 * The stage that a state machine leads, by its logical id: the construct's name and a hash of eight digits. Events name
 * stages in small letters.
 */
export const stageOfMachine = (logicalId: string): string => {
  const name = logicalId.slice(0, -8);
  return name.slice(0, 1).toLowerCase() + name.slice(1);
};
