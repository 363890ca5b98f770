import type {
  Credentials,
  InvitationView,
  PasswordChange,
  SessionView,
  Setup,
} from '@palmares/shared/auth/session';
import type { OwnSession } from '@palmares/shared/auth/own-session';
import type { Role } from '@palmares/shared/people/member';
import { ask } from '../http/http';

export type { InvitationView, SessionView };

/** A person of the demonstration, whom anybody may sign in as. */
export interface DemoSignIn {
  role: Role;
  name: string;
  email: string;
  password: string;
}

export const readSession = (): Promise<SessionView> => ask('/api/session', { quiet: true });

export const signIn = (body: Credentials): Promise<SessionView> =>
  ask('/api/session', { method: 'POST', body, quiet: true });

export const signOut = (): Promise<void> => ask('/api/session', { method: 'DELETE', quiet: true });

export const chooseOrganisation = (organisationId: string): Promise<SessionView> =>
  ask('/api/session/organisation', { method: 'PUT', body: { organisationId } });

export const changePassword = (body: PasswordChange): Promise<void> =>
  ask('/api/session/password', { method: 'POST', body, quiet: true });

/** Where one is signed in; there are few. */
export const readSessions = async (): Promise<OwnSession[]> =>
  (await ask<{ items: OwnSession[] }>('/api/session/sessions')).items;

export const endSession = (id: string): Promise<void> =>
  ask(`/api/session/sessions/${encodeURIComponent(id)}`, { method: 'DELETE' });

export const endOtherSessions = (): Promise<void> =>
  ask('/api/session/sessions', { method: 'DELETE' });

/** Tokens of links go in the body, since logs on the way keep addresses. */
const look = <Answer>(path: string, token: string): Promise<Answer> =>
  ask(path, { method: 'POST', body: { token }, quiet: true });

export const readInvitation = (token: string): Promise<InvitationView> =>
  look('/api/invitations/look', token);

export const acceptInvitation = (token: string, password: string): Promise<SessionView> =>
  ask('/api/invitations', { method: 'POST', body: { token, password }, quiet: true });

export const readSetup = (token: string): Promise<{ expiresAt: string }> =>
  look('/api/setup/look', token);

export const makeFirst = (body: Setup): Promise<SessionView> =>
  ask('/api/setup', { method: 'POST', body, quiet: true });

/** The way into the demonstration. */
export interface DemoEntrance {
  ready: boolean;
  /** the part of its past that has been told, up to 1 */
  told: number;
  boardToken: string | null;
  signIns: DemoSignIn[];
}

export const readDemo = (): Promise<DemoEntrance> => ask('/api/demo', { quiet: true });
