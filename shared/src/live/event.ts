import { z } from 'zod';
import { boardFrameSchema } from '../board/frame.js';

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
