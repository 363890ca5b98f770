import { z } from 'zod';
import { decimalSchema } from '../quantity/decimal.js';
import { AMOUNT_MAX } from '../quantity/scaled.js';

const id = z.uuid().toLowerCase();

const MEMBERS_MAX = 50_000;
/** An id as JSON writes it in a list. */
const ID_BYTES = 39;
/** The longest definition in bytes of JSON: all its members by id, and a quarter more. */
export const DEFINITION_MAX_BYTES = (MEMBERS_MAX * ID_BYTES * 5) / 4;

/** For whom a challenge is: members, each for themselves, or teams against teams. */
export const audienceSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('everyone') }),
    z.strictObject({
      kind: z.literal('members'),
      memberIds: z.array(z.uuid()).min(1).max(MEMBERS_MAX),
    }),
    z.strictObject({
      kind: z.literal('team-members'),
      teamIds: z.array(id).min(1).max(5_000).meta({
        description:
          'the reps of these teams and of those below, each for themselves; what they do counts on the days on which they belong',
      }),
    }),
    z.strictObject({
      kind: z.literal('teams'),
      teamIds: z.array(id).min(1).max(5_000).optional().meta({
        description:
          'without it the lowest teams: those that somebody is in during the window, and no team below them has anybody',
      }),
      by: z.enum(['sum', 'per-head']).meta({
        description:
          'what the members have together, or that by the average number of people in the team',
      }),
    }),
  ])
  .default({ kind: 'everyone' })
  .meta({ id: 'Audience', description: 'everyone: every rep of the organisation' });
export type Audience = z.output<typeof audienceSchema>;

/** True where scores depend on who is in which team. */
export const readsTeams = ({ kind }: Audience): boolean =>
  kind === 'teams' || kind === 'team-members';

/** Who takes part when people come and go, who only looks on, and who has a rank. */
export const participationFields = {
  joiners: z.enum(['enter', 'stay-out']).default('enter').meta({
    description: 'whoever comes after the launch, where the audience names nobody',
  }),
  leavers: z.enum(['stay', 'leave']).default('stay').meta({
    description: 'whoever leaves the organisation, on the board from that day on',
  }),
  observers: z.array(id).max(1_000).default([]).meta({
    description: 'members who see the challenge and do not compete, nor count in a team',
  }),
  minimum: decimalSchema(-AMOUNT_MAX)
    .nullish()
    .meta({ description: 'the score from which there is a rank' }),
};

/** What is wrong with who takes part. */
export function participationFaults(definition: {
  audience: Audience;
  observers: readonly string[];
}): { path: PropertyKey[]; message: string }[] {
  const { audience, observers } = definition;
  const named = new Set(audience.kind === 'members' ? audience.memberIds : []);
  return observers.flatMap((observer, index) =>
    named.has(observer)
      ? [{ path: ['observers', index], message: 'is named as one who competes' }]
      : [],
  );
}
