import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Course } from '../support/core/course.js';
import { expectRight } from '../support/core/state.js';
import { anyCourse, anyZone, type Command } from '../support/generate/command.js';
import { startServer, type TestServer } from '../support/server.js';

/** For a longer night: `LAW_RUNS=50` makes fifty times as many courses. */
const TIMES = Number(process.env['LAW_RUNS'] ?? 1);

/** Shrinking a counterexample may take long: it ends here, with the smallest found. */
const LIMIT_MS = 240_000 * TIMES;
const within = { interruptAfterTimeLimit: LIMIT_MS, markInterruptAsFailure: true };

describe('whatever happens to the activities of an organisation', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startServer();
    server.clock.travelTo(new Date('2026-04-15T12:00:00Z'));
  });

  afterAll(async () => server.close());

  /** Leads organisations through their courses, step by step at the same time. */
  async function lead(courses: readonly [string, readonly Command[]][]): Promise<Course[]> {
    const begun = await Promise.all(courses.map(([zone]) => Course.begin(server, zone)));
    const steps = Math.max(...courses.map(([, commands]) => commands.length));
    for (let step = 0; step < steps; step += 1) {
      await Promise.all(
        begun.map(async (course, at) => {
          const command = courses[at]?.[1][step];
          if (command) await course.run(command);
        }),
      );
    }
    return begun;
  }

  it(
    'totals, scores and every board there ever was are what the activities say',
    async () => {
      const cuts = fc.array(fc.nat({ max: 1_000 }), { minLength: 2, maxLength: 2 });
      const course = fc.tuple(anyZone, anyCourse);
      await fc.assert(
        fc.asyncProperty(course, course, cuts, async (one, other, seqs) => {
          for (const led of await lead([one, other])) await expectRight(server, led, seqs);
        }),
        { ...within, numRuns: 25 * TIMES },
      );
    },
    LIMIT_MS + 60_000,
  );

  it(
    'nobody else notices',
    async () => {
      await fc.assert(
        fc.asyncProperty(anyZone, anyCourse, anyCourse, async (zone, mine, theirs) => {
          const few = mine.slice(0, 20);
          const [beside] = await lead([
            [zone, few],
            [zone, theirs.slice(0, 20)],
          ]);
          const [alone] = await lead([[zone, few]]);
          expect(beside?.told).toEqual(alone?.told);
        }),
        { ...within, numRuns: 5 * TIMES },
      );
    },
    LIMIT_MS + 60_000,
  );
});
