import type { IssuedInvitation } from '@palmares/shared/auth/session';
import type {
  MemberChange,
  MemberInput,
  MemberSummary,
  MemberView,
} from '@palmares/shared/people/member';
import type { PresenceInput } from '@palmares/shared/people/presence';
import type { TeamChange, TeamInput, TeamView } from '@palmares/shared/people/team';
import { ask, askAll } from '../http/http';

export interface MemberFilter {
  search?: string;
  teamId?: string;
  role?: string;
  status?: string;
}

const member = (id: string) => `/api/members/${encodeURIComponent(id)}`;
const team = (id: string) => `/api/teams/${encodeURIComponent(id)}`;

export const readMembers = (filter: MemberFilter): Promise<MemberSummary[]> =>
  askAll('/api/members', { ...filter }, 1000);

export const readMember = (id: string): Promise<MemberView> => ask(member(id));

export const createMember = (body: MemberInput): Promise<MemberView> =>
  ask('/api/members', { method: 'POST', body });

export const changeMember = (id: string, body: MemberChange): Promise<MemberView> =>
  ask(member(id), { method: 'PATCH', body });

/** The rates as they are sent: a decimal for each day from which it counts. */
export const savePresence = (id: string, body: PresenceSent): Promise<unknown> =>
  ask(`${member(id)}/presence`, { method: 'PUT', body });

export interface PresenceSent extends Omit<PresenceInput, 'workRates'> {
  workRates: { from: string | null; rate: string }[];
}

export const invite = (id: string): Promise<IssuedInvitation> =>
  ask(`${member(id)}/invitation`, { method: 'POST' });

export const endSessionsOf = (id: string): Promise<void> =>
  ask(`${member(id)}/sessions`, { method: 'DELETE' });

export const readTeams = (): Promise<TeamView[]> => askAll('/api/teams', {}, 1000);

export const createTeam = (body: TeamInput): Promise<TeamView> =>
  ask('/api/teams', { method: 'POST', body });

export const changeTeam = (id: string, body: TeamChange): Promise<TeamView> =>
  ask(team(id), { method: 'PATCH', body });

export const deleteTeam = (id: string): Promise<void> => ask(team(id), { method: 'DELETE' });
