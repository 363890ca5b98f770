import type {
  Credentials,
  InvitationView,
  PasswordChange,
  SessionView,
  Setup,
} from '@palmares/shared/auth/session';
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

const invitation = (token: string) => `/api/invitations/${encodeURIComponent(token)}`;

export const readInvitation = (token: string): Promise<InvitationView> =>
  ask(invitation(token), { quiet: true });

export const acceptInvitation = (token: string, password: string): Promise<SessionView> =>
  ask(invitation(token), { method: 'POST', body: { password }, quiet: true });

const setup = (token: string) => `/api/setup/${encodeURIComponent(token)}`;

export const readSetup = (token: string): Promise<{ expiresAt: string }> =>
  ask(setup(token), { quiet: true });

export const makeFirst = (token: string, body: Setup): Promise<SessionView> =>
  ask(setup(token), { method: 'POST', body, quiet: true });

/** The way into the demonstration. */
export interface DemoEntrance {
  ready: boolean;
  /** the part of its past that has been told, up to 1 */
  told: number;
  boardToken: string | null;
  signIns: DemoSignIn[];
}

export const readDemo = (): Promise<DemoEntrance> => ask('/api/demo', { quiet: true });
