import { z } from 'zod';

/** What can be done and is written down: one entry for each command. */
export const auditActions = [
  'adjustment.post',
  'board-link.create',
  'board-link.revoke',
  'ceilings.change',
  'challenge.amend',
  'challenge.ask',
  'challenge.cancel',
  'challenge.certify',
  'challenge.change',
  'challenge.countersign',
  'challenge.create',
  'challenge.launch',
  'challenge.sign',
  'challenge.withdraw',
  'dispute.open',
  'dispute.resolve',
  'import.commit',
  'import.undo',
  'invitation.issue',
  'invitation.redeem',
  'key.create',
  'key.revoke',
  'kpi.remove',
  'kpi.save',
  'mapping.change',
  'mapping.remove',
  'mapping.save',
  'member.change',
  'member.create',
  'member.presence',
  'members.save',
  'organisation.change',
  'password.change',
  'password.overrule',
  'session.refuse',
  'sessions.end',
  'targets.save',
  'team.change',
  'team.create',
  'team.remove',
  'terms.change',
  'terms.publish',
  'terms.remind',
  'verdict.give',
] as const;
export type AuditAction = (typeof auditActions)[number];

const statesSchema = z.record(z.string(), z.unknown()).nullable();

/** Who did what to what, when, and from where. */
export const auditEntrySchema = z
  .object({
    id: z.uuid(),
    at: z.iso.datetime(),
    actor: z.object({
      signature: z
        .string()
        .meta({ description: 'member:<id>, key:<id>, person:<id>, cli, system' }),
      name: z.string().nullable().meta({ description: 'of a member, or of a key' }),
    }),
    behalf: z.string().nullable().meta({ description: 'for whom, where somebody stood in' }),
    action: z.enum(auditActions),
    subject: z.string().meta({ description: 'challenge:<id> and the like' }),
    before: statesSchema,
    after: statesSchema,
    address: z.string().nullable(),
    requestId: z.string().nullable(),
  })
  .meta({ id: 'AuditEntry' });
export type AuditEntryView = z.output<typeof auditEntrySchema>;

/** What changed between two states, named fields only: the same as before is left out. */
export function difference<State extends object>(
  before: State,
  after: State,
  fields: readonly (keyof State & string)[],
): { before: Record<string, unknown>; after: Record<string, unknown> } {
  const moved = fields.filter(
    (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
  );
  const of = (state: State) => Object.fromEntries(moved.map((field) => [field, state[field]]));
  return { before: of(before), after: of(after) };
}
