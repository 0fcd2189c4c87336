import { closeSync, openSync, writeSync } from 'node:fs';
import type { Cloud } from '../assembly/cloud.ts';
import type { VirtualClock } from '../clock.ts';
import { compileEventPattern } from '../event-pattern/compile-event-pattern.ts';
import { matchesEvent, type ReadEvent } from '../event-pattern/matches-event.ts';
import type { EventBus } from './event-bus.ts';

export interface ArchiveOptions {
  readonly cloud: Cloud;
  readonly clock: VirtualClock;
  readonly bus: EventBus;
  /** Written anew. @default nothing is kept */
  readonly file: string | undefined;
}

export interface EventArchive {
  /** Writes what is still in memory. */
  readonly close: () => void;
}

/** Lines are written together: one by one would take as long as all else that an event does. */
const CHUNK_CHARACTERS = 256 * 1024;

/**
 * Keeps what the archives of the templates on the ingress bus would: every event that one of their patterns lets in, as
 * a line `{ "ingestionTime", "event" }` of JSON in the order of arrival. Templates without an archive keep nothing.
 */
export const keepArchive = ({ cloud, clock, bus, file }: ArchiveOptions): EventArchive => {
  const archives = archivesOf(cloud, bus);
  if (file === undefined || archives.length === 0) return { close: () => undefined };
  const open = openSync(file, 'w');
  let chunk = '';
  const flush = (): void => {
    writeSync(open, chunk);
    chunk = '';
  };
  bus.listen((_, text, read) => {
    if (!archives.some((letsIn) => letsIn(read))) return;
    const ingestionTime = new Date(clock.now()).toISOString();
    chunk += `{"ingestionTime":"${ingestionTime}","event":${text}}\n`;
    if (chunk.length >= CHUNK_CHARACTERS) flush();
  });
  return {
    close: () => {
      flush();
      closeSync(open);
    },
  };
};

type LetsIn = (event: ReadEvent) => boolean;

/** An archive without a pattern takes everything. */
const archivesOf = (cloud: Cloud, bus: EventBus): readonly LetsIn[] =>
  cloud
    .ofType('AWS::Events::Archive')
    .filter(({ properties: { SourceArn } }) => SourceArn === bus.ingressBus.arn)
    .map(({ properties: { EventPattern } }): LetsIn => {
      if (EventPattern === undefined) return () => true;
      const pattern = compileEventPattern(EventPattern);
      return (event) => matchesEvent(pattern, event);
    });
