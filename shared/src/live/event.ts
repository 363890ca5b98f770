import { z } from 'zod';
import { boardFrameSchema } from '../board/frame.js';
import { notificationSchema } from '../notification/notification.js';

/** Something of the organisation changed: whoever shows any of it may read again. */
const organisationChangedSchema = z.object({ organisationId: z.uuid(), version: z.int() });

/** Every event that the server sends: name → schema. */
export const serverEvents = {
  'board.changed': boardFrameSchema,
  'organisation.changed': organisationChangedSchema,
  'notification.created': notificationSchema,
} as const;

export type ServerEvents = {
  [Name in keyof typeof serverEvents]: (frame: z.infer<(typeof serverEvents)[Name]>) => void;
};

const boardTopicSchema = z.templateLiteral(['board:', z.uuid()]);

/** What a client may ask to hear: a board, what concerns themselves, what their organisation. */
export const topicSchema = z.union([boardTopicSchema, z.literal('me'), z.literal('organisation')]);
export const subscribeSchema = z.strictObject({ topic: topicSchema });
export type Topic = z.infer<typeof topicSchema>;

/** Where those gather who hear the same: `me` is another one for each. */
export type Room =
  | z.infer<typeof boardTopicSchema>
  | `${z.infer<typeof boardTopicSchema>}:${string}`
  | `member:${string}`
  | `organisation:${string}`;

export const boardTopic = (challengeId: string) => `board:${challengeId}` as const;
