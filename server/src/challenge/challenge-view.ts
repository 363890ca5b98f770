import { permits } from '@palmares/shared/access/policy';
import { tieBreaks } from '@palmares/shared/challenge/tie';
import {
  challengeDefinitionSchema,
  challengeStatuses,
  type ChallengeDefinitionInput,
  type ChallengeStatus,
} from '@palmares/shared/challenge/challenge';
import { waitsForSchema, whySchema } from '@palmares/shared/challenge/signing';
import { visibilities } from '@palmares/shared/challenge/visibility';
import { daySchema } from '@palmares/shared/time/day-schema';
import { z } from 'zod';
import type { Caller } from '../auth/caller.js';
import type { ChallengeRow } from './challenge.store.js';

export const challengeSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    from: z.string(),
    to: z.string(),
    audience: z.unknown(),
    joiners: z.string(),
    leavers: z.string(),
    observers: z.array(z.string()),
    minimum: z.string().nullish(),
    rules: z.array(z.unknown()),
    payout: z.array(z.unknown()),
    ties: z.enum(tieBreaks),
    visibility: z.enum(visibilities),
    graceDays: z.int(),
    status: z.enum(challengeStatuses),
    version: z.int().nullable(),
    createdAt: z.iso.datetime(),
    launchedAt: z.iso.datetime().nullable(),
    certifiedAt: z.iso.datetime().nullable(),
    cancelledAt: z.iso.datetime().nullable(),
    cancelReason: z.string().nullable(),
    maySteer: z.boolean().meta({
      description: 'the caller may change, launch, certify and cancel it',
    }),
    countersignAskedAt: z.iso.datetime().nullable().meta({
      description: 'since when a launch beyond a ceiling waits for a countersignature',
    }),
  })
  .meta({ id: 'Challenge' });

/** A challenge as its readers see it. */
export interface ChallengeView extends ChallengeDefinitionInput {
  id: string;
  status: ChallengeStatus;
  version: number | null;
  createdAt: string;
  launchedAt: string | null;
  certifiedAt: string | null;
  cancelledAt: string | null;
  cancelReason: string | null;
  countersignAskedAt: string | null;
}

/** A challenge as one of its readers sees it. */
export type ReadChallenge = ChallengeView & { maySteer: boolean };

export function challengeView(row: ChallengeRow, status: ChallengeStatus): ChallengeView {
  const { id, definition, version, cancelReason } = row;
  return {
    id,
    ...z.encode(challengeDefinitionSchema, challengeDefinitionSchema.parse(definition)),
    status,
    version,
    createdAt: row.createdAt.toISOString(),
    launchedAt: row.launchedAt?.toISOString() ?? null,
    certifiedAt: row.certifiedAt?.toISOString() ?? null,
    cancelledAt: row.cancelledAt?.toISOString() ?? null,
    cancelReason,
    countersignAskedAt:
      status === 'awaiting-countersign' ? (row.countersignAskedAt?.toISOString() ?? null) : null,
  };
}

/** Who may see what is not launched: whoever only takes part learns of a challenge when it begins. */
export const seesDrafts = (caller: Caller): boolean => permits('challenge.audit', caller);

/** The same for a reader: who does not run challenges is not told whom else one names. */
export function readBy(
  caller: Caller,
  found: ChallengeView,
  maySteer: (view: ChallengeView) => boolean,
): ReadChallenge {
  const view = { ...found, maySteer: maySteer(found) };
  if (caller.kind !== 'member' || permits('challenge.steer', caller)) return view;
  const { memberId } = caller;
  const own = (ids: readonly string[] | undefined) => ids?.filter((id) => id === memberId) ?? [];
  const { audience, observers } = view;
  const named = audience?.kind === 'members';
  return {
    ...view,
    observers: own(observers),
    audience: named ? { ...audience, memberIds: own(audience.memberIds) } : audience,
  };
}

/** A definition for the record of commands, which need not name everybody again. */
export function recorded({ audience, ...rest }: ChallengeDefinitionInput) {
  if (audience?.kind !== 'members') return { ...rest, audience };
  return { ...rest, audience: { kind: audience.kind, members: audience.memberIds.length } };
}

export const challengePageSchema = z
  .object({ items: z.array(challengeSchema), nextCursor: z.string().nullable() })
  .meta({ id: 'ChallengePage' });

export const costSchema = z
  .object({
    subjects: z.int(),
    points: z.int().nullable().meta({ description: 'null where nothing limits it' }),
    unbounded: z.array(z.int()).meta({ description: 'lines of the payout that need a cap' }),
  })
  .meta({ id: 'ChallengeCost' });

const hiddenLabel = z.string().nullable().meta({
  description: 'null for whoever the caller may not see by the policy of the challenge',
});

const awardSchema = z
  .object({
    line: z.int(),
    subjectId: z.uuid().meta({ description: 'the member who gets it' }),
    teamId: z.uuid().nullable().meta({ description: 'the team whose members share it' }),
    label: hiddenLabel,
    rank: z.int().nullable(),
    points: z.int(),
    prize: z.string().nullable(),
  })
  .meta({ id: 'Award' });

export const certificationSchema = z
  .object({
    status: z.enum(challengeStatuses),
    certifiesOn: daySchema.nullable(),
    waiting: z.int().meta({ description: 'activities that wait for a member' }),
    disputes: z
      .array(
        z.object({
          id: z.uuid(),
          kind: z.string(),
          reporterId: z.uuid(),
          createdAt: z.iso.datetime(),
        }),
      )
      .meta({ description: 'reports of participants that nobody has answered' }),
    awards: z.array(awardSchema),
    points: z.int(),
    signatures: z.array(
      z.object({
        signature: z.string(),
        gains: z.boolean(),
        why: whySchema,
        signedAt: z.iso.datetime(),
      }),
    ),
    gains: z.boolean().meta({ description: 'the caller may be paid by it' }),
    paid: z.boolean().meta({ description: 'somebody who gains nothing has to sign' }),
    why: whySchema.meta({ description: 'why the caller’s signature would not count' }),
    waitsFor: waitsForSchema,
    byTime: z.boolean().meta({ description: 'it certifies itself after the days of grace' }),
    certifiedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Certification' });

export const certifiedSchema = z
  .object({ certified: z.boolean().meta({ description: 'false: another signature is needed' }) })
  .meta({ id: 'Certified' });

const placeSchema = z.object({ rank: z.int().nullable(), score: z.string() }).nullable();

const differenceSchema = z.object({
  subject: z.object({ id: z.uuid(), label: hiddenLabel }),
  before: placeSchema,
  after: placeSchema,
});

export const amendedSchema = z
  .object({
    version: z.int(),
    items: z.array(differenceSchema),
    entering: z.array(z.object({ id: z.uuid(), label: hiddenLabel })),
    cost: z.object({ before: costSchema, after: costSchema }),
  })
  .meta({ id: 'Amended', description: 'who gains, who loses and who enters by it' });

export const differencesSchema = z
  .object({ since: z.iso.datetime().nullable(), items: z.array(differenceSchema) })
  .meta({ id: 'Differences' });
