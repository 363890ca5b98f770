import { z } from 'zod';

const challengeFields = { challengeId: z.uuid(), challengeName: z.string() };

/** What a member can be told: what it is about, for the client to put in words. */
export const noticeSchema = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('terms.published'), ...challengeFields, version: z.int() }),
    z.object({ kind: z.literal('terms.reminder'), ...challengeFields, version: z.int() }),
    z.object({ kind: z.literal('certification.waiting'), ...challengeFields }),
    z.object({ kind: z.literal('countersign.waiting'), ...challengeFields }),
    z.object({ kind: z.literal('dispute.opened'), ...challengeFields, disputeId: z.uuid() }),
    z.object({
      kind: z.literal('dispute.resolved'),
      ...challengeFields,
      disputeId: z.uuid(),
      outcome: z.enum(['accepted', 'rejected']),
    }),
  ])
  .meta({ id: 'Notice' });
export type Notice = z.output<typeof noticeSchema>;

/** A notice as its member finds it. */
export const notificationSchema = z
  .object({
    id: z.uuid(),
    about: noticeSchema,
    createdAt: z.iso.datetime(),
    readAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Notification' });
export type Notification = z.output<typeof notificationSchema>;
