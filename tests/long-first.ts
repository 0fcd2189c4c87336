import { BaseSequencer, type TestSpecification } from 'vitest/node';

const isLong = ({ project }: TestSpecification): boolean => project.name !== 'parts';

/**
 * What takes a minute a file comes before what takes a second: a long file that begins last would be
 * waited for by a core that has nothing left to do.
 */
export class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((one, other) => Number(isLong(other)) - Number(isLong(one)));
  }
}
