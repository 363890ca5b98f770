import { describe, expect, it } from '@jest/globals';
import { boardTopic, serverEvents, subscribeSchema } from './event.js';

const challengeId = '01890000-0000-7000-8000-000000000001';

describe('a topic', () => {
  it('names one board', () => {
    const topic = boardTopic(challengeId);
    expect(subscribeSchema.parse({ topic })).toEqual({ topic: `board:${challengeId}` });
  });

  it.each(['', 'board:', 'board:*', `score:${challengeId}`, `credential:${challengeId}`, 7])(
    '%j cannot be asked for',
    (topic) => {
      expect(subscribeSchema.safeParse({ topic }).success).toBe(false);
    },
  );
});

describe('a frame', () => {
  const frame = {
    challengeId,
    version: 7,
    baseVersion: 4,
    asOf: '2026-03-01T10:00:00.000Z',
    rows: [
      {
        subject: { type: 'member', id: 'a', label: 'Zoé' },
        score: '357.666',
        reachedAt: '2026-03-01',
        reason: null,
      },
    ],
    removed: ['b'],
  };

  it('passes its schema unchanged', () => {
    expect(serverEvents['board.changed'].parse(frame)).toEqual(frame);
  });

  it.each([{ version: 'x' }, { rows: [{ score: 3 }] }, { removed: undefined }])(
    'with %j does not',
    (change) => {
      expect(serverEvents['board.changed'].safeParse({ ...frame, ...change }).success).toBe(false);
    },
  );
});
