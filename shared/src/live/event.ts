import { z } from 'zod';
import { boardRowSchema } from '../board/board.js';
import { boardFrameSchema } from '../board/frame.js';
import { challengeStatuses } from '../challenge/challenge.js';
import { notificationSchema } from '../notification/notification.js';

/** Something of the organisation changed: whoever shows any of it may read again. */
const organisationChangedSchema = z.object({ organisationId: z.uuid(), version: z.int() });

const challengeChangedSchema = z.object({
  challengeId: z.uuid(),
  status: z.enum(challengeStatuses),
  version: z.int().nullable().meta({ description: 'of its definition; null for a draft' }),
});

/** The receiver’s own line on a board, and those around it, have moved. */
const scoreChangedSchema = z.object({
  challengeId: z.uuid(),
  version: z.int().meta({ description: 'of the board' }),
  rank: z.int().nullable(),
  total: z.int(),
  row: boardRowSchema,
  neighbours: z.array(boardRowSchema),
});

/** Points of the receiver that may be spent have come, or, below zero, gone. */
const pointsPostedSchema = z.object({
  memberId: z.uuid(),
  currency: z.string(),
  amount: z.int(),
  reason: z.string(),
  available: z.int(),
});

/** Every event that the server sends: name → schema. */
export const serverEvents = {
  'board.changed': boardFrameSchema,
  'challenge.changed': challengeChangedSchema,
  'score.changed': scoreChangedSchema,
  'points.posted': pointsPostedSchema,
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
