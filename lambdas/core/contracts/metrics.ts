/** Every metric that Afterglow publishes: functions count, alarms and dashboards read. */
export const metrics = {
  namespace: 'Afterglow',
  eventsTakenIn: 'EventsTakenIn',
  eventsParked: 'EventsParked',
  touchesDecided: 'TouchesDecided',
  messagesSent: 'MessagesSent',
  messagesRefused: 'MessagesRefused',
  messagesInDoubt: 'MessagesInDoubt',
} as const;
