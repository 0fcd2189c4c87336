const names = new Map<string, Map<string, string>>();

/** `<service>:<operation>`, which is made for every call and counted by: the same text each time, so that its hash is known. */
export const callName = (service: string, operation: string): string => {
  const ofService = names.get(service) ?? new Map<string, string>();
  names.set(service, ofService);
  const name = ofService.get(operation) ?? `${service}:${operation}`;
  ofService.set(operation, name);
  return name;
};
