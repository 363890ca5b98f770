import { z } from 'zod';
import { textSchema } from '../quantity/text.js';
import { endsAfterStart, stretchFields, stretchViewFields } from './stretch.js';

/** A team in its tree. */
export interface Team {
  id: string;
  parentId: string | null;
}

/** How many teams there may be above one another. */
export const DEPTH_MAX = 10;

export const managementInputSchema = z
  .strictObject({
    memberId: z.uuid().toLowerCase(),
    ...stretchFields,
    standIn: z.boolean().default(false),
  })
  .refine(endsAfterStart.check, endsAfterStart.fault)
  .meta({ id: 'TeamManagerInput' });
export type ManagementInput = z.output<typeof managementInputSchema>;

const fields = {
  externalId: textSchema(200).nullish(),
  name: textSchema(120),
  parentId: z.uuid().toLowerCase().nullish(),
  managers: z.array(managementInputSchema).max(100),
};

export const teamInputSchema = z
  .strictObject({ ...fields, managers: fields.managers.default([]) })
  .meta({ id: 'TeamInput' });
export type TeamInput = z.output<typeof teamInputSchema>;

/** What is not named stays; `managers` replaces all of them. */
export const teamChangeSchema = z.strictObject(fields).partial().meta({ id: 'TeamChange' });
export type TeamChange = z.output<typeof teamChangeSchema>;

export const teamViewSchema = z
  .object({
    id: z.uuid(),
    externalId: z.string().nullable(),
    name: z.string(),
    parentId: z.uuid().nullable(),
    managers: z.array(
      z.object({
        memberId: z.uuid(),
        name: z.string(),
        ...stretchViewFields,
        standIn: z.boolean(),
      }),
    ),
    memberCount: z.int().meta({ description: 'today, without the teams below' }),
  })
  .meta({ id: 'Team' });
export type TeamView = z.output<typeof teamViewSchema>;

/** The teams directly below each team. */
function childrenOf(teams: readonly Team[]): Map<string, string[]> {
  const children = new Map<string, string[]>();
  for (const { id, parentId } of teams) {
    if (parentId === null) continue;
    const known = children.get(parentId);
    if (known) known.push(id);
    else children.set(parentId, [id]);
  }
  return children;
}

/**
 * Some teams with all teams below them.
 * @example branchesOf([{ id: 'agency', parentId: 'region' }], ['region'])
 * // Set { 'region', 'agency' }
 */
export function branchesOf(teams: readonly Team[], ids: Iterable<string>): Set<string> {
  const children = childrenOf(teams);
  const found = new Set<string>(ids);
  for (const id of found) for (const child of children.get(id) ?? []) found.add(child);
  return found;
}

/** A team with those above it, from itself up; ends where the tree does, or turns in a circle. */
export function lineOf(teams: readonly Team[], id: string): string[] {
  const parents = new Map(teams.map((team) => [team.id, team.parentId]));
  const line: string[] = [];
  for (let at: string | null = id; at !== null && !line.includes(at);) {
    line.push(at);
    at = parents.get(at) ?? null;
  }
  return line;
}

/** Why a team may not be put below another one; undefined when it may. */
export function treeFault(
  teams: readonly Team[],
  { id, parentId }: Team,
): 'team-unknown' | 'team-cycle' | 'team-too-deep' | undefined {
  if (parentId === null) return undefined;
  if (!teams.some((team) => team.id === parentId)) return 'team-unknown';
  const above = lineOf(teams, parentId);
  if (above.includes(id)) return 'team-cycle';
  const below = [...branchesOf(teams, [id])].map((one) => lineOf(teams, one).indexOf(id) + 1);
  return above.length + Math.max(...below) > DEPTH_MAX ? 'team-too-deep' : undefined;
}
