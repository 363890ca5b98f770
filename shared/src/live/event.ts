import { z } from 'zod';
import { boardEntrySchema } from '../board/board.js';

/** What moved on one board since `baseVersion`; the receiver ranks. */
export const boardFrameSchema = z
  .object({
    challengeId: z.uuid(),
    version: z.int(),
    baseVersion: z.int(),
    asOf: z.iso.datetime(),
    rows: z.array(boardEntrySchema),
    removed: z.array(z.string()),
  })
  .meta({ id: 'BoardFrame' });
export type BoardFrame = z.infer<typeof boardFrameSchema>;

/** Every event that the server sends: name → schema. */
export const serverEvents = { 'board.changed': boardFrameSchema } as const;

export type ServerEvents = {
  [Name in keyof typeof serverEvents]: (frame: z.infer<(typeof serverEvents)[Name]>) => void;
};

/** What a client may ask to hear. */
export const topicSchema = z.templateLiteral(['board:', z.uuid()]);
export const subscribeSchema = z.strictObject({ topic: topicSchema });
export type Topic = z.infer<typeof topicSchema>;

export const boardTopic = (challengeId: string): Topic => `board:${challengeId}`;
